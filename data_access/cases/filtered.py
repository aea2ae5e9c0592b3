"""Figures under any filter: sums of the ledger of single cases, or of the counters where those know enough."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, case, func, select, true
from sqlalchemy.orm import Session

from access.principal import Principal
from data_access.counters import figures_by_unit, of_units
from data_access.models.cases import CaseEntry, EnforcementCase
from data_access.scope import NotFound, before_reorganised, visible_units
from domain.case_filters import NOBODY, Age, CaseFilter
from domain.cases import CaseClass, CaseKind, Regime
from domain.statistics import ClassTotal, Figures, Period, figures, same_day_last_year
from domain.units import Organisation, Restatement

Condition = ColumnElement[bool]


class OfficerPlace(NamedTuple):
    """Somebody who handles cases: codes are unique within a unit only; None handles what nobody was given."""

    unit: str
    officer: str | None


def units_asked(
    principal: Principal,
    organisation: Organisation,
    wanted: CaseFilter,
    on: date,
    restated: Restatement | None = None,
) -> frozenset[str] | None:
    """The units a filter asks for within the principal's scope, None for all there are; with `restated` the units of
    its earlier day that had before what those of its later day have.

    Raises NotFound for a unit that is unknown or not wholly inside the scope, NotAllowed for a scope without a unit,
    NotRestatable.
    """
    if restated is not None:
        asked_now = units_asked(principal, organisation, wanted, restated.until)
        return None if asked_now is None else before_reorganised(asked_now, restated)
    visible = visible_units(principal, organisation, on)
    if not wanted.unit:
        return visible
    root = organisation.root_on(on)
    if visible is None and root is not None and wanted.unit == root.code:
        return None
    asked = organisation.subtree(wanted.unit, on)
    # Part of a unit must not pass for it: a head who asks for the province gets no figures of the own unit in its name.
    if not asked or (visible is not None and not asked <= visible):
        raise NotFound(wanted.unit)
    return asked


def filtered_figures(
    session: Session,
    principal: Principal,
    organisation: Organisation,
    wanted: CaseFilter,
    period: Period,
    regime: Regime,
    restated: Restatement | None = None,
) -> dict[str, Figures]:
    """The form's figures of the cases a filter asks for, by unit, for a period; as `figures_by_unit` where the filter
    asks for nothing. Under the names of the time: `restated` chooses the units, `Restatement.restated` renames them.
    Raises NotFound, NotAllowed, NotRestatable."""
    units = units_asked(principal, organisation, wanted, period.to_on, restated)
    if not wanted.is_of_cases:
        kind = CaseKind(wanted.kind) if wanted.kind else None
        found = figures_by_unit(session, principal, organisation, period, regime, kind, restated)
        return {unit: part for unit, part in found.items() if units is None or unit in units}
    totals: dict[str, dict[str, ClassTotal]] = {}
    conditions = [within(CaseEntry.unit, units), *conditions_of(CaseEntry, wanted, period)]
    for unit, counted, one in _totals(session, (CaseEntry.unit,), conditions, period):
        totals.setdefault(unit, {})[counted] = one
    return of_units(totals, organisation, period, regime, units)


def officer_figures(
    session: Session,
    principal: Principal,
    organisation: Organisation,
    wanted: CaseFilter,
    period: Period,
    regime: Regime,
) -> dict[OfficerPlace, Figures]:
    """The same figures by who handles the cases, only those who have any. Raises NotFound, NotAllowed."""
    units = units_asked(principal, organisation, wanted, period.to_on)
    conditions = [within(CaseEntry.unit, units), *conditions_of(CaseEntry, wanted, period)]
    totals: dict[OfficerPlace, dict[str, ClassTotal]] = {}
    grain = (CaseEntry.unit, CaseEntry.officer)
    for unit, officer, counted, one in _totals(session, grain, conditions, period):
        totals.setdefault(OfficerPlace(unit, officer), {})[counted] = one
    measured = {place: figures(parts, regime) for place, parts in totals.items()}
    return {place: found for place, found in measured.items() if found != Figures()}


def area_figures(
    session: Session,
    principal: Principal,
    organisation: Organisation,
    wanted: CaseFilter,
    period: Period,
    regime: Regime,
) -> dict[str | None, Figures]:
    """The same figures by the area of the debtor's address, None where none is stated. Raises NotFound, NotAllowed."""
    units = units_asked(principal, organisation, wanted, period.to_on)
    conditions = [within(CaseEntry.unit, units), *conditions_of(CaseEntry, wanted, period)]
    totals: dict[str | None, dict[str, ClassTotal]] = {}
    for area, counted, one in _totals(session, (CaseEntry.area,), conditions, period):
        totals.setdefault(area, {})[counted] = one
    measured = {area: figures(parts, regime) for area, parts in totals.items()}
    return {area: found for area, found in measured.items() if found != Figures()}


