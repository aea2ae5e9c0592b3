"""Warnings of the city: stored message by message in whatever order they come, placed on the units, asked for."""

from __future__ import annotations

import json
import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.orm import Session

from access.principal import Principal
from data_access.models.city_alerts import CityAlertReplacedRow, CityAlertRow
from data_access.scope import NotFound, visible_units
from data_access.versions import bump_version, lock_writers
from domain.city_alerts import (
    AlertArea,
    AlertKind,
    AlertMessage,
    AlertSeverity,
    AlertText,
    CityAlert,
    PlaceCircle,
    PlacePoint,
    told_once,
)
from domain.local_time import local_day
from domain.permissions import Permission
from domain.units import Organisation

TOPIC = "city_alerts"
FEED = "feed"
# More than a city says in the days a desk looks back.
MOST = 1_000
MOST_PLACED_AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class AlertOrigin:
    """Which way messages came: FEED or the public id of a sender, and its name for a desk."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class SavedAlerts:
    """What became of messages: new, known already, and those whose number is known with other words."""

    new: int
    unchanged: int
    contradicting: tuple[AlertText, ...] = ()


def save_city_alerts(session: Session, texts: Sequence[AlertText], origin: AlertOrigin, now: datetime) -> SavedAlerts:
    """Store messages inside the caller's writing transaction; those they replace are over, also when they come later.

    Only messages of the same origin and sender can replace each other: nobody takes back what another said.
    """
    if not texts:
        return SavedAlerts(0, 0)
    lock_writers(session, TOPIC)
    new, unchanged, contradicting = 0, 0, []
    for text in texts:
        known = _row_of(session, origin.code, text.key)
        if known is not None:
            if _text(known) == replace(text, replaces=()):
                unchanged += 1
            else:
                contradicting.append(text)
            continue
        session.add(_new_row(text, origin, _ended_at(session, origin.code, text.key), now))
        session.flush()
        _end_replaced(session, text, origin.code, now)
        new += 1
    if new:
        bump_version(session, TOPIC, now)
    return SavedAlerts(new, unchanged, tuple(contradicting))


def unplaced_alerts(session: Session) -> list[CityAlert]:
    """Those that were not asked of the map yet, oldest first; the worker's."""
    row = CityAlertRow
    question = select(row).where(row.is_placed.is_(False)).order_by(row.id).limit(MOST_PLACED_AT_ONCE)
    return [_alert(found) for found in session.scalars(question)]


def save_alert_units(session: Session, public_id: str, units: Collection[str] | None, now: datetime) -> None:
    """Remember which units a warning touches; None is the whole city, also where nobody can tell."""
    row = CityAlertRow
    values = {"units": json.dumps(None if units is None else sorted(units)), "is_placed": True}
    session.execute(update(row).where(row.public_id == public_id).values(**values))
    bump_version(session, TOPIC, now)


def city_alerts(
    session: Session, principal: Principal, organisation: Organisation, since: datetime, now: datetime
) -> list[CityAlert]:
    """The messages sent since an instant, or that hold or end after it, which touch the principal's units; each once.

    Cancelling messages are not among them: what they ended says so itself.
    """
    return _listed(session, principal, organisation, since, now)


def warnings_since(
    session: Session, principal: Principal, organisation: Organisation, since: datetime, now: datetime
) -> list[CityAlert]:
    """Those of them that are warnings, for a wall: neither drills nor what is said to be over, however many."""
    row = CityAlertRow
    may_hold = (row.is_exercise.is_(False), row.is_past.is_(False), (row.ended_at.is_(None)) | (row.ended_at >= since))
    return _listed(session, principal, organisation, since, now, *may_hold)


def active_alerts(
    session: Session, principal: Principal, organisation: Organisation, hold: timedelta, now: datetime
) -> list[CityAlert]:
    """The warnings that hold now; one that nobody placed yet counts as of the whole city."""
    found = warnings_since(session, principal, organisation, now - hold, now)
    return [one for one in found if one.is_active(now, hold)]


def desk_city_alerts(
    session: Session, principal: Principal, organisation: Organisation, since: datetime, now: datetime
) -> list[CityAlert]:
    """The same as `city_alerts` with what they say; needs SEE_ALARMS, raises NotAllowed."""
    principal.require(Permission.SEE_ALARMS)
    return city_alerts(session, principal, organisation, since, now)


def desk_city_alert(
    session: Session, principal: Principal, organisation: Organisation, public_id: str, now: datetime
) -> CityAlert:
    """One of them; raises NotAllowed, and NotFound also for what touches other units only."""
    principal.require(Permission.SEE_ALARMS)
    row = session.scalar(select(CityAlertRow).where(CityAlertRow.public_id == public_id))
    units = visible_units(principal, organisation, local_day(now))
    if row is None:
        raise NotFound(public_id)
    found = _alert(row)
    if units is not None and not found.touches(units):
        raise NotFound(public_id)
    return found


