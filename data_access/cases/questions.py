"""Questions about cases that the counters cannot answer: age, vanishing, the case list's filters."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from access.principal import Principal
from data_access.models.cases import CaseClassInterval, EnforcementCase
from data_access.scope import visible_units
from domain.cases import LIVING, CaseClass, CaseKey
from domain.statistics import StatisticalYear, same_day_last_year
from domain.units import Organisation, Restatement


def cases_over_twelve_months(
    session: Session,
    principal: Principal,
    organisation: Organisation,
    on: date,
    restated: Restatement | None = None,
) -> dict[str, int]:
    """Việc có điều kiện not yet completed, docketed more than twelve months before `on`, by unit.

    Units with none are there with 0. Twelve months end on the same calendar day; 29 February ends on the 28th.
    `restated` as `visible_units` has it, under the names of the time. Raises NotAllowed, NotRestatable.
    """
    visible = visible_units(principal, organisation, on, restated)
    counted = [CaseClass.ENFORCEABLE.value, CaseClass.POSTPONED_BY_CONSENT.value]
    question = (
        select(CaseClassInterval.unit, func.count())
        .join(EnforcementCase, EnforcementCase.id == CaseClassInterval.case_id)
        .where(
            covers(on), CaseClassInterval.case_class.in_(counted), EnforcementCase.docketed_on < same_day_last_year(on)
        )
        .group_by(CaseClassInterval.unit)
    )
    if visible is not None:
        question = question.where(CaseClassInterval.unit.in_(visible))
    units = [unit.code for unit in organisation.case_units_on(on) if visible is None or unit.code in visible]
    return dict.fromkeys(units, 0) | {row[0]: row[1] for row in session.execute(question)}


def expected_keys(
    session: Session,
    issuing_units: Collection[str],
    handling_units: Collection[str],
    on: date,
    stated_before: datetime,
) -> list[CaseKey]:
    """The cases a `full` workbook must still name: issued and now handled by units it names, living or ended in the
    statistical year of `on`, and not stated by a newer file. Internal to the importer: it is not scoped.

    Both units are asked for: since 1/7/2025 the cases of one issuing unit may be spread over several offices, each of
    which exports its own.
    """
    living = [item.value for item in LIVING]
    ended_this_year = CaseClassInterval.from_on >= StatisticalYear.of(on).first_on
    question = (
        select(EnforcementCase.issuing_unit, EnforcementCase.number, EnforcementCase.year)
        .join(CaseClassInterval, CaseClassInterval.case_id == EnforcementCase.id)
        .where(
            covers(on),
            EnforcementCase.issuing_unit.in_(issuing_units),
            CaseClassInterval.unit.in_(handling_units),
            EnforcementCase.stated_at < stated_before,
            CaseClassInterval.case_class != CaseClass.VANISHED.value,
            or_(CaseClassInterval.case_class.in_(living), ended_this_year),
        )
        .order_by(EnforcementCase.id)
    )
    return [CaseKey(*row) for row in session.execute(question)]


def covers(on: date) -> ColumnElement[bool]:
    """The condition that a class interval includes a day."""
    after = or_(CaseClassInterval.to_on.is_(None), CaseClassInterval.to_on > on)
    return (CaseClassInterval.from_on <= on) & after
