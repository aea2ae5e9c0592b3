"""Figures under filters, and the cases behind a figure: both are the ledger, and both agree with every other figure."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from case_lives_support import DAYS, FIRST, UNITS, lives, store_lives
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from statistics_support import CURRENT, figures_of_lives

from access.principal import NotAllowed, Principal
from data_access.cases import case_page, filtered_figures, officer_figures
from data_access.counters import figures_by_unit
from data_access.scope import NotFound
from data_access.session import Database
from domain.case_filters import VALUE_BANDS, CaseFilter
from domain.cases import CaseLife
from domain.indicators import CATALOGUE, CountedIn
from domain.permissions import Role
from domain.statistics import Figures, Period, StatisticalYear, total
from domain.units import Organisation

WORKER = Principal.worker()
HEAD = Principal(Role.DEPARTMENT_HEAD, "p-1", "truongdonvi", unit="PHUVANG")
COUNTS = sorted({item.field for item in CATALOGUE.values() if item.unit == "việc"})
few = settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
populations = st.lists(lives(), min_size=1, max_size=12)
later_days = st.integers(60, DAYS).map(lambda offset: FIRST + timedelta(days=offset))


def year_to(on: date) -> Period:
    return StatisticalYear.of(on).to_date(on)


@few
@given(population=populations, on=later_days)
def test_without_a_filter_the_ledger_says_what_the_counters_say(
    database: Database, organisation: Organisation, population: list[CaseLife], on: date
) -> None:
    store_lives(database, population)
    asked = (WORKER, organisation)
    # A type is asked for that all these cases have: the same figures, by the other way.
    everything, by_ledger = CaseFilter(), CaseFilter(case_type="civil")
    with database.reading() as session:
        counted = figures_by_unit(session, *asked, year_to(on), CURRENT)
        assert filtered_figures(session, *asked, everything, year_to(on), CURRENT) == counted
        assert filtered_figures(session, *asked, by_ledger, year_to(on), CURRENT) == counted


@few
@given(population=populations, on=later_days, back=st.integers(0, 420))
def test_a_period_may_begin_and_end_in_the_middle_of_months(
    database: Database, organisation: Organisation, population: list[CaseLife], on: date, back: int
) -> None:
    store_lives(database, population)
    period = Period(on - timedelta(days=back), on)
    with database.reading() as session:
        counted = total(figures_by_unit(session, WORKER, organisation, period, CURRENT).values())
    assert counted == figures_of_lives(population, on, from_on=period.from_on)


@few
@given(population=populations, on=later_days)
def test_value_bands_and_officers_divide_the_whole(
    database: Database, organisation: Organisation, population: list[CaseLife], on: date
) -> None:
    store_lives(database, population)
    period, asked = year_to(on), (WORKER, organisation)
    with database.reading() as session:
        bands = [
            total(filtered_figures(session, *asked, CaseFilter(band=band), period, CURRENT).values())
            for band in VALUE_BANDS
        ]
        officers = officer_figures(session, *asked, CaseFilter(), period, CURRENT)
    whole = figures_of_lives(population, on)
    assert total(bands) == whole
    assert total(officers.values()) == whole
    assert {place.unit for place in officers} <= set(UNITS)


@few
@given(population=populations, on=later_days, field=st.sampled_from(COUNTS), unit=st.sampled_from(["", *UNITS]))
def test_the_cases_behind_a_figure_are_as_many_as_it_says(
    database: Database, organisation: Organisation, population: list[CaseLife], on: date, field: str, unit: str
) -> None:
    store_lives(database, population)
    asked = (WORKER, organisation)
    wanted = CaseFilter(figure=field, unit=unit)
    with database.reading() as session:
        figures = total(filtered_figures(session, *asked, wanted, year_to(on), CURRENT).values())
        listed = case_page(session, *asked, wanted, year_to(on), CURRENT)
    indicator = CATALOGUE[f"{field}_{CountedIn.CASES}"]
    assert sum(case.times for case in listed) == indicator.count(figures)
    assert len({case.public_id for case in listed}) == len(listed)


@few
@given(population=st.lists(lives(), min_size=4, max_size=12), on=later_days)
def test_pages_follow_each_other_without_gap_or_overlap(
    database: Database, organisation: Organisation, population: list[CaseLife], on: date
) -> None:
    store_lives(database, population)
    asked = (WORKER, organisation, CaseFilter(), year_to(on), CURRENT)
    with database.reading() as session:
        whole = case_page(session, *asked, sort=[("amount_due", True)])
        parts = [
            case
            for first in range(0, len(population), 3)
            for case in case_page(session, *asked, first=first, number=3, sort=[("amount_due", True)])
        ]
    assert parts == whole
    assert [case.amount_due for case in whole] == sorted((case.amount_due for case in whole), reverse=True)


def test_a_head_sees_own_cases_only_and_another_unit_is_not_there(
    database: Database, organisation: Organisation
) -> None:
    population = [_a_life(unit) for unit in UNITS]
    store_lives(database, population)
    period = year_to(date(2025, 3, 3))
    with database.reading() as session:
        asked = (session, HEAD, organisation)
        assert set(filtered_figures(*asked, CaseFilter(band="1"), period, CURRENT)) == {"PHUVANG"}
        assert [case.unit for case in case_page(*asked, CaseFilter(), period, CURRENT)] == ["PHUVANG"]
        for ask in (filtered_figures, officer_figures, case_page):
            # The province holds the own unit: its part must not be told in the province's name.
            for unit in ("NAMDONG", "HUE"):
                with pytest.raises(NotFound):
                    ask(*asked, CaseFilter(unit=unit), period, CURRENT)
        nobody = Principal(Role.DEPARTMENT_HEAD, "p-2", "x", unit="NOWHERE")
        with pytest.raises(NotAllowed):
            case_page(session, nobody, organisation, CaseFilter(), period, CURRENT)


def test_what_nobody_has_is_nothing_for_every_unit_of_the_day(database: Database, organisation: Organisation) -> None:
    store_lives(database, [_a_life("PHUVANG")])
    on = date(2025, 3, 3)
    with database.reading() as session:
        asked = CaseFilter(case_type="bankruptcy")
        found = filtered_figures(session, WORKER, organisation, asked, year_to(on), CURRENT)
    assert set(found) == {unit.code for unit in organisation.case_units_on(on)}
    assert set(found.values()) == {Figures()}


def _a_life(unit: str) -> CaseLife:
    from domain.cases import Handling

    return CaseLife(date(2025, 1, 6), 100, (Handling(date(2025, 1, 6), unit, "CHV-01"),))