def _listed(
    session: Session,
    principal: Principal,
    organisation: Organisation,
    since: datetime,
    now: datetime,
    *conditions: ColumnElement[bool],
) -> list[CityAlert]:
    """So many of each origin, that none can crowd out another."""
    row = CityAlertRow
    lasts = func.coalesce(row.expires_at, row.onset_at, row.sent_at)
    lately = ((row.sent_at >= since) | (lasts >= since), row.message != AlertMessage.CANCEL.value, *conditions)
    found: list[CityAlert] = []
    for origin in session.scalars(select(row.origin).where(*lately).distinct().order_by(row.origin)).all():
        question = select(row).where(row.origin == origin, *lately).order_by(row.sent_at.desc(), row.id.desc())
        found += [_alert(each) for each in session.scalars(question.limit(MOST))]
    units = visible_units(principal, organisation, local_day(now))
    seen = [one for one in found if units is None or one.touches(units)]
    return sorted(told_once(seen), key=lambda one: (one.text.sent_at, one.public_id), reverse=True)


def _row_of(session: Session, origin: str, key: tuple[str, str]) -> CityAlertRow | None:
    row = CityAlertRow
    return session.scalar(select(row).where(row.origin == origin, row.sender == key[0], row.identifier == key[1]))


def _ended_at(session: Session, origin: str, key: tuple[str, str]) -> datetime | None:
    row = CityAlertReplacedRow
    return session.scalar(select(row.at).where(row.origin == origin, row.sender == key[0], row.identifier == key[1]))


def _end_replaced(session: Session, text: AlertText, origin: str, now: datetime) -> None:
    """Mark what a message stands in place of; of two the earlier ends it. Nobody speaks for another sender."""
    names = sorted({name for sender, name in text.replaces if sender == text.sender and name != text.identifier})
    if not names:
        return
    at, replaced, row = min(text.sent_at, now), CityAlertReplacedRow, CityAlertRow
    of_sender = (replaced.origin == origin, replaced.sender == text.sender, replaced.identifier.in_(names))
    known = {each.identifier: each for each in session.scalars(select(replaced).where(*of_sender))}
    for name in names:
        if name not in known:
            session.add(CityAlertReplacedRow(origin=origin, sender=text.sender, identifier=name, at=at))
        else:
            known[name].at = min(known[name].at, at)
    own = (row.origin == origin, row.sender == text.sender, row.identifier.in_(names))
    later = (row.ended_at.is_(None)) | (row.ended_at > at)
    session.execute(update(row).where(*own, later).values(ended_at=at))
    session.flush()


def _new_row(text: AlertText, origin: AlertOrigin, ended_at: datetime | None, now: datetime) -> CityAlertRow:
    return CityAlertRow(
        public_id=secrets.token_urlsafe(9),
        origin=origin.code,
        came_by=origin.name,
        sender=text.sender,
        identifier=text.identifier,
        sent_at=text.sent_at,
        message=text.message.value,
        kind=text.kind.value,
        severity=text.severity.value,
        headline=text.headline,
        description=text.description,
        instruction=text.instruction,
        onset_at=text.onset_at,
        expires_at=text.expires_at,
        areas=json.dumps([_written_area(area) for area in text.areas], ensure_ascii=False),
        is_exercise=text.is_exercise,
        is_past=text.is_past,
        received_at=now,
        units="null",
        is_placed=False,
        ended_at=ended_at,
    )


def _alert(row: CityAlertRow) -> CityAlert:
    units = json.loads(row.units)
    touched = None if units is None else tuple(units)
    return CityAlert(row.public_id, _text(row), row.came_by, row.received_at, touched, row.is_placed, row.ended_at)


def _text(row: CityAlertRow) -> AlertText:
    """The message as it came, but for what it replaced: that is kept beside."""
    return AlertText(
        sender=row.sender,
        identifier=row.identifier,
        sent_at=row.sent_at,
        message=AlertMessage(row.message),
        kind=AlertKind(row.kind),
        severity=AlertSeverity(row.severity),
        headline=row.headline,
        description=row.description,
        instruction=row.instruction,
        onset_at=row.onset_at,
        expires_at=row.expires_at,
        areas=tuple(_read_area(area) for area in json.loads(row.areas)),
        is_exercise=row.is_exercise,
        is_past=row.is_past,
    )


def _written_area(area: AlertArea) -> dict[str, object]:
    return {"words": area.words, "rings": area.rings, "circles": area.circles, "codes": area.codes}


def _read_area(stored: dict[str, Any]) -> AlertArea:
    rings = tuple(tuple(PlacePoint(*point) for point in ring) for ring in stored["rings"])
    circles = tuple(PlaceCircle(PlacePoint(*middle), radius) for middle, radius in stored["circles"])
    return AlertArea(str(stored["words"]), rings, circles, tuple(stored["codes"]))
