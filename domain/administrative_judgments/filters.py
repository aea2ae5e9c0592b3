"""Which judgments a desk looks at; the same words stand in the address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from urllib.parse import urlencode

from domain.administrative_judgments.clocks import JudgmentStanding
from domain.administrative_judgments.records import JudgmentState
from domain.statistics import StatisticalYear

# How many statistical years back a desk may look, this one included.
YEARS_OFFERED = 4
_LONGEST = 40


class JudgmentShowing(StrEnum):
    """Hiện: what the list holds; the value stands in the address."""

    REMAINING = "remaining"
    OVERDUE = "overdue"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class JudgmentFilter:
    """Bộ lọc án hành chính: `unit` is a code, '' for all; `year` a statistical year, 0 for the running one."""

    unit: str = ""
    year: int = 0
    showing: JudgmentShowing = JudgmentShowing.REMAINING

    @classmethod
    def from_address(cls, values: Mapping[str, str]) -> JudgmentFilter:
        """What an address asks for; anything not understood is the default."""
        year, showing = values.get("year", ""), values.get("showing", "")
        return cls(
            unit=values.get("unit", "")[:_LONGEST],
            year=int(year) if year.isascii() and year.isdecimal() and len(year) == 4 else 0,
            showing=JudgmentShowing(showing) if showing in set(JudgmentShowing) else JudgmentShowing.REMAINING,
        )

    def address(self, **changes: str) -> str:
        """The query of an address that asks for this, '' for the default; `changes` are added as they are."""
        default = JudgmentFilter()
        said = {
            each.name: str(getattr(self, each.name))
            for each in fields(self)
            if getattr(self, each.name) != getattr(default, each.name)
        }
        said.update(changes)
        given = {name: value for name, value in said.items() if value}
        return f"?{urlencode(given)}" if given else ""

    def year_on(self, today: date) -> StatisticalYear:
        """The year asked for, the running one when it is none of those offered."""
        running = StatisticalYear.of(today).year
        return StatisticalYear(self.year if running - YEARS_OFFERED < self.year <= running else running)

    def day_on(self, today: date) -> date:
        """The day as of which figures are told: today, or the last day of a year that is over."""
        return min(today, self.year_on(today).last_on)

    def admits(self, standing: JudgmentStanding, day: date) -> bool:
        """Whether the list holds a judgment that stands so on `day`."""
        if self.unit not in {"", standing.judgment.unit}:
            return False
        if self.showing is JudgmentShowing.OVERDUE:
            return standing.is_overdue(day)
        ended = standing.state in {JudgmentState.COMPLETED, JudgmentState.CANCELLED}
        return self.showing is JudgmentShowing.ALL or not ended


def years_offered(today: date) -> list[int]:
    """The statistical years a desk may look at, the running one first."""
    running = StatisticalYear.of(today).year
    return list(range(running, running - YEARS_OFFERED, -1))
