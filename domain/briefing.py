"""Bản tin: what changed, what burns, the pledges, the units. Facts only, as they stood; files are made of them later.

Whatever is not known is None, which is said and never shown as zero. Lists may be cut at ROWS_KEPT, counts never are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from domain.alarms import OPEN_STATES, Alarm, AlarmState, Priority
from domain.briefing_schedule import BriefingKind
from domain.directives import Directive
from domain.field_reports import FieldReport
from domain.freshness import FRESHNESS_NAMES, Freshness, SourceFacts
from domain.local_time import local_day, moment_words
from domain.rates import RateComparison, points_between

ROWS_KEPT = 12
BURNING = frozenset({Priority.URGENT, Priority.HIGH})
TWO_PLACES = Decimal("0.01")
_SAID_BESIDE = frozenset({Freshness.STALE, Freshness.LOST})


@dataclass(frozen=True, slots=True)
class Stated:
    """Nguồn và thời điểm of a part: who says it and of when."""

    title: str
    as_of_at: datetime | None
    freshness: Freshness

    @classmethod
    def of(cls, source: SourceFacts, now: datetime) -> Stated:
        """As a source stands now."""
        return cls(source.title, source.as_of_at if source.configured else None, source.freshness(now))

    @property
    def is_known(self) -> bool:
        """Whether the source has ever said anything."""
        return self.as_of_at is not None

    @property
    def words(self) -> str:
        """'Nguồn: Quản lý án, 09:43 26/11/2026', with how old it is where it was old, or that it said nothing."""
        if self.as_of_at is None:
            return f"Nguồn: {self.title}, {FRESHNESS_NAMES[self.freshness]}"
        old = f" ({FRESHNESS_NAMES[self.freshness]})" if self.freshness in _SAID_BESIDE else ""
        return f"Nguồn: {self.title}, {moment_words(self.as_of_at)}{old}"


@dataclass(frozen=True, slots=True)
class BriefingRate:
    """Một tỷ lệ trong bản tin: now and then, beside pace, the same day last year and the annual target."""

    now: Decimal | None
    then: Decimal | None = None
    pace: Decimal | None = None
    last_year: Decimal | None = None
    target: Decimal | None = None

    @property
    def moved(self) -> Decimal | None:
        """How many points it moved since then, in two places: a day moves a province by hundredths."""
        return points_between(self.now, self.then, TWO_PLACES)

    @property
    def comparison(self) -> RateComparison:
        """As the wall compares it."""
        return RateComparison(self.now, self.pace, self.last_year, self.target)


@dataclass(frozen=True, slots=True)
class BriefingUnit:
    """Một đơn vị trong bản tin; counts are None where nothing was ever counted."""

    code: str
    name: str
    to_enforce: int | None
    enforceable: int | None
    completed: int | None
    cases: BriefingRate
    money: BriefingRate


@dataclass(frozen=True, slots=True)
class BriefingFigures:
    """Số liệu thi hành án trong bản tin at the end of `on`, beside those at the end of `compared_on`.

    `completed`, `docketed` and `money_completed` were added between the two. `coverage` is '7/10 đơn vị' while units
    have never sent anything. `is_new_year` where the two days lie in different statistical years.
    """

    stated: Stated
    on: date
    compared_on: date
    cases: BriefingRate
    money: BriefingRate
    completed: int
    docketed: int
    money_completed: int
    units: tuple[BriefingUnit, ...]
    total: BriefingUnit
    coverage: str = ""
    is_new_year: bool = False


@dataclass(frozen=True, slots=True)
class BriefingChanges:
    """Biến động trong bản tin: what came and went between the two instants; None where a source never spoke."""

    alarms: Stated
    raised: int
    closed: int
    reports: Stated
    reports_received: int | None
    reports_closed: int | None
    reports_open: int | None
    reports_overdue: int | None
    cameras: Stated
    cameras_failing: int | None
    cameras_lost: int | None
    cameras_unknown: int | None


@dataclass(frozen=True, slots=True)
class BurningAlarm:
    """Cảnh báo khẩn hoặc cao đang mở; `owner` in words, '' while nobody has it."""

    public_id: str
    priority: Priority
    title: str
    unit_name: str
    state: AlarmState
    raised_at: datetime | None
    owner: str


@dataclass(frozen=True, slots=True)
class BurningReport:
    """Phản ánh quá hạn: its coded subject, never a citizen's words."""

    title: str
    unit_name: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class BurningDirective:
    """Chỉ đạo quá hạn trả lời."""

    title: str
    unit_name: str
    due_on: date


@dataclass(frozen=True, slots=True)
class OverdueClocks:
    """Thời hạn luật định quá hạn; `total` is None when no clock has a rule in force, `note` must be said beside it."""

    total: int | None
    by_unit: tuple[tuple[str, int], ...]
    note: str
    stated: Stated


@dataclass(frozen=True, slots=True)
class Burning:
    """Điều đang nóng: worst first, then the longest waiting. `stated` is of alarms and directives: our own word."""

    stated: Stated
    alarms: tuple[BurningAlarm, ...]
    alarm_count: int
    clocks: OverdueClocks
    reports: tuple[BurningReport, ...]
    report_count: int | None
    reports_stated: Stated
    directives: tuple[BurningDirective, ...]
    directive_count: int


