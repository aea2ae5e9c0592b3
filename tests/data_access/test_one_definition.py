"""One definition feeds everything: wall, desk, list and explanation give the same number for every indicator."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from case_lives_support import DAYS, FIRST, lives, store_lives
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from statistics_support import figures_of_lives

from access.principal import Principal
from data_access.cases import filtered_figures, movement
from data_access.regimes import load_regimes
from data_access.session import Database
from domain.case_filters import CaseFilter
from domain.cases import CaseLife, regime_on
from domain.explanation import explain
from domain.indicators import CATALOGUE
from domain.statistics import Period, StatisticalYear, total
from domain.units import Organisation
from scenes.answers import WallAnswers
from scenes.drawing import Question

WORKER = Principal.worker()
few = settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
later_days = st.integers(60, DAYS).map(lambda offset: FIRST + timedelta(days=offset))
populations = st.lists(lives(), min_size=1, max_size=10)


@few
@given(population=populations, on=later_days)
def test_wall_desk_and_explanation_agree_on_every_indicator(
    database: Database, organisation: Organisation, population: list[CaseLife], on: date
) -> None:
    store_lives(database, population)
    regime = regime_on(load_regimes(), on)
    period = StatisticalYear.of(on).to_date(on)
    expected = figures_of_lives(population, on, regime=regime)
    now = datetime.combine(on, time(5), UTC)
    with database.reading() as session:
        wall = WallAnswers(Question(session, WORKER, organisation, now, is_sample=False)).figures
        desk = total(
            filtered_figures(session, WORKER, organisation, CaseFilter(case_type="civil"), period, regime).values()
        )
    for indicator in CATALOGUE.values():
        value = indicator.value(expected)
        assert wall is None or indicator.value(wall.this_year) == value, indicator.id
        assert indicator.value(desk) == value, indicator.id
        assert explain(indicator, desk, None).value == value, indicator.id


@few
@given(
    population=populations,
    on=later_days,
    name=st.sampled_from(sorted(name for name, one in CATALOGUE.items() if one.unit != "%")),
)
def test_the_cases_that_moved_a_figure_add_up_to_its_change(
    database: Database, organisation: Organisation, population: list[CaseLife], on: date, name: str
) -> None:
    store_lives(database, population)
    indicator, year = CATALOGUE[name], StatisticalYear.of(on)
    earlier = on - timedelta(days=20)
    if earlier < year.first_on:
        return
    regime = regime_on(load_regimes(), on)
    asked = (WORKER, organisation, CaseFilter())
    with database.reading() as session:
        now, before = (
            total(filtered_figures(session, *asked, Period(year.first_on, until), regime).values())
            for until in (on, earlier)
        )
        moved = movement(
            session, *asked, Period(earlier + timedelta(days=1), on), regime, indicator.field, indicator.counted_in
        )
    change = explain(indicator, now, before).change
    assert not isinstance(change, Decimal)
    assert moved.change == change
    assert moved.raised + moved.lowered >= len(moved.largest)
    assert all(case.change for case in moved.largest)
