"""Screens, their devices and their pairing codes: ask and save. Secrets come in hashed."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from access.principal import Principal
from data_access.models.users import PairingCode, Screen, ScreenDevice
from domain.permissions import Permission, Role


def principal_of_screen(screen: Screen) -> Principal:
    """The principal a paired screen stands for."""
    return Principal(Role.SCREEN, screen.public_id, screen.name, screen.unit)


def screens(session: Session, principal: Principal) -> list[Screen]:
    """Every screen, living ones first, by name; raises NotAllowed."""
    principal.require(Permission.ADMINISTER)
    return list(session.scalars(select(Screen).order_by(Screen.revoked_at.is_not(None), Screen.name, Screen.id)))


def paired_screens(session: Session, now: datetime) -> frozenset[int]:
    """The ids of screens that have a living device."""
    living = select(ScreenDevice.screen_id).where(ScreenDevice.revoked_at.is_(None), ScreenDevice.expires_at > now)
    return frozenset(session.scalars(living))


def screen_by_public_id(session: Session, public_id: str) -> Screen | None:
    """The screen with this public id."""
    return session.scalar(select(Screen).where(Screen.public_id == public_id))


def screen_by_name(session: Session, name: str) -> Screen | None:
    """The living screen with this name."""
    return session.scalar(select(Screen).where(Screen.name == name, Screen.revoked_at.is_(None)))


def screen_by_device(session: Session, token_hash: str, now: datetime) -> Screen | None:
    """The screen whose device holds this token now; None when unknown, revoked or expired."""
    found = session.scalar(
        select(Screen)
        .join(ScreenDevice, ScreenDevice.screen_id == Screen.id)
        .where(
            ScreenDevice.token_hash == token_hash,
            ScreenDevice.revoked_at.is_(None),
            ScreenDevice.expires_at > now,
            Screen.revoked_at.is_(None),
        )
    )
    return None if found is None or (found.expires_at and found.expires_at <= now) else found


def open_code(session: Session, code_hash: str, now: datetime) -> PairingCode | None:
    """The pairing code with this hash that can still be used, locked so that it is used once."""
    question = select(PairingCode).where(PairingCode.code_hash == code_hash, PairingCode.expires_at > now)
    code = session.scalar(question.with_for_update())
    return None if code is None or (code.used_at is not None and not code.reusable) else code


def units_watched_since(session: Session, since: datetime) -> frozenset[str | None]:
    """The scopes (None: whole province) of living screens seen since then: the only ones worth drawing for."""
    seen = select(Screen.unit).where(Screen.revoked_at.is_(None), Screen.last_seen_at >= since).distinct()
    return frozenset(session.scalars(seen))


def save_screen_seen(session: Session, public_id: str, now: datetime) -> None:
    """Write that this screen asked for something."""
    session.execute(update(Screen).where(Screen.public_id == public_id).values(last_seen_at=now))


def revoke_devices(session: Session, screen_id: int, now: datetime) -> None:
    """End every living device of a screen."""
    living = update(ScreenDevice).where(ScreenDevice.screen_id == screen_id, ScreenDevice.revoked_at.is_(None))
    session.execute(living.values(revoked_at=now))


def revoke_device(session: Session, token_hash: str, now: datetime) -> None:
    """End the device with this token, and forget devices that ended over a month ago."""
    session.execute(update(ScreenDevice).where(ScreenDevice.token_hash == token_hash).values(revoked_at=now))
    session.execute(delete(ScreenDevice).where(ScreenDevice.revoked_at < now - timedelta(days=31)))


def close_codes(session: Session, screen_id: int, now: datetime) -> None:
    """No code of this screen can be used any more."""
    still_open = update(PairingCode).where(PairingCode.screen_id == screen_id, PairingCode.expires_at > now)
    session.execute(still_open.values(expires_at=now))


def save_new(session: Session, row: Screen | ScreenDevice | PairingCode) -> None:
    """Store a new screen, device or code; its id is known afterwards."""
    session.add(row)
    session.flush()
