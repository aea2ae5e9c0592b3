"""Every point of the year's curve is the rate the form has on that day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from case_lives_support import count_lives, lives, store_lives
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event

from access.principal import NotAllowed, Principal
from data_access.completion_series import SeriesPoint, completion_series
from data_access.counters import figures_by_unit
from data_access.regimes import load_regimes
from data_access.session import Database
from domain.case_filters import CaseFilter
from domain.cases import CaseLife, DecisionKind, Regime, regime_on
from domain.indicators import CountedIn
from domain.permissions import Role
from domain.statistics import StatisticalYear, total
from domain.units import Organisation
from factories import a_life

WORKER = Principal.worker()
HEAD = Principal(Role.DEPARTMENT_HEAD, "p-1", "truongdonvi", unit="NAMDONG")
YEAR = StatisticalYear(2026)


few = settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def regime_of(day: date) -> Regime:
    return regime_on(load_regimes(), day)


def series(
    database: Database,
    organisation: Organisation,
    until: date,
    principal: Principal = WORKER,
    year: StatisticalYear = YEAR,
    counted_in: CountedIn = CountedIn.CASES,
) -> list[SeriesPoint]:
    with database.reading() as session:
        return completion_series(session, principal, organisation, year, until, regime_of, counted_in)


def asked_day_by_day(
    database: Database,
    organisation: Organisation,
    days: Iterable[date],
    principal: Principal,
    counted_in: CountedIn = CountedIn.CASES,
    year: StatisticalYear = YEAR,
) -> list[SeriesPoint]:
    found = []
    with database.reading() as session:
        for day in days:
            by_unit = figures_by_unit(session, principal, organisation, year.to_date(day), regime_of(day))
            whole = total(by_unit.values())
            measure = whole.cases if counted_in is CountedIn.CASES else whole.amount
            found.append(SeriesPoint(day, measure.completion_rate))
    return found


def three_lives() -> list[CaseLife]:
    """One completed on the third day of the year, one docketed on the second, one completed the year before."""
    old = date(2025, 3, 3)
    return [
        a_life(old, 100, ((date(2025, 10, 3), DecisionKind.COMPLETED),)),
        a_life(date(2025, 10, 2), 50),
        a_life(old, 10, ((date(2025, 9, 30), DecisionKind.COMPLETED),)),
        a_life(old, 40, ((date(2025, 10, 4), DecisionKind.NOT_ENFORCEABLE),)),
    ]


def test_the_curve_of_four_cases(database: Database, organisation: Organisation) -> None:
    count_lives(database, three_lives())
    assert series(database, organisation, date(2025, 10, 5)) == [
        (date(2025, 10, 1), Decimal("0.00")),
        (date(2025, 10, 2), Decimal("0.00")),
        (date(2025, 10, 3), Decimal("33.33")),
        (date(2025, 10, 4), Decimal("50.00")),
        (date(2025, 10, 5), Decimal("50.00")),
    ]


def test_days_without_anything_enforceable_have_no_rate(database: Database, organisation: Organisation) -> None:
    count_lives(database, [a_life(date(2025, 10, 2))])
    rates = [point.rate for point in series(database, organisation, date(2025, 10, 2))]
    assert rates == [None, Decimal("0.00")]


def test_the_curve_ends_with_the_year_and_is_empty_before_it(database: Database, organisation: Organisation) -> None:
    count_lives(database, three_lives())
    assert series(database, organisation, date(2025, 9, 30)) == []
    whole_year = series(database, organisation, date(2027, 2, 1))
    assert (whole_year[0].day, whole_year[-1].day) == (YEAR.first_on, YEAR.last_on)


def test_a_scope_sees_its_own_curve_and_a_stranger_none(database: Database, organisation: Organisation) -> None:
    count_lives(database, three_lives())
    assert {point.rate for point in series(database, organisation, date(2025, 10, 5), HEAD)} == {None}
    with pytest.raises(NotAllowed):
        series(database, organisation, date(2025, 10, 5), Principal(Role.DEPARTMENT_HEAD, "p-2", "x", unit="NOWHERE"))


def test_a_year_costs_two_questions(database: Database, organisation: Organisation) -> None:
    count_lives(database, three_lives())
    asked: list[str] = []
    event.listen(database.engine, "before_cursor_execute", lambda *arguments: asked.append(arguments[2]))
    series(database, organisation, YEAR.last_on)
    assert len([statement for statement in asked if "counter" in statement]) == 2


@given(
    population=st.lists(lives(), max_size=5),
    asked=st.lists(st.integers(0, 364), min_size=1, max_size=9),
    principal=st.sampled_from([WORKER, HEAD]),
    counted_in=st.sampled_from(list(CountedIn)),
)
def test_every_point_is_the_forms_rate_on_that_day(
    database: Database,
    organisation: Organisation,
    population: list[CaseLife],
    asked: list[int],
    principal: Principal,
    counted_in: CountedIn,
) -> None:
    count_lives(database, population)
    days = [YEAR.first_on + timedelta(days=offset) for offset in asked]
    found = series(database, organisation, max(days), principal, counted_in=counted_in)
    assert len(found) == max(asked) + 1
    expected = asked_day_by_day(database, organisation, days, principal, counted_in)
    assert [found[offset] for offset in asked] == expected


def test_the_curve_of_a_unit_crosses_the_reorganisation(database: Database, two_era_organisation: Organisation) -> None:
    year, until = StatisticalYear(2025), date(2025, 9, 30)
    unit = next(unit.code for unit in two_era_organisation.case_units_on(until) if unit.parent is not None)
    head = Principal(Role.DEPARTMENT_HEAD, "p-1", "truongdonvi", unit=unit)
    count_lives(database, [a_life(date(2024, 11, 4), 100, ((date(2025, 8, 4), DecisionKind.COMPLETED),))])
    for principal in (WORKER, head):
        found = series(database, two_era_organisation, until, principal, year)
        asked = [point.day for point in found[::9]]
        assert found[::9] == asked_day_by_day(database, two_era_organisation, asked, principal, year=year)


@few
@given(population=st.lists(lives(), min_size=1, max_size=6), until=st.dates(date(2025, 10, 1), date(2026, 6, 30)))
def test_two_years_in_one_go_are_each_year_for_itself(
    database: Database, organisation: Organisation, population: list[CaseLife], until: date
) -> None:
    store_lives(database, population)
    before, year = StatisticalYear(2025), StatisticalYear(2026)
    for wanted in (CaseFilter(), CaseFilter(case_type="civil")):
        with database.reading() as session:
            asked = (session, WORKER, organisation)
            both = completion_series(*asked, before, until, regime_of, wanted=wanted, years=2)
            apart = [
                *completion_series(*asked, before, before.last_on, regime_of, wanted=wanted),
                *completion_series(*asked, year, until, regime_of, wanted=wanted),
            ]
        assert both == apart