def old_cases(
    session: Session,
    principal: Principal,
    organisation: Organisation,
    wanted: CaseFilter,
    on: date,
    restated: Restatement | None = None,
) -> dict[OfficerPlace, int]:
    """Việc có điều kiện not yet completed, docketed more than twelve months before `on`, by who handles them: those of
    the filter at the end of that day, whatever age it asks for. Raises NotFound, NotAllowed, NotRestatable."""
    units = units_asked(principal, organisation, wanted, on, restated)
    period = Period(on, on)
    entry = CaseEntry
    question = (
        select(entry.unit, entry.officer, func.sum(entry.cases))
        .where(
            within(entry.unit, units),
            entry.counted.in_([CaseClass.ENFORCEABLE.value, CaseClass.POSTPONED_BY_CONSENT.value]),
            entry.day <= on,
            entry.docketed_on < same_day_last_year(on),
            *conditions_of(entry, wanted.without("age"), period),
        )
        .group_by(entry.unit, entry.officer)
    )
    return {OfficerPlace(row[0], row[1]): int(row[2]) for row in session.execute(question) if row[2]}


def completed_by_day(
    session: Session, principal: Principal, organisation: Organisation, wanted: CaseFilter, period: Period
) -> dict[tuple[OfficerPlace, date], tuple[int, int]]:
    """Việc and đồng completed (đình chỉ included) on each day of a period, by who handled them; what was taken back on
    a day counts below zero. Raises NotFound, NotAllowed."""
    units = units_asked(principal, organisation, wanted, period.to_on)
    entry = CaseEntry
    grain = (entry.unit, entry.officer, entry.day)
    question = (
        select(*grain, func.sum(entry.cases), func.sum(entry.amount))
        .where(
            within(entry.unit, units),
            entry.counted.in_([CaseClass.COMPLETED.value, CaseClass.TERMINATED.value]),
            entry.day >= period.from_on,
            entry.day <= period.to_on,
            *conditions_of(entry, wanted, period),
        )
        .group_by(*grain)
    )
    return {(OfficerPlace(row[0], row[1]), row[2]): (int(row[3]), int(row[4])) for row in session.execute(question)}


def within(column: Any, units: frozenset[str] | None) -> Condition:
    """The condition that a unit is one of these."""
    return true() if units is None else column.in_(sorted(units))


def conditions_of(
    table: type[CaseEntry] | type[EnforcementCase], wanted: CaseFilter, period: Period
) -> Sequence[Condition]:
    """What a filter asks of the attributes of a case, of either table that holds them; unit, officer of a case and
    class are asked elsewhere."""
    asked: list[Condition] = []
    for name in ("kind", "case_type", "area"):
        if value := getattr(wanted, name):
            asked.append(getattr(table, name) == value)
    if band := wanted.value_band:
        asked.append(table.amount_due >= band.from_amount)
        if band.below_amount is not None:
            asked.append(table.amount_due < band.below_amount)
    if wanted.group:
        asked.append(table.groups.like(f"%;{wanted.group};%"))
    if wanted.age:
        limit = same_day_last_year(period.to_on)
        is_old = wanted.age == Age.OVER_TWELVE_MONTHS
        asked.append(table.docketed_on < limit if is_old else table.docketed_on >= limit)
    if wanted.officer and table is CaseEntry:
        asked.append(of_officer(CaseEntry.officer, wanted.officer))
    return asked


def of_officer(column: Any, officer: str) -> Condition:
    """The condition that somebody handles a case, NOBODY asking for those that nobody does."""
    asked: Condition = column.is_(None) if officer == NOBODY else column == officer
    return asked


def _totals(
    session: Session, grain: Sequence[Any], conditions: Sequence[Condition], period: Period
) -> Sequence[tuple[Any, ...]]:
    """(…grain, counted, ClassTotal): stock to the end of the period and flow inside it, in one scan."""
    entry = CaseEntry
    is_inside = entry.day >= period.from_on
    sums = (
        func.sum(entry.cases),
        func.sum(entry.amount),
        func.sum(case((is_inside, entry.cases), else_=0)),
        func.sum(case((is_inside, entry.amount), else_=0)),
    )
    question = (
        select(*grain, entry.counted, *sums)
        .where(and_(*conditions), entry.day <= period.to_on)
        .group_by(*grain, entry.counted)
    )
    # PostgreSQL sums BIGINT to NUMERIC: cast back, money is whole đồng.
    width = len(grain) + 1
    return [
        (*row[:width], ClassTotal(*(int(value) for value in row[width:]))) for row in session.execute(question).all()
    ]
