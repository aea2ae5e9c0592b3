"""The engine with a real database: what it stores, who may answer, and that nobody overwrites anybody silently."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from alarm_support import CAMERA, CROWD, NOW, PACE
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from access.principal import NotAllowed, Principal
from actions.answer_alarm import AnswerAlarms
from actions.evaluate_alarms import AlarmEngine
from data_access.alarms import (
    Conflict,
    alarm_by_id,
    alarms_listed,
    closed_alarms,
    records_of,
    save_decided,
    standing_alarms,
)
from data_access.audit import audit_events
from data_access.scope import NotFound
from data_access.session import Database
from data_access.undecided import undecided_since
from data_access.versions import bump_version
from domain.alarms import Alarm, AlarmRefused, AlarmState, AlarmStep, Condition, Facts
from domain.permissions import Role
from domain.units import Organisation

OPERATOR = Principal(Role.OPERATOR, "o1", "truc")
COLLEAGUE = Principal(Role.OPERATOR, "o2", "trucdem")
HEAD = Principal(Role.DEPARTMENT_HEAD, "d1", "truongdonvi", "PHUVANG")
LEADER = Principal(Role.LEADER, "l1", "lanhdao")
ADMINISTRATOR = Principal(Role.ADMINISTRATOR, "a1", "quantri")
MINUTE = timedelta(minutes=1)


class Hand:
    """An engine whose facts and ticks the test holds."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.conditions: tuple[Condition, ...] = ()
        self.ticks = 0.0
        self.asked = 0
        self.during: Callable[[], object] = lambda: None
        self.engine = AlarmEngine(database, self._ask, frozenset({"cameras", "alarms"}), lambda: self.ticks)

    def _ask(self, _session: Session, now: datetime) -> tuple[Facts, datetime]:
        self.asked += 1
        return Facts(self.conditions), now + timedelta(hours=1)

    def decide(self, now: datetime, *conditions: Condition, guard: Callable[[Session], None] = lambda _: None) -> bool:
        self.conditions = conditions
        self.ticks += 2
        with self.database.writing() as session:
            bump_version(session, "cameras", now)
        return self.engine.decide_due(now, guard)


@pytest.fixture
def hand(database: Database) -> Hand:
    """The engine of this test."""
    return Hand(database)


def standing(database: Database) -> list[Alarm]:
    with database.reading() as session:
        return standing_alarms(session)


def test_what_is_decided_is_stored_with_its_record(hand: Hand, database: Database, organisation: Organisation) -> None:
    hand.decide(NOW, CAMERA, CROWD, PACE)
    with database.reading() as session:
        listed = alarms_listed(session, OPERATOR, organisation, NOW)
        assert [alarm.rule for alarm in listed] == ["security_gathering", "camera_link", "cases_behind_pace"]
        assert listed[1].members == ("5",) and listed[1].unit_name == "Phú Lộc"
        (record,) = records_of(session, OPERATOR, listed[1])
    assert (record.step, record.from_state, record.to_state) == (
        AlarmStep.RAISED,
        AlarmState.NORMAL,
        AlarmState.UNACKNOWLEDGED,
    )


def test_nothing_is_asked_while_nothing_changed(hand: Hand) -> None:
    assert hand.decide(NOW, CAMERA)
    hand.ticks += 2
    # What it stored itself is looked at once more, and that is all.
    assert hand.engine.decide_due(NOW, lambda _: None)
    hand.ticks += 2
    assert not hand.engine.decide_due(NOW + MINUTE, lambda _: None)
    assert hand.engine.decide_due(NOW + timedelta(hours=1), lambda _: None)
    assert hand.asked == 3


def test_who_no_longer_leads_stores_nothing(hand: Hand, database: Database) -> None:
    def guard(_session: Session) -> None:
        raise RuntimeError("another leads")

    with pytest.raises(RuntimeError):
        hand.decide(NOW, CAMERA, guard=guard)
    assert standing(database) == []


def test_a_person_who_was_faster_is_not_overwritten(hand: Hand, database: Database, organisation: Organisation) -> None:
    hand.decide(NOW, CAMERA)
    before = standing(database)
    answers = AnswerAlarms(database, OPERATOR, organisation)
    answers.acknowledge(before[0].public_id, before[0].revision, "đã thấy", NOW)
    with pytest.raises(Conflict), database.writing() as session:
        save_decided(session, before, [], NOW)
    (alarm,) = standing(database)
    assert (alarm.state, alarm.acknowledged_by) == (AlarmState.ACKNOWLEDGED, "truc")


def test_of_two_operators_the_second_is_told_who_was_first(
    hand: Hand, database: Database, organisation: Organisation
) -> None:
    hand.decide(NOW, CAMERA)
    (alarm,) = standing(database)
    AnswerAlarms(database, OPERATOR, organisation).acknowledge(alarm.public_id, alarm.revision, "", NOW)
    with pytest.raises(AlarmRefused, match="bởi truc"):
        AnswerAlarms(database, COLLEAGUE, organisation).assign(alarm.public_id, alarm.revision, "PHULOC", NOW)
    assert standing(database)[0].assigned_to == "truc"


