"""What becomes of an alarm: raised after its delay, acknowledged until it grows or ends, hidden and back by itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from alarm_support import CAMERA, CROWD, LIMITS, NOW, PACE, Engine

from domain.alarms import (
    TRANSITIONS,
    AlarmOutcome,
    AlarmRefused,
    AlarmState,
    AlarmStep,
    Condition,
    Facts,
    Priority,
    acknowledge,
    assign,
    decide,
    note,
    resume,
    settle,
    shelve,
)

SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
BY = "truc"


def test_a_condition_is_raised_once_it_has_held_for_its_delay() -> None:
    engine = Engine(on_delay=MINUTE)
    assert engine.at(NOW, CAMERA).decide_at == NOW + MINUTE
    assert engine.standing == []
    engine.at(NOW + MINUTE - SECOND, CAMERA)
    assert engine.standing == []
    engine.at(NOW + MINUTE, CAMERA)
    assert [alarm.state for alarm in engine.standing] == [AlarmState.UNACKNOWLEDGED]


def test_a_condition_that_goes_before_its_delay_is_never_an_alarm() -> None:
    engine = Engine(on_delay=MINUTE)
    engine.at(NOW, CAMERA)
    engine.at(NOW + 30 * SECOND)
    engine.at(NOW + MINUTE, CAMERA)
    assert engine.standing == [] and engine.records == []


def test_the_same_condition_is_one_alarm_however_often_it_is_judged() -> None:
    engine = Engine()
    engine.at(NOW, CAMERA)
    for second in range(1, 5):
        assert engine.at(NOW + second * SECOND, replace(CAMERA, unit_name="Phú Lộc mới")).alarms == ()
    assert len(engine.alarms) == 1
    assert [record.step for record in engine.records] == [AlarmStep.RAISED]


def test_a_new_measure_is_no_step_and_leaves_the_revision() -> None:
    engine = Engine()
    engine.at(NOW, CAMERA)
    (alarm,) = engine.at(NOW + SECOND, replace(CAMERA, measure=2)).alarms
    assert (alarm.measure, alarm.revision, len(engine.records)) == (2, 1, 1)


def test_what_was_acknowledged_ends_quietly_and_what_was_not_waits() -> None:
    seen, unseen = Engine(), Engine()
    for engine in (seen, unseen):
        engine.at(NOW, CAMERA)
    seen.keep(*acknowledge(seen.standing[0], BY, "", NOW))
    for engine in (seen, unseen):
        engine.at(NOW + MINUTE)
        engine.at(NOW + 2 * MINUTE)
    assert seen.standing == []
    assert [alarm.state for alarm in unseen.standing] == [AlarmState.RETURNED]


def test_what_does_not_latch_lapses_by_itself() -> None:
    engine = Engine()
    engine.at(NOW, PACE)
    engine.at(NOW + MINUTE)
    assert engine.standing == []
    assert engine.records[-1].step is AlarmStep.LAPSED


def test_one_that_comes_back_is_raised_again_and_remembers_nobody() -> None:
    engine = Engine()
    engine.at(NOW, CAMERA)
    engine.keep(*acknowledge(engine.standing[0], BY, "", NOW))
    for minute in (1, 2):
        engine.at(NOW + minute * MINUTE)
    engine.at(NOW + 3 * MINUTE, CAMERA)
    (alarm,) = engine.standing
    assert (alarm.state, alarm.acknowledged_by) == (AlarmState.UNACKNOWLEDGED, "")
    assert len(engine.alarms) == 2


def test_an_acknowledged_alarm_that_grows_asks_again() -> None:
    engine = Engine()
    engine.at(NOW, CAMERA)
    engine.keep(*acknowledge(engine.standing[0], BY, "", NOW))
    engine.at(NOW + SECOND, replace(CAMERA, members=("5", "6"), measure=2))
    (alarm,) = engine.standing
    assert alarm.state is AlarmState.UNACKNOWLEDGED
    assert (alarm.members, alarm.measure) == (("5", "6"), 2)
    assert engine.records[-1].words == "Thêm: 6"


def test_one_that_shrinks_says_so_and_stays_acknowledged() -> None:
    engine = Engine()
    engine.at(NOW, replace(CAMERA, members=("5", "6")))
    engine.keep(*acknowledge(engine.standing[0], BY, "", NOW))
    engine.at(NOW + SECOND, CAMERA)
    assert engine.standing[0].state is AlarmState.ACKNOWLEDGED
    assert engine.records[-1].words == "Hết: 6"


def test_a_silent_source_ends_nothing() -> None:
    engine = Engine()
    engine.at(NOW, CAMERA, PACE)
    for minute in range(1, 30):
        engine.at(NOW + minute * MINUTE, PACE, unknown=frozenset({"cameras"}))
    assert {alarm.rule for alarm in engine.standing if alarm.is_open} == {"camera_link", "cases_behind_pace"}


def test_one_that_comes_and_goes_is_held_until_it_is_quiet() -> None:
    engine = Engine()
    at = NOW
    for _ in range(LIMITS.flap_count):
        engine.at(at, CAMERA)
        at += SECOND
        engine.at(at)
        at += SECOND
    engine.at(at, CAMERA)
    engine.at(at + SECOND)
    engine.at(at + LIMITS.flap_hold - MINUTE)
    assert engine.standing[0].is_active
    engine.at(at + SECOND + LIMITS.flap_hold)
    assert not engine.standing[0].is_active
    assert len(engine.alarms) == 1


def test_a_cause_hides_what_it_explains_and_gives_it_back() -> None:
    engine = Engine()
    site = Condition(
        "camera_site", Priority.HIGH, "PHULOC", "Phú Lộc", "Mất liên kết camera", source="cameras", hides=("camera_",)
    )
    engine.at(NOW, CAMERA, PACE)
    engine.at(NOW + MINUTE, site, PACE)
    states = {alarm.rule: alarm.state for alarm in engine.standing}
    assert states["camera_link"] is AlarmState.SUPPRESSED
    assert states["camera_site"] is states["cases_behind_pace"] is AlarmState.UNACKNOWLEDGED
    engine.at(NOW + 2 * MINUTE, CAMERA, PACE)
    states = {alarm.rule: alarm.state for alarm in engine.standing}
    assert states["camera_link"] is AlarmState.UNACKNOWLEDGED


def test_hiding_needs_a_reason_and_a_limit_and_ends_by_itself() -> None:
    engine = Engine()
    engine.at(NOW, CAMERA)
    (alarm,) = engine.standing
    until = NOW + 120 * MINUTE
    with pytest.raises(AlarmRefused):
        shelve(alarm, BY, "", until, LIMITS, NOW)
    for wrong in (NOW, NOW + LIMITS.shelve_most + SECOND):
        with pytest.raises(AlarmRefused):
            shelve(alarm, BY, "đang sửa", wrong, LIMITS, NOW)
    engine.keep(*shelve(alarm, BY, "đang sửa", until, LIMITS, NOW))
    assert engine.at(NOW + MINUTE, CAMERA).decide_at == until
    assert engine.standing[0].state is AlarmState.SHELVED
    engine.at(until, CAMERA)
    assert engine.standing[0].state is AlarmState.UNACKNOWLEDGED


def test_an_urgent_alarm_is_hidden_for_half_an_hour_at_most() -> None:
    engine = Engine()
    engine.at(NOW, CROWD)
    (alarm,) = engine.standing
    with pytest.raises(AlarmRefused, match="30 phút"):
        shelve(alarm, BY, "đã báo", NOW + LIMITS.shelve_urgent + SECOND, LIMITS, NOW)
    assert shelve(alarm, BY, "đã báo", NOW + LIMITS.shelve_urgent, LIMITS, NOW)[0].state is AlarmState.SHELVED


def test_what_ended_while_hidden_is_closed_when_its_time_is_over() -> None:
    engine = Engine()
    engine.at(NOW, CAMERA)
    engine.keep(*shelve(engine.standing[0], BY, "đang sửa", NOW + 10 * MINUTE, LIMITS, NOW))
    for minute in (1, 3, 10):
        engine.at(NOW + minute * MINUTE)
    assert engine.standing == []


def test_what_is_hidden_can_be_brought_back() -> None:
    engine = Engine()
    engine.at(NOW, CAMERA)
    engine.keep(*shelve(engine.standing[0], BY, "đang sửa", NOW + 10 * MINUTE, LIMITS, NOW))
    assert resume(engine.standing[0], BY, NOW)[0].state is AlarmState.UNACKNOWLEDGED


def test_giving_it_to_somebody_acknowledges_it() -> None:
    engine = Engine()
    engine.at(NOW, CAMERA)
    alarm, record = assign(engine.standing[0], BY, "PHULOC", NOW)
    assert (alarm.state, alarm.assigned_to, alarm.acknowledged_by) == (AlarmState.ACKNOWLEDGED, "PHULOC", BY)
    assert (record.from_state, record.to_state) == (AlarmState.UNACKNOWLEDGED, AlarmState.ACKNOWLEDGED)
    with pytest.raises(AlarmRefused):
        assign(alarm, BY, "", NOW)


def test_an_outcome_closes_only_what_has_ended() -> None:
    engine = Engine()
    engine.at(NOW, CAMERA)
    alarm, record = settle(engine.standing[0], BY, AlarmOutcome.SOLVED, "thay nguồn", NOW)
    assert (alarm.state, alarm.outcome) == (AlarmState.ACKNOWLEDGED, "solved")
    assert record.words == "Đã xử lý: thay nguồn"
    ended = replace(alarm, state=AlarmState.RETURNED)
    assert settle(ended, BY, AlarmOutcome.SOLVED, "", NOW)[0].state is AlarmState.NORMAL


def test_nothing_is_done_to_what_is_closed_but_a_note() -> None:
    engine = Engine()
    engine.at(NOW, CAMERA)
    closed = replace(engine.standing[0], state=AlarmState.NORMAL)
    assert note(closed, BY, "đã báo cáo", NOW)[0].state is AlarmState.NORMAL
    for refused in (lambda: acknowledge(closed, BY, "", NOW), lambda: assign(closed, BY, "PHULOC", NOW)):
        with pytest.raises(AlarmRefused):
            refused()


def test_a_condition_without_a_rule_is_an_error_of_ours() -> None:
    with pytest.raises(KeyError):
        decide({}, LIMITS, [], Facts((CAMERA,)), {}, {}, NOW, lambda: "A1")


def test_every_state_can_be_left() -> None:
    assert {state for state, _step in TRANSITIONS} == set(AlarmState)
