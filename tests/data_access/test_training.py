"""The newest sheet wins in any order; a register replaces its unit's; a question knows its principal."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import permutations
from pathlib import Path

import pytest
from sqlalchemy import delete
from training_support import DAY, a_modern_office, a_part, a_test, a_year_of_training, an_item

from access.principal import Principal
from data_access.equipment import equipment_register, load_equipment_needs, modern_offices, offices, save_registers
from data_access.models.training import TrainingRow
from data_access.session import Database
from data_access.training import (
    newest_tests,
    save_sessions,
    save_tests,
    staff_proficient,
    training_by_unit,
    training_sessions,
)
from data_access.versions import versions
from domain.counted_share import CountedShare
from domain.equipment import EquipmentKind
from domain.units import Organisation

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
TODAY = date(2026, 11, 24)
WORKER = Principal.worker()


def units_of(organisation: Organisation) -> list[str]:
    return [unit.code for unit in organisation.case_units_on(TODAY)]


def test_the_newest_sheet_says_how_a_session_was_in_any_order(database: Database, organisation: Organisation) -> None:
    sheets = [(a_part(TODAY, attended=None), 3), (a_part(TODAY, attended=7), 2), (a_part(TODAY, attended=9), 1)]
    ends = set()
    for order in permutations(sheets):
        with database.writing() as session:
            session.execute(delete(TrainingRow))
            for part, days in (*order, order[0]):
                save_sessions(session, [part], NOW - days * DAY, NOW)
            ends.add(tuple(training_sessions(session, WORKER, organisation, 2026, NOW)))
    assert ends == {(sheets[2][0],)}
    with database.writing() as session:
        before = versions(session)["training"]
        assert save_sessions(session, [sheets[2][0]], NOW, NOW) == 0
        assert versions(session)["training"] == before
        assert training_sessions(session, WORKER, organisation, 2025, NOW) == []


def test_the_newest_test_counts_and_a_silent_unit_is_unknown(database: Database, organisation: Organisation) -> None:
    units = units_of(organisation)
    a_year_of_training(database, units, NOW)
    with database.writing() as session:
        save_tests(session, [a_test(TODAY - 5 * DAY, unit=units[0], code="KT-2", passed=10)], NOW, NOW)
        tests = newest_tests(session, WORKER, organisation, NOW)
        number = len(units) - 1
        assert staff_proficient(session, WORKER, organisation, NOW) == (CountedShare(9 * number + 1, 12 * number), 1)
        by_unit = training_by_unit(session, WORKER, organisation, 2026, NOW)
    first = tests[units[0]]
    assert first is not None and first.code == "KT-2" and tests[units[-1]] is None
    counts = by_unit[units[0]]
    assert by_unit[units[-1]] is None and counts is not None
    known = counts.sessions
    assert known is not None and (known.held, known.planned, known.unreported) == (1, 1, 1)


def test_a_unit_known_by_a_test_alone_told_of_no_session_which_is_not_none(
    database: Database, organisation: Organisation
) -> None:
    units = units_of(organisation)
    with database.writing() as session:
        save_tests(session, [a_test(TODAY, unit=units[0])], NOW, NOW)
        save_sessions(session, [a_part(TODAY, unit=units[1])], NOW, NOW)
        by_unit = training_by_unit(session, WORKER, organisation, 2026, NOW)
    first, second = by_unit[units[0]], by_unit[units[1]]
    assert first is not None and first.sessions is None and first.proficiency is not None
    assert second is not None and second.sessions is not None and second.proficiency is None


def test_a_register_replaces_its_units_and_an_older_one_nothing(database: Database, organisation: Organisation) -> None:
    one, other = units_of(organisation)[:2]

    def kinds() -> dict[str, int]:
        with database.reading() as session:
            items = equipment_register(session, WORKER, organisation, NOW)
        return {unit: sum(item.unit == unit for item in items) for unit in (one, other)}

    with database.writing() as session:
        assert save_registers(session, [*a_modern_office(one), an_item(unit=other)], NOW, NOW) == 2
    assert kinds() == {one: 7, other: 1}
    with database.writing() as session:
        assert save_registers(session, a_modern_office(one), NOW + DAY, NOW) == 0, "the same words again"
        assert save_registers(session, [an_item(unit=one)], NOW, NOW) == 0, "older"
        assert save_registers(session, [an_item(unit=one)], NOW + 2 * DAY, NOW) == 1
    assert kinds() == {one: 1, other: 1}


def test_the_offices_the_programme_asks_for(database: Database, organisation: Organisation) -> None:
    units = units_of(organisation)
    a_year_of_training(database, units, NOW)
    with database.reading() as session:
        found = offices(session, WORKER, organisation, NOW)
        share = modern_offices(session, WORKER, organisation, NOW)
    answers = [None if office is None else office.has_all for office in found.values()]
    assert answers == [True, False, None, *[False] * (len(units) - 4), None]
    assert share == CountedShare(1, len(units) - 2, 2)
    assert list(found)[-1] == units[-1] and found[units[-1]] is None


def test_only_the_own_units_are_told(database: Database, organisation: Organisation) -> None:
    units = units_of(organisation)
    a_year_of_training(database, units, NOW)
    own = replace(WORKER, unit=units[1])
    with database.reading() as session:
        assert {part.unit for part in training_sessions(session, own, organisation, 2026, NOW)} == {units[1]}
        assert list(training_by_unit(session, own, organisation, 2026, NOW)) == [units[1]]
        assert list(newest_tests(session, own, organisation, NOW)) == [units[1]]
        assert list(offices(session, own, organisation, NOW)) == [units[1]]
        assert {item.unit for item in equipment_register(session, own, organisation, NOW)} == {units[1]}
        assert staff_proficient(session, own, organisation, NOW) == (CountedShare(9, 12), 0)
        assert modern_offices(session, own, organisation, NOW) == CountedShare(0, 1)


def test_the_needs_that_ship_are_samples_and_an_agencys_are_its_own(tmp_path: Path) -> None:
    assert load_equipment_needs() and all(need.is_sample for need in load_equipment_needs())
    path = tmp_path / "needs.csv"
    head = "kind,least,oldest_years,must_be_networked,status\n"
    path.write_text(f"{head}scanner,2,,no,Quyết định của cơ quan\n", encoding="utf-8")
    (need,) = load_equipment_needs(path)
    assert (need.kind, need.least, need.oldest, need.is_sample) == (EquipmentKind.SCANNER, 2, None, False)
    wrong = tmp_path / "wrong.csv"
    wrong.write_text(f"{head}bicycle,2,,no,x\n", encoding="utf-8")
    with pytest.raises(ValueError, match="bicycle"):
        load_equipment_needs(wrong)
