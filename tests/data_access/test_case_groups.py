"""The groups that are reported on their own are counted as the form counts."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from case_lives_support import days, lives, store_lives
from hypothesis import given
from hypothesis import strategies as st

from access.principal import Principal
from data_access.cases import GroupFigures, group_figures
from data_access.counters import figures_by_unit
from data_access.regimes import load_regimes
from data_access.session import Database
from domain.cases import CaseGroup, CaseLife, DecisionKind, Regime, regime_on
from domain.permissions import Role
from domain.statistics import StatisticalYear, total
from domain.units import Organisation
from factories import a_life

WORKER = Principal.worker()
HEAD = Principal(Role.DEPARTMENT_HEAD, "p-1", "truongdonvi", unit="NAMDONG")
OLD, ON = date(2025, 3, 3), date(2026, 11, 23)


def asked(
    database: Database, organisation: Organisation, on: date, principal: Principal = WORKER
) -> dict[CaseGroup, GroupFigures]:
    with database.reading() as session:
        return group_figures(session, principal, organisation, on, regime_on(load_regimes(), on))


def test_the_figures_of_four_cases_of_one_group(database: Database, organisation: Organisation) -> None:
    store_lives(
        database,
        [
            a_life(OLD, 100, ((date(2026, 10, 5), DecisionKind.COMPLETED),)),
            a_life(OLD, 20, ((date(2026, 10, 6), DecisionKind.TERMINATED),)),
            a_life(OLD, 3, ((date(2026, 1, 5), DecisionKind.NOT_ENFORCEABLE),)),
            a_life(OLD, 4_000, ((date(2026, 9, 30), DecisionKind.COMPLETED),)),
            a_life(OLD, 50_000, ((date(2026, 1, 5), DecisionKind.SEPARATE_REGISTER),)),
            a_life(OLD, 600_000, ((date(2026, 11, 24), DecisionKind.COMPLETED),)),
        ],
        [";NS;TD;"],
    )
    found = asked(database, organisation, ON)
    assert found[CaseGroup.CREDIT] == found[CaseGroup.BUDGET] == GroupFigures(4, 3, 2, 600_123)
    assert found[CaseGroup.CREDIT].completion_rate == Decimal("66.67")
    assert found[CaseGroup.CORRUPTION] == GroupFigures()
    assert found[CaseGroup.CORRUPTION].completion_rate is None


def test_groups_are_scoped_to_the_principals_unit(database: Database, organisation: Organisation) -> None:
    store_lives(database, [a_life(OLD)], [";TD;"])
    assert asked(database, organisation, ON, HEAD)[CaseGroup.CREDIT] == GroupFigures()


regimes = st.sampled_from([Regime("old", "", OLD, True), Regime("new", "", OLD, False)])


@given(population=st.lists(lives(), max_size=5), on=days, principal=st.sampled_from([WORKER, HEAD]), regime=regimes)
def test_a_group_that_holds_every_case_has_the_forms_figures(
    database: Database,
    organisation: Organisation,
    population: list[CaseLife],
    on: date,
    principal: Principal,
    regime: Regime,
) -> None:
    store_lives(database, population, [";DN;", ";DN;TD;"])
    with database.reading() as session:
        found = group_figures(session, principal, organisation, on, regime)[CaseGroup.BUSINESS]
        period = StatisticalYear.of(on).to_date(on)
        form = total(figures_by_unit(session, principal, organisation, period, regime).values()).cases
    assert (found.to_enforce, found.enforceable, found.completed) == (form.to_enforce, form.enforceable, form.completed)
    assert found.completion_rate == form.completion_rate
