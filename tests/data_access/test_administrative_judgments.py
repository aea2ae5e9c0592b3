"""The newest statement of a judgment wins in any order; a question knows its principal; nothing vanishes."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import permutations

import pytest
from judgments_support import a_judgment, a_register
from sqlalchemy import delete

from access.principal import Principal
from data_access.administrative_judgments import (
    JudgmentYear,
    judged_days,
    judgment_by_public_id,
    judgment_year,
    save_judgments,
)
from data_access.models.administrative_judgments import AdministrativeJudgmentRow, JudgmentEventRow
from data_access.scope import NotFound
from data_access.session import Database
from data_access.versions import versions
from domain.administrative_judgments import JudgmentCounts, JudgmentState
from domain.permissions import Role
from domain.statistics import StatisticalYear
from domain.units import Organisation

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
TODAY = date(2026, 11, 24)
YEAR = StatisticalYear(2027)
WORKER = Principal.worker()
HEAD = Principal(Role.DEPARTMENT_HEAD, "head", "truong", unit="PHUVANG")


def asked(database: Database, organisation: Organisation, principal: Principal = WORKER) -> JudgmentYear:
    with database.reading() as session:
        return judgment_year(session, principal, organisation, YEAR, TODAY, is_sample=False)


def test_any_order_and_any_repetition_ends_the_same(database: Database, organisation: Organisation) -> None:
    begun = TODAY - timedelta(days=60)
    told = [
        (a_judgment(begun), NOW - timedelta(days=20)),
        (a_judgment(begun, noticed=begun), NOW - timedelta(days=10)),
        (a_judgment(begun, noticed=begun, completed=TODAY), NOW),
        (a_judgment(begun, noticed=begun, worked=begun), NOW),
    ]
    ends = set()
    for order in permutations(told):
        with database.writing() as session:
            session.execute(delete(JudgmentEventRow))
            session.execute(delete(AdministrativeJudgmentRow))
        for judgment, stated_at in (*order, order[0]):
            with database.writing() as session:
                save_judgments(session, [judgment], stated_at, NOW)
        ends.add(asked(database, organisation).listed[0].standing.judgment.events)
    assert len(ends) == 1


def test_what_says_nothing_new_changes_no_version(database: Database) -> None:
    for stated_at, expected in ((NOW, 1), (NOW + timedelta(days=1), 0), (NOW - timedelta(days=1), 0)):
        with database.writing() as session:
            assert save_judgments(session, [a_judgment(TODAY, worked=TODAY)], stated_at, NOW) == expected
    with database.writing() as session:
        assert save_judgments(session, [], NOW, NOW) == 0
    with database.reading() as session:
        assert versions(session)["administrative_judgments"] == 1
        known = judged_days(session, [a_judgment(TODAY), a_judgment(TODAY, 2)])
    assert known == {("PHUVANG", "01/2026/HC-ST"): TODAY - timedelta(days=5)}


def test_a_year_is_counted_by_unit_against_the_same_day_last_year(
    database: Database, organisation: Organisation
) -> None:
    units = [unit.code for unit in organisation.case_units_on(TODAY)]
    a_register(database, units, NOW)
    found = asked(database, organisation)
    assert list(found.units) == units and found.units[units[-1]] is None
    number = len(units) - 1
    assert found.total == JudgmentCounts(
        carried_over=2 * number,
        newly_registered=number + 1,
        completed=number,
        paused=number,
        enforcing=number + 1,
        worked=2 * number,
        compelled=number,
    )
    # The last of them ended before the year began; it is last year's.
    assert found.total_last_year == JudgmentCounts(carried_over=number, completed=number)
    assert (found.overdue.total, found.overdue.unknown) == (number, 1)
    assert found.counts_of("") == found.total and found.counts_of(units[-1]) is None
    assert found.last_year_of(units[-1]) is None and found.overdue_of(units[0]) == 1
    assert [one.standing.state for one in found.listed[:2]] == [JudgmentState.ENFORCING] * 2


def test_a_head_sees_the_own_unit_and_no_judgment_of_another(database: Database, organisation: Organisation) -> None:
    units = [unit.code for unit in organisation.case_units_on(TODAY)]
    a_register(database, ["PHUVANG", *(unit for unit in units if unit != "PHUVANG")], NOW)
    own, all_of_them = asked(database, organisation, HEAD), asked(database, organisation)
    assert list(own.units) == ["PHUVANG"] and {one.standing.judgment.unit for one in own.listed} == {"PHUVANG"}
    other = next(one for one in all_of_them.listed if one.standing.judgment.unit != "PHUVANG")
    with database.reading() as session:
        judgment, stated_at = judgment_by_public_id(session, HEAD, organisation, own.listed[0].public_id, TODAY)
        assert judgment.unit == "PHUVANG" and stated_at == NOW
        for public_id in (other.public_id, "no-such"):
            with pytest.raises(NotFound):
                judgment_by_public_id(session, HEAD, organisation, public_id, TODAY)


def test_an_empty_register_is_unknown(database: Database, organisation: Organisation) -> None:
    found = asked(database, organisation)
    assert found.counts_of("") is None and found.last_year_of("") is None and not found.listed


def test_judgments_of_a_unit_that_is_gone_stand_with_its_heir_and_once(
    database: Database, two_era_organisation: Organisation
) -> None:
    before = {unit.code for unit in two_era_organisation.case_units_on(date(2025, 6, 30))}
    gone = sorted(before - {unit.code for unit in two_era_organisation.case_units_on(TODAY)})[0]
    with database.writing() as session:
        save_judgments(session, [a_judgment(date(2025, 5, 5), unit=gone)], NOW, NOW)
    heir = two_era_organisation.successor(gone, None, TODAY)
    once = JudgmentCounts(carried_over=1, enforcing=1)
    for _ in range(2):
        found = asked(database, two_era_organisation)
        assert found.units[heir] == once and gone not in found.units and found.total == once
        # The heir states in its own register what it took over.
        with database.writing() as session:
            save_judgments(session, [a_judgment(date(2025, 5, 5), unit=heir)], NOW, NOW)


def test_a_unit_that_was_not_there_yet_has_nothing_in_that_year(
    database: Database, two_era_organisation: Organisation
) -> None:
    unit = two_era_organisation.case_units_on(TODAY)[-1].code
    assert two_era_organisation.unit_on(unit, date(2024, 9, 30)) is None
    head, year = Principal(Role.DEPARTMENT_HEAD, "h", "h", unit=unit), StatisticalYear(2024)
    with database.writing() as session:
        save_judgments(session, [a_judgment(date(2024, 5, 6), unit="PHUVANG")], NOW, NOW)
        found = judgment_year(session, head, two_era_organisation, year, year.last_on, is_sample=False)
    assert not found.units and not found.listed and found.counts_of("") is None
