"""Money in and out of the cases of a span of days, summed by the unit that handled the case on each day."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from access.principal import Principal
from data_access.models.cases import CaseClassInterval, MoneyTransaction
from data_access.scope import visible_units
from domain.cases import MoneyKind
from domain.local_time import local_day
from domain.permissions import Permission
from domain.units import Organisation


def money_by_unit(
    session: Session,
    principal: Principal,
    organisation: Organisation,
    span: tuple[date, date],
    now: datetime,
) -> dict[tuple[str, MoneyKind], int]:
    """Whole đồng by unit and kind of the days of `span`, both included, in the principal's scope; needs SEE_CASES.

    A unit and kind without a transaction is absent.
    """
    principal.require(Permission.SEE_CASES)
    money, handled = MoneyTransaction, CaseClassInterval
    on_that_day = and_(
        handled.case_id == money.case_id,
        handled.from_on <= money.effective_on,
        or_(handled.to_on.is_(None), handled.to_on > money.effective_on),
    )
    question = (
        select(handled.unit, money.kind, func.sum(money.amount))
        .join(handled, on_that_day)
        .where(money.withdrawn_at.is_(None), money.effective_on >= span[0], money.effective_on <= span[1])
        .group_by(handled.unit, money.kind)
    )
    seen = visible_units(principal, organisation, local_day(now))
    if seen is not None:
        question = question.where(handled.unit.in_(seen))
    return {(unit, MoneyKind(kind)): int(amount) for unit, kind, amount in session.execute(question)}
