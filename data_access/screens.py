"""Screens, their settings, devices and reports: ask and save. Secrets come in hashed.

`TOPIC` moves when what a screen is told changes; `REPORTS_TOPIC` when a screen said something of itself.
"""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from access.principal import Principal
from data_access.models.users import LastReport, PairingCode, PairingRequest, Screen, ScreenDevice
from domain.permissions import Permission, Role
from domain.screens import NightHours, SceneTurn, ScreenOrders, ScreenReport, ScreenSettings, ScreenState

TOPIC = "screens"
REPORTS_TOPIC = "screen_reports"
TURN = re.compile(r"([a-z_]+):([0-9]{1,5})")
NIGHT = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])-([01][0-9]|2[0-3]):([0-5][0-9]) ([0-6]{1,7})")


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


def silent_screens(session: Session, now: datetime) -> list[tuple[str, datetime]]:
    """Every screen with a living device that was seen once, by name, and when it was last: whoever asks decides what
    is too long. No data of the sector, so it takes no principal."""
    seen = select(Screen.id, Screen.name, Screen.last_seen_at).where(
        Screen.revoked_at.is_(None), Screen.last_seen_at.is_not(None)
    )
    living = paired_screens(session, now)
    return [(name, at) for number, name, at in session.execute(seen.order_by(Screen.name)) if at and number in living]


def screen_by_public_id(session: Session, public_id: str) -> Screen | None:
    """The screen with this public id."""
    return session.scalar(select(Screen).where(Screen.public_id == public_id))


def screen_by_name(session: Session, name: str) -> Screen | None:
    """The living screen with this name."""
    return session.scalar(select(Screen).where(Screen.name == name, Screen.revoked_at.is_(None)))


def screen_settings(screen: Screen) -> ScreenSettings:
    """How a screen was set up. What cannot be read counts as not set: one bad row must not silence every screen."""
    return ScreenSettings(
        name=screen.name,
        unit=screen.unit,
        place=screen.place,
        diagonal_inches=screen.diagonal_inches,
        panels_across=screen.panels_across,
        distance_m=screen.distance_m,
        turns=tuple(SceneTurn(scene, int(dwell)) for scene, dwell in TURN.findall(screen.turns)),
        night=_night(screen.night),
        expires_at=screen.expires_at,
    )


def save_settings(screen: Screen, settings: ScreenSettings) -> None:
    """Write how a screen is set up into its row."""
    night = settings.night
    screen.name, screen.unit, screen.place = settings.name, settings.unit, settings.place
    screen.diagonal_inches, screen.panels_across = settings.diagonal_inches, settings.panels_across
    screen.distance_m, screen.expires_at = settings.distance_m, settings.expires_at
    screen.turns = " ".join(f"{turn.scene}:{turn.dwell_seconds}" for turn in settings.turns)
    days = "".join(map(str, sorted(night.days))) if night else ""
    screen.night = f"{night.from_time:%H:%M}-{night.to_time:%H:%M} {days}" if night else ""


def screen_states(session: Session) -> dict[str, ScreenState]:
    """What each living screen is told, by public id."""
    living = session.scalars(select(Screen).where(Screen.revoked_at.is_(None)))
    return {screen.public_id: screen_state(screen) for screen in living}


def screen_state(screen: Screen) -> ScreenState:
    """What a screen is told through its stream."""
    orders = ScreenOrders(screen.reload_order, screen.identify_order, screen.goto_order, screen.goto_scene)
    return ScreenState(screen.public_id, screen_settings(screen), orders)


def save_report(session: Session, public_id: str, report: ScreenReport) -> bool:
    """Keep what a living screen says of itself in place of what it said before; whether there is such a screen."""
    screen = screen_by_public_id(session, public_id)
    if screen is None or screen.revoked_at is not None:
        return False
    said = {name: getattr(report, name) for name in ScreenReport.__slots__}
    session.merge(LastReport(screen_id=screen.id, **said))
    return True


def last_reports(session: Session) -> dict[int, ScreenReport]:
    """What each screen said last, by screen id; a screen that never spoke is absent."""
    rows = session.scalars(select(LastReport))
    return {
        row.screen_id: ScreenReport(**{name: getattr(row, name) for name in ScreenReport.__slots__}) for row in rows
    }


def screen_by_device(session: Session, token_hash: str, now: datetime) -> Screen | None:
    """The screen whose device holds this token now; None when unknown, revoked or expired."""
    found = living_device(session, token_hash, now)
    return found[0] if found else None


def living_device(session: Session, token_hash: str, now: datetime) -> tuple[Screen, datetime] | None:
    """The screen whose device holds this token now, and until when the device lasts."""
    found = session.execute(
        select(Screen, ScreenDevice.expires_at)
        .join(ScreenDevice, ScreenDevice.screen_id == Screen.id)
        .where(
            ScreenDevice.token_hash == token_hash,
            ScreenDevice.revoked_at.is_(None),
            ScreenDevice.expires_at > now,
            Screen.revoked_at.is_(None),
        )
    ).one_or_none()
    if found is None or (found[0].expires_at and found[0].expires_at <= now):
        return None
    return found[0], found[1]


def lost_device(session: Session, token_hash: str) -> tuple[Screen, ScreenDevice] | None:
    """A device whatever its state, and its screen: to say why it lost its right."""
    asked = select(Screen, ScreenDevice).join(ScreenDevice, ScreenDevice.screen_id == Screen.id)
    found = session.execute(asked.where(ScreenDevice.token_hash == token_hash)).one_or_none()
    return (found[0], found[1]) if found else None


def save_device_until(session: Session, token_hash: str, expires_at: datetime) -> None:
    """Let a living device last until then."""
    living = update(ScreenDevice).where(ScreenDevice.token_hash == token_hash, ScreenDevice.revoked_at.is_(None))
    session.execute(living.values(expires_at=expires_at))


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


def save_new(session: Session, row: Screen | ScreenDevice | PairingCode | PairingRequest) -> None:
    """Store a new screen, device, code or request; its id is known afterwards."""
    session.add(row)
    session.flush()


def _night(stored: str) -> NightHours | None:
    read = NIGHT.fullmatch(stored)
    if read is None:
        return None
    from_hour, from_minute, to_hour, to_minute = (int(read[place]) for place in range(1, 5))
    days = frozenset(int(day) for day in read[5])
    return NightHours(time(from_hour, from_minute), time(to_hour, to_minute), days)
