"""The limits from which a figure is abnormal: data/wall_limits.csv, and what the agency changed since."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from access.principal import Principal
from data_access.models.alarm_rules import AlarmLimitChangeRow
from data_access.versions import bump_version
from domain.alarms import LimitChange, in_force
from domain.limits import Limit, WallLimits
from domain.permissions import Permission
from domain.reception import ReceptionLimits
from domain.units import covers

LIMITS_FILE = Path(__file__).resolve().parent.parent / "data" / "wall_limits.csv"
# One topic for rules, limits and maintenance: whatever moves, engine and wall look again at once.
TOPIC = "alarm_rules"
DECIDED = "Cơ quan quyết định"


@lru_cache(maxsize=4)
def load_wall_limits(path: Path = LIMITS_FILE) -> WallLimits:
    """The limits that ship; raises ValueError naming the code that is missing, no number, or not above zero."""
    return wall_limits_of(shipped_limits(path))


@lru_cache(maxsize=8)
def shipped_limits(path: Path = LIMITS_FILE, on: date | None = None) -> Mapping[str, Limit]:
    """The rows of a file of limits by code, in its order; of a file with dates those of a day. Raises ValueError for
    what is no number or named twice."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if on is None or _is_in_force(row, on)]
    if len({row["code"] for row in rows}) != len(rows):
        raise ValueError(f"data/{path.name} names a limit twice")
    return {
        row["code"]: Limit(row["code"], row["name"], _number(path, row), row["unit"], row["status"]) for row in rows
    }


def wall_limits_in_force(session: Session, on: date) -> WallLimits:
    """The limits of a day: what the agency decided, else what ships."""
    return wall_limits_of(decided(shipped_limits(), limit_changes(session), on))


def decided(shipped: Mapping[str, Limit], changes: list[LimitChange], on: date) -> Mapping[str, Limit]:
    """Limits as they are on a day."""
    changed = in_force(changes, on)
    return {
        code: replace(limit, value=changed[code].value, status=DECIDED) if code in changed else limit
        for code, limit in shipped.items()
    }


def wall_limits_of(limits: Mapping[str, Limit]) -> WallLimits:
    """Limits by code as the wall uses them; raises ValueError naming the code that is missing or not above zero."""

    def value(code: str) -> Decimal:
        if code not in limits:
            raise ValueError(f"data/wall_limits.csv lacks a number for {code}")
        return limits[code].value

    return WallLimits(
        fall_points=value("fall_points"),
        band_points=value("band_points"),
        overdue_clocks=int(value("overdue_clocks")),
        report_soon=timedelta(hours=float(value("report_soon"))),
        unexplained_absences=int(value("unexplained_absences")),
        reception=ReceptionLimits(
            waiting=timedelta(minutes=float(value("waiting"))),
            delegation_people=int(value("delegation_people")),
            delegation_term=timedelta(hours=float(value("delegation_term"))),
        ),
        screen_dark=timedelta(minutes=float(value("screen_dark"))),
        certificate_soon=timedelta(days=float(value("certificate_soon"))),
        deadline_soon=int(value("deadline_soon")),
        software_silent=timedelta(minutes=float(value("software_silent"))),
        software_together=int(value("software_together")),
        city_alert_hold=timedelta(hours=float(value("city_alert_hold"))),
    )


def limit_changes(session: Session) -> list[LimitChange]:
    """Every decision about a limit, in the order in which they were written."""
    return [
        LimitChange(row.code, Decimal(row.value), row.valid_from, row.reason, row.by, row.at)
        for row in session.scalars(select(AlarmLimitChangeRow).order_by(AlarmLimitChangeRow.id))
    ]


def save_limit_change(session: Session, principal: Principal, change: LimitChange, now: datetime) -> None:
    """Append a decision inside the caller's writing transaction; engine and wall look again. Raises NotAllowed."""
    principal.require(Permission.EDIT_ALARM_RULES)
    session.add(
        AlarmLimitChangeRow(
            code=change.code,
            valid_from=change.valid_from,
            value=str(change.value),
            reason=change.reason,
            by=change.by,
            at=change.at,
        )
    )
    session.flush()
    bump_version(session, TOPIC, now)


def _is_in_force(row: Mapping[str, str], on: date) -> bool:
    valid_to = date.fromisoformat(row["valid_to"]) if row["valid_to"] else None
    return covers(date.fromisoformat(row["valid_from"]), valid_to, on)


def _number(path: Path, row: Mapping[str, str]) -> Decimal:
    try:
        value = Decimal(row["value"])
    except InvalidOperation as error:
        raise ValueError(f"data/{path.name} lacks a number for {row['code']}") from error
    if not value.is_finite() or value <= 0:
        raise ValueError(f"data/{path.name}: {row['code']} must be above zero")
    return value
