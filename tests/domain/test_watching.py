"""What the product watches: old and lost sources, dark screens, contradictions, terminals, rooms without a camera."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from camera_support import a_camera
from hypothesis import given
from hypothesis import strategies as st

from domain.alarms import (
    Condition,
    Priority,
    Watched,
    certificate_alarms,
    contradiction_alarms,
    screen_alarms,
    source_alarms,
    terminal_alarms,
    uncovered_alarms,
    with_terminals,
)
from domain.cameras import CameraState
from domain.freshness import AgesBy, FreshnessLimits, SourceFacts

NOW = datetime(2026, 11, 24, 2, 45, tzinfo=UTC)
LIMITS = FreshnessLimits(timedelta(minutes=5), timedelta(minutes=10), timedelta(minutes=60))
NAMES = {"CUC": "Cục", "PHULOC": "Phú Lộc"}
CUT = Condition("camera_site", Priority.HIGH, "PHULOC", "Phú Lộc", "Mất liên kết camera", 6, "camera")
SITE = replace(CUT, hides=("camera_",))


def a_source(age: timedelta | None, configured: bool = True) -> SourceFacts:
    at = None if age is None else NOW - age
    return SourceFacts("cameras", "Camera", configured, LIMITS, last_success_at=at, ages_by=AgesBy.ANSWER)


@given(st.none() | st.timedeltas(timedelta(0), timedelta(days=3)), st.booleans())
def test_a_source_is_an_alarm_only_beyond_its_own_limit(age: timedelta | None, configured: bool) -> None:
    found = [one.rule for one in source_alarms([a_source(age, configured)], "CUC", "Cục", NOW)]
    if not configured or age is None or age <= LIMITS.stale_for:
        assert found == []
    else:
        assert found == (["source_lost"] if age > LIMITS.lost_for else ["source_stale"])


def test_a_source_says_since_when_and_is_one_thing_of_the_whole() -> None:
    (one,) = source_alarms([a_source(timedelta(hours=2))], "CUC", "Cục", NOW)
    assert (one.title, one.since_at, one.unit, one.subject) == (
        "Mất dữ liệu Camera", NOW - timedelta(hours=2), "CUC", "cameras",
    )  # fmt: skip


def test_screens_and_contradictions_are_counted_and_none_is_no_alarm() -> None:
    assert screen_alarms([], "CUC", "Cục") == contradiction_alarms(0, None, "CUC", "Cục") == []
    dark = [Watched("Sảnh", "CUC", NOW - timedelta(hours=1)), Watched("IOC", "CUC", NOW - timedelta(hours=3))]
    (one,) = screen_alarms(dark, "CUC", "Cục")
    assert (one.measure, one.members, one.since_at) == (2, ("IOC", "Sảnh"), NOW - timedelta(hours=3))
    assert contradiction_alarms(3, NOW, "CUC", "Cục")[0].measure == 3


def test_a_terminal_of_a_unit_that_is_not_here_belongs_to_the_whole() -> None:
    silent = [Watched("T1", "PHULOC", NOW), Watched("T2", "ELSEWHERE", NOW), Watched("T3", "PHULOC", NOW)]
    found = {one.unit: one.members for one in terminal_alarms(silent, NAMES, "CUC")}
    assert found == {"PHULOC": ("T1", "T3"), "CUC": ("T2",)}


def test_a_cut_line_takes_the_terminals_of_a_unit_of_one_site_with_it() -> None:
    (one,) = with_terminals([SITE], {"PHULOC": 1}, {"PHULOC"})
    assert (one.measure, one.measure_words) == (6, "camera, 1 máy chấm công")
    (terminal,) = terminal_alarms([Watched("T1", "PHULOC", NOW)], NAMES, "CUC")
    assert one.is_cause_of(terminal)
    assert with_terminals([SITE], {"PHULOC": 1}, set()) == [SITE], "of several sites nobody knows which"
    assert with_terminals([SITE], {}, {"PHULOC"}) == [SITE]
    assert with_terminals([CUT], {"PHULOC": 1}, {"PHULOC"}) == [CUT], "the same fault is no cut line"


def test_a_reception_room_is_uncovered_only_where_citizens_are_and_every_camera_is_known_to_fail() -> None:
    room, gate = a_camera("PHULOC", 2), a_camera("PHULOC", 1)
    lost = {room: CameraState.LOST, gate: CameraState.WORKING}
    (one,) = uncovered_alarms(lost, {"PHULOC": 2}, NAMES)
    assert (one.rule, one.measure, one.members) == ("reception_uncovered", 2, (room.code,))
    assert uncovered_alarms(lost, {"PHULOC": 0}, NAMES) == []
    for state in (CameraState.WORKING, CameraState.UNKNOWN):
        assert uncovered_alarms({room: state, gate: CameraState.LOST}, {"PHULOC": 2}, NAMES) == []
    assert uncovered_alarms({gate: CameraState.LOST}, {"PHULOC": 2}, NAMES) == [], "a room without a camera is no fault"


@given(st.timedeltas(timedelta(days=-30), timedelta(days=60)))
def test_a_certificate_is_an_alarm_from_its_limit_on_and_says_when_it_has_ended(left: timedelta) -> None:
    soon = timedelta(days=14)
    found = certificate_alarms({"field_reports": NOW + left}, {"field_reports": "Hue-S"}, soon, ("CUC", "Cục"), NOW)
    assert [one.title for one in found] == (
        [] if left > soon else [f"Chứng thư Hue-S {'đã' if left <= timedelta(0) else 'sắp'} hết hạn"]
    )
    for one in found:
        ended = left <= timedelta(0)
        assert (one.since_at, one.measure, one.due_at) == (
            NOW + left if ended else None,
            None if ended else left.days,
            None,
        )