@dataclass(frozen=True, slots=True)
class Pledge:
    """Cam kết của Đề án: how far it is kept; `reached` and `whole` are None while nothing is known, `note` what is
    not counted."""

    name: str
    what: str
    reached: int | None
    whole: int | None
    stated: Stated
    note: str = ""

    @property
    def percent(self) -> Decimal | None:
        """The share; None without anything known or to count."""
        if self.reached is None or not self.whole:
            return None
        return Decimal(100 * self.reached) / self.whole


@dataclass(frozen=True, slots=True)
class BriefingCurve:
    """Đường lũy kế trong bản tin: days and rates about việc; last year's days are moved to this year."""

    begins_on: date
    ends_on: date
    this_year: tuple[tuple[date, Decimal], ...]
    last_year: tuple[tuple[date, Decimal], ...]
    pace: tuple[tuple[date, Decimal], ...]


@dataclass(frozen=True, slots=True)
class BriefingFacts:
    """Dữ kiện của bản tin: everything it says. `appointment_at` is when it was due by the schedule, None on demand."""

    kind: BriefingKind
    unit: str
    scope: str
    begins_at: datetime
    made_at: datetime
    appointment_at: datetime | None
    is_sample: bool
    banner: str
    agency: str
    office: str
    figures: BriefingFigures | None
    cases_stated: Stated
    changes: BriefingChanges
    burning: Burning
    pledges: tuple[Pledge, ...]
    curve: BriefingCurve | None


@dataclass(frozen=True, slots=True)
class Briefing:
    """Bản tin đã lập: immutable; `sha256` is that of its facts as stored, `is_whole` whether they still have it."""

    public_id: str
    facts: BriefingFacts
    made_by: str
    sha256: str
    is_whole: bool


def burning_alarms(alarms: Iterable[Alarm], names: Mapping[str, str]) -> list[BurningAlarm]:
    """Open urgent and high alarms: worst first, of the same priority the oldest first. `names` are short unit names."""
    found = [alarm for alarm in alarms if alarm.priority in BURNING and alarm.state in OPEN_STATES]
    found.sort(key=lambda alarm: (alarm.priority, alarm.raised_at is None, alarm.raised_at, alarm.key))
    return [
        BurningAlarm(
            public_id=alarm.public_id,
            priority=alarm.priority,
            title=alarm.title,
            unit_name=alarm.unit_name or names.get(alarm.unit, alarm.unit),
            state=alarm.state,
            raised_at=alarm.raised_at,
            owner=_owner(alarm, names),
        )
        for alarm in found
    ]


def burning_reports(reports: Iterable[FieldReport], names: Mapping[str, str], now: datetime) -> list[BurningReport]:
    """Overdue field reports, the longest overdue first."""
    found = [
        BurningReport(report.title, names.get(report.unit or "", report.unit or "chưa rõ đơn vị"), report.due_at)
        for report in reports
        if report.due_at is not None and report.is_overdue(now)
    ]
    return sorted(found, key=lambda report: (report.due_at, report.unit_name, report.title))


def burning_directives(
    directives: Iterable[Directive], names: Mapping[str, str], now: datetime
) -> list[BurningDirective]:
    """Directives overdue today, the longest overdue first."""
    today = local_day(now)
    found = [
        BurningDirective(each.title, names.get(each.unit, each.unit), each.due_on)
        for each in directives
        if each.is_overdue(today)
    ]
    return sorted(found, key=lambda each: (each.due_on, each.unit_name, each.title))


def clocks_by_unit(by_unit: Mapping[str, int], names: Mapping[str, str]) -> tuple[tuple[str, int], ...]:
    """Units with overdue clocks, most first."""
    found = [(names.get(unit, unit), count) for unit, count in by_unit.items() if count]
    return tuple(sorted(found, key=lambda each: (-each[1], each[0])))


def curve_until(begins_on: date, today: date, year_ends_on: date) -> date:
    """The last day on the curve, as on the wall: some weeks ahead of today, at least five months, at most the year."""
    return min(max(today + timedelta(days=75), begins_on + timedelta(days=150)), year_ends_on)


def ordered_units(units: Sequence[BriefingUnit]) -> tuple[BriefingUnit, ...]:
    """Those furthest behind their pace first, then by rate, lowest first; units without figures last."""

    def place(unit: BriefingUnit) -> tuple[bool, bool, Decimal, str]:
        points, rate = unit.cases.comparison.points_to_pace, unit.cases.now
        by = points if points is not None else rate if rate is not None else Decimal(0)
        return rate is None, points is None, by, unit.name

    return tuple(sorted(units, key=place))


def _owner(alarm: Alarm, names: Mapping[str, str]) -> str:
    owner = alarm.assigned_to or (alarm.acknowledged_by if alarm.state is AlarmState.ACKNOWLEDGED else "")
    return names.get(owner, owner)
