"""Completed and có điều kiện of every unit day by day, of this statistical year and those before it, asked of the
counters in three questions: the opening, whole months of the older years, days of the last two."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from sqlalchemy import ColumnElement, func, select, true
from sqlalchemy.orm import Session

from access.principal import Principal
from data_access.models.cases import Counter, CounterMonth
from data_access.scope import visible_units
from domain.cases import CaseClass, Regime, StatisticalGroup
from domain.forecast import DayFigures, YearCurve
from domain.statistics import StatisticalYear
from domain.units import Organisation

YEARS = 6
Scope = frozenset[str] | None
RegimeOf = Callable[[date], Regime]


@dataclass(frozen=True, slots=True)
class Progress:
    """The curves of one unit, or of all together: oldest year first, this year last."""

    cases: tuple[YearCurve, ...]
    amount: tuple[YearCurve, ...]


class _Done(NamedTuple):
    """Completed and có điều kiện of the year to a day, in việc and in đồng."""

    cases: int
    enforceable: int
    amount: int
    enforceable_amount: int


class _Change(NamedTuple):
    """What one class of one unit gained or lost by the end of a day of the curve."""

    day: date
    unit: str
    counted: str
    cases: int
    amount: int


def progress_by_unit(
    session: Session, principal: Principal, organisation: Organisation, on: date, regime_of: RegimeOf
) -> tuple[dict[str, Progress], Progress]:
    """Every visible unit of that day, and all visible units together (those that are no more with them), to the end of
    `on`, reckoned as `figures_by_unit` reckons. A year before the first change of a unit has no curve.

    Raises NotAllowed for a scope that holds no unit, and whatever `regime_of` raises.
    """
    visible = visible_units(principal, organisation, on)
    this_year = StatisticalYear.of(on)
    years = [StatisticalYear(this_year.year - back) for back in reversed(range(YEARS))]
    opening = _opening(session, years[0].first_on, visible)
    changes = _changes(session, years, on, visible)
    days = {year: _days_of(year, this_year, on) for year in years}
    by_unit = {
        unit: _daily_figures(opening.get(unit, []), changes.get(unit, []), days, regime_of)
        for unit in sorted(opening.keys() | changes.keys())
    }
    shown = [unit.code for unit in organisation.case_units_on(on) if visible is None or unit.code in visible]
    return {unit: _progress(by_unit.get(unit, {})) for unit in shown}, _progress(_together(by_unit.values()))


def _days_of(year: StatisticalYear, this_year: StatisticalYear, on: date) -> list[date]:
    until = min(on, year.last_on)
    every = [year.first_on + timedelta(days=step) for step in range((until - year.first_on).days + 1)]
    return every if year.year >= this_year.year - 1 else [day for day in every if (day + timedelta(days=1)).day == 1]


def _daily_figures(
    opening: Iterable[_Change],
    changes: Iterable[_Change],
    days: Mapping[StatisticalYear, list[date]],
    regime_of: RegimeOf,
) -> dict[date, _Done]:
    """What the form has on each day; reckoned anew only when something changed."""
    totals: dict[str, list[int]] = {}
    for change in opening:
        totals[change.counted] = [change.cases, change.amount, 0, 0]
    by_day: dict[date, list[_Change]] = {}
    for change in changes:
        by_day.setdefault(change.day, []).append(change)
    found: dict[date, _Done] = {}
    for year_days in days.values():
        for row in totals.values():
            row[2:] = 0, 0
        known: tuple[_Done, Regime] | None = None
        for day in year_days:
            for change in by_day.get(day, ()):
                row = totals.setdefault(change.counted, [0, 0, 0, 0])
                moved = (change.cases, change.amount, change.cases, change.amount)
                row[:] = [before + value for before, value in zip(row, moved, strict=True)]
                known = None
            regime = regime_of(day)
            if known is None or known[1] is not regime:
                known = (_done(totals, regime), regime)
            if totals:
                found[day] = known[0]
    return found


@lru_cache(maxsize=8)
def _groups(regime: Regime) -> dict[str, StatisticalGroup | None]:
    return {case_class.value: regime.group(case_class) for case_class in CaseClass}


def _done(totals: Mapping[str, list[int]], regime: Regime) -> _Done:
    """Measure.completed and Measure.enforceable alone: the form has eleven columns, and this is asked for every day."""
    groups = _groups(regime)
    completed = [row for counted, row in totals.items() if groups.get(counted) is StatisticalGroup.COMPLETED]
    living = [row for counted, row in totals.items() if groups.get(counted) is StatisticalGroup.ENFORCEABLE]
    cases, amount = sum(row[2] for row in completed), sum(row[3] for row in completed)
    return _Done(cases, cases + sum(row[0] for row in living), amount, amount + sum(row[1] for row in living))


def _together(parts: Iterable[Mapping[date, _Done]]) -> dict[date, _Done]:
    by_day: dict[date, list[_Done]] = {}
    for part in parts:
        for day, found in part.items():
            by_day.setdefault(day, []).append(found)
    return {day: _Done(*map(sum, zip(*found, strict=True))) for day, found in sorted(by_day.items())}


def _progress(by_day: Mapping[date, _Done]) -> Progress:
    years: dict[StatisticalYear, list[tuple[date, _Done]]] = {}
    for day, found in by_day.items():
        years.setdefault(StatisticalYear.of(day), []).append((day, found))
    return Progress(
        tuple(
            YearCurve(year, tuple(DayFigures(day, done.cases, done.enforceable) for day, done in days))
            for year, days in years.items()
        ),
        tuple(
            YearCurve(year, tuple(DayFigures(day, done.amount, done.enforceable_amount) for day, done in days))
            for year, days in years.items()
        ),
    )


def _opening(session: Session, first_on: date, units: Scope) -> dict[str, list[_Change]]:
    """Everything before the first year; it begins with a month, so the monthly sums are enough."""
    table = CounterMonth
    question = (
        select(table.unit, table.counted, func.sum(table.cases), func.sum(table.amount))
        .where(table.day < first_on, _within(table, units))
        .group_by(table.unit, table.counted)
    )
    found: dict[str, list[_Change]] = {}
    for unit, counted, cases, amount in session.execute(question):
        # PostgreSQL sums BIGINT to NUMERIC: cast back, here and below.
        found.setdefault(unit, []).append(_Change(first_on, unit, counted, int(cases), int(amount)))
    return found


def _changes(session: Session, years: list[StatisticalYear], on: date, units: Scope) -> dict[str, list[_Change]]:
    daily_from = years[-2].first_on
    found: dict[str, list[_Change]] = {}
    for change in _summed(session, CounterMonth, years[0].first_on, daily_from - timedelta(days=1), units):
        month_end = (change.day.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)
        found.setdefault(change.unit, []).append(change._replace(day=month_end))
    for change in _summed(session, Counter, daily_from, on, units):
        found.setdefault(change.unit, []).append(change)
    return found


def _summed(
    session: Session, table: type[Counter] | type[CounterMonth], from_on: date, to_on: date, units: Scope
) -> Iterable[_Change]:
    question = (
        select(table.day, table.unit, table.counted, func.sum(table.cases), func.sum(table.amount))
        .where(table.day >= from_on, table.day <= to_on, _within(table, units))
        .group_by(table.day, table.unit, table.counted)
    )
    for day, unit, counted, cases, amount in session.execute(question):
        yield _Change(day, unit, counted, int(cases), int(amount))


def _within(table: type[Counter] | type[CounterMonth], units: Scope) -> ColumnElement[bool]:
    return true() if units is None else table.unit.in_(units)
