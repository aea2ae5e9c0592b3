"""The rows of the form are those of the counters asked one by one, for every unit, kind, officer and period."""

from __future__ import annotations

from datetime import timedelta

import pytest
from case_lives_support import UNITS, count_lives, lives, store_lives
from hypothesis import given, settings
from hypothesis import strategies as st
from statistics_support import CURRENT, figures_of_lives

from access.principal import NotAllowed, Principal
from data_access.counters import figures_by_unit
from data_access.form_counters import totals_by_kind
from data_access.session import Database
from data_access.statistical_form import form_rows, officer_form_rows, unit_name_on
from domain.cases import CaseKind, CaseLife, ledger
from domain.periods import ReportingPeriod, periods_of_year
from domain.permissions import Role
from domain.statistical_form import officer_rows, unit_rows
from domain.statistics import ClassTotal, Figures, Period, figures, total
from domain.units import Organisation

WORKER = Principal.worker()
HEAD = Principal(Role.DEPARTMENT_HEAD, "h", "truong", "PHUVANG")
KINDS = list(CaseKind)
periods = st.sampled_from([*periods_of_year(2025), *periods_of_year(2026)])
cut = st.integers(0, 40)


@settings(max_examples=8)
@given(population=st.lists(lives(), max_size=5), period=periods, cut=cut)
def test_one_look_gives_what_the_counters_give_kind_by_kind(
    database: Database, organisation: Organisation, population: list[CaseLife], period: ReportingPeriod, cut: int
) -> None:
    count_lives(database, population, KINDS)
    days = Period(period.first_on, max(period.first_on, period.last_on - timedelta(days=cut)))
    with database.reading() as session:
        for who in (WORKER, HEAD):
            asked = (session, who, organisation, days, CURRENT)
            rows = form_rows(*asked)
            assert {row.unit: row.figures for row in unit_rows(rows)} == figures_by_unit(*asked)
            for kind in KINDS:
                found = {row.unit: row.figures for row in unit_rows(rows, kind.value)}
                stated = figures_by_unit(*asked, kind)
                assert found == {unit: each for unit, each in stated.items() if each != Figures()}


@settings(max_examples=8)
@given(population=st.lists(lives(), max_size=5), period=periods)
def test_officers_and_what_nobody_handles_sum_to_the_units(
    database: Database, organisation: Organisation, population: list[CaseLife], period: ReportingPeriod
) -> None:
    store_lives(database, population, kinds=KINDS)
    days = Period(period.first_on, period.last_on)
    nobody: dict[str, dict[str, list[int]]] = {unit: {} for unit in UNITS}
    for life in population:
        for entry in ledger(life):
            if entry.officer is None and entry.day <= days.to_on:
                sums = nobody[entry.unit].setdefault(entry.counted, [0, 0, 0, 0])
                inside = entry.day >= days.from_on
                for place, value in enumerate((entry.cases, entry.amount, entry.cases, entry.amount)):
                    sums[place] += value if place < 2 or inside else 0
    with database.reading() as session:
        rows = officer_form_rows(session, WORKER, organisation, days, CURRENT)
        own = officer_form_rows(session, HEAD, organisation, days, CURRENT)
        one = officer_form_rows(session, WORKER, organisation, days, CURRENT, "PHUVANG")
    assert own == one == [row for row in rows if row.unit == "PHUVANG"]
    for unit in UNITS:
        officers = officer_rows(rows, unit)
        for row in officers:
            kinds = [each.figures for each in rows if each.key[:2] == row.key[:2] and each.kind]
            assert kinds
            assert total(kinds) == row.figures
        parts = [row.figures for row in officers]
        left = figures({name: ClassTotal(*sums) for name, sums in nobody[unit].items()}, CURRENT)
        found = left
        for part in parts:
            found = found + part
        assert found == figures_of_lives(population, days.to_on, unit, from_on=days.from_on)


def test_a_period_that_begins_inside_a_month_is_an_error_of_ours(
    sqlite_database: Database, organisation: Organisation
) -> None:
    first = periods_of_year(2027)[0].first_on
    with sqlite_database.reading() as session, pytest.raises(ValueError, match="begins with a month"):
        totals_by_kind(session, Period(first + timedelta(days=1), first + timedelta(days=9)), None)


def test_no_feed_reads_officers(sqlite_database: Database, organisation: Organisation) -> None:
    period = periods_of_year(2027)[0]
    days = Period(period.first_on, period.last_on)
    with sqlite_database.reading() as session, pytest.raises(NotAllowed):
        officer_form_rows(session, Principal(Role.IOC, "i", "ioc"), organisation, days, CURRENT)


def test_a_unit_of_the_past_is_called_as_it_was_and_an_unknown_one_by_its_code(
    two_era_organisation: Organisation,
) -> None:
    july = periods_of_year(2026)[-1].last_on
    assert "Phú Vang" in unit_name_on(two_era_organisation, "PHUVANG", july)
    assert unit_name_on(two_era_organisation, "KHAC", july) == "KHAC"
