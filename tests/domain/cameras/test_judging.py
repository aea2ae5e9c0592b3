"""Pictures, clocks and recordings: where each limit lies, and what is said at it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ladder_support import LIMITS, NOW

from domain.cameras import (
    Fault,
    PictureFacts,
    RecordingFacts,
    RungState,
    judge_clock,
    judge_picture,
    judge_recording,
)


def test_a_lamp_in_a_dark_yard_is_not_a_black_picture() -> None:
    # Measured on a small ball before black: mean 3.8, standard deviation 30.
    assert judge_picture(PictureFacts(3.8, 30, 1.57), 0, LIMITS, NOW)[0].state is RungState.OK
    black, _ = judge_picture(PictureFacts(0, 0, 0), 0, LIMITS, NOW)
    assert (black.state, black.fault, black.reason) == (RungState.BAD, Fault.BLACK, "Hình đen.")


def test_a_quiet_corridor_is_frozen_only_when_it_stays_so() -> None:
    still = PictureFacts(120, 40, 0.0)
    seen, count = [], 0
    for _ in range(3):
        rung, count = judge_picture(still, count, LIMITS, NOW)
        seen.append((rung.state, rung.warns, rung.fault))
    assert seen == [(RungState.OK, True, None), (RungState.OK, True, None), (RungState.BAD, False, Fault.FROZEN)]
    moved, count = judge_picture(PictureFacts(120, 40, 0.3), count, LIMITS, NOW)
    assert (moved.state, count) == (RungState.OK, 0)


def test_one_frame_alone_says_nothing_of_movement() -> None:
    rung, count = judge_picture(PictureFacts(120, 40, None), 2, LIMITS, NOW)
    assert (rung.state, count) == (RungState.UNKNOWN, 2)


@pytest.mark.parametrize(
    ("seconds", "state", "warns"),
    [(0, "ok", False), (30, "ok", False), (31, "ok", True), (-300, "ok", True), (301, "bad", False)],
)
def test_a_clock_warns_and_then_fails(seconds: int, state: str, warns: bool) -> None:
    rung = judge_clock(timedelta(seconds=seconds), LIMITS, NOW)
    assert (rung.state, rung.warns) == (state, warns)


def test_a_wrong_clock_says_which_way_and_how_much() -> None:
    assert judge_clock(timedelta(minutes=-7), LIMITS, NOW).reason == "Đồng hồ chậm 7 phút."
    assert judge_clock(timedelta(days=20_000), LIMITS, NOW).reason == "Đồng hồ nhanh 20000 ngày."
    assert judge_clock(timedelta(hours=7), LIMITS, NOW).reason == "Đồng hồ nhanh 7 giờ."
    assert judge_clock(timedelta(seconds=45), LIMITS, NOW).reason == "Đồng hồ nhanh 45 giây."


@pytest.mark.parametrize(
    ("facts", "state", "fault"),
    [
        (RecordingFacts(NOW - timedelta(minutes=30)), "ok", None),
        (RecordingFacts(NOW - timedelta(minutes=31)), "bad", Fault.NOT_RECORDING),
        (RecordingFacts(None), "bad", Fault.NOT_RECORDING),
        (RecordingFacts(NOW, failed_disks=1), "bad", Fault.DISK),
        (RecordingFacts(NOW + timedelta(hours=7)), "unknown", None),
        (RecordingFacts(NOW, disks_known=False), "ok", None),
    ],
)
def test_what_a_recorder_tells(facts: RecordingFacts, state: str, fault: Fault | None) -> None:
    rung = judge_recording(facts, LIMITS, NOW)
    assert (rung.state, rung.fault) == (state, fault)


@given(st.floats(0, 255), st.floats(0, 128), st.none() | st.floats(0, 255), st.integers(0, 5))
def test_a_bad_picture_always_has_a_fault_and_a_reason(
    mean: float, std: float, difference: float | None, still: int
) -> None:
    rung, count = judge_picture(PictureFacts(mean, std, difference), still, LIMITS, NOW)
    assert 0 <= count <= still + 1
    assert (rung.state is RungState.BAD) == (rung.fault is not None)
    assert rung.reason or rung.state is RungState.OK
