"""Which cases moved a figure within some days: the ledger of those days, case by case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from access.principal import Principal
from data_access.cases.filtered import conditions_of, units_asked, within
from data_access.cases.listing import times_of
from data_access.models.cases import CaseEntry, EnforcementCase
from domain.case_filters import CaseFilter
from domain.cases import CaseClass, Regime
from domain.figure_changes import FigureMove
from domain.indicators import CountedIn
from domain.statistics import Period, coefficients, same_day_last_year
from domain.units import Organisation

MOST_SHOWN = 12


@dataclass(frozen=True, slots=True)
class MovedCase:
    """A case and by how much it moved the figure: việc, or whole đồng."""

    public_id: str
    number: str
    decided_on: date
    unit: str
    officer: str | None
    change: int


@dataclass(frozen=True, slots=True)
class Movement:
    """What moved a figure within some days: how many cases raised and lowered it, by how much, the largest of them."""

    raised: int = 0
    raised_by: int = 0
    lowered: int = 0
    lowered_by: int = 0
    largest: tuple[MovedCase, ...] = ()

    @property
    def change(self) -> int:
        """All of it together."""
        return self.raised_by + self.lowered_by


def movement(
    session: Session,
    principal: Principal,
    organisation: Organisation,
    wanted: CaseFilter,
    days: Period,
    regime: Regime,
    field: str,
    counted_in: CountedIn,
    most: int = MOST_SHOWN,
) -> Movement:
    """What moved a count of Measure by entries of these days; at most `most` of the cases, the largest change first.

    Stock and flow of a class move by the same entries as long as the days lie inside one period. Raises NotFound,
    NotAllowed; TypeError for a rate.
    """
    parts = _by_class(field, regime)
    units = units_asked(principal, organisation, wanted, days.to_on)
    entry, case = CaseEntry, EnforcementCase
    value = entry.cases if counted_in is CountedIn.CASES else entry.amount
    moved = (
        select(
            entry.case_id,
            entry.unit,
            entry.officer,
            func.sum(times_of(entry.counted, parts) * value).label("change"),
        )
        .where(
            within(entry.unit, units),
            entry.counted.in_(sorted(parts)),
            entry.day >= days.from_on,
            entry.day <= days.to_on,
            *conditions_of(entry, wanted, days),
        )
        .group_by(entry.case_id, entry.unit, entry.officer)
        .subquery()
    )
    change = moved.c.change
    is_up, is_down = change > 0, change < 0
    sums = select(
        func.count().filter(is_up),
        func.sum(change).filter(is_up),
        func.count().filter(is_down),
        func.sum(change).filter(is_down),
    ).select_from(moved)
    raised, raised_by, lowered, lowered_by = session.execute(sums).one()
    question = (
        select(case.public_id, case.number, case.decided_on, moved.c.unit, moved.c.officer, change)
        .join(moved, moved.c.case_id == case.id)
        .where(change != 0)
        .order_by(func.abs(change).desc(), case.id)
        .limit(most)
    )
    rows = session.execute(question).all()
    largest = tuple(MovedCase(row[0], row[1], row[2], row[3], row[4], int(row[5])) for row in rows)
    return Movement(raised, int(raised_by or 0), lowered, int(lowered_by or 0), largest)


def old_cases_moved(
    session: Session, principal: Principal, organisation: Organisation, wanted: CaseFilter, before: date, on: date
) -> tuple[FigureMove, ...]:
    """What moved `old_cases` between two days, which the moves add up to: those that grew old meanwhile, and those
    older than that which came under the filter or left it. Raises NotFound, NotAllowed."""
    entry = CaseEntry
    limit_before, limit = same_day_last_year(before), same_day_last_year(on)
    counted = (
        within(entry.unit, units_asked(principal, organisation, wanted, on)),
        entry.counted.in_([CaseClass.ENFORCEABLE.value, CaseClass.POSTPONED_BY_CONSENT.value]),
        entry.day <= on,
        *conditions_of(entry, wanted.without("age"), Period(on, on)),
    )
    grown = select(func.sum(entry.cases)).where(*counted, entry.docketed_on >= limit_before, entry.docketed_on < limit)
    by_case = (
        select(func.sum(entry.cases).label("change"))
        .where(*counted, entry.day > before, entry.docketed_on < limit_before)
        .group_by(entry.case_id)
        .subquery()
    )
    change = by_case.c.change
    sums = select(func.sum(change).filter(change > 0), func.sum(change).filter(change < 0))
    came, left = session.execute(sums).one()
    found = (
        FigureMove("vừa quá 12 tháng", int(session.scalar(grown) or 0)),
        FigureMove("thêm việc có điều kiện hoặc chuyển đến", int(came or 0)),
        FigureMove("xong, không còn có điều kiện hoặc chuyển đi", int(left or 0)),
    )
    return tuple(move for move in found if move.number)


def _by_class(field: str, regime: Regime) -> Mapping[str, int]:
    """How often an entry of a class counts: a class is a stock or a flow of a figure, never both."""
    found: dict[str, int] = {}
    for (counted, _is_flow), times in coefficients(field, regime).items():
        found[counted] = found.get(counted, 0) + times
    return found
