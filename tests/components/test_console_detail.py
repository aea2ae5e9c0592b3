"""The detail of an alarm: what nobody knows is not shown as broken, and keys that say nothing are not shown."""

from __future__ import annotations

from dataclasses import replace

from alarm_support import CAMERA, CROWD, NOW, Engine
from camera_support import a_camera
from components_support import a_source, of_class, words

from components.console_context import unit_cameras
from components.console_detail import AlarmSeen, alarm_facts
from data_access.alarm_rules import load_alarm_rules
from domain.cameras import CameraState

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
