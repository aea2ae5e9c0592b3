"""What the agency decided about rules and limits, and from which day: what is in force on a day. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Protocol, TypeVar

from domain.alarms.rules import AlarmRule

# The rules whose measure has a limit to fall below, and the limit it is.
HYSTERESIS_LIMITS = {
    "clocks_overdue": "overdue_clocks",
    "absence": "unexplained_absences",
    "reception_queue": "waiting",
    "delegation": "delegation_people",
}


class RuleRefused(ValueError):
    """A rule, a limit or a maintenance window that cannot be; the text is Vietnamese and can be shown."""


@dataclass(frozen=True, slots=True)
class RuleChange:
    """Thay đổi quy tắc: the whole rule from `valid_from` (a day of Huế) on; its reason stands in the rule."""

    rule: AlarmRule
    valid_from: date
    by: str
    at: datetime

    @property
    def code(self) -> str:
        """Which rule it is about."""
        return self.rule.code


@dataclass(frozen=True, slots=True)
class LimitChange:
    """Thay đổi ngưỡng: the value of a limit from `valid_from` (a day of Huế) on."""

    code: str
    value: Decimal
    valid_from: date
    reason: str
    by: str
    at: datetime


class Dated(Protocol):
    """Có hiệu lực từ ngày: a change of one thing from a day on."""

    @property
    def code(self) -> str: ...

    @property
    def valid_from(self) -> date: ...


AnyChange = TypeVar("AnyChange", bound=Dated)


def in_force(changes: Iterable[AnyChange], on: date) -> Mapping[str, AnyChange]:
    """By code: the change in force on a day, the latest of those that have begun; of one day, the one written last.

    `changes` come in the order in which they were written.
    """
    found: dict[str, AnyChange] = {}
    for change in changes:
        known = found.get(change.code)
        if change.valid_from <= on and (known is None or known.valid_from <= change.valid_from):
            found[change.code] = change
    return found


def to_come(changes: Sequence[AnyChange], on: date) -> Mapping[str, tuple[AnyChange, ...]]:
    """By code: the changes that begin after a day, the next first; of one day only the one written last."""
    found: dict[str, dict[date, AnyChange]] = {}
    for change in changes:
        if change.valid_from > on:
            found.setdefault(change.code, {})[change.valid_from] = change
    return {code: tuple(those[day] for day in sorted(those)) for code, those in found.items()}


def rules_on(shipped: Mapping[str, AlarmRule], changes: Iterable[RuleChange], on: date) -> Mapping[str, AlarmRule]:
    """Every rule as it is on a day: the change in force, else the one that ships; what no longer ships is gone."""
    changed = in_force(changes, on)
    return {code: changed[code].rule if code in changed else rule for code, rule in shipped.items()}
