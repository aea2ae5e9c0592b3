"""Maintenance windows: announced, ended early, asked for; those of other units are not shown."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from access.principal import Principal
from data_access.limits import TOPIC
from data_access.models.alarm_rules import MaintenanceWindowRow
from data_access.scope import NotFound, visible_units
from data_access.versions import bump_version
from domain.alarms import MaintenanceWindow
from domain.local_time import local_day
from domain.permissions import Permission
from domain.units import Organisation


def windows_not_over(session: Session, now: datetime) -> tuple[MaintenanceWindow, ...]:
    """Every window that lasts or is still to begin, for the engine; the next first."""
    rows = session.scalars(
        select(MaintenanceWindowRow)
        .where(MaintenanceWindowRow.ends_at > now, MaintenanceWindowRow.ended_at.is_(None))
        .order_by(MaintenanceWindowRow.begins_at, MaintenanceWindowRow.id)
    )
    return tuple(_window(row) for row in rows)


def windows_since(session: Session, source: str, since: datetime) -> tuple[MaintenanceWindow, ...]:
    """Announced work of a source, or of one subject of it, for everybody, that was not over then: to be left out of
    what is judged, so it takes no principal."""
    row = MaintenanceWindowRow
    question = select(row).where(row.unit == "", row.ends_at > since, row.source.startswith(source, autoescape=True))
    found = [_window(each) for each in session.scalars(question.order_by(row.begins_at, row.id))]
    return tuple(window for window in found if window.over_at > since)


def maintenance_windows(
    session: Session, principal: Principal, organisation: Organisation, now: datetime
) -> tuple[MaintenanceWindow, ...]:
    """Those of them that hide something of the principal's units; needs SEE_ALARMS."""
    principal.require(Permission.SEE_ALARMS)
    visible = visible_units(principal, organisation, local_day(now))
    return tuple(
        window for window in windows_not_over(session, now) if visible is None or window.unit in {"", *visible}
    )


def past_windows(session: Session, principal: Principal, now: datetime, limit: int = 20) -> Sequence[MaintenanceWindow]:
    """The last windows that are over, newest first; needs EDIT_ALARM_RULES."""
    principal.require(Permission.EDIT_ALARM_RULES)
    row = MaintenanceWindowRow
    question = select(row).where((row.ends_at <= now) | row.ended_at.is_not(None)).order_by(row.id.desc()).limit(limit)
    return [_window(each) for each in session.scalars(question)]


def save_window(session: Session, principal: Principal, window: MaintenanceWindow, now: datetime) -> None:
    """Store an announced window inside the caller's writing transaction. Raises NotAllowed."""
    principal.require(Permission.EDIT_ALARM_RULES)
    session.add(
        MaintenanceWindowRow(
            public_id=window.public_id,
            unit=window.unit,
            source=window.source,
            rules=window.rules,
            begins_at=window.begins_at,
            ends_at=window.ends_at,
            reason=window.reason,
            announced_by=window.announced_by,
            announced_at=window.announced_at,
            ended_at=None,
            ended_by="",
        )
    )
    session.flush()
    bump_version(session, TOPIC, now)


def save_early_end(session: Session, principal: Principal, public_id: str, now: datetime) -> None:
    """End a window that is not over; raises NotAllowed, and NotFound when there is none such (any more)."""
    principal.require(Permission.EDIT_ALARM_RULES)
    row = MaintenanceWindowRow
    ended = session.execute(
        update(row)
        .where(row.public_id == public_id, row.ended_at.is_(None), row.ends_at > now)
        .values(ended_at=now, ended_by=principal.name)
        .returning(row.id)
    ).first()
    if ended is None:
        raise NotFound(public_id)
    bump_version(session, TOPIC, now)


def _window(row: MaintenanceWindowRow) -> MaintenanceWindow:
    return MaintenanceWindow(
        public_id=row.public_id,
        unit=row.unit,
        source=row.source,
        rules=row.rules,
        begins_at=row.begins_at,
        ends_at=row.ends_at,
        reason=row.reason,
        announced_by=row.announced_by,
        announced_at=row.announced_at,
        ended_at=row.ended_at,
        ended_by=row.ended_by,
    )
