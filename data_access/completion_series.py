"""The completion rate at the end of every day of a statistical year, asked of the counters in two questions."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from access.principal import Principal
from data_access.cases.filtered import conditions_of, units_asked, within
from data_access.models.cases import CaseEntry, Counter, CounterMonth
from data_access.scope import NotFound, NotRestatable
from domain.case_filters import CaseFilter
from domain.cases import CaseKind, Regime
from domain.indicators import CountedIn
from domain.statistics import ClassTotal, Period, StatisticalYear, coefficients, figures
from domain.units import Organisation, restatement

Scope = frozenset[str] | None
_Table = type[CaseEntry] | type[Counter] | type[CounterMonth]
EVERYTHING = CaseFilter()


class SeriesPoint(NamedTuple):
    """Tỷ lệ thi hành xong of the year to the end of `day`, in percent; None where it has no denominator."""

    day: date
    rate: Decimal | None


class _Change(NamedTuple):
    """What one class of one unit gained or lost on a day."""

    unit: str
    counted: str
    cases: int
    amount: int


def completion_series(
    session: Session,
    principal: Principal,
    organisation: Organisation,
    year: StatisticalYear,
    until: date,
    regime_of: Callable[[date], Regime],
    counted_in: CountedIn = CountedIn.CASES,
    wanted: CaseFilter = EVERYTHING,
    years: int = 1,
) -> list[SeriesPoint]:
    """The rate of every day from the first of the year to `until` (the last day of so many years at most), as
    `filtered_figures` and `total` reckon it for the period from the first of the day's statistical year to that day; of
    `wanted` its period is passed over. Before a reorganisation a unit of the last day is the sum of those whose cases
    it took over whole; where that cannot be told apart the days have no rate.

    Raises NotAllowed for a scope that holds no unit, NotFound for a unit outside it, and whatever `regime_of` raises.
    """
    until = min(until, StatisticalYear(year.year + years - 1).last_on)
    days = [year.first_on + timedelta(days=number) for number in range((until - year.first_on).days + 1)]
    if not days:
        return []
    scopes = _scopes(principal, organisation, wanted, days)
    units, is_constant = _all_units(scopes.values()), len(set(scopes.values())) == 1
    if is_constant:
        scopes = dict.fromkeys(days)
    classes = _rate_classes({regime.code: regime for regime in map(regime_of, days)}.values())
    asked = _Questions(session, year, until, units, wanted, classes, by_unit=not is_constant)
    changes, running = asked.changes(), _Running(asked.opening())
    points: list[SeriesPoint] = []
    for day in days:
        if day == StatisticalYear.of(day).first_on:
            running.begin_year()
        for change in changes.get(day, ()):
            running.add(change)
        points.append(SeriesPoint(day, running.rate(scopes[day], regime_of(day), counted_in)))
    return points


class _Running:
    """Class totals by unit while the days pass; a rate is reckoned anew only when something about it changed."""

    def __init__(self, opening: list[_Change]) -> None:
        self._totals: dict[str, dict[str, list[int]]] = {}
        self._asked: tuple[Scope, Regime] | None = None
        self._rate: Decimal | None = None
        for change in opening:
            self._row(change)[:2] = change.cases, change.amount

    def add(self, change: _Change) -> None:
        """A change inside the year: it moves the stock and the flow."""
        row = self._row(change)
        for place, value in enumerate((change.cases, change.amount, change.cases, change.amount)):
            row[place] += value
        self._asked = None

    def begin_year(self) -> None:
        """What was completed in the year before counts no more."""
        for row in (row for by_class in self._totals.values() for row in by_class.values()):
            row[2:] = 0, 0
        self._asked = None

    def rate(self, scope: Scope, regime: Regime, counted_in: CountedIn) -> Decimal | None:
        """The rate of the units in scope as things stand."""
        if self._asked != (scope, regime):
            measured = figures(self._in_scope(scope), regime)
            measure = measured.cases if counted_in is CountedIn.CASES else measured.amount
            self._rate, self._asked = measure.completion_rate, (scope, regime)
        return self._rate

    def _row(self, change: _Change) -> list[int]:
        return self._totals.setdefault(change.unit, {}).setdefault(change.counted, [0, 0, 0, 0])

    def _in_scope(self, scope: Scope) -> dict[str, ClassTotal]:
        sums: dict[str, list[int]] = {}
        for unit, by_class in self._totals.items():
            if scope is not None and unit not in scope:
                continue
            for counted, row in by_class.items():
                had = sums.setdefault(counted, [0, 0, 0, 0])
                sums[counted] = [before + value for before, value in zip(had, row, strict=True)]
        return {counted: ClassTotal(*row) for counted, row in sums.items()}


def _all_units(scopes: Iterable[Scope]) -> Scope:
    units: frozenset[str] = frozenset()
    for scope in scopes:
        if scope is None:
            return None
        units |= scope
    return units


def _scopes(
    principal: Principal, organisation: Organisation, wanted: CaseFilter, days: Sequence[date]
) -> dict[date, Scope]:
    """The units asked for on each day, asked again only where the organisation changes."""
    changes = frozenset(organisation.change_days())
    scopes: dict[date, Scope] = {}
    scope: Scope = None
    for number, day in enumerate(days):
        if number == 0 or day in changes:
            scope = _scope(principal, organisation, wanted, day, days[-1])
        scopes[day] = scope
    return scopes


def _scope(principal: Principal, organisation: Organisation, wanted: CaseFilter, day: date, last_on: date) -> Scope:
    """What the units asked for on the last day had on an earlier one; a unit that had ended by then as it stood."""
    restated = restatement(organisation, day, last_on)
    try:
        return units_asked(principal, organisation, wanted, day, restated if restated.is_crossed else None)
    except NotRestatable:
        return frozenset()
    except NotFound:
        is_known = any(unit.code == wanted.unit for unit in organisation.units)
        if is_known and organisation.unit_on(wanted.unit, day) is None:
            return frozenset()
        raise


@dataclass(frozen=True)
class _Questions:
    """The two questions; with `by_unit` False all units are one, named '': where the scope stays the same on all days
    nobody needs to tell them apart."""

    session: Session
    year: StatisticalYear
    until: date
    units: Scope
    wanted: CaseFilter
    classes: Collection[str]
    by_unit: bool

    def opening(self) -> list[_Change]:
        """Everything before the year; it begins with a month, so the monthly sums are enough."""
        table: _Table = CaseEntry if self.wanted.is_of_cases else CounterMonth
        rows = self._sums(table, table.day < self.year.first_on)
        return [change for _, change in rows]

    def changes(self) -> dict[date, list[_Change]]:
        """What changed on each day from the first of the year."""
        table: _Table = CaseEntry if self.wanted.is_of_cases else Counter
        by_day: dict[date, list[_Change]] = {}
        for (day,), change in self._sums(table, table.day.between(self.year.first_on, self.until), table.day):
            by_day.setdefault(day, []).append(change)
        return by_day

    def _sums(
        self, table: _Table, condition: ColumnElement[bool], *parted: Any
    ) -> Iterator[tuple[tuple[Any, ...], _Change]]:
        grain = (*parted, *((table.unit,) if self.by_unit else ()), table.counted)
        question = (
            select(*grain, func.sum(table.cases), func.sum(table.amount))
            .where(condition, within(table.unit, self.units), table.counted.in_(self.classes))
            .where(*_asked(table, self.wanted, self.year))
            .group_by(*grain)
        )
        for row in self.session.execute(question):
            unit, (counted, cases, amount) = row[len(parted)] if self.by_unit else "", row[-3:]
            # PostgreSQL sums BIGINT to NUMERIC: cast back.
            yield tuple(row[: len(parted)]), _Change(unit, counted, int(cases), int(amount))


def _asked(table: _Table, wanted: CaseFilter, year: StatisticalYear) -> Sequence[ColumnElement[bool]]:
    """What the filter asks of the rows of a table: the counters know the kind only. Age has no meaning over a year of
    days and is passed over."""
    if table is CaseEntry:
        return conditions_of(CaseEntry, wanted.without("age"), Period(year.first_on, year.last_on))
    # Both kinds by name: each place is read by its key, and of the days of all years only those asked for.
    return [table.kind.in_([wanted.kind] if wanted.kind else [kind.value for kind in CaseKind])]


def _rate_classes(regimes: Iterable[Regime]) -> list[str]:
    """The classes that the rate is made of, in the numerator or the denominator, under any of these regimes."""
    parts = (coefficients(field, regime) for regime in regimes for field in ("completed", "enforceable"))
    return sorted({counted for part in parts for counted, _ in part})
