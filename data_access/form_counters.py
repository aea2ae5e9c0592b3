"""Totals for the statistical form: both kinds of every unit in two questions of the counters, officers in two more.

The same figures as data_access.counters, which asks for one kind at a time and reads every day of two months for it. A
reporting period begins with a month, so whole months come from their checkpoints and only days of a month that is
still running are read, each place by its key.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from data_access.counters import COUNTED
from data_access.models.cases import CaseEntry, Counter, CounterMonth, OfficerCounter
from domain.cases import STOCK_CLASSES, CaseKind
from domain.statistics import ClassTotal, Period

# (Unit, officer) -> class -> its totals.
OfficerTotals = dict[tuple[str, str], dict[str, ClassTotal]]
# Unit -> kind -> class -> its totals.
Totals = dict[str, dict[str, dict[str, ClassTotal]]]


def totals_by_kind(session: Session, period: Period, units: frozenset[str] | None) -> Totals:
    """What the counters hold of each unit (of `units`, None for all), by kind and class; raises ValueError for a
    period that does not begin with a month."""
    if period.from_on.day != 1:
        raise ValueError("a reporting period begins with a month")
    days_from = (period.to_on + timedelta(days=1)).replace(day=1)
    found: Totals = {}
    table = CounterMonth
    inside = table.day >= period.from_on
    months = (
        select(
            table.unit,
            table.kind,
            table.counted,
            func.sum(table.cases),
            func.sum(table.amount),
            func.sum(case((inside, table.cases), else_=0)),
            func.sum(case((inside, table.amount), else_=0)),
        )
        .where(table.day < days_from)
        .group_by(table.unit, table.kind, table.counted)
    )
    day = Counter
    days = (
        select(day.unit, day.kind, day.counted, func.sum(day.cases), func.sum(day.amount))
        # Each place by its key: the days of all years are never read.
        .where(day.unit.in_(select(table.unit).distinct()), day.counted.in_(COUNTED))
        .where(day.kind.in_([kind.value for kind in CaseKind]), day.day >= days_from, day.day <= period.to_on)
        .group_by(day.unit, day.kind, day.counted)
    )
    if units is not None:
        months, days = months.where(table.unit.in_(units)), days.where(day.unit.in_(units))
    # PostgreSQL sums BIGINT to NUMERIC: cast back, money is whole đồng.
    for unit, kind, counted, *sums in session.execute(months):
        _classes(found, unit, kind)[counted] = ClassTotal(*(int(each) for each in sums))
    if days_from <= period.to_on:
        for unit, kind, counted, cases, amount in session.execute(days):
            classes = _classes(found, unit, kind)
            had, more = classes.get(counted, ClassTotal()), (int(cases), int(amount))
            classes[counted] = ClassTotal(
                had.stock_cases + more[0],
                had.stock_amount + more[1],
                had.flow_cases + more[0],
                had.flow_amount + more[1],
            )
    return found


def officer_totals(session: Session, period: Period, units: frozenset[str] | None) -> OfficerTotals:
    """What the counters hold of each officer (of `units`, None for all), by class: a stock up to the last day of the
    period, what changed only inside it."""
    found: OfficerTotals = {}
    for unit, officer, counted, one in _of_officers(session, OfficerCounter, (), period, units):
        found.setdefault((unit, officer), {})[counted] = one
    return found


def officer_totals_by_kind(
    session: Session, period: Period, units: frozenset[str] | None
) -> dict[tuple[str, str], dict[str, dict[str, ClassTotal]]]:
    """The same by kind, which the counters of officers do not know: summed from the ledger of the cases."""
    found: dict[tuple[str, str], dict[str, dict[str, ClassTotal]]] = {}
    for unit, officer, kind, counted, one in _of_officers(session, CaseEntry, (CaseEntry.kind,), period, units):
        found.setdefault((unit, officer), {}).setdefault(kind, {})[counted] = one
    return found


def _of_officers(
    session: Session,
    table: type[OfficerCounter | CaseEntry],
    parted: tuple[Any, ...],
    period: Period,
    units: frozenset[str] | None,
) -> Iterator[tuple[Any, ...]]:
    grain = (table.unit, table.officer, *parted, table.counted)
    # A stock is everything up to the last day, a flow only what lies in the period: the rest is not read into sums.
    matters = table.counted.in_(STOCK_CLASSES) | (table.day >= period.from_on)
    question = (
        select(*grain, func.sum(table.cases), func.sum(table.amount))
        .where(table.officer.is_not(None), table.counted.in_(COUNTED), table.day <= period.to_on, matters)
        .group_by(*grain)
    )
    if units is not None:
        question = question.where(table.unit.in_(units))
    # PostgreSQL sums BIGINT to NUMERIC: cast back, money is whole đồng.
    for *place, counted, cases, amount in session.execute(question):
        sums = (int(cases), int(amount))
        yield *place, counted, ClassTotal(*sums) if counted in STOCK_CLASSES else ClassTotal(0, 0, *sums)


def _classes(found: Totals, unit: str, kind: str) -> dict[str, ClassTotal]:
    return found.setdefault(unit, {}).setdefault(kind, {})
