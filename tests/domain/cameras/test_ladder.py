"""What the rungs say of a camera: the first that fails, how old the last verified frame is, and what is not known."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ladder_support import LIMITS, NOW, a_failing, a_healthy

from domain.cameras import ORDER, CameraHealth, CameraState, Fault, Rung, RungName, RungState, verdict_of


def test_a_camera_works_while_its_last_frame_is_young() -> None:
    verdict = verdict_of(a_healthy(), LIMITS, NOW + timedelta(minutes=15))
    assert (verdict.state, verdict.frame_age, verdict.failing) == (CameraState.WORKING, timedelta(minutes=15), None)
    assert verdict_of(a_healthy(), LIMITS, NOW + timedelta(minutes=16)).state is CameraState.UNKNOWN


def test_a_camera_that_was_never_seen_is_unknown_not_lost() -> None:
    verdict = verdict_of(CameraHealth("C1"), LIMITS, NOW)
    assert (verdict.state, verdict.frame_age) == (CameraState.UNKNOWN, None)
    described = replace(a_healthy(), frame_at=None)
    assert verdict_of(described, LIMITS, NOW).state is CameraState.UNKNOWN


@pytest.mark.parametrize(
    ("name", "fault", "state"),
    [
        (RungName.REACHABLE, Fault.NO_ANSWER, CameraState.LOST),
        (RungName.AUTHENTICATED, Fault.WRONG_PASSWORD, CameraState.MISCONFIGURED),
        (RungName.DESCRIBED, Fault.WRONG_PATH, CameraState.MISCONFIGURED),
        (RungName.DESCRIBED, Fault.BROKEN_ANSWER, CameraState.LOST),
        (RungName.DECODES, Fault.NO_FRAME, CameraState.LOST),
        (RungName.USABLE, Fault.BLACK, CameraState.UNUSABLE),
        (RungName.CLOCK, Fault.CLOCK_OFF, CameraState.IMPAIRED),
        (RungName.RECORDING, Fault.DISK, CameraState.IMPAIRED),
    ],
)
def test_what_fails_first_says_how_a_camera_stands(name: RungName, fault: Fault, state: CameraState) -> None:
    verdict = verdict_of(a_failing(name=name, fault=fault), LIMITS, NOW)
    assert verdict.state is state
    assert verdict.failing is not None and verdict.failing.name is name
    assert verdict.frame_age == timedelta(0)


def test_a_failure_seen_long_ago_is_not_known_now() -> None:
    assert verdict_of(a_failing(), LIMITS, NOW + timedelta(minutes=16)).state is CameraState.UNKNOWN


def test_a_failing_rung_blocks_those_above_and_an_unknown_one_does_not() -> None:
    health = a_failing(name=RungName.DESCRIBED)
    above = [health.rungs[name] for name in ORDER[3:]]
    assert all(rung.state is RungState.UNKNOWN and rung.is_blocked for rung in above)
    assert all(health.rungs[name].state is RungState.OK for name in ORDER[:2])
    without_decoder = a_healthy().with_rung(Rung.unknown(RungName.DECODES, NOW, "Thiếu ffmpeg."))
    assert without_decoder.rungs[RungName.CLOCK].state is RungState.OK


rungs = st.builds(
    lambda name, state, minutes: Rung(
        name, state, NOW + timedelta(minutes=minutes), fault=Fault.NO_ANSWER if state is RungState.BAD else None
    ),
    st.sampled_from(ORDER),
    st.sampled_from(RungState),
    st.integers(-60, 0),
)


@given(st.lists(rungs, max_size=20), st.none() | st.integers(0, 60))
def test_working_is_only_said_with_a_young_frame_and_nothing_failing(tried: list[Rung], seen: int | None) -> None:
    health = CameraHealth("C1", frame_at=None if seen is None else NOW - timedelta(minutes=seen))
    for rung in tried:
        health = health.with_rung(rung)
    failing = health.first_failing
    verdict = verdict_of(health, LIMITS, NOW)
    if verdict.state is CameraState.WORKING:
        assert failing is None and seen is not None and seen <= 15
    if failing is not None:
        above = ORDER[ORDER.index(failing.name) + 1 :]
        later = [rung for rung in tried[::-1] if rung.name in above]
        assert later or all(health.rungs[name].is_blocked for name in above)
    assert [rung.name for rung in health.in_order()] == [name for name in ORDER if name in health.rungs]
