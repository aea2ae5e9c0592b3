"""Stored security events: once each, in any order; a person's word stays; the scope is the principal's."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from security_support import NOW, a_record, store

from access.principal import NotAllowed, Principal
from data_access.scope import NotFound
from data_access.security import desk_security_events, save_outcome, security_event, security_events
from data_access.security_limits import LIMITS_FILE, load_security_limits
from data_access.session import Database
from data_access.versions import versions
from domain.local_time import local_day
from domain.permissions import Role
from domain.security import EventOrigin, EventOutcome, SecurityKind
from domain.units import Organisation

OPERATOR = Principal(Role.OPERATOR, "o", "truc")
HEAD = Principal(Role.DEPARTMENT_HEAD, "h", "truong", "PHUVANG")
SCREEN = Principal(Role.SCREEN, "s", "s")
SINCE = NOW - timedelta(days=1)
LOG = EventOrigin.GUARD_LOG


def outcomes(database: Database, organisation: Organisation) -> list[EventOutcome]:
    with database.reading() as session:
        return [event.outcome for event in security_events(session, OPERATOR, organisation, SINCE, NOW)]


def test_the_same_thing_told_again_is_stored_once(database: Database, organisation: Organisation) -> None:
    record = a_record()
    assert store(database, record, record) == 1
    with database.reading() as session:
        before = versions(session)["security"]
    assert store(database, record, now=NOW + timedelta(minutes=1)) == 0
    with database.reading() as session:
        assert versions(session)["security"] == before
        assert len(security_events(session, OPERATOR, organisation, SINCE, NOW)) == 1


@pytest.mark.parametrize("is_in_order", [True, False])
def test_of_two_logs_the_later_one_says_how_it_ended(
    database: Database, organisation: Organisation, is_in_order: bool
) -> None:
    told = [
        (a_record(origin=LOG, outcome=EventOutcome.ACCEPTED), NOW - timedelta(hours=2)),
        (a_record(origin=LOG, outcome=EventOutcome.HANDLED), NOW - timedelta(hours=1)),
    ]
    for record, stated_at in told if is_in_order else reversed(told):
        store(database, record, stated_at=stated_at)
    assert outcomes(database, organisation) == [EventOutcome.HANDLED]


def test_what_a_person_said_no_log_overrules(database: Database, organisation: Organisation) -> None:
    store(database, a_record(origin=LOG, outcome=EventOutcome.ACCEPTED), stated_at=NOW - timedelta(hours=2))
    with database.writing() as session:
        (event,) = security_events(session, OPERATOR, organisation, SINCE, NOW)
        save_outcome(session, event, EventOutcome.FALSE_ALARM, "truc", NOW)
    store(database, a_record(origin=LOG, outcome=EventOutcome.HANDLED), stated_at=NOW + timedelta(hours=1))
    assert outcomes(database, organisation) == [EventOutcome.FALSE_ALARM]


def test_an_outcome_is_of_every_report_of_an_event_and_a_new_report_opens_it(
    database: Database, organisation: Organisation
) -> None:
    store(database, *(a_record(at=NOW - timedelta(minutes=at)) for at in (30, 20, 10)))
    with database.writing() as session:
        (event,) = security_events(session, OPERATOR, organisation, SINCE, NOW)
        assert event.count == 3
        save_outcome(session, event, EventOutcome.HANDLED, "truc", NOW)
    assert outcomes(database, organisation) == [EventOutcome.HANDLED]
    store(database, a_record(at=NOW))
    assert outcomes(database, organisation) == [EventOutcome.OPEN]


def test_the_scope_is_the_principals_and_a_wall_is_no_desk(database: Database, organisation: Organisation) -> None:
    store(database, a_record("PHUVANG"), a_record("PHULOC", camera="PHULOC-01", kind=SecurityKind.INTRUSION))
    with database.reading() as session:
        assert len(security_events(session, OPERATOR, organisation, SINCE, NOW)) == 2
        (own,) = desk_security_events(session, HEAD, organisation, SINCE, NOW)
        assert own.unit == "PHUVANG"
        foreign = next(
            each for each in security_events(session, OPERATOR, organisation, SINCE, NOW) if each.unit == "PHULOC"
        )
        for name in (foreign.public_id, "nothing"):
            with pytest.raises(NotFound):
                security_event(session, HEAD, organisation, name, SINCE, NOW)
        with pytest.raises(NotAllowed):
            desk_security_events(session, SCREEN, organisation, SINCE, NOW)


def test_the_limits_that_ship_are_samples_and_say_so() -> None:
    limits = load_security_limits(local_day(NOW))
    assert limits.repeat_within == timedelta(minutes=15)
    lines = LIMITS_FILE.read_text(encoding="utf-8").splitlines()[1:]
    assert lines and all("Dữ liệu mẫu" in line for line in lines)


@pytest.mark.parametrize(
    ("was", "becomes"), [("15", "0"), ("15", "nan"), ("15", "x"), ("15", "99999999"), ("repeat_within", "another")]
)
def test_a_limit_that_is_none_is_refused_by_name(tmp_path: Path, was: str, becomes: str) -> None:
    path = tmp_path / "limits.csv"
    path.write_text(LIMITS_FILE.read_text(encoding="utf-8").replace(was, becomes, 1), encoding="utf-8")
    with pytest.raises(ValueError, match="repeat_within"):
        load_security_limits(local_day(NOW), path)
