"""Screens become devices (RFC 8628): a browser shows a code, an administrator takes it, the browser fetches a cookie.

The cookie only ever reads the wall. The demo's printed address is the one code that is made beforehand.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from access.brakes import PAIRING_LIMIT, SHOWN_CODES_LIMIT, after_success, after_try, brake_key
from access.lifetimes import COLLECT_AGAIN_FOR, DEMO_PAIRING_FOR, DEVICE_FOR, PAIRING_FOR
from access.principal import Principal
from access.tokens import new_pairing_code, new_public_id, new_token, plain_code, screen_code, token_hash
from actions.manage_screens import ScreenRefused, checked_settings, living_screen, refuse_taken_name, settings_detail
from data_access.audit import record_audit
from data_access.models.users import PairingCode, PairingRequest, Screen, ScreenDevice
from data_access.pairing_requests import (
    forget_request,
    forget_requests_of,
    make_room,
    request_by_code,
    request_by_secret,
)
from data_access.screens import (
    TOPIC,
    close_codes,
    open_code,
    principal_of_screen,
    revoke_device,
    revoke_devices,
    save_new,
    save_settings,
    screen_by_name,
)
from data_access.session import Database
from data_access.users import brakes, save_brakes
from data_access.versions import bump_version
from domain.permissions import Permission
from domain.screens import ScreenSettings

DEMO_SCREEN = "Màn hình demo"
WRONG_CODE = "Mã ghép không đúng, đã dùng hoặc đã hết hạn."
TOO_MANY_TRIES = "Sai quá nhiều lần. Chờ ít phút rồi thử lại."


@dataclass(frozen=True, slots=True)
class ShownCode:
    """What a browser shows, the secret it keeps in its cookie, and until when both are good."""

    code: str
    secret: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class PairedDevice:
    """The device's token, to be put in a cookie, and the screen it stands for."""

    token: str
    principal: Principal
    expires_at: datetime


class NotYet(StrEnum):
    """Why a waiting browser has no device: nobody has taken its code, or its request is over."""

    WAITING = "waiting"
    OVER = "over"


def open_pairing_request(database: Database, address: str, secret: str | None, now: datetime) -> ShownCode:
    """A code for a browser to show; the one it shows already while that is good. Raises ScreenRefused when braked."""
    if secret:
        with database.reading() as session:
            waiting = request_by_secret(session, token_hash(secret), now)
        if waiting is not None and waiting.collected_at is None:
            return ShownCode(screen_code(secret), secret, waiting.expires_at)
    fresh = new_token()
    shown = ShownCode(screen_code(fresh), fresh, now + PAIRING_FOR)
    with database.writing() as session:
        key = brake_key("pairing_shown", address)
        brake = after_try(brakes(session, [key], now)[key], SHOWN_CODES_LIMIT, now)
        save_brakes(session, {key: brake}, now)
        is_braked = brake.waits_for(now) is not None
        if not is_braked:
            if secret:
                forget_request(session, token_hash(secret))
            make_room(session, address, now)
            request = PairingRequest(
                code_hash=token_hash(plain_code(shown.code)),
                secret_hash=token_hash(fresh),
                address=address,
                created_at=now,
                expires_at=shown.expires_at,
            )
            save_new(session, request)
    if is_braked:
        raise ScreenRefused("Địa chỉ này xin mã quá nhiều lần. Trang tự thử lại sau ít phút.")
    return shown


def pair_screen(
    database: Database,
    principal: Principal,
    typed_code: str,
    settings: ScreenSettings,
    known_units: Collection[str],
    now: datetime,
) -> str:
    """A new screen on the browser that shows this code; its public id. Raises NotAllowed, ScreenRefused."""
    principal.require(Permission.ADMINISTER)
    wanted = checked_settings(settings, known_units, now)
    with database.writing() as session:
        refuse_taken_name(session, wanted.name)
        request, refused = _taken(session, principal, typed_code, now)
        if request is not None:
            screen = _new_screen(session, wanted, now)
            request.screen_id = screen.id
            detail = {**settings_detail(wanted), "address": request.address}
            record_audit(session, principal, "screen_created", screen.public_id, detail, now)
            bump_version(session, TOPIC, now)
    if request is None:
        raise ScreenRefused(refused)
    return screen.public_id


def pair_screen_again(database: Database, principal: Principal, public_id: str, typed_code: str, now: datetime) -> None:
    """Move a screen to the browser that shows this code; it keeps its settings. Raises NotAllowed, ScreenRefused."""
    principal.require(Permission.ADMINISTER)
    with database.writing() as session:
        screen = living_screen(session, public_id)
        request, refused = _taken(session, principal, typed_code, now)
        if request is not None:
            forget_requests_of(session, screen.id)
            request.screen_id = screen.id
            record_audit(session, principal, "screen_moved", public_id, {"address": request.address}, now)
            bump_version(session, TOPIC, now)
    if request is None:
        raise ScreenRefused(refused)


def collect_device(
    database: Database, secret: str, address: str, now: datetime, replaces: str | None = None
) -> PairedDevice | NotYet:
    """The device of the browser that waits with this secret, once its code was taken; earlier devices stop.

    `replaces` is the hashed token this browser had before. Asked again within a minute it gives a new device in place
    of the first, because the answer that carried that may have been lost.
    """
    secret_hash = token_hash(secret)
    with database.reading() as session:
        request = request_by_secret(session, secret_hash, now)
        if request is None:
            return NotYet.OVER
        if request.screen_id is None:
            return NotYet.WAITING
    with database.writing() as session:
        request = request_by_secret(session, secret_hash, now, locked=True)
        screen = session.get(Screen, request.screen_id) if request else None
        if request is None or screen is None or screen.revoked_at is not None:
            return NotYet.OVER
        if request.collected_at is not None and now - request.collected_at > COLLECT_AGAIN_FOR:
            return NotYet.OVER
        request.collected_at = request.collected_at or now
        revoke_devices(session, screen.id, now)
        if replaces:
            revoke_device(session, replaces, now)
        return _new_device(session, screen, address, now)


