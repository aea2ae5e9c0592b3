"""Two people at one alarm: nobody overwrites anybody, nobody reaches another unit's, everything leaves a line."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from alarm_support import CAMERA, CROWD, NOW, store_alarms

from access.principal import NotAllowed, Principal
from actions.answer_alarm import LONGEST_WORDS, AnswerAlarms
from data_access.alarms import alarm_by_id, records_of
from data_access.audit import audit_events
from data_access.scope import NotFound
from data_access.session import Database
from domain.alarms import Alarm, AlarmRecord, AlarmRefused, AlarmState, AlarmStep
from domain.permissions import Role
from domain.units import Organisation

FIRST = Principal(Role.OPERATOR, "o1", "truc.sang")
SECOND = Principal(Role.OPERATOR, "o2", "truc.chieu")
HEAD = Principal(Role.DEPARTMENT_HEAD, "h", "truong", "PHUVANG")
LEADER = Principal(Role.LEADER, "l", "lanhdao")
ADMINISTRATOR = Principal(Role.ADMINISTRATOR, "a", "quantri")
LATER = NOW + timedelta(minutes=3)


@pytest.fixture
def camera(database: Database) -> Alarm:
    """An alarm of Phú Lộc that nobody has acknowledged."""
    return store_alarms(database, NOW, CAMERA).alarms[0]


def kept(database: Database, organisation: Organisation, alarm: Alarm) -> tuple[Alarm, list[AlarmRecord]]:
    with database.reading() as session:
        found = alarm_by_id(session, FIRST, organisation, alarm.public_id, LATER)
        return found, records_of(session, FIRST, found)


def answers(database: Database, organisation: Organisation, who: Principal) -> AnswerAlarms:
    return AnswerAlarms(database, who, organisation)


def test_the_second_of_two_operators_is_told_who_was_faster(
    database: Database, organisation: Organisation, camera: Alarm
) -> None:
    answers(database, organisation, FIRST).acknowledge(camera.public_id, camera.revision, "", NOW)
    second = answers(database, organisation, SECOND)
    with pytest.raises(AlarmRefused, match=r"truc\.sang.*Chưa ghi gì"):
        second.assign(camera.public_id, camera.revision, "CHV-07", LATER)
    found, records = kept(database, organisation, camera)
    assert (found.acknowledged_by, found.assigned_to) == ("truc.sang", "truc.sang")
    assert [record.step for record in records] == [AlarmStep.ACKNOWLEDGED, AlarmStep.RAISED]
    second.assign(camera.public_id, found.revision, "CHV-07", LATER)
    assert kept(database, organisation, camera)[0].assigned_to == "CHV-07"


def test_another_units_alarm_is_not_found_and_stays_as_it_is(
    database: Database, organisation: Organisation, camera: Alarm
) -> None:
    with pytest.raises(NotFound):
        answers(database, organisation, HEAD).acknowledge(camera.public_id, camera.revision, "", NOW)
    assert kept(database, organisation, camera)[0] == replace(camera, unit_name="Phú Lộc")


def test_who_may_not_answer_is_refused(database: Database, organisation: Organisation, camera: Alarm) -> None:
    with pytest.raises(NotAllowed):
        answers(database, organisation, LEADER).note(camera.public_id, camera.revision, "xem", NOW)


def test_every_answer_is_a_record_and_an_audit_line(
    database: Database, organisation: Organisation, camera: Alarm
) -> None:
    operator, one = answers(database, organisation, FIRST), camera.public_id
    revision = operator.call(one, camera.revision, NOW).revision
    revision = operator.note(one, revision, "  xem\nlại ", NOW).revision
    revision = operator.shelve(one, revision, "đang sửa", 120, NOW).revision
    revision = operator.resume(one, revision, LATER).revision
    operator.settle(one, revision, "solved", "đã cắm lại nguồn", LATER)
    _, records = kept(database, organisation, camera)
    assert [(record.step.value, record.words) for record in records[:-1]] == [
        ("settled", "Đã xử lý: đã cắm lại nguồn"),
        ("resumed", ""),
        ("shelved", "đang sửa"),
        ("noted", "xem lại"),
        ("called", ""),
    ]
    with database.reading() as session:
        lines = [event.action for event in audit_events(session, ADMINISTRATOR)]
    wanted = ["settled", "resumed", "shelved", "noted", "called"]
    assert [line for line in lines if line.startswith("alarm_")] == [f"alarm_{step}" for step in wanted]


@pytest.mark.parametrize(("reason", "minutes"), [("", 30), ("đang xem", 120)])
def test_an_urgent_one_is_hidden_for_half_an_hour_and_with_a_reason(
    database: Database, organisation: Organisation, reason: str, minutes: int
) -> None:
    crowd = store_alarms(database, NOW, CROWD).alarms[0]
    with pytest.raises(AlarmRefused, match="Tạm ẩn"):
        answers(database, organisation, FIRST).shelve(crowd.public_id, crowd.revision, reason, minutes, NOW)
    assert kept(database, organisation, crowd)[0].state is AlarmState.UNACKNOWLEDGED


def test_what_is_too_long_or_no_outcome_is_refused(
    database: Database, organisation: Organisation, camera: Alarm
) -> None:
    operator = answers(database, organisation, FIRST)
    with pytest.raises(AlarmRefused, match=str(LONGEST_WORDS)):
        operator.note(camera.public_id, camera.revision, "a" * (LONGEST_WORDS + 1), NOW)
    with pytest.raises(AlarmRefused, match="Chọn kết quả"):
        operator.settle(camera.public_id, camera.revision, "gone", "", NOW)
