"""Running totals by unit, class, kind and day: asked as sums, moved by signed changes in the writer's transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Select, Table, case, exists, func, select, union_all
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session

from access.principal import Principal
from data_access.models.base import Base
from data_access.models.cases import Counter, CounterMonth, OfficerCounter
from data_access.scope import NotFound, heirs_seen, visible_units
from domain.cases import DOCKETED, REDUCED, CaseClass, CaseKind, LedgerEntry, Regime
from domain.statistics import ClassTotal, Figures, Period, figures, total
from domain.units import Organisation, Restatement

UPSERT_ROWS = 500
# Whatever a counter counts.
COUNTED = (*(each.value for each in CaseClass), DOCKETED, REDUCED)


class Place(NamedTuple):
    """The grain of the counters."""

    unit: str
    counted: str
    kind: str
    day: date


class OfficerPlace(NamedTuple):
    """The grain of the officer counters."""

    unit: str
    officer: str
    counted: str
    day: date


class Changes:
    """Signed changes gathered over many cases before they are written once."""

    def __init__(self) -> None:
        self.by_place: dict[Place, tuple[int, int]] = {}
        self.by_officer: dict[OfficerPlace, tuple[int, int]] = {}

    def add(self, entries: Iterable[LedgerEntry], kind: str, sign: int = 1) -> None:
        """Add (or, with sign -1, take back) the ledger of one case."""
        for day, unit, officer, counted, cases, amount in entries:
            place = Place(unit, counted, kind, day)
            had = self.by_place.get(place, (0, 0))
            self.by_place[place] = (had[0] + sign * cases, had[1] + sign * amount)
            if officer is not None:
                officer_place = OfficerPlace(unit, officer, counted, day)
                had = self.by_officer.get(officer_place, (0, 0))
                self.by_officer[officer_place] = (had[0] + sign * cases, had[1] + sign * amount)


def figures_by_unit(
    session: Session,
    principal: Principal,
    organisation: Organisation,
    period: Period,
    regime: Regime,
    kind: CaseKind | None = None,
    restated: Restatement | None = None,
) -> dict[str, Figures]:
    """The form's figures of every visible unit: those that exist on the period's last day, and any other that still has
    figures in the period. Units are disjoint, so the province is their sum. `restated` as `visible_units` has it."""
    visible = visible_units(principal, organisation, period.to_on, restated)
    return of_units(_totals(session, period, visible, kind), organisation, period, regime, visible)


def counted_units(session: Session, principal: Principal, organisation: Organisation, on: date) -> frozenset[str]:
    """The units of a day, of those the principal may see, of which anything was ever counted (of them, or of one whose
    work passed to them): a unit that has sent nothing is not known to have nothing. Raises NotAllowed."""
    heirs = heirs_seen(principal, organisation, on)
    told = [code for code in heirs if session.scalar(select(exists().where(Counter.unit == code)))]
    return frozenset(heirs[code] for code in told)


def of_units(
    by_unit: dict[str, dict[str, ClassTotal]],
    organisation: Organisation,
    period: Period,
    regime: Regime,
    visible: frozenset[str] | None,
) -> dict[str, Figures]:
    """Figures from class totals: those of every visible unit of the period's last day, with nothing where it has no
    totals, and of any other unit that still has figures. Empties `by_unit`."""
    result: dict[str, Figures] = {}
    for unit_now in organisation.case_units_on(period.to_on):
        if visible is None or unit_now.code in visible:
            result[unit_now.code] = figures(by_unit.pop(unit_now.code, {}), regime)
    for code, totals in sorted(by_unit.items()):
        left_over = figures(totals, regime)
        if left_over != Figures():
            result[code] = left_over
    return result


def figures_of(
    session: Session,
    principal: Principal,
    organisation: Organisation,
    period: Period,
    regime: Regime,
    unit: str | None = None,
) -> Figures:
    """The figures of one unit with everything below it, or of all the principal may see.

    Raises NotFound for a unit that is unknown, or outside the principal's scope: its figures are not zero.
    """
    by_unit = figures_by_unit(session, principal, organisation, period, regime)
    if unit is None:
        return total(by_unit.values())
    wanted = organisation.subtree(unit, period.to_on) | ({unit} & by_unit.keys())
    if not wanted & by_unit.keys():
        raise NotFound(unit)
    return total(part for code, part in by_unit.items() if code in wanted)


def save_changes(session: Session, changes: Changes) -> None:
    """Move days, months and officers by the gathered changes; call once, in the writer's transaction."""
    days = {place: change for place, change in changes.by_place.items() if change != (0, 0)}
    months: dict[Place, tuple[int, int]] = {}
    for place, (cases, amount) in days.items():
        month = place._replace(day=place.day.replace(day=1))
        had = months.get(month, (0, 0))
        months[month] = (had[0] + cases, had[1] + amount)
    officers = {place: change for place, change in changes.by_officer.items() if change != (0, 0)}
    _move(session, Counter, days)
    _move(session, CounterMonth, months)
    _move(session, OfficerCounter, officers)


