"""The cases behind a figure, a page at a time: sorted by what is allowed, within the principal's scope."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, literal, select, union_all
from sqlalchemy.orm import Session

from access.principal import Principal
from data_access.cases.filtered import conditions_of, of_officer, units_asked, within
from data_access.cases.lives import groups_from_text
from data_access.cases.questions import covers
from data_access.models.cases import CaseClassInterval, CaseEntry, EnforcementCase
from domain.case_filters import CaseFilter
from domain.cases import CaseClass, CaseGroup, CaseKind, CaseType, Regime
from domain.statistics import Period, coefficients
from domain.units import Organisation

# Without a figure in the address: everything that was on the books in the period.
EVERY_CASE = "total_docketed"
MOST_ROWS = 500
ROWS_READ = 2_000


@dataclass(frozen=True, slots=True)
class ListedCase:
    """Một việc in a list: as it stood at the end of the period. `times` is how often it counts in the figure asked for
    (-1 for what was taken back); `completed_amount` is đồng completed by then, of the period."""

    public_id: str
    number: str
    year: int
    issuing_unit: str
    unit: str
    officer: str | None
    kind: CaseKind
    case_type: CaseType
    case_class: CaseClass
    since_on: date
    decided_on: date
    docketed_on: date
    area: str | None
    groups: frozenset[CaseGroup]
    amount_due: int
    completed_amount: int
    times: int


_case, _interval = EnforcementCase, CaseClassInterval
# What a list may be sorted by, and how; anything else is refused by falling back to the oldest first.
SORTABLE: Mapping[str, Any] = {
    "number": _case.number,
    "unit": _interval.unit,
    "officer": _interval.officer,
    "kind": _case.kind,
    "case_type": _case.case_type,
    "case_class": _interval.case_class,
    "since_on": _interval.from_on,
    "docketed_on": _case.docketed_on,
    "amount_due": _case.amount_due,
    "area": _case.area,
}


def case_page(
    session: Session,
    principal: Principal,
    organisation: Organisation,
    wanted: CaseFilter,
    period: Period,
    regime: Regime,
    first: int = 0,
    number: int = 100,
    sort: Sequence[tuple[str, bool]] = (),
) -> list[ListedCase]:
    """`number` of the cases behind the figure of the filter, from the `first` on (0-based).

    `sort` is (column, is descending), columns that are not allowed are passed over; ties are broken by id, so that
    pages never overlap. Raises NotFound, NotAllowed; TypeError for a figure that is a rate.
    """
    order = [
        SORTABLE[name].desc() if descending else SORTABLE[name].asc() for name, descending in sort if name in SORTABLE
    ]
    question = (
        _listed_question(principal, organisation, wanted, period, regime)
        .order_by(*(order or [_case.docketed_on]), _case.id)
        .offset(max(first, 0))
        .limit(min(max(number, 0), MOST_ROWS))
    )
    rows = session.execute(question).all()
    completed = _completed(session, [row[0].id for row in rows], period)
    return [_listed(row, completed) for row in rows]


def every_case(
    session: Session,
    principal: Principal,
    organisation: Organisation,
    wanted: CaseFilter,
    period: Period,
    regime: Regime,
    most: int,
) -> Iterator[ListedCase]:
    """All cases behind the figure of the filter, oldest first, read a stretch at a time; at most `most` of them.

    Raises NotFound, NotAllowed; TypeError for a figure that is a rate.
    """
    question = _listed_question(principal, organisation, wanted, period, regime)
    question = question.order_by(_case.docketed_on, _case.id).limit(most)
    for rows in session.execute(question.execution_options(yield_per=ROWS_READ)).partitions():
        completed = _completed(session, [row[0].id for row in rows], period)
        yield from (_listed(row, completed) for row in rows)
        session.expunge_all()


def _listed_question(
    principal: Principal, organisation: Organisation, wanted: CaseFilter, period: Period, regime: Regime
) -> Select[Any]:
    """Each case behind the figure with where it stood at the end of the period and how often it counts."""
    behind = _behind(principal, organisation, wanted, period, regime).subquery()
    question: Select[Any] = (
        select(_case, _interval.unit, _interval.officer, _interval.case_class, _interval.from_on, behind.c.times)
        .join(behind, behind.c.case_id == _case.id)
        .join(_interval, and_(_interval.case_id == _case.id, covers(period.to_on)))
        .where(*conditions_of(_case, wanted, period))
    )
    return question


def _behind(
    principal: Principal, organisation: Organisation, wanted: CaseFilter, period: Period, regime: Regime
) -> Select[int, int]:
    """(case_id, times): every case whose ledger gives the figure something, in sum not zero.

    A case stands in one class on a day, so the stock is read from the intervals, which is one row a case; what
    happened inside the period is read from the ledger, which is few rows.
    """
    units = units_asked(principal, organisation, wanted, period.to_on)
    parts = coefficients(wanted.figure or EVERY_CASE, regime)
    stocks = {counted: times for (counted, is_flow), times in parts.items() if not is_flow}
    flows = {counted: times for (counted, is_flow), times in parts.items() if is_flow}
    selected: list[Select[int, int]] = []
    if stocks:
        selected.append(
            select(_interval.case_id.label("case_id"), times_of(_interval.case_class, stocks).label("times")).where(
                within(_interval.unit, units),
                covers(period.to_on),
                _interval.case_class.in_(sorted(stocks)),
                *_of_class(_interval.case_class, wanted),
                *([of_officer(_interval.officer, wanted.officer)] if wanted.officer else []),
            )
        )
    if flows:
        entry = CaseEntry
        selected.append(
            select(entry.case_id, func.sum(times_of(entry.counted, flows) * entry.cases).label("times"))
            .where(
                within(entry.unit, units),
                entry.counted.in_(sorted(flows)),
                entry.day >= period.from_on,
                entry.day <= period.to_on,
                *_of_class(entry.counted, wanted),
                *conditions_of(entry, wanted, period),
            )
            .group_by(entry.case_id)
        )
    if len(selected) == 1:
        (only,) = selected
        return only if stocks else only.having(func.sum(times_of(CaseEntry.counted, flows) * CaseEntry.cases) != 0)
    both = union_all(*selected).subquery()
    total = func.sum(both.c.times)
    return select(both.c.case_id, total.label("times")).group_by(both.c.case_id).having(total != 0)


def times_of(column: Any, parts: Mapping[str, int]) -> ColumnElement[int]:
    """How often an entry of a class counts in a figure."""
    if len(set(parts.values())) == 1:
        return literal(next(iter(parts.values())))
    return case(parts, value=column, else_=0)


def _of_class(column: Any, wanted: CaseFilter) -> list[ColumnElement[bool]]:
    return [column == wanted.case_class] if wanted.case_class else []


def _completed(session: Session, case_ids: Sequence[int], period: Period) -> dict[int, int]:
    """Đồng completed in a period by case: few cases, by their key."""
    entry = CaseEntry
    question = (
        select(entry.case_id, func.sum(entry.amount))
        .where(
            entry.case_id.in_(case_ids),
            entry.counted.in_([CaseClass.COMPLETED.value, CaseClass.TERMINATED.value]),
            entry.day >= period.from_on,
            entry.day <= period.to_on,
        )
        .group_by(entry.case_id)
    )
    return {row[0]: int(row[1]) for row in session.execute(question)}


def _listed(row: Any, completed: Mapping[int, int]) -> ListedCase:
    found, unit, officer, case_class, since_on, times = row
    return ListedCase(
        public_id=found.public_id,
        number=found.number,
        year=found.year,
        issuing_unit=found.issuing_unit,
        unit=unit,
        officer=officer,
        kind=CaseKind(found.kind),
        case_type=CaseType(found.case_type),
        case_class=CaseClass(case_class),
        since_on=since_on,
        decided_on=found.decided_on,
        docketed_on=found.docketed_on,
        area=found.area,
        groups=groups_from_text(found.groups),
        amount_due=found.amount_due,
        completed_amount=completed.get(found.id, 0),
        times=int(times),
    )
