"""Lịch công tác theo luật: what falls due, when and for whom: reporting days, period closes, figures owed, pledges.

Pure. Days are calendar days of Huế. What an agency enters itself stands beside what is reckoned.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from domain.observations import ObservedIndicator, ObservedPeriod
from domain.periods import PeriodKind, ReportingPeriod, periods_of_year
from domain.permissions import Role
from domain.programme import PledgeRule
from domain.statistics import StatisticalYear
from domain.working_days import WorkingCalendar

DAY = timedelta(days=1)
# The longest term of a rule; a period that ended longer ago has nothing left to fall due.
LONGEST_TERM = timedelta(days=60)


class AgendaKind(StrEnum):
    """What sort of day it is."""

    REPORT = "report"
    PERIOD = "period"
    FIGURES = "figures"
    PLEDGE = "pledge"
    ENTRY = "entry"


AGENDA_NAMES = {
    AgendaKind.REPORT: "Báo cáo",
    AgendaKind.PERIOD: "Hết kỳ thống kê",
    AgendaKind.FIGURES: "Số liệu theo kỳ",
    AgendaKind.PLEDGE: "Cam kết của Đề án",
    AgendaKind.ENTRY: "Cơ quan ghi",
}


class Repeats(StrEnum):
    """Which periods of the statistical year a reporting day follows."""

    MONTH = "month"
    CUMULATIVE = "cumulative"


@dataclass(frozen=True, slots=True)
class AgendaRule:
    """Ngày phải báo cáo: a dated row; `count` days after a period's last one, in calendar or working days."""

    code: str
    title: str
    role: Role
    repeats: Repeats
    count: int
    in_working_days: bool
    basis: str
    valid_from: date
    valid_to: date | None
    status: str

    def holds_on(self, day: date) -> bool:
        """Whether the row is in force."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    @property
    def is_sample(self) -> bool:
        """Whether nobody has confirmed it yet."""
        return self.status.startswith("Dữ liệu mẫu")


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """Việc đến hạn: `uid` is the same each time it is reckoned; `role` None is for everybody, `unit` '' for every
    unit."""

    uid: str
    on: date
    title: str
    kind: AgendaKind
    role: Role | None
    basis: str
    is_sample: bool = False
    unit: str = ""

    def concerns(self, role: Role, unit: str | None) -> bool:
        """Whether it is of somebody: of the role, or of everybody's; of the unit, or of all. An administrator keeps all
        of it in view."""
        is_role = self.role in (None, role) or role is Role.ADMINISTRATOR
        return is_role and (not self.unit or unit is None or self.unit == unit)


def agenda(
    rules: Iterable[AgendaRule],
    indicators: Iterable[ObservedIndicator],
    pledges: Iterable[PledgeRule],
    entries: Iterable[AgendaItem],
    span: tuple[date, date],
    calendar: WorkingCalendar,
    systems: Mapping[str, str],
) -> list[AgendaItem]:
    """Everything that falls due on the days of `span`, both included, by day and title; `systems` are names of software
    by code."""
    first, last = span
    found = [
        *_periods(first, last),
        *(item for rule in rules for item in _reports(rule, first, last, calendar)),
        *_figures(indicators, first, last, systems),
        *_pledges(pledges, first, last),
        *entries,
    ]
    return sorted((item for item in found if first <= item.on <= last), key=lambda item: (item.on, item.title))


def _periods(first: date, last: date) -> list[AgendaItem]:
    """Days on which months and cumulative periods of the statistical year end (TTLT 12/2021 Đ6)."""
    return [
        AgendaItem(
            f"period-{period.code}",
            period.last_on,
            f"Hết {period.name[:1].lower()}{period.name[1:]}",
            AgendaKind.PERIOD,
            None,
            "TTLT 12/2021/TTLT-BTP-VKSNDTC-TANDTC Đ6",
        )
        for period in _ended(first, last)
        if period.kind is PeriodKind.CUMULATIVE
    ]


def _reports(rule: AgendaRule, first: date, last: date, calendar: WorkingCalendar) -> list[AgendaItem]:
    wanted = PeriodKind.MONTH if rule.repeats is Repeats.MONTH else PeriodKind.CUMULATIVE
    items = []
    for period in _ended(first, last):
        if period.kind is not wanted or not rule.holds_on(period.last_on):
            continue
        on = (
            calendar.working_day_after(period.last_on, rule.count)
            if rule.in_working_days
            else period.last_on + rule.count * DAY
        )
        title = f"{rule.title}: {period.name[:1].lower()}{period.name[1:]}"
        items.append(
            AgendaItem(
                f"{rule.code}-{period.code}", on, title, AgendaKind.REPORT, rule.role, rule.basis, rule.is_sample
            )
        )
    return items


def _figures(
    indicators: Iterable[ObservedIndicator], first: date, last: date, systems: Mapping[str, str]
) -> list[AgendaItem]:
    """The day on which figures of one software (or none) and one period are owed; those of a day are one item, apart
    from those whose term the agency has decided itself."""
    due: dict[tuple[str, date, ObservedPeriod, bool], int] = {}
    for indicator in indicators:
        period = ObservedPeriod.of(last, indicator.length)
        while period.last_on + indicator.due_days * DAY >= first:
            place = (indicator.system, period.last_on + indicator.due_days * DAY, period, indicator.is_sample)
            due[place] = due.get(place, 0) + 1
            period = period.before()
    return [
        AgendaItem(
            f"figures-{system or 'hand'}-{period.code}-{on:%Y%m%d}" + ("" if is_sample else "-own"),
            on,
            f"Số liệu {systems.get(system, system) or 'khảo sát, nhập tay'}: {count} chỉ tiêu, {period.name}",
            AgendaKind.FIGURES,
            Role.DEPARTMENT_HEAD,
            "danh mục chỉ tiêu theo kỳ",
            is_sample,
        )
        for (system, on, period, is_sample), count in due.items()
    ]


def _pledges(pledges: Iterable[PledgeRule], first: date, last: date) -> list[AgendaItem]:
    """The end of the year in which a pledge was to be kept."""
    years: dict[int, int] = {}
    for rule in pledges:
        years[rule.due_year] = years.get(rule.due_year, 0) + 1
    return [
        AgendaItem(
            f"pledges-{year}",
            date(year, 12, 31),
            f"Hạn của {count} cam kết",
            AgendaKind.PLEDGE,
            Role.LEADER,
            "Đề án 2018",
        )
        for year, count in years.items()
        if first.year <= year <= last.year
    ]


def _ended(first: date, last: date) -> Sequence[ReportingPeriod]:
    """Periods whose days of reporting may lie in the span."""
    years = range(StatisticalYear.of(first - LONGEST_TERM).year, StatisticalYear.of(last).year + 1)
    return [
        period for year in years for period in periods_of_year(year) if first - LONGEST_TERM <= period.last_on <= last
    ]