def counter_rows(session: Session) -> dict[Place, tuple[int, int]]:
    """Every non-zero daily counter: what a recount is compared with."""
    rows = session.execute(
        select(Counter.unit, Counter.counted, Counter.kind, Counter.day, Counter.cases, Counter.amount)
    )
    return {Place(*row[:4]): (row[4], int(row[5])) for row in rows if (row[4], row[5]) != (0, 0)}


def month_rows(session: Session) -> dict[Place, tuple[int, int]]:
    """Every non-zero monthly counter."""
    table = CounterMonth
    rows = session.execute(select(table.unit, table.counted, table.kind, table.day, table.cases, table.amount))
    return {Place(*row[:4]): (row[4], int(row[5])) for row in rows if (row[4], row[5]) != (0, 0)}


def officer_rows(session: Session) -> dict[OfficerPlace, tuple[int, int]]:
    """Every non-zero counter of an officer."""
    table = OfficerCounter
    rows = session.execute(select(table.unit, table.officer, table.counted, table.day, table.cases, table.amount))
    return {OfficerPlace(*row[:4]): (row[4], int(row[5])) for row in rows if (row[4], row[5]) != (0, 0)}


def replace_counters(session: Session, changes: Changes) -> None:
    """Throw all counters away and write these: the repair after a recount found a difference."""
    for table in (Counter, CounterMonth, OfficerCounter):
        session.query(table).delete()
    save_changes(session, changes)


def _totals(
    session: Session, period: Period, units: frozenset[str] | None, kind: CaseKind | None
) -> dict[str, dict[str, ClassTotal]]:
    """Stock and flow by unit and class: whole months from their sums, the rest day by day, in one scan.

    A month in which the period begins is read by days unless it begins with it: its sum holds both sides.
    """
    begins, ends = period.from_on.replace(day=1), period.to_on.replace(day=1)
    months = CounterMonth.day < ends
    days = (Counter.day >= ends) & (Counter.day <= period.to_on)
    if begins != period.from_on and begins != ends:
        months &= CounterMonth.day != begins
        following = (begins + timedelta(days=32)).replace(day=1)
        days |= (Counter.day >= begins) & (Counter.day < following)
    # Each place by its key: of the days of all years only those asked for are read.
    by_key = [Counter.counted.in_(COUNTED), Counter.kind.in_([each.value for each in ([kind] if kind else CaseKind)])]
    if units is None:
        by_key.append(Counter.unit.in_(select(CounterMonth.unit).distinct()))
    both = union_all(
        _within(CounterMonth, units, kind).where(months), _within(Counter, units, kind).where(days, *by_key)
    ).subquery()
    is_inside = both.c.day >= period.from_on
    question = select(
        both.c.unit,
        both.c.counted,
        func.sum(both.c.cases),
        func.sum(both.c.amount),
        func.sum(case((is_inside, both.c.cases), else_=0)),
        func.sum(case((is_inside, both.c.amount), else_=0)),
    ).group_by(both.c.unit, both.c.counted)
    totals: dict[str, dict[str, ClassTotal]] = {}
    # PostgreSQL sums BIGINT to NUMERIC: cast back, money is whole đồng.
    for unit, counted, *sums in session.execute(question):
        totals.setdefault(unit, {})[counted] = ClassTotal(*(int(value) for value in sums))
    return totals


def _within(
    table: type[Counter] | type[CounterMonth], units: frozenset[str] | None, kind: CaseKind | None
) -> Select[str, str, date, int, int]:
    question = select(table.unit, table.counted, table.day, table.cases, table.amount)
    if units is not None:
        question = question.where(table.unit.in_(units))
    if kind is not None:
        question = question.where(table.kind == kind.value)
    return question


def _move(session: Session, model: type[Base], changes: Mapping[Any, tuple[int, int]]) -> None:
    if not changes:
        return
    table = model.__table__
    assert isinstance(table, Table)
    rows = [{**place._asdict(), "cases": cases, "amount": amount} for place, (cases, amount) in changes.items()]
    dialect_insert = sqlite_insert if session.get_bind().dialect.name == "sqlite" else postgresql_insert
    statement = dialect_insert(table)
    statement = statement.on_conflict_do_update(
        index_elements=list(table.primary_key.columns),
        set_={"cases": table.c.cases + statement.excluded.cases, "amount": table.c.amount + statement.excluded.amount},
    )
    for start in range(0, len(rows), UPSERT_ROWS):
        session.execute(statement, rows[start : start + UPSERT_ROWS])
