"""Visits end the same in any order; a question knows its principal; cameras say what was watched."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import permutations

import pytest
from camera_support import a_pass
from reception_support import MINUTE, a_morning_of_visits, a_petition, a_visit
from sqlalchemy import delete, select

from access.principal import Principal
from data_access.models.reception import VisitRow
from data_access.reception import (
    past_delegations,
    petition_register,
    reception_on,
    save_petitions,
    save_visits,
    visit_by_public_id,
    visits_on,
)
from data_access.scope import NotFound
from data_access.session import Database
from domain.reception import Monitoring, VisitRecord
from domain.units import Organisation

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
TODAY = date(2026, 11, 24)
WORKER = Principal.worker()


def store(database: Database, *visits: VisitRecord) -> int:
    with database.writing() as session:
        return save_visits(session, visits, NOW)


def test_any_order_and_any_repetition_ends_the_same(database: Database, organisation: Organisation) -> None:
    came_at = NOW - 60 * MINUTE
    steps = [
        a_visit(came_at, None),
        a_visit(came_at, 8, None),
        a_visit(came_at, 8, 20),
        # Of two statements of one instant, whichever arrives last does not win by that.
        a_visit(came_at, 8, 20, people=2),
    ]
    ends = set()
    for order in permutations(steps):
        with database.writing() as session:
            session.execute(delete(VisitRow))
        for visit in (*order, order[0], order[2]):
            store(database, visit)
        with database.reading() as session:
            (visit,) = (found.record for found in visits_on(session, WORKER, organisation, TODAY, NOW))
        ends.add((visit.called_at, visit.ended_at, visit.people))
    assert len(ends) == 1 and ends.pop()[1] == came_at + 28 * MINUTE


def test_what_was_known_changes_nothing(database: Database) -> None:
    visit = a_visit(NOW - 60 * MINUTE)
    assert store(database, visit) == 1
    assert store(database, visit, a_visit(NOW - 60 * MINUTE, None)) == 0
    with database.writing() as session:
        petition = a_petition(TODAY)
        assert save_petitions(session, [petition], NOW, NOW) == 1
        assert save_petitions(session, [petition], NOW + MINUTE, NOW) == 0
        old = a_petition(TODAY, resolved_on=TODAY)
        assert save_petitions(session, [old], NOW - MINUTE, NOW) == 0


def test_only_the_own_units_are_told(database: Database, organisation: Organisation) -> None:
    units = [unit.code for unit in organisation.case_units_on(TODAY)]
    a_morning_of_visits(database, units, NOW)
    own = replace(WORKER, unit=units[1])
    with database.reading() as session:
        day = reception_on(session, own, organisation, NOW)
        assert list(day.units) == [units[1]] and len(day.delegations) == 1
        assert {visit.record.unit for visit in visits_on(session, own, organisation, TODAY, NOW)} == {units[1]}
        assert petition_register(session, own, organisation, TODAY, True) is None
        other = replace(WORKER, unit=units[0])
        assert past_delegations(session, other, organisation, NOW, 30) == ()
        assert len(past_delegations(session, WORKER, organisation, NOW, 30)) == 1
        row = session.scalars(select(VisitRow).where(VisitRow.unit == units[0])).first()
        assert row is not None
        with pytest.raises(NotFound):
            visit_by_public_id(session, own, organisation, row.public_id, TODAY)
        whole = reception_on(session, WORKER, organisation, NOW)
        assert whole.units[units[-1]] is None and whole.known_units == len(units) - 1


def test_whether_a_visit_was_watched_is_read_from_the_rooms_own_cameras(
    database: Database, organisation: Organisation
) -> None:
    units = [unit.code for unit in organisation.case_units_on(TODAY)]
    a_morning_of_visits(database, units, NOW, crowd=False)

    def watched() -> set[Monitoring | None]:
        with database.reading() as session:
            found = visits_on(session, WORKER, organisation, TODAY, NOW)
        return {visit.monitoring for visit in found if visit.record.called_at and visit.record.unit == units[0]}

    assert watched() == {Monitoring.UNKNOWN}
    day_began = NOW - timedelta(hours=6)
    a_pass(database, dict.fromkeys(units, 1), day_began)
    assert watched() == {Monitoring.NO}, "a room without a camera is not watched"
    a_pass(database, dict.fromkeys(units, 2), day_began)
    assert watched() == {Monitoring.YES}
    a_pass(database, dict.fromkeys(units, 2), NOW - timedelta(hours=3), lost=[f"{units[0]}-02"])
    assert watched() == {Monitoring.NO}
    # With the whole line cut nobody knows.
    a_pass(database, dict.fromkeys(units, 2), NOW - timedelta(hours=3), lost=[f"{units[0]}-01", f"{units[0]}-02"])
    assert watched() == {Monitoring.UNKNOWN}


def test_the_register_speaks_of_the_oldest_day_of_its_units(database: Database, organisation: Organisation) -> None:
    with database.writing() as session:
        save_petitions(session, [a_petition(date(2026, 11, 2))], NOW - timedelta(days=3), NOW)
        save_petitions(session, [a_petition(date(2026, 11, 3), unit="ALUOI")], NOW, NOW)
    with database.reading() as session:
        register = petition_register(session, WORKER, organisation, TODAY, True)
    assert register is not None
    assert register.stated_on == TODAY - timedelta(days=3)
    assert register.total.open == 2 == sum(counts.open for counts in register.units.values())
    with database.reading() as session:
        lawful = petition_register(session, WORKER, organisation, TODAY, False)
    # Outside the demo no rule is in force since July 2026.
    assert lawful is not None and lawful.total.without_rule == 2
