"""Money of the cases by the unit that handled them on the day, in scope, without what was withdrawn."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from case_lives_support import store_lives

from access.principal import NotAllowed, Principal
from data_access.cases import money_by_unit
from data_access.models.cases import MoneyTransaction
from data_access.session import Database
from domain.cases import LifeMoney, MoneyKind
from domain.permissions import Role
from domain.units import Organisation
from factories import a_life

NOW = datetime(2026, 11, 23, 2, 40, tzinfo=UTC)
OCTOBER = (date(2026, 10, 1), date(2026, 10, 31))
WORKER = Principal.worker()
COLLECTED, PAID = MoneyKind.COLLECTED, MoneyKind.PAID_OUT
MONEY = (
    LifeMoney(date(2026, 10, 1), COLLECTED, 700),
    LifeMoney(date(2026, 10, 31), COLLECTED, 300),
    LifeMoney(date(2026, 11, 1), COLLECTED, 50),
    LifeMoney(date(2026, 10, 5), COLLECTED, -100),
    LifeMoney(date(2026, 10, 20), PAID, 400),
)


def asked(
    database: Database, organisation: Organisation, principal: Principal = WORKER
) -> dict[tuple[str, MoneyKind], int]:
    with database.reading() as session:
        return money_by_unit(session, principal, organisation, OCTOBER, NOW)


def test_the_days_of_the_month_are_summed_and_others_are_not(database: Database, organisation: Organisation) -> None:
    life = replace(a_life(date(2026, 3, 4), 5_000), money=MONEY)
    store_lives(database, [life, life])
    assert asked(database, organisation) == {("PHUVANG", COLLECTED): 1800, ("PHUVANG", PAID): 800}
    with database.writing() as session:
        for row in session.query(MoneyTransaction).filter_by(kind="paid_out"):
            row.withdrawn_at = row.recorded_at
    assert asked(database, organisation) == {("PHUVANG", COLLECTED): 1800}


def test_another_units_money_is_not_told(database: Database, organisation: Organisation) -> None:
    store_lives(database, [replace(a_life(date(2026, 3, 4), 5_000), money=MONEY)])
    other = Principal(Role.DEPARTMENT_HEAD, "p", "truong", unit="NAMDONG")
    assert asked(database, organisation, other) == {}
    with pytest.raises(NotAllowed):
        asked(database, organisation, Principal(Role.SCREEN, "s", "s"))
