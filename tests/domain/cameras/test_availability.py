"""Interruptions of thirty days and coverage: what is unknown is neither up nor down, and everything adds up."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from ladder_support import LIMITS, NOW, a_camera, a_failing, a_healthy

from domain.cameras import (
    CameraState,
    Coverage,
    RungName,
    StateChange,
    Verdict,
    availability,
    count_coverage,
    coverage_by_unit,
    verdict_of,
)

HOUR = timedelta(hours=1)


def changes(*told: tuple[int, CameraState]) -> list[StateChange]:
    """States from so many hours ago on."""
    return [StateChange(NOW - hours * HOUR, state) for hours, state in told]


def test_an_interruption_begins_and_ends_with_the_changes() -> None:
    told = changes((48, CameraState.WORKING), (10, CameraState.LOST), (8, CameraState.WORKING))
    found = availability(told, NOW)
    (one,) = found.interruptions
    assert (one.from_at, one.lasted, one.is_open) == (NOW - 10 * HOUR, 2 * HOUR, False)
    assert (found.up, found.down, found.unknown) == (46 * HOUR, 2 * HOUR, timedelta(days=28))
    assert found.percent is not None and round(found.percent, 1) == 95.8


def test_one_that_goes_on_is_open_and_one_fault_after_another_is_one() -> None:
    told = changes((9, CameraState.WORKING), (5, CameraState.LOST), (3, CameraState.MISCONFIGURED))
    (one,) = availability(told, NOW).interruptions
    assert (one.lasted, one.is_open) == (5 * HOUR, True)


def test_what_is_unknown_interrupts_nothing_and_a_wrong_clock_neither() -> None:
    told = changes((9, CameraState.UNKNOWN), (5, CameraState.IMPAIRED))
    found = availability(told, NOW)
    assert (found.interruptions, found.up) == ((), 5 * HOUR)
    assert found.percent is None, "five hours say nothing about a month"
    assert availability(changes((24, CameraState.IMPAIRED)), NOW).percent == 100
    assert availability([], NOW).percent is None


def test_what_began_before_the_window_is_cut_at_its_edge() -> None:
    (one,) = availability(changes((24 * 40, CameraState.LOST)), NOW).interruptions
    assert (one.from_at, one.lasted) == (NOW - timedelta(days=30), timedelta(days=30))


told_changes = st.lists(
    st.builds(
        lambda minutes, state: StateChange(NOW - timedelta(minutes=minutes), state),
        st.integers(-1000, 60_000),
        st.sampled_from(CameraState),
    ),
    max_size=25,
)


@given(told_changes)
def test_the_window_is_always_accounted_for(told: list[StateChange]) -> None:
    found = availability(told, NOW)
    assert found.up + found.down + found.unknown == timedelta(days=30)
    assert sum((one.lasted for one in found.interruptions), timedelta(0)) == found.down
    ends: datetime = NOW - timedelta(days=30)
    for one in found.interruptions:
        assert ends <= one.from_at < one.to_at <= NOW
        ends = one.to_at
    assert sum(one.is_open for one in found.interruptions) <= 1


def test_installed_working_and_unknown_are_counted_apart() -> None:
    cameras = [a_camera(f"C{at}", unit="U1" if at < 4 else "U2") for at in range(6)]
    healths = [
        a_healthy("C0"), a_failing("C1"), a_failing("C2", RungName.CLOCK), a_failing("C3", RungName.USABLE),
        a_healthy("C4"),
    ]  # fmt: skip
    verdicts = {health.camera: verdict_of(health, LIMITS, NOW) for health in healths}
    by_unit = coverage_by_unit(cameras, ["U1", "U2", "U3"], verdicts, hidden=frozenset({"C4"}))
    assert by_unit == {
        "U1": Coverage(installed=4, working=1, impaired=1, failing=2),
        "U2": Coverage(installed=2, unknown=2),
        "U3": Coverage(),
    }
    assert by_unit["U1"].is_confirmed and not by_unit["U2"].is_confirmed


@given(st.lists(st.none() | st.sampled_from(CameraState), max_size=30), st.frozensets(st.integers(0, 29)))
def test_every_camera_is_counted_once(states: list[CameraState | None], hidden: frozenset[int]) -> None:
    cameras = [a_camera(f"C{at}") for at in range(len(states))]
    verdicts = {f"C{at}": Verdict(f"C{at}", state, None, None) for at, state in enumerate(states) if state is not None}
    found = count_coverage(cameras, verdicts, frozenset(f"C{at}" for at in hidden))
    assert found.installed == len(states) == found.working + found.impaired + found.failing + found.unknown