def test_every_answer_is_a_record_and_an_audit_line(hand: Hand, database: Database, organisation: Organisation) -> None:
    hand.decide(NOW, CAMERA)
    answers = AnswerAlarms(database, OPERATOR, organisation)
    (alarm,) = standing(database)
    alarm = answers.acknowledge(alarm.public_id, alarm.revision, "", NOW)
    alarm = answers.assign(alarm.public_id, alarm.revision, "PHULOC", NOW)
    alarm = answers.call(alarm.public_id, alarm.revision, NOW)
    alarm = answers.note(alarm.public_id, alarm.revision, "mất điện\ntoàn khu", NOW)
    alarm = answers.shelve(alarm.public_id, alarm.revision, "chờ điện lực", 120, NOW)
    alarm = answers.resume(alarm.public_id, alarm.revision, NOW)
    alarm = answers.settle(alarm.public_id, alarm.revision, "solved", "", NOW)
    with database.reading() as session:
        told = [record.words for record in records_of(session, OPERATOR, alarm) if record.step is AlarmStep.NOTED]
        steps = [record.step for record in reversed(records_of(session, OPERATOR, alarm))]
        audited = {row.action for row in audit_events(session, ADMINISTRATOR)}
    assert told == ["mất điện toàn khu"]
    assert steps == ["raised", "acknowledged", "assigned", "called", "noted", "shelved", "resumed", "settled"]
    assert {f"alarm_{step}" for step in steps[1:]} <= audited


def test_what_cannot_be_done_is_refused_and_nothing_is_stored(
    hand: Hand, database: Database, organisation: Organisation
) -> None:
    hand.decide(NOW, CROWD)
    (alarm,) = standing(database)
    answers = AnswerAlarms(database, OPERATOR, organisation)
    for wrong in (
        lambda: answers.shelve(alarm.public_id, alarm.revision, "đã báo", 31, NOW),
        lambda: answers.shelve(alarm.public_id, alarm.revision, " ", 30, NOW),
        lambda: answers.settle(alarm.public_id, alarm.revision, "done", "", NOW),
        lambda: answers.note(alarm.public_id, alarm.revision, "x" * 301, NOW),
        lambda: answers.resume(alarm.public_id, alarm.revision, NOW),
    ):
        with pytest.raises(AlarmRefused):
            wrong()
    assert standing(database) == [alarm]


def test_another_unit_and_another_role_are_kept_out(hand: Hand, database: Database, organisation: Organisation) -> None:
    hand.decide(NOW, CAMERA, CROWD)
    with database.reading() as session:
        own = alarms_listed(session, HEAD, organisation, NOW)
        assert [alarm.unit for alarm in own] == ["PHUVANG"]
        other = next(alarm for alarm in standing_alarms(session) if alarm.unit != "PHUVANG")
        with pytest.raises(NotFound):
            alarm_by_id(session, HEAD, organisation, other.public_id, NOW)
    with pytest.raises(NotFound):
        AnswerAlarms(database, HEAD, organisation).acknowledge(other.public_id, other.revision, "", NOW)
    with pytest.raises(NotAllowed):
        AnswerAlarms(database, LEADER, organisation).acknowledge(other.public_id, other.revision, "", NOW)


def test_a_closed_alarm_is_among_the_closed_and_no_longer_stands(
    hand: Hand, database: Database, organisation: Organisation
) -> None:
    hand.decide(NOW, PACE)
    hand.decide(NOW + MINUTE)
    assert standing(database) == []
    with database.reading() as session:
        (closed,) = closed_alarms(session, OPERATOR, organisation, NOW, NOW + MINUTE)
    assert (closed.state, closed.closed_at) == (AlarmState.NORMAL, NOW + MINUTE)


@pytest.mark.parametrize("change", ["UPDATE alarm_record SET words = 'x'", "DELETE FROM alarm_record"])
def test_a_record_is_never_changed(hand: Hand, database: Database, change: str) -> None:
    hand.decide(NOW, CAMERA)
    with pytest.raises(DatabaseError, match="append-only"), database.writing() as session:
        session.execute(text(change))


def test_after_a_failure_it_waits_and_says_since_when_the_list_stands_still(hand: Hand, database: Database) -> None:
    def said() -> datetime | None:
        with database.reading() as session:
            return undecided_since(session)

    hand.engine.wait(NOW, lambda session: None)
    assert not hand.decide(NOW, CAMERA)
    hand.engine.wait(NOW + MINUTE, lambda session: None)
    assert said() == NOW, "since the first failure"
    hand.ticks += 10
    assert hand.decide(NOW + MINUTE, CAMERA)
    assert len(standing(database)) == 1
    assert said() is None


def test_another_engine_takes_the_mark_of_one_that_failed_away(database: Database) -> None:
    Hand(database).engine.wait(NOW, lambda session: None)
    after = Hand(database)
    assert after.decide(NOW + MINUTE, CAMERA)
    with database.reading() as session:
        assert undecided_since(session) is None
