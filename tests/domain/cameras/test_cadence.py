"""Whose turn it is: cheap rungs each pass, pictures every five minutes, recorders every fifteen, a password rarely."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from ladder_support import NOW, a_failing, a_healthy

from domain.cameras import CameraHealth, Fault, Rung, RungName, Turn, turns_of

MINUTE = timedelta(minutes=1)


def turn_of(health: CameraHealth, now: datetime = NOW) -> Turn:
    return turns_of([health], now)[health.camera]


def test_a_camera_never_tried_has_everything_due() -> None:
    assert turn_of(CameraHealth("C1")) == Turn(login=True, picture=True, recorder=True)


def test_pictures_come_every_five_minutes_and_recorders_every_fifteen() -> None:
    health = a_healthy()
    turns = [turn_of(health, NOW + MINUTE * at) for at in range(1, 16)]
    assert [turn.picture for turn in turns] == [False] * 4 + [True] * 11
    assert [turn.recorder for turn in turns] == [False] * 14 + [True]
    # A pass that begins a little early does not put it off.
    assert turn_of(health, NOW + MINUTE * 5 - timedelta(seconds=20)).picture


def test_what_was_only_blocked_is_due_as_soon_as_the_lower_rung_holds() -> None:
    back = a_failing().with_rung(Rung.good(RungName.REACHABLE, NOW))
    assert turn_of(back) == Turn(login=True, picture=True, recorder=True)


def test_a_refused_password_is_not_tried_each_minute() -> None:
    locked = a_failing(name=RungName.AUTHENTICATED, fault=Fault.WRONG_PASSWORD)
    assert [turn_of(locked, NOW + MINUTE * at).login for at in (1, 5, 9, 10)] == [False, False, False, True]
    assert turn_of(a_failing(), NOW + MINUTE).login


def test_when_all_are_due_at_once_they_take_turns() -> None:
    healths = {f"C{at:03d}": CameraHealth(f"C{at:03d}") for at in range(100)}
    tried: list[str] = []
    for at in range(5):
        now = NOW + MINUTE * at
        turns = turns_of(healths.values(), now)
        looked = [code for code, turn in turns.items() if turn.picture]
        assert len(looked) <= 50
        tried += looked
        for code in looked:
            healths[code] = healths[code].with_rung(Rung.good(RungName.DECODES, now))
    assert sorted(tried) == sorted(healths)


@given(st.lists(st.none() | st.integers(0, 40), max_size=60))
def test_who_waited_longest_is_never_passed_over(ages: list[int | None]) -> None:
    healths = [
        CameraHealth(f"C{at}")
        if age is None
        else CameraHealth(f"C{at}").with_rung(Rung.good(RungName.DECODES, NOW - MINUTE * age))
        for at, age in enumerate(ages)
    ]
    turns = turns_of(healths, NOW)
    waited = {f"C{at}": 10_000 if age is None else age for at, age in enumerate(ages)}
    looked = [waited[code] for code, turn in turns.items() if turn.picture]
    left = [waited[code] for code, turn in turns.items() if not turn.picture and waited[code] >= 5]
    assert all(one >= 5 for one in looked)
    assert not left or (looked and min(looked) >= max(left))
