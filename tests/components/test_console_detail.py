"""The detail of an alarm: what nobody knows is not shown as broken, and keys that say nothing are not shown."""

from __future__ import annotations

from dataclasses import replace

from alarm_support import CAMERA, CROWD, NOW, Engine
from camera_support import a_camera
from components_support import a_source, of_class, words

from components.console_context import clocks_without_term, unit_cameras
from components.console_detail import AlarmSeen, alarm_facts
from data_access.alarm_rules import load_alarm_rules
from domain.cameras import CameraState
from domain.deadlines import Clock, ClockCounts

STATES = (CameraState.WORKING, CameraState.LOST, CameraState.UNKNOWN)


def test_a_camera_nobody_knows_of_is_no_broken_one() -> None:
    cameras = [(a_camera("PHULOC", number), state) for number, state in enumerate(STATES, 1)]
    card = unit_cameras("Phú Lộc", "PHULOC", cameras, a_source(), ["PHULOC-02"])
    assert "1/3 hoạt động · 1 chưa rõ" in words(card)
    assert [len(of_class(card, name)) for name in ("is-off", "is-unknown", "is-member")] == [1, 1, 1]


def test_only_members_that_people_know_are_listed() -> None:
    rule = load_alarm_rules()[CAMERA.rule]
    cameras, events = Engine(), Engine()
    cameras.at(NOW, CAMERA)
    events.at(NOW, replace(CROWD, members=("k3yOfAnEvent",), subject="keyOfASite"))
    known = words(alarm_facts(AlarmSeen(cameras.standing[0], [], rule, a_source()), {}))
    opaque = words(alarm_facts(AlarmSeen(events.standing[0], [], rule, a_source()), {}))
    assert "Gồm" in known
    assert not any(key in opaque for key in ("Gồm", "k3yOfAnEvent", "keyOfASite"))


def test_clocks_without_a_term_are_counted_and_only_who_may_enter_one_gets_the_way() -> None:
    clocks = list(Clock)[:2]
    counts = ClockCounts(without_rule={clocks[0]: 1200, clocks[1]: 14})
    said = clocks_without_term(counts, may_enter=True)
    assert "2 loại thời hạn chưa có thời hạn hiệu lực, 1.214 việc" in words(said)
    assert "/alarm-rules?tab=terms" in str(said)
    assert "/alarm-rules" not in str(clocks_without_term(counts, may_enter=False))
    assert clocks_without_term(ClockCounts(), may_enter=True) is None
