"""What the console shows: tabs that share every alarm out, an address that comes back, a search without marks."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import parse_qsl, urlsplit

from alarm_support import CAMERA, CROWD, NOW, PACE, Engine
from hypothesis import given
from hypothesis import strategies as st

from domain.alarms import Alarm, AlarmState, worst_first
from domain.console import ConsoleFilter, ConsoleTab, alarms_of_tab, grouped, matching, tab_counts


def standing(*states: AlarmState) -> tuple[Alarm, ...]:
    engine = Engine()
    engine.at(NOW, *(replace(CAMERA, subject=str(number)) for number, _ in enumerate(states)))
    return tuple(
        replace(alarm, state=state, unit_name="Phú Lộc") for alarm, state in zip(engine.standing, states, strict=True)
    )


@given(st.lists(st.sampled_from(AlarmState), max_size=12))
def test_every_alarm_stands_in_exactly_one_of_open_hidden_and_closed(states: list[AlarmState]) -> None:
    alarms = standing(*states)
    tabs = (ConsoleTab.OPEN, ConsoleTab.HIDDEN, ConsoleTab.CLOSED)
    shared = [alarm.public_id for tab in tabs for alarm in alarms_of_tab(alarms, tab, "truc")]
    assert sorted(shared) == sorted(alarm.public_id for alarm in alarms)


def test_what_has_ended_comes_last_and_is_not_counted_as_open() -> None:
    alarms = standing(AlarmState.RETURNED, AlarmState.UNACKNOWLEDGED, AlarmState.SHELVED)
    shown = alarms_of_tab(alarms, ConsoleTab.OPEN, "truc")
    assert [alarm.state for alarm in shown] == [AlarmState.UNACKNOWLEDGED, AlarmState.RETURNED]
    assert tab_counts(alarms, "truc") == {ConsoleTab.OPEN: 1, ConsoleTab.MINE: 0, ConsoleTab.HIDDEN: 1}


def test_mine_is_what_i_took_and_did_not_give_away() -> None:
    taken, given_away = standing(AlarmState.ACKNOWLEDGED, AlarmState.ACKNOWLEDGED)
    taken = replace(taken, acknowledged_by="truc", assigned_to="truc")
    given_away = replace(given_away, acknowledged_by="truc", assigned_to="PHULOC")
    assert alarms_of_tab((taken, given_away), ConsoleTab.MINE, "truc") == (taken,)


@given(st.sampled_from(ConsoleTab), st.text(max_size=64))
def test_an_address_comes_back_as_it_was(tab: ConsoleTab, alarm: str) -> None:
    wanted = ConsoleFilter(tab, alarm)
    assert ConsoleFilter.from_address(dict(parse_qsl(urlsplit(wanted.address()).query))) == wanted


def test_an_address_nobody_understands_is_the_open_list() -> None:
    assert ConsoleFilter.from_address({"tab": "x"}) == ConsoleFilter()


def test_words_are_found_without_marks_and_all_of_them_are_needed() -> None:
    (camera,) = standing(AlarmState.UNACKNOWLEDGED)
    for words, is_found in (("phu loc", True), ("Mất TÍN", True), ("phu loc 5", True), ("phu vang", False), ("", True)):
        assert bool(matching([camera], words, {})) is is_found, words


def test_a_flood_is_grouped_by_unit_and_source_worst_first() -> None:
    engine = Engine()
    engine.at(NOW, CROWD, PACE, CAMERA, replace(CAMERA, subject="2"))
    groups = grouped(worst_first(engine.standing))
    assert list(groups)[0] == ("PHUVANG", "security") and len(groups["PHULOC", "cameras"]) == 2