def pair_device(
    database: Database,
    typed_code: str,
    address: str,
    accepts_reusable: bool,
    now: datetime,
    replaces: str | None = None,
) -> PairedDevice:
    """Swap the demo's code for one more device; raises ScreenRefused. `accepts_reusable`: DEMO, on loopback.

    `replaces` is the hashed token this browser had before.
    """
    with database.writing() as session:
        key = brake_key("pairing", address)
        before = brakes(session, [key], now)[key]
        brake = after_try(before, PAIRING_LIMIT, now)
        paired = None if brake.waits_for(now) else _pair(session, typed_code, address, accepts_reusable, now)
        if paired and replaces:
            revoke_device(session, replaces, now)
        save_brakes(session, {key: after_success(brake) if paired else brake}, now)
        if paired is None and not before.waits_for(now):
            record_audit(session, Principal.worker(), "pairing_refused", "unknown", {"address": address}, now)
    if paired is None:
        raise ScreenRefused(TOO_MANY_TRIES if brake.waits_for(now) else WRONG_CODE)
    return paired


def revoke_screen(database: Database, principal: Principal, public_id: str, now: datetime) -> None:
    """Close a screen: its devices, codes and waiting browsers stop at once. Raises NotAllowed, ScreenRefused."""
    principal.require(Permission.ADMINISTER)
    with database.writing() as session:
        screen = living_screen(session, public_id)
        _close(session, screen, now)
        record_audit(session, principal, "screen_revoked", public_id, {"name": screen.name}, now)


def open_demo_screen(database: Database, now: datetime) -> str:
    """The demo's screen with a new reusable code, to be printed; only DEMO calls this."""
    with database.writing() as session:
        settings = ScreenSettings(DEMO_SCREEN)
        screen = screen_by_name(session, DEMO_SCREEN) or _new_screen(session, settings, now)
        screen.is_demo = True
        close_codes(session, screen.id, now)
        code = new_pairing_code()
        code_hash, expires_at = token_hash(plain_code(code)), now + DEMO_PAIRING_FOR
        row = PairingCode(
            code_hash=code_hash, screen_id=screen.id, reusable=True, created_at=now, expires_at=expires_at
        )
        save_new(session, row)
        record_audit(session, Principal.worker(), "demo_screen_opened", screen.public_id, {}, now)
        bump_version(session, TOPIC, now)
    return code


def close_demo_screen(database: Database, now: datetime) -> None:
    """Revoke the demo's screen: what app and worker do first when DEMO is off."""
    with database.writing() as session:
        screen = screen_by_name(session, DEMO_SCREEN)
        if screen is not None and screen.is_demo:
            _close(session, screen, now)
            record_audit(session, Principal.worker(), "demo_screen_closed", screen.public_id, {}, now)


def _taken(session: Session, principal: Principal, typed_code: str, now: datetime) -> tuple[PairingRequest | None, str]:
    """The waiting request that shows this code, from now on taken; or None and why. Guessing is braked."""
    key = brake_key("pairing_taken", principal.public_id)
    brake = after_try(brakes(session, [key], now)[key], PAIRING_LIMIT, now)
    waits = brake.waits_for(now) is not None
    request = None if waits else request_by_code(session, token_hash(plain_code(typed_code)), now)
    save_brakes(session, {key: after_success(brake) if request else brake}, now)
    if request is None:
        if not waits:
            record_audit(session, principal, "pairing_refused", "unknown", {}, now)
        return None, TOO_MANY_TRIES if waits else WRONG_CODE
    request.taken_at, request.expires_at = now, now + PAIRING_FOR
    return request, ""


def _pair(
    session: Session, typed_code: str, address: str, accepts_reusable: bool, now: datetime
) -> PairedDevice | None:
    code = open_code(session, token_hash(plain_code(typed_code)), now)
    screen = session.get(Screen, code.screen_id) if code else None
    if code is None or screen is None or screen.revoked_at is not None or not (code.reusable and accepts_reusable):
        return None
    code.used_at = now
    return _new_device(session, screen, address, now)


def _new_device(session: Session, screen: Screen, address: str, now: datetime) -> PairedDevice:
    token, expires_at = new_token(), now + DEVICE_FOR
    device = ScreenDevice(
        token_hash=token_hash(token), screen_id=screen.id, address=address, created_at=now, expires_at=expires_at
    )
    save_new(session, device)
    principal = principal_of_screen(screen)
    record_audit(session, principal, "screen_paired", screen.public_id, {"address": address}, now)
    bump_version(session, TOPIC, now)
    return PairedDevice(token, principal, expires_at)


def _new_screen(session: Session, settings: ScreenSettings, now: datetime) -> Screen:
    screen = Screen(public_id=new_public_id(), name=settings.name, created_at=now, panels_across=1, turns="", night="")
    save_settings(screen, settings)
    save_new(session, screen)
    return screen


def _close(session: Session, screen: Screen, now: datetime) -> None:
    screen.revoked_at = now
    revoke_devices(session, screen.id, now)
    close_codes(session, screen.id, now)
    forget_requests_of(session, screen.id)
    bump_version(session, TOPIC, now)
