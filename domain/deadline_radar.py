"""Bảng thời hạn: every statutory clock that runs, by when it is due; the words of a filter, which stand in the address.

How a due day is reckoned is in domain/deadlines.py; who owes what since when in data_access/cases/clock_list.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from urllib.parse import urlencode

from domain.cases import decision_name
from domain.deadlines import Clock, DeadlineRule
from domain.units import Organisation
from domain.working_days import WorkingCalendar

PAGE_ROWS = 50
EXPORT_ROWS = 50_000
_LONGEST_ADDRESS_WORD = 40


class ClockWindow(StrEnum):
    """Which clocks by when they are due; `soon` lies across `week` and `later`."""

    ALL = "all"
    OVERDUE = "overdue"
    SOON = "soon"
    WEEK = "week"
    LATER = "later"


class ClockSort(StrEnum):
    """By what the list may be ordered: nothing else reaches the database."""

    DUE = "due"
    UNIT = "unit"
    OFFICER = "officer"
    NUMBER = "number"
    CLOCK = "clock"
    STARTED = "started"


@dataclass(frozen=True, slots=True)
class RunningClock:
    """Đồng hồ đang chạy of one việc: since when the step is owed and its last day in time; no last day where no rule
    is in force, which is not "never"."""

    case: str
    number: str
    decided_on: date
    unit: str
    officer: str | None
    clock: Clock
    started_on: date
    due_on: date | None

    @property
    def decision(self) -> str:
        """The decision as people write it: 412/2025/QĐ-THA."""
        return decision_name(self.number, self.decided_on)


@dataclass(frozen=True, slots=True)
class RadarDays:
    """Mốc của bảng thời hạn: the day looked from, the Sunday of its week, the last day that counts as soon."""

    on: date
    week_ends_on: date
    soon_until: date

    @classmethod
    def of(cls, on: date, soon: int, calendar: WorkingCalendar) -> RadarDays:
        """For a limit of `soon` working days; raises NoWorkingTime."""
        return cls(on, on + timedelta(days=6 - on.weekday()), calendar.working_day_after(on, soon))

    def holds(self, window: ClockWindow, due_on: date) -> bool:
        """Whether a due day lies in a window."""
        if window is ClockWindow.OVERDUE:
            return due_on < self.on
        if window is ClockWindow.SOON:
            return self.on <= due_on <= self.soon_until
        if window is ClockWindow.WEEK:
            return self.on <= due_on <= self.week_ends_on
        return window is ClockWindow.ALL or due_on > self.week_ends_on


@dataclass(frozen=True, slots=True)
class ClockGroup:
    """Clocks of one kind that started on one day and are therefore due on one day."""

    clock: Clock
    started_on: date
    due_on: date
    count: int


@dataclass(frozen=True, slots=True)
class ClockFilter:
    """Bộ lọc: codes, '' for all; `day` is a due day, `month` what the calendar shows ('2026-11', '' for this month)."""

    unit: str = ""
    officer: str = ""
    clock: Clock | None = None
    window: ClockWindow = ClockWindow.ALL
    day: date | None = None
    month: str = ""
    sort: ClockSort = ClockSort.DUE
    descending: bool = False
    page: int = 1

    @classmethod
    def from_address(cls, values: Mapping[str, str]) -> ClockFilter:
        """What an address asks for; anything not understood is the default."""
        window, sort, page = (values.get(name, "") for name in ("window", "sort", "page"))
        month = values.get("month", "")
        return cls(
            unit=values.get("unit", "")[:_LONGEST_ADDRESS_WORD],
            officer=values.get("officer", "")[:_LONGEST_ADDRESS_WORD],
            clock=Clock(values["clock"]) if values.get("clock", "") in set(Clock) else None,
            window=ClockWindow(window) if window in set(ClockWindow) else ClockWindow.ALL,
            day=_day(values.get("day", "")),
            month=month if len(month) == 7 and _day(f"{month}-01") else "",
            sort=ClockSort(sort) if sort in set(ClockSort) else ClockSort.DUE,
            descending=values.get("order", "") == "down",
            page=int(page) if page.isascii() and page.isdecimal() and 0 < int(page[:7]) < 100_000 else 1,
        )

    def address(self) -> str:
        """The query of an address that asks for this, '' for the default."""
        said = {
            "unit": self.unit,
            "officer": self.officer,
            "clock": self.clock.value if self.clock else "",
            "window": "" if self.window is ClockWindow.ALL else self.window.value,
            "day": self.day.isoformat() if self.day else "",
            "month": self.month,
            "sort": "" if self.sort is ClockSort.DUE else self.sort.value,
            "order": "down" if self.descending else "",
            "page": "" if self.page == 1 else str(self.page),
        }
        query = urlencode({name: value for name, value in said.items() if value})
        return f"?{query}" if query else ""

    def turned(self, **changes: object) -> ClockFilter:
        """The same with changes, from its first page."""
        return replace(self, **{"page": 1, **changes})  # type: ignore[arg-type]

    def shown_month(self, today: date) -> date:
        """The first day of the month the calendar shows: that of the address, else of the day, else of today."""
        return date.fromisoformat(f"{self.month}-01") if self.month else (self.day or today).replace(day=1)

    def admits(self, group: ClockGroup, days: RadarDays) -> bool:
        """Whether the list shows a group; unit and officer are asked of the database."""
        return self.admits_but_for_day(group, days) and self.day in (None, group.due_on)

    def admits_but_for_day(self, group: ClockGroup, days: RadarDays) -> bool:
        """Whether the calendar counts a group: whatever day is chosen, the others keep their numbers."""
        return self.clock in (None, group.clock) and days.holds(self.window, group.due_on)


@dataclass(frozen=True, slots=True)
class ClockTimes:
    """How many clocks are over, due within so many working days, due this week, and due later."""

    overdue: int = 0
    soon: int = 0
    week: int = 0
    later: int = 0

    @property
    def running(self) -> int:
        """All of them; `soon` lies across week and later."""
        return self.overdue + self.week + self.later

    def __add__(self, other: ClockTimes) -> ClockTimes:
        return ClockTimes(
            self.overdue + other.overdue, self.soon + other.soon, self.week + other.week, self.later + other.later
        )


@dataclass(frozen=True, slots=True)
class RunningClocks:
    """The running clocks of a filter's unit and officer, grouped; how those of every visible unit stand, by clock; the
    rules they follow, and the clocks without a rule with the việc each would concern: unknown, never 0."""

    units: tuple[str, ...] = ()
    groups: tuple[ClockGroup, ...] = ()
    by_unit: Mapping[tuple[Clock, str], ClockTimes] = field(default_factory=dict)
    rules: Mapping[Clock, tuple[DeadlineRule, ...]] = field(default_factory=dict)
    without_rule: Mapping[Clock, int] = field(default_factory=dict)

    @property
    def sample_clocks(self) -> list[Clock]:
        """The clocks judged by a sample term, which is law nowhere."""
        return [clock for clock, rules in self.rules.items() if any(rule.is_sample for rule in rules)]

    def chosen(self, wanted: ClockFilter, days: RadarDays) -> list[ClockGroup]:
        """The groups a list shows, in its order of due days; ties by clock and start."""
        found = [group for group in self.groups if wanted.admits(group, days)]
        return sorted(found, key=lambda one: (one.due_on, one.clock, one.started_on))


def times_of(groups: Iterable[ClockGroup], days: RadarDays) -> ClockTimes:
    """How the clocks of some groups stand."""
    found = dict.fromkeys(ClockWindow, 0)
    for group in groups:
        for window in ClockWindow:
            if days.holds(window, group.due_on):
                found[window] += group.count
    return ClockTimes(
        found[ClockWindow.OVERDUE], found[ClockWindow.SOON], found[ClockWindow.WEEK], found[ClockWindow.LATER]
    )


def times_by_unit(clocks: RunningClocks, wanted: ClockFilter) -> dict[str, ClockTimes]:
    """Every visible unit, those with none at zero; the clock of the filter counts, its unit and window do not."""
    found = dict.fromkeys(clocks.units, ClockTimes())
    for (clock, unit), times in clocks.by_unit.items():
        if wanted.clock in (None, clock):
            found[unit] = found.get(unit, ClockTimes()) + times
    return found


def due_by_day(clocks: RunningClocks, wanted: ClockFilter, days: RadarDays) -> dict[date, int]:
    """How many are due on each day, the days without any left out."""
    found: dict[date, int] = {}
    for group in clocks.groups:
        if wanted.admits_but_for_day(group, days):
            found[group.due_on] = found.get(group.due_on, 0) + group.count
    return found


def month_weeks(first: date) -> list[list[date]]:
    """The weeks, Monday to Sunday, that a month touches."""
    monday = first - timedelta(days=first.weekday())
    after = (first.replace(day=1) + timedelta(days=32)).replace(day=1)
    weeks = []
    while monday < after:
        weeks.append([monday + timedelta(days=number) for number in range(7)])
        monday += timedelta(days=7)
    return weeks


def years_without_holidays(calendar: WorkingCalendar, shown: Iterable[date]) -> list[int]:
    """The years of what is shown whose days off nobody has entered: due days in them may be wrong."""
    return [year for year in sorted({day.year for day in shown}) if not calendar.has_holidays_of(year)]


def clock_units(organisation: Organisation, on: date, visible: frozenset[str] | None) -> tuple[str, ...]:
    """The units that handle cases on a day, as far as they are visible, in display order."""
    return tuple(unit.code for unit in organisation.case_units_on(on) if visible is None or unit.code in visible)


def paged(groups: Sequence[ClockGroup], first: int, count: int, descending: bool) -> tuple[list[ClockGroup], int]:
    """The groups that hold the rows from `first` on, and how many of their rows come before."""
    ordered = list(reversed(groups)) if descending else list(groups)
    found: list[ClockGroup] = []
    skipped = position = 0
    for group in ordered:
        if position + group.count <= first:
            skipped = position + group.count
        elif position < first + count:
            found.append(group)
        position += group.count
    return found, first - skipped


def _day(words: str) -> date | None:
    try:
        return date.fromisoformat(words)
    except ValueError:
        return None
