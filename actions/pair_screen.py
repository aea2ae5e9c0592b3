"""Screens: create, pair with a code, revoke. A device cookie only ever reads the wall."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from access.brakes import PAIRING_LIMIT, after_success, after_try, brake_key
from access.lifetimes import DEMO_PAIRING_FOR, DEVICE_FOR, PAIRING_FOR
from access.principal import Principal
from access.tokens import new_pairing_code, new_public_id, new_token, plain_code, token_hash
from data_access.audit import record_audit
from data_access.models.users import PairingCode, Screen, ScreenDevice
from data_access.screens import (
    close_codes,
    open_code,
    principal_of_screen,
    revoke_device,
    revoke_devices,
    save_new,
    screen_by_name,
    screen_by_public_id,
)
from data_access.session import Database
from data_access.users import brakes, save_brakes
from domain.permissions import Permission

DEMO_SCREEN = "Màn hình demo"
WRONG_CODE = "Mã ghép không đúng, đã dùng hoặc đã hết hạn."


class ScreenRefused(ValueError):
    """The change or the pairing was not made; the text is Vietnamese and can be shown."""


@dataclass(frozen=True, slots=True)
class PairedDevice:
    """The device's token, to be put in a cookie, and the screen it stands for."""

    token: str
    principal: Principal
    expires_at: datetime


def create_screen(
    database: Database,
    principal: Principal,
    name: str,
    unit: str | None,
    known_units: Collection[str],
    now: datetime,
) -> str:
    """A new screen for a unit, or (None) for the whole province; its public id. Raises NotAllowed, ScreenRefused."""
    principal.require(Permission.ADMINISTER)
    name = " ".join(name.split())
    if not 2 <= len(name) <= 80:
        raise ScreenRefused("Tên màn hình cần 2–80 ký tự.")
    if unit and unit not in known_units:
        raise ScreenRefused("Không có đơn vị này.")
    with database.writing() as session:
        if screen_by_name(session, name):
            raise ScreenRefused("Đã có màn hình tên này.")
        screen = _new_screen(session, name, unit, now)
        record_audit(session, principal, "screen_created", screen.public_id, {"name": name, "unit": unit}, now)
    return screen.public_id


def create_pairing_code(database: Database, principal: Principal, public_id: str, now: datetime) -> str:
    """A code that swaps once for a device cookie; earlier codes of the screen stop working. Raises NotAllowed."""
    principal.require(Permission.ADMINISTER)
    with database.writing() as session:
        screen = _living_screen(session, public_id)
        code = _new_code(session, screen, now, PAIRING_FOR, reusable=False)
        record_audit(session, principal, "pairing_code_created", public_id, {}, now)
    return code


def pair_device(
    database: Database,
    typed_code: str,
    address: str,
    accepts_reusable: bool,
    now: datetime,
    replaces: str | None = None,
) -> PairedDevice:
    """Swap a pairing code for a device; raises ScreenRefused. `replaces` is the hashed token this browser had before.

    A one-time code moves the screen: earlier devices stop. A reusable one (`accepts_reusable`: DEMO, on loopback) adds
    a device beside the others.
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
        waiting = brake.waits_for(now)
        raise ScreenRefused("Sai quá nhiều lần. Chờ ít phút rồi thử lại." if waiting else WRONG_CODE)
    return paired


def revoke_screen(database: Database, principal: Principal, public_id: str, now: datetime) -> None:
    """Close a screen: its devices and codes stop at once (within the 5 s a device check is remembered)."""
    principal.require(Permission.ADMINISTER)
    with database.writing() as session:
        screen = _living_screen(session, public_id)
        screen.revoked_at = now
        revoke_devices(session, screen.id, now)
        close_codes(session, screen.id, now)
        record_audit(session, principal, "screen_revoked", public_id, {}, now)


def open_demo_screen(database: Database, now: datetime) -> str:
    """The demo's screen with a new reusable code, to be printed; only DEMO calls this."""
    with database.writing() as session:
        screen = screen_by_name(session, DEMO_SCREEN) or _new_screen(session, DEMO_SCREEN, None, now)
        screen.is_demo = True
        code = _new_code(session, screen, now, DEMO_PAIRING_FOR, reusable=True)
        record_audit(session, Principal.worker(), "demo_screen_opened", screen.public_id, {}, now)
    return code


def close_demo_screen(database: Database, now: datetime) -> None:
    """Revoke the demo's screen: what app and worker do first when DEMO is off."""
    with database.writing() as session:
        screen = screen_by_name(session, DEMO_SCREEN)
        if screen is not None and screen.is_demo:
            screen.revoked_at = now
            revoke_devices(session, screen.id, now)
            close_codes(session, screen.id, now)
            record_audit(session, Principal.worker(), "demo_screen_closed", screen.public_id, {}, now)


def _pair(
    session: Session, typed_code: str, address: str, accepts_reusable: bool, now: datetime
) -> PairedDevice | None:
    code = open_code(session, token_hash(plain_code(typed_code)), now)
    screen = session.get(Screen, code.screen_id) if code else None
    if code is None or screen is None or screen.revoked_at is not None or (code.reusable and not accepts_reusable):
        return None
    if not code.reusable:
        revoke_devices(session, screen.id, now)
    code.used_at = now
    token, expires_at = new_token(), now + DEVICE_FOR
    save_new(
        session,
        ScreenDevice(
            token_hash=token_hash(token), screen_id=screen.id, address=address, created_at=now, expires_at=expires_at
        ),
    )
    principal = principal_of_screen(screen)
    record_audit(session, principal, "screen_paired", screen.public_id, {"address": address}, now)
    return PairedDevice(token, principal, expires_at)


def _living_screen(session: Session, public_id: str) -> Screen:
    screen = screen_by_public_id(session, public_id)
    if screen is None or screen.revoked_at is not None:
        raise ScreenRefused("Không có màn hình này.")
    return screen


def _new_screen(session: Session, name: str, unit: str | None, now: datetime) -> Screen:
    screen = Screen(public_id=new_public_id(), name=name, unit=unit, created_at=now)
    save_new(session, screen)
    return screen


def _new_code(session: Session, screen: Screen, now: datetime, lasts_for: timedelta, *, reusable: bool) -> str:
    close_codes(session, screen.id, now)
    code = new_pairing_code()
    save_new(
        session,
        PairingCode(
            code_hash=token_hash(plain_code(code)),
            screen_id=screen.id,
            reusable=reusable,
            created_at=now,
            expires_at=now + lasts_for,
        ),
    )
    return code
