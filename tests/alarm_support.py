"""Conditions, rules and limits of alarms for tests, and an engine that needs no database."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from data_access.alarm_rules import load_alarm_limits, load_alarm_rules
from data_access.alarms import save_decided, standing_alarms
from data_access.session import Database
from domain.alarms import (
    Alarm,
    AlarmRecord,
    AlarmState,
    Condition,
    Decision,
    Facts,
    MaintenanceWindow,
    Priority,
    decide,
)

NOW = datetime(2026, 11, 24, 1, 42, tzinfo=UTC)
LIMITS = load_alarm_limits(NOW.date())
CAMERA = Condition(
    "camera_link",
    Priority.HIGH,
    "PHULOC",
    "Phú Lộc",
    "Camera mất tín hiệu",
    1,
    "camera",
    source="cameras",
    members=("5",),
)
CROWD = Condition(
    "security_gathering", Priority.URGENT, "PHUVANG", "Phú Vang", "Tụ tập trước trụ sở", source="security"
)
PACE = Condition("cases_behind_pace", Priority.HIGH, "PHUVANG", "Phú Vang", "Xong về việc chậm tiến độ")


class Engine:
    """The engine with its own memory: `at(facts, now)` is one decision, stored here."""

    def __init__(self, on_delay: timedelta | None = None) -> None:
        rules = load_alarm_rules()
        self.rules = {
            code: rule if on_delay is None else replace(rule, on_delay=on_delay) for code, rule in rules.items()
        }
        self.alarms: dict[str, Alarm] = {}
        self.records: list[AlarmRecord] = []
        self.pending: Any = {}
        self.closed: dict[str, tuple[datetime, ...]] = {}
        self.limits = LIMITS
        self._numbers = count(1)

    def at(
        self,
        now: datetime,
        *conditions: Condition,
        unknown: frozenset[str] = frozenset(),
        near: tuple[Condition, ...] = (),
        maintenance: tuple[MaintenanceWindow, ...] = (),
    ) -> Decision:
        standing = [alarm for alarm in self.alarms.values() if alarm.state is not AlarmState.NORMAL]
        facts = Facts(conditions, unknown, near, maintenance)
        decision = decide(
            self.rules, self.limits, standing, facts, self.pending, self.closed, now, lambda: f"A{next(self._numbers)}"
        )
        self.pending = decision.pending
        for alarm in decision.alarms:
            self.keep(alarm)
        self.records += decision.records
        return decision

    def keep(self, alarm: Alarm, *records: AlarmRecord) -> None:
        """Take over what a person did."""
        self.alarms[alarm.public_id] = alarm
        self.records += records
        if alarm.state is AlarmState.NORMAL:
            self.closed[alarm.key] = alarm.activations

    @property
    def standing(self) -> list[Alarm]:
        return [alarm for alarm in self.alarms.values() if alarm.state is not AlarmState.NORMAL]


def store_alarms(database: Database, now: datetime, *conditions: Condition) -> Decision:
    """What the worker does when exactly these conditions hold: decide and store."""
    with database.writing() as session:
        standing = standing_alarms(session)
        numbers = count(len(standing) + 1)
        facts = Facts(conditions, frozenset())
        rules = load_alarm_rules()
        stamp = f"{now:%d%H%M%S%f}"
        decision = decide(rules, LIMITS, standing, facts, {}, {}, now, lambda: f"A{stamp}-{next(numbers)}")
        save_decided(session, decision.alarms, decision.records, now)
    return decision
