"""Statements are kept as they came: the newest of a key holds in any order of arrival; closed periods are known."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import permutations

import pytest
from observations_support import an_observation

from access.principal import Principal
from data_access.observations import (
    observation_rules,
    observations_of,
    observed_indicators,
    save_observations,
    save_observed_indicator,
    shipped_indicators,
)
from data_access.observed_boards import observed_board
from data_access.session import Database
from domain.observations import ObservedPeriod
from domain.permissions import Role
from domain.units import Organisation

NOW = datetime(2026, 11, 23, 2, 40, tzinfo=UTC)
WORKER = Principal.worker()
INDICATOR = "signature_documents"


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_the_newest_statement_holds_in_any_order_of_arrival(
    sqlite_database: Database, organisation: Organisation, order: tuple[int, ...]
) -> None:
    statements = [an_observation("PHUVANG", "2026-10", NOW - timedelta(days=age), age) for age in range(3)]
    with sqlite_database.writing() as session:
        for place in order:
            assert save_observations(session, [statements[place]], "form", "x", NOW).new == 1
        found = observations_of(session, WORKER, organisation, [INDICATOR], date(2026, 1, 1), NOW)
    assert found == [statements[0]]


def test_the_same_is_no_news_and_another_figure_of_the_same_instant_contradicts(database: Database) -> None:
    known = an_observation("PHUVANG", "2026-10", NOW, 3)
    other = an_observation("PHUVANG", "2026-10", NOW, 2)
    with database.writing() as session:
        saved = save_observations(session, [known, known, other], "form", "x", NOW)
        again = save_observations(session, [other, known], "form", "x", NOW)
    assert (saved.new, saved.unchanged, saved.contradicting) == (1, 1, (other,))
    assert (again.new, again.unchanged, again.contradicting) == (0, 1, (other,))


def test_a_unit_owes_what_is_due_and_a_figure_for_the_whole_settles_it(
    database: Database, organisation: Organisation
) -> None:
    october, units = ObservedPeriod.read("2026-10"), [unit.code for unit in organisation.case_units_on(NOW.date())]
    root = organisation.root_on(NOW.date())
    assert root is not None
    with database.writing() as session:
        save_observations(session, [an_observation(units[0], "2026-10", NOW)], "form", "x", NOW)
        board = observed_board(session, WORKER, organisation, INDICATOR, NOW)
        assert board is not None and board.owed == october and set(board.owing) == set(units[1:])
        save_observations(session, [an_observation(root.code, "2026-10", NOW)], "form", "x", NOW)
        settled = observed_board(session, WORKER, organisation, INDICATOR, NOW)
    assert settled is not None and settled.owing == () and settled.totals[october].is_stated


def test_rules_know_units_of_the_past_and_only_the_own_ones(
    database: Database, two_era_organisation: Organisation
) -> None:
    own = two_era_organisation.case_units_on(NOW.date())[0].code
    head = Principal(Role.DEPARTMENT_HEAD, "head", "truong", unit=own)
    with database.reading() as session:
        every = observation_rules(session, WORKER, two_era_organisation, NOW)
        mine = observation_rules(session, head, two_era_organisation, NOW)
    assert {unit.code for unit in two_era_organisation.units} == set(every.units)
    assert set(mine.units) == set(two_era_organisation.subtree(own, NOW.date()))


def test_the_agency_adds_an_indicator_and_changes_one(database: Database) -> None:
    shipped = shipped_indicators()[INDICATOR]
    with database.writing() as session:
        save_observed_indicator(
            session, replace(shipped, code="chatbot_questions", name="Hỏi đáp"), "mới", "quantri", NOW
        )
        save_observed_indicator(session, replace(shipped, due_days=20), "đổi hạn", "quantri", NOW)
        known = observed_indicators(session)
    assert known["chatbot_questions"].name == "Hỏi đáp"
    assert known[INDICATOR].due_days == 20 and len(known) == len(shipped_indicators()) + 1
