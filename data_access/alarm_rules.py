"""The rules and limits of alarms: data/alarm_rules.csv and data/alarm_limits.csv, and what the agency changed since."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from access.principal import Principal
from data_access.limits import DECIDED, TOPIC, decided, limit_changes, shipped_limits
from data_access.models.alarm_rules import AlarmRuleChangeRow
from data_access.session import Database
from data_access.versions import bump_version
from domain.alarms import AlarmLimits, AlarmRule, Priority, RuleChange, rules_on
from domain.limits import Limit
from domain.local_time import local_day
from domain.permissions import Permission, Role

DATA = Path(__file__).resolve().parent.parent / "data"
RULES_FILE, LIMITS_FILE = DATA / "alarm_rules.csv", DATA / "alarm_limits.csv"


@lru_cache(maxsize=4)
def load_alarm_rules(path: Path = RULES_FILE) -> Mapping[str, AlarmRule]:
    """Every rule that ships by its code; raises OSError, or ValueError naming the row that cannot be read."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    found = {row["code"]: _rule(row) for row in rows}
    if len(found) != len(rows):
        raise ValueError(f"{path.name} names a rule twice")
    return found


@lru_cache(maxsize=8)
def load_alarm_limits(on: date, path: Path = LIMITS_FILE) -> AlarmLimits:
    """The limits that ship for a day; raises OSError, or ValueError naming what is missing, doubled or no whole number
    above zero."""
    return alarm_limits_of(shipped_limits(path, on))


def rules_in_force(session: Session, on: date) -> Mapping[str, AlarmRule]:
    """Every rule as it is on a day: what the agency decided, else what ships."""
    return rules_on(load_alarm_rules(), rule_changes(session), on)


def limits_in_force(session: Session, on: date) -> AlarmLimits:
    """The limits of alarms on a day: what the agency decided, else what ships."""
    return alarm_limits_of(decided(shipped_limits(LIMITS_FILE, on), limit_changes(session), on))


def limits_now(database: Database, now: datetime) -> AlarmLimits:
    """The limits of alarms in force now, for whoever has no session at hand."""
    with database.reading() as session:
        return limits_in_force(session, local_day(now))


def all_limits(session: Session, on: date) -> Mapping[str, Limit]:
    """Every limit of wall and alarms as it is on a day, by code."""
    return decided({**shipped_limits(), **shipped_limits(LIMITS_FILE, on)}, limit_changes(session), on)


def rule_changes(session: Session) -> list[RuleChange]:
    """Every decision about a rule that still ships, in the order in which they were written."""
    shipped = load_alarm_rules()
    rows = session.scalars(select(AlarmRuleChangeRow).order_by(AlarmRuleChangeRow.id))
    return [_change(row, shipped[row.code]) for row in rows if row.code in shipped]


def save_rule_change(session: Session, principal: Principal, change: RuleChange, now: datetime) -> None:
    """Append a decision inside the caller's writing transaction; engine and wall look again. Raises NotAllowed."""
    principal.require(Permission.EDIT_ALARM_RULES)
    rule = change.rule
    session.add(
        AlarmRuleChangeRow(
            code=rule.code,
            valid_from=change.valid_from,
            on_delay_seconds=int(rule.on_delay.total_seconds()),
            off_delay_seconds=int(rule.off_delay.total_seconds()),
            latches=rule.latches,
            priority=int(rule.priority or 0),
            hysteresis=str(rule.hysteresis),
            is_on=rule.is_on,
            tasks=json.dumps(rule.tasks, ensure_ascii=False),
            procedure=rule.procedure,
            owner=rule.owner.value,
            legal_basis=rule.legal_basis,
            reason=rule.reason,
            by=change.by,
            at=change.at,
        )
    )
    session.flush()
    bump_version(session, TOPIC, now)


def alarm_limits_of(limits: Mapping[str, Limit]) -> AlarmLimits:
    """Limits by code as the engine uses them; raises ValueError naming what is missing or not whole."""

    def whole(code: str) -> int:
        if code not in limits or limits[code].value != limits[code].value.to_integral_value():
            raise ValueError(f"alarm_limits.csv needs one whole number above zero for {code}")
        return int(limits[code].value)

    return AlarmLimits(
        flap_count=whole("flap_count"),
        flap_within=timedelta(minutes=whole("flap_within")),
        flap_hold=timedelta(minutes=whole("flap_hold")),
        shelve_most=timedelta(minutes=whole("shelve_most")),
        shelve_urgent=timedelta(minutes=whole("shelve_urgent")),
        flood_count=whole("flood_count"),
        maintenance_most=timedelta(hours=whole("maintenance_most")),
    )


def _rule(row: Mapping[str, str]) -> AlarmRule:
    try:
        return AlarmRule(
            code=row["code"],
            name=row["name"],
            on_delay=timedelta(seconds=int(row["on_delay_seconds"])),
            off_delay=timedelta(seconds=int(row["off_delay_seconds"])),
            latches={"yes": True, "no": False}[row["latches"]],
            tasks=tuple(task.strip() for task in row["tasks"].split(";") if task.strip()),
            procedure=row["procedure"],
            owner=Role(row["owner"]),
            legal_basis=row["legal_basis"],
            status=row["status"],
        )
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(f"alarm_rules.csv: the rule {row.get('code')} cannot be read") from error


def _change(row: AlarmRuleChangeRow, shipped: AlarmRule) -> RuleChange:
    rule = AlarmRule(
        code=row.code,
        name=shipped.name,
        on_delay=timedelta(seconds=row.on_delay_seconds),
        off_delay=timedelta(seconds=row.off_delay_seconds),
        latches=row.latches,
        tasks=tuple(json.loads(row.tasks)),
        procedure=row.procedure,
        owner=Role(row.owner),
        legal_basis=row.legal_basis,
        priority=Priority(row.priority) if row.priority else None,
        hysteresis=Decimal(row.hysteresis),
        is_on=row.is_on,
        reason=row.reason,
        status=DECIDED,
    )
    return RuleChange(rule, row.valid_from, row.by, row.at)
