"""Figures across a reorganisation: those of the units whose cases were taken over whole, under the names of now."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from case_lives_support import store_lives

from access.principal import Principal
from data_access.cases import filtered_figures, old_cases
from data_access.completion_series import completion_series
from data_access.regimes import load_regimes
from data_access.scope import NotRestatable
from data_access.session import Database
from domain.case_filters import CaseFilter
from domain.cases import CaseLife, DecisionKind, Handling, regime_on
from domain.permissions import Role
from domain.statistics import StatisticalYear, total
from domain.units import Organisation, restatement
from factories import a_life

REFORM, BEFORE, NOW = date(2025, 7, 1), date(2025, 3, 31), date(2026, 3, 31)
WORKER = Principal.worker()


def moved(old: str, new: str, docketed_on: date, completed_on: date | None) -> CaseLife:
    """A case that the reorganisation passed on."""
    handling = (Handling(docketed_on, old, "CHV-01"), Handling(REFORM, new, "CHV-01", by_succession=True))
    ended = ((completed_on, DecisionKind.COMPLETED),) if completed_on else ()
    return a_life(docketed_on, 100, ended, handling=handling)


LIVES = [
    moved("PHULOC", "KV4", date(2024, 10, 8), date(2024, 12, 3)),
    moved("PHULOC", "KV4", date(2024, 11, 8), None),
    moved("NAMDONG", "KV4", date(2024, 11, 9), date(2025, 8, 1)),
    moved("TPHUE", "KV1", date(2024, 11, 9), date(2025, 1, 9)),
    moved("TPHUE", "KV3", date(2024, 11, 9), None),
]


def head(unit: str) -> Principal:
    return Principal(Role.DEPARTMENT_HEAD, "p-1", "truongdonvi", unit=unit)


@pytest.mark.parametrize("wanted", [CaseFilter(unit="KV4"), CaseFilter(unit="KV4", case_type="civil")])
@pytest.mark.parametrize("principal", [WORKER, head("KV4")])
def test_last_years_figures_of_two_districts_are_those_of_the_office_that_took_them_over(
    database: Database, two_era_organisation: Organisation, wanted: CaseFilter, principal: Principal
) -> None:
    store_lives(database, LIVES)
    restated = restatement(two_era_organisation, BEFORE, NOW)
    period, regime = StatisticalYear.of(BEFORE).to_date(BEFORE), regime_on(load_regimes(), BEFORE)
    with database.reading() as session:
        found = filtered_figures(session, principal, two_era_organisation, wanted, period, regime, restated)
        old = old_cases(session, principal, two_era_organisation, wanted, BEFORE, restated)
    summed = restated.restated(found)
    assert set(found) == {"PHULOC", "NAMDONG"}
    assert summed.keys() == {"KV4"}
    assert (summed["KV4"].cases.completed, summed["KV4"].cases.enforceable) == (1, 3)
    assert old == {}


def test_an_office_between_whom_districts_were_divided_is_told_nothing(
    database: Database, two_era_organisation: Organisation
) -> None:
    store_lives(database, LIVES)
    restated = restatement(two_era_organisation, BEFORE, NOW)
    asked = (two_era_organisation, CaseFilter(unit="KV1"))
    period, regime = StatisticalYear.of(BEFORE).to_date(BEFORE), regime_on(load_regimes(), BEFORE)
    with database.reading() as session:
        for principal in (WORKER, head("KV1")):
            with pytest.raises(NotRestatable):
                filtered_figures(session, principal, *asked, period, regime, restated)


def test_the_whole_is_the_same_restated_or_not(database: Database, two_era_organisation: Organisation) -> None:
    store_lives(database, LIVES)
    restated = restatement(two_era_organisation, BEFORE, NOW)
    period, regime = StatisticalYear.of(BEFORE).to_date(BEFORE), regime_on(load_regimes(), BEFORE)
    with database.reading() as session:
        asked = (session, WORKER, two_era_organisation, CaseFilter(), period, regime)
        found, plain = filtered_figures(*asked, restated), filtered_figures(*asked)
    assert total(restated.restated(found).values()) == total(plain.values())


def test_the_line_of_a_whole_unit_goes_on_before_the_reorganisation_and_of_a_divided_one_does_not(
    database: Database, two_era_organisation: Organisation
) -> None:
    store_lives(database, LIVES)
    regimes = load_regimes()
    rates = {}
    with database.reading() as session:
        for unit in ("KV4", "KV1"):
            points = completion_series(
                session,
                WORKER,
                two_era_organisation,
                StatisticalYear(2025),
                date(2025, 9, 30),
                lambda day: regime_on(regimes, day),
                wanted=CaseFilter(unit=unit),
            )
            rates[unit] = {point.day: point.rate for point in points}
    eve = date(2025, 6, 30)
    assert rates["KV4"][eve] == rates["KV4"][REFORM] == Decimal("33.33")
    assert rates["KV1"][eve] is None
    assert rates["KV1"][REFORM] == Decimal("100.00")
