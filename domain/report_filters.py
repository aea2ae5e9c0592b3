"""Which field reports a desk looks at, and what can be said of those; the same words stand in the address."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from urllib.parse import urlencode

from domain.field_reports import FieldReport, ReportState, Urgency

PERIODS = (7, 30, 90)
# No unit: a report that lies in nobody's territory.
NOWHERE = "none"
# In millionths of a degree, about 550 m: what people call one place, and coarser than a house.
CELL = 5000
SATISFIED_FROM = 4
# Who named the unit, where a person did.
NAMED_BY_PERSON = "manual"


class Showing(StrEnum):
    """Which reports by where they stand."""

    OPEN = "open"
    OVERDUE = "overdue"
    CLOSED = "closed"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class ReportFilter:
    """`unit` and `subject` are codes, '' for all; `days` bounds those that are no longer open; `place` is a cell."""

    showing: Showing = Showing.OPEN
    unit: str = ""
    subject: str = ""
    days: int = 30
    place: str = ""

    @classmethod
    def from_address(cls, values: Mapping[str, str]) -> ReportFilter:
        """What an address asks for; anything not understood is the default."""
        showing = values.get("showing", "")
        days = values.get("days", "")
        return cls(
            showing=Showing(showing) if showing in set(Showing) else Showing.OPEN,
            unit=values.get("unit", "")[:40],
            subject=values.get("subject", "")[:80],
            days=int(days) if days in {str(period) for period in PERIODS} else 30,
            place=values.get("place", "")[:40],
        )

    def address(self, **changes: str) -> str:
        """The query of an address that asks for this, '' for the default; `changes` are added as they are."""
        default = ReportFilter()
        said = {
            name: str(getattr(self, name))
            for name in ("showing", "unit", "subject", "days", "place")
            if getattr(self, name) != getattr(default, name)
        }
        said.update({name: value for name, value in changes.items() if value})
        return f"?{urlencode(said)}" if said else ""

    def at_place(self, place: str) -> ReportFilter:
        """The same, at one place: open or not, for what repeats is mostly closed by then."""
        return replace(self, place=place, showing=Showing.ALL)


@dataclass(frozen=True, slots=True)
class DeskReport:
    """A report with what a desk may know besides: its id at the source, its point (latitude, longitude), who named unit
    and due time, and what the citizen thought of the answer."""

    report: FieldReport
    external_id: str
    point: tuple[float, float] | None
    area: str | None
    unit_by: str
    due_by: str
    satisfaction: int | None

    @property
    def place(self) -> str:
        """The cell the point lies in; '' without a point."""
        return "" if self.point is None else cell_of(*self.point)


@dataclass(frozen=True, slots=True)
class ReportDetail:
    """One report, its history (state, since when) and the citizen's text, for a desk."""

    desk: DeskReport
    description: str
    events: tuple[tuple[datetime, ReportState], ...]


@dataclass(frozen=True, slots=True)
class ReportSummary:
    """What a set of reports amounts to; None where nothing can be said."""

    number: int
    open: int
    overdue: int
    fell_due: int
    in_time: int
    rated: int
    satisfied: int
    handling: timedelta | None


@dataclass(frozen=True, slots=True)
class RepeatedPlace:
    """Vị trí lặp lại: a cell with several reports; `subject` is the most frequent title."""

    place: str
    number: int
    subject: str
    unit: str | None
    latest_at: datetime


def cell_of(latitude: float, longitude: float) -> str:
    """The cell of a point, by its middle: '16.4625,107.5875'."""
    # In whole millionths, or a point on a line would fall to either side of it.
    south, west = (round(degrees * 1e6) // CELL * CELL for degrees in (latitude, longitude))
    return f"{(south + CELL / 2) / 1e6:.4f},{(west + CELL / 2) / 1e6:.4f}"


def summary_of(reports: Sequence[DeskReport], now: datetime) -> ReportSummary:
    """Counts; in time are those closed by their due time among those whose due time has passed; the middle handling."""
    bare = [item.report for item in reports]
    fell_due = [report for report in bare if report.due_at is not None and report.due_at <= now]
    in_time = [one for one in fell_due if one.closed_at is not None and one.due_at and one.closed_at <= one.due_at]
    took = [report.closed_at - report.requested_at for report in bare if report.closed_at is not None]
    rated = [item.satisfaction for item in reports if item.satisfaction is not None]
    return ReportSummary(
        number=len(bare),
        open=sum(report.is_open for report in bare),
        overdue=sum(report.is_overdue(now) for report in bare),
        fell_due=len(fell_due),
        in_time=len(in_time),
        rated=len(rated),
        satisfied=sum(value >= SATISFIED_FROM for value in rated),
        handling=timedelta(seconds=statistics.median(time.total_seconds() for time in took)) if took else None,
    )


def to_triage(reports: Sequence[DeskReport]) -> list[DeskReport]:
    """Chờ phân loại: received, nobody deals with them yet and no person has named the unit; urgent first, then the
    one that has waited longest."""
    waiting = [one for one in reports if one.report.state is ReportState.RECEIVED and one.unit_by != NAMED_BY_PERSON]
    return sorted(waiting, key=lambda one: (one.report.urgency is not Urgency.URGENT, one.report.requested_at))


def repeated_places(reports: Sequence[DeskReport], least: int = 3) -> list[RepeatedPlace]:
    """Places with at least so many reports, most first."""
    by_place: dict[str, list[FieldReport]] = {}
    for item in reports:
        if item.place:
            by_place.setdefault(item.place, []).append(item.report)
    found = [
        RepeatedPlace(
            place=place,
            number=len(here),
            subject=Counter(report.title for report in here).most_common(1)[0][0],
            unit=here[0].unit,
            latest_at=max(report.requested_at for report in here),
        )
        for place, here in by_place.items()
        if len(here) >= least
    ]
    return sorted(found, key=lambda item: (-item.number, item.place))
