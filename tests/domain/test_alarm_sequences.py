"""Any sequence of facts, silences, delays and answers keeps what an operator relies on (ALARM_SEQUENCES: how many)."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import timedelta

from alarm_support import CAMERA, CROWD, LIMITS, NOW, PACE, Engine
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from domain.alarms import (
    TRANSITIONS,
    Alarm,
    AlarmOutcome,
    AlarmRecord,
    AlarmRefused,
    AlarmState,
    Condition,
    MaintenanceWindow,
    Priority,
    acknowledge,
    assign,
    resume,
    settle,
    shelve,
)

SITE = Condition(
    "camera_site", Priority.HIGH, "PHULOC", "Phú Lộc", "Mất liên kết camera", source="cameras", hides=("camera_",)
)
SHOWN = {*AlarmState} - {AlarmState.NORMAL}
WHAT = st.sampled_from([("cameras", ""), ("security", ""), ("", "camera_"), ("", "security_"), ("", "cases_")])
WAITS = st.sampled_from([1, 30, 61, 300, 700, 4000])


class AlarmLife(RuleBasedStateMachine):
    """One engine, four conditions that come, fall near their limit and go, a source that falls silent, announced work,
    rules switched off and on, an operator who answers anything."""

    def __init__(self) -> None:
        super().__init__()
        self.engine = Engine()
        self.now = NOW
        self.holding: dict[str, Condition] = {}
        self.unknown: frozenset[str] = frozenset()
        self.near: dict[str, Condition] = {}
        self.windows: tuple[MaintenanceWindow, ...] = ()
        self.ended_near = False

    @rule(condition=st.sampled_from([CAMERA, CROWD, PACE, SITE]), members=st.sets(st.sampled_from("1234")))
    def comes(self, condition: Condition, members: set[str]) -> None:
        self.holding[condition.rule] = replace(condition, members=tuple(sorted(members)))
        self.near.pop(condition.rule, None)
        self._decide()

    @precondition(lambda self: self.holding)
    @rule(choice=st.integers(0, 9))
    def goes(self, choice: int) -> None:
        del self.holding[sorted(self.holding)[choice % len(self.holding)]]
        self._decide()

    @precondition(lambda self: self.holding)
    @rule(choice=st.integers(0, 9))
    def falls_into_the_band_under_its_limit(self, choice: int) -> None:
        """Nothing that was active may end while it is there."""
        condition = self.holding.pop(sorted(self.holding)[choice % len(self.holding)])
        self.near[condition.rule] = condition
        self._decide()

    @precondition(lambda self: self.near)
    @rule()
    def falls_below_the_band(self) -> None:
        self.near.clear()
        self._decide()

    @rule(unit=st.sampled_from(["", "PHULOC", "PHUVANG"]), what=WHAT, minutes=st.integers(1, 90))
    def somebody_announces_work(self, unit: str, what: tuple[str, str], minutes: int) -> None:
        ends_at = self.now + timedelta(minutes=minutes)
        window = MaintenanceWindow("W", unit, *what, self.now, ends_at, "thay nguồn", "quantri", self.now)
        self.windows = (*self.windows[-1:], window)
        self._decide()

    @precondition(lambda self: self.windows)
    @rule()
    def work_ends_early(self) -> None:
        self.windows = ()
        self._decide()

    @rule(condition=st.sampled_from([CAMERA, CROWD, PACE]), is_on=st.booleans())
    def a_rule_is_switched(self, condition: Condition, is_on: bool) -> None:
        rules = self.engine.rules
        rules[condition.rule] = replace(rules[condition.rule], is_on=is_on, reason="" if is_on else "đổi cách làm")
        self._decide()

    @rule(seconds=WAITS)
    def time_passes(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)
        self._decide()

    @rule(silent=st.booleans())
    def cameras_fall_silent_or_speak(self, silent: bool) -> None:
        self.unknown = frozenset({"cameras"}) if silent else frozenset()
        self._decide()

    @precondition(lambda self: self.engine.standing)
    @rule(choice=st.integers(0, 9), what=st.sampled_from(["ack", "give", "hide", "back", "settle"]), minutes=WAITS)
    def somebody_answers(self, choice: int, what: str, minutes: int) -> None:
        alarm = self.engine.standing[choice % len(self.engine.standing)]
        until = self.now + timedelta(minutes=minutes)
        answers = {
            "ack": lambda: acknowledge(alarm, "truc", "", self.now),
            "give": lambda: assign(alarm, "truc", "PHULOC", self.now),
            "hide": lambda: shelve(alarm, "truc", "đang sửa", until, LIMITS, self.now),
            "back": lambda: resume(alarm, "truc", self.now),
            "settle": lambda: settle(alarm, "truc", AlarmOutcome.SOLVED, "", self.now),
        }
        try:
            after, record = answers[what]()
        except AlarmRefused:
            return
        self.engine.keep(after, record)
        self._decide()

    def _decide(self) -> None:
        near = tuple(self.near.values())
        held = [alarm for alarm in self.engine.standing if alarm.is_active and alarm.rule in self.near]
        facts = {"unknown": self.unknown, "near": near, "maintenance": self.windows}
        self.engine.at(self.now, *self.holding.values(), **facts)
        self.ended_near |= any(not self.engine.alarms[alarm.public_id].is_active for alarm in held)

    @invariant()
    def no_alarm_is_without_a_rule_and_no_two_stand_for_one_thing(self) -> None:
        keys = [alarm.key for alarm in self.engine.standing]
        assert len(keys) == len(set(keys))
        assert all(alarm.rule in self.engine.rules for alarm in self.engine.standing)

    @invariant()
    def every_state_is_what_its_records_say(self) -> None:
        for alarm in self.engine.alarms.values():
            assert _replayed(self.engine.records, alarm) is alarm.state

    @invariant()
    def whatever_holds_has_an_entry_in_the_list(self) -> None:
        standing = {alarm.key: alarm for alarm in self.engine.standing}
        for condition in self.holding.values():
            assert standing[condition.key].state in SHOWN
            assert standing[condition.key].members == condition.members

    @invariant()
    def nothing_is_hidden_beyond_its_limit_or_without_a_reason(self) -> None:
        for alarm in self.engine.standing:
            if alarm.state is AlarmState.SHELVED:
                assert alarm.shelved_reason and alarm.shelved_until is not None and self.now < alarm.shelved_until
            if alarm.state is AlarmState.SUPPRESSED:
                assert alarm.cause and (SITE.rule in self.holding or alarm.is_active)

    @invariant()
    def announced_work_hides_what_it_says_and_never_the_security_of_people(self) -> None:
        for alarm in self.engine.standing:
            lasts = any(window.is_on(self.now) and window.hides(alarm) for window in self.windows)
            if alarm.cause.startswith("Bảo trì") and alarm.state is AlarmState.SUPPRESSED:
                assert lasts and alarm.rule != CROWD.rule
            if lasts and alarm.is_active:
                assert not alarm.is_open
            if alarm.cause.startswith("Quy tắc đã tắt") and alarm.state is AlarmState.SUPPRESSED:
                assert not self.engine.rules[alarm.rule].is_on

    @invariant()
    def nothing_ends_within_the_band_under_its_limit(self) -> None:
        assert not self.ended_near


def _replayed(records: list[AlarmRecord], alarm: Alarm) -> AlarmState:
    """The state its records lead to; each begins where the one before ended and takes a step that exists."""
    state = AlarmState.NORMAL
    for record in (one for one in records if one.alarm == alarm.public_id):
        assert record.from_state is state
        assert record.to_state is TRANSITIONS.get((record.from_state, record.step), record.from_state)
        state = record.to_state
    return state


TestAlarmLife = AlarmLife.TestCase
TestAlarmLife.settings = settings(
    max_examples=int(os.environ.get("ALARM_SEQUENCES", "500")), stateful_step_count=30, deadline=None
)
