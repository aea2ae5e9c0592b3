"""Phản ánh hiện trường: what a report is, where it stands, when it is due, and which need a person now.

The words of Open311 GeoReport v2, with the handling unit, the due time, the urgency and the satisfaction beside them.
Nobody's name is here: a connector drops whatever identifies the citizen before a record exists.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from domain.local_time import local
from domain.units import covers


class ReportState(StrEnum):
    """Trạng thái phản ánh; the words of each source are mapped to these by data/field_report_states.csv."""

    RECEIVED = "received"
    ASSIGNED = "assigned"
    IN_PROGRESS = "in_progress"
    CLOSED = "closed"
    DECLINED = "declined"


STATE_NAMES = {
    ReportState.RECEIVED: "Mới tiếp nhận",
    ReportState.ASSIGNED: "Đã phân công",
    ReportState.IN_PROGRESS: "Đang xử lý",
    ReportState.CLOSED: "Đã xử lý",
    ReportState.DECLINED: "Không thuộc thẩm quyền",
}
FINAL_STATES = frozenset({ReportState.CLOSED, ReportState.DECLINED})


class Urgency(StrEnum):
    """Mức khẩn: an urgent report is an alarm of the first priority from the moment it is received."""

    ORDINARY = "ordinary"
    URGENT = "urgent"


@dataclass(frozen=True, slots=True)
class ReportRecord:
    """One report as its source states it; instants are aware UTC, coordinates WGS 84 degrees or both None.

    `description` is the citizen's text: it is shown at a desk and never reaches a wall. `handled_by` is the code of who
    of the unit deals with it (CHV-07), '' where the source does not say.
    """

    external_id: str
    service_code: str
    state_word: str
    requested_at: datetime
    updated_at: datetime
    expected_at: datetime | None = None
    latitude: float | None = None
    longitude: float | None = None
    agency: str = ""
    description: str = ""
    urgency: Urgency | None = None
    satisfaction: int | None = None
    handled_by: str = ""


@dataclass(frozen=True, slots=True)
class ReportSubject:
    """Nhóm nội dung: the coded subject a wide screen prints instead of a citizen's words."""

    code: str
    title: str
    urgency: Urgency
    status: str


@dataclass(frozen=True, slots=True)
class ReportTerm:
    """Thời hạn xử lý of a subject (`*` for every subject) and urgency, in hours of the clock or of working time."""

    subject: str
    urgency: Urgency
    hours: int
    is_working_time: bool
    valid_from: date
    valid_to: date | None
    status: str

    def is_in_force(self, day: date) -> bool:
        """Whether the term holds for a report received on a day."""
        return covers(self.valid_from, self.valid_to, day)


@dataclass(frozen=True, slots=True)
class FieldReport:
    """Phản ánh: what a wall may know of one report. `due_at` None where neither source nor rule says when it is due."""

    public_id: str
    subject: str
    title: str
    urgency: Urgency
    state: ReportState
    unit: str | None
    requested_at: datetime
    due_at: datetime | None
    closed_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to do something."""
        return self.state not in FINAL_STATES

    def is_overdue(self, now: datetime) -> bool:
        """Open after its due time; a report without one is never overdue, it is unknown."""
        return self.is_open and self.due_at is not None and now > self.due_at

    def is_due_within(self, soon: timedelta, now: datetime) -> bool:
        """Open, still in time, but for less than `soon`."""
        return self.is_open and self.due_at is not None and timedelta(0) <= self.due_at - now < soon


def term_for(terms: Sequence[ReportTerm], subject: str, urgency: Urgency, day: date) -> ReportTerm | None:
    """The term of a subject and urgency on a day: its own before the one for every subject, the newest first."""
    found = [
        term for term in terms if term.subject in {subject, "*"} and term.urgency is urgency and term.is_in_force(day)
    ]
    return min(found, key=lambda term: (term.subject == "*", -term.valid_from.toordinal()), default=None)


def urgency_order(report: FieldReport) -> tuple[bool, bool, datetime, str]:
    """Khẩn cấp first, then by due time; what has none stands last."""
    far = report.due_at or report.requested_at
    return (report.urgency is not Urgency.URGENT, report.due_at is None, far, report.public_id)


@dataclass(frozen=True, slots=True)
class ReportCounts:
    """Open reports of one unit or of all: how many, how many of them overdue, due soon, without a due time,
    urgent."""

    open: int = 0
    overdue: int = 0
    soon: int = 0
    without_due: int = 0
    unassigned: int = 0
    urgent: int = 0


def count_open(reports: Iterable[FieldReport], soon: timedelta, now: datetime) -> ReportCounts:
    """Count the open ones among `reports`."""
    opened = [report for report in reports if report.is_open]
    return ReportCounts(
        open=len(opened),
        overdue=sum(report.is_overdue(now) for report in opened),
        soon=sum(report.is_due_within(soon, now) for report in opened),
        without_due=sum(report.due_at is None for report in opened),
        unassigned=sum(report.state is ReportState.RECEIVED for report in opened),
        urgent=sum(report.urgency is Urgency.URGENT for report in opened),
    )


def counts_by_unit(
    reports: Iterable[FieldReport], units: Iterable[str], soon: timedelta, now: datetime
) -> Mapping[str, ReportCounts]:
    """The counts of every unit named; a unit with reports but none overdue maps to 0."""
    grouped: dict[str, list[FieldReport]] = {unit: [] for unit in units}
    for report in reports:
        if report.unit in grouped:
            grouped[report.unit].append(report)
    return {unit: count_open(found, soon, now) for unit, found in grouped.items()}


def next_change_at(reports: Iterable[FieldReport], soon: timedelta, now: datetime) -> datetime | None:
    """When time alone next makes a report overdue or due soon; None when nothing of that kind is ahead."""
    moments = (
        at
        for report in reports
        if report.is_open and report.due_at is not None
        for at in (report.due_at - soon, report.due_at)
        if at >= now
    )
    return min(moments, default=None)


@dataclass(frozen=True, slots=True)
class IntakeDay:
    """Tiếp nhận theo giờ: received today in each hour in Huế (24 counts), beside the mean of the days before it.

    `mean` is None while no earlier day is known; `days` says over how many days it was taken, at most thirty.
    """

    by_hour: tuple[int, ...]
    mean: tuple[float, ...] | None
    days: int

    @property
    def total(self) -> int:
        """How many were received today."""
        return sum(self.by_hour)

    def mean_until(self, now: datetime) -> float | None:
        """How many a day had brought, on the mean, by the time of day it is now (Huế)."""
        if self.mean is None:
            return None
        here = local(now)
        return sum(self.mean[: here.hour]) + self.mean[here.hour] * here.minute / 60


@dataclass(frozen=True, slots=True)
class HandlingFigures:
    """Kết quả xử lý of the last thirty days: reports that fell due, those of them closed in time; ratings of 1 to 5
    and those of 4 or 5."""

    due: int = 0
    in_time: int = 0
    rated: int = 0
    satisfied: int = 0
