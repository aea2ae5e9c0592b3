"""What is phải thi hành and completed of the groups that are always reported on their own, asked of the intervals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from access.principal import Principal
from data_access.cases.lives import groups_from_text
from data_access.cases.questions import covers
from data_access.models.cases import CaseClassInterval, EnforcementCase
from data_access.scope import visible_units
from domain.cases import CaseClass, CaseGroup, Regime, StatisticalGroup
from domain.statistics import StatisticalYear, percentage
from domain.units import Organisation

_TO_ENFORCE = frozenset({StatisticalGroup.ENFORCEABLE, StatisticalGroup.NOT_ENFORCEABLE, StatisticalGroup.OTHER})


@dataclass(frozen=True, slots=True)
class GroupFigures:
    """Việc of one group in a statistical year: phải thi hành, of them có điều kiện, of those thi hành xong with đình
    chỉ; `amount_due` is what those phải thi hành were decided to pay, whole đồng."""

    to_enforce: int = 0
    enforceable: int = 0
    completed: int = 0
    amount_due: int = 0

    @property
    def completion_rate(self) -> Decimal | None:
        """Tỷ lệ thi hành xong in percent, two places (I7); None without a denominator."""
        return percentage(self.completed, self.enforceable)

    def __add__(self, other: GroupFigures) -> GroupFigures:
        return GroupFigures(
            self.to_enforce + other.to_enforce,
            self.enforceable + other.enforceable,
            self.completed + other.completed,
            self.amount_due + other.amount_due,
        )


def group_figures(
    session: Session, principal: Principal, organisation: Organisation, on: date, regime: Regime
) -> dict[CaseGroup, GroupFigures]:
    """The figures of every group for the statistical year to `on`, by the regime's columns (I3a, I3b, I7).

    A việc of two groups counts in both. Groups and amounts are those last stated, whatever `on` is.
    """
    classes = {item: regime.group(item) for item in CaseClass}
    living = [item.value for item, group in classes.items() if group in _TO_ENFORCE]
    completing = [item.value for item, group in classes.items() if group is StatisticalGroup.COMPLETED]
    begins_on = StatisticalYear.of(on).first_on
    interval, earlier = CaseClassInterval, aliased(CaseClassInterval)
    # A reorganisation writes the class of an ended việc anew for the successor: the first interval says when it ended.
    ended_before = exists().where(
        earlier.case_id == interval.case_id, earlier.case_class.in_(completing), earlier.from_on < begins_on
    )
    ended_this_year = and_(interval.case_class.in_(completing), interval.from_on >= begins_on, ~ended_before)
    case = EnforcementCase
    question = (
        select(case.groups, interval.case_class, func.count(), func.sum(case.amount_due))
        .join(case, case.id == interval.case_id)
        .where(case.groups != "", covers(on), or_(interval.case_class.in_(living), ended_this_year))
        .group_by(case.groups, interval.case_class)
    )
    visible = visible_units(principal, organisation, on)
    if visible is not None:
        question = question.where(interval.unit.in_(visible))
    found = dict.fromkeys(CaseGroup, GroupFigures())
    for groups, case_class, count, amount in session.execute(question):
        part = _part(classes[CaseClass(case_class)], count, int(amount))
        for group in groups_from_text(groups):
            found[group] += part
    return found


def _part(group: StatisticalGroup | None, count: int, amount: int) -> GroupFigures:
    is_completed = group is StatisticalGroup.COMPLETED
    is_enforceable = is_completed or group is StatisticalGroup.ENFORCEABLE
    return GroupFigures(count, count if is_enforceable else 0, count if is_completed else 0, amount)
