"""Security: what is kept, whose clock is believed, what is one event, and what becomes an alarm."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from security_support import LIMITS, NOW, a_record, an_event

from domain.alarms import Priority
from domain.security import (
    KIND_NAMES,
    ORIGIN_NAMES,
    OUTCOME_NAMES,
    SETTLED,
    EventOrigin,
    EventOutcome,
    SecurityFilter,
    SecurityKind,
    believed_time,
    event_key,
    gathered,
    is_worth_keeping,
    security_alarms,
    security_priority,
    summed_up,
)
from domain.working_days import WorkingCalendar

MINUTE = timedelta(minutes=1)
CALENDAR = WorkingCalendar(frozenset({date(2026, 11, 25)}), ((time(7, 30), time(11, 30)), (time(13), time(17))))


def test_every_word_has_a_name() -> None:
    assert set(KIND_NAMES) == set(SecurityKind)
    assert set(ORIGIN_NAMES) == set(EventOrigin)
    assert set(OUTCOME_NAMES) == set(EventOutcome) > SETTLED


@pytest.mark.parametrize(
    ("at", "kept"),
    [
        (datetime(2026, 11, 24, 2, 0, tzinfo=UTC), False),
        (datetime(2026, 11, 24, 5, 0, tzinfo=UTC), True),
        (datetime(2026, 11, 24, 19, 17, tzinfo=UTC), True),
        (datetime(2026, 11, 22, 2, 0, tzinfo=UTC), True),
        (datetime(2026, 11, 25, 2, 0, tzinfo=UTC), True),
    ],
    ids=["in hours", "at noon", "at night", "on Sunday", "on a holiday"],
)
def test_people_moving_about_in_working_hours_are_no_event(at: datetime, kept: bool) -> None:
    assert is_worth_keeping(a_record(kind=SecurityKind.MOTION, at=at), CALENDAR) is kept
    assert is_worth_keeping(a_record(kind=SecurityKind.TAMPER, at=at), CALENDAR)
    assert is_worth_keeping(a_record(kind=SecurityKind.MOTION, at=at, origin=EventOrigin.GUARD_LOG), CALENDAR)


@pytest.mark.parametrize(
    ("told", "happened", "is_ours"),
    [
        (timedelta(seconds=-20), timedelta(seconds=-20), False),
        (timedelta(minutes=4), timedelta(0), False),
        (timedelta(hours=7), timedelta(0), True),
        (timedelta(hours=-7), timedelta(0), True),
        (None, timedelta(0), True),
    ],
)
def test_a_clock_that_is_far_off_is_not_believed(told: timedelta | None, happened: timedelta, is_ours: bool) -> None:
    told_at = None if told is None else NOW + told
    assert believed_time(told_at, NOW, LIMITS) == (NOW + happened, is_ours)


@given(st.datetimes(timezones=st.just(UTC)) | st.none())
def test_no_event_ever_lies_in_the_future(told_at: datetime | None) -> None:
    assert believed_time(told_at, NOW, LIMITS)[0] <= NOW


def test_what_a_camera_repeats_is_one_event_and_ends_as_its_newest_report() -> None:
    reports = [an_event(f"r{at}", NOW + at * MINUTE) for at in (0, 10, 22, 60)]
    late, first = gathered(reports, LIMITS)
    assert (first.count, first.happened_at, first.last_at, first.public_id) == (3, NOW, NOW + 22 * MINUTE, "r0")
    assert first.title == "Chuyển động ngoài giờ (3 lần)" and late.title == "Chuyển động ngoài giờ"
    handled = [replace(each, outcome=EventOutcome.HANDLED) for each in reports[:2]]
    assert gathered(handled, LIMITS)[0].outcome is EventOutcome.HANDLED
    assert gathered([*handled, reports[2]], LIMITS)[0].is_open


def test_cameras_kinds_and_what_people_say_are_apart() -> None:
    apart = [
        an_event("a"),
        an_event("b", camera="C2"),
        an_event("c", kind=SecurityKind.TAMPER),
        an_event("d", origin=EventOrigin.GUARD_LOG),
        an_event("e", NOW + MINUTE, origin=EventOrigin.GUARD_LOG),
    ]
    assert len(gathered(apart, LIMITS)) == 5


@given(st.lists(st.integers(0, 300), unique=True, max_size=25), st.randoms())
def test_the_order_of_arrival_changes_nothing_and_nothing_is_lost(minutes: list[int], chance) -> None:  # type: ignore[no-untyped-def]
    reports = [an_event(f"r{at:03d}", NOW + at * MINUTE) for at in minutes]
    shuffled = list(reports)
    chance.shuffle(shuffled)
    found = gathered(shuffled, LIMITS)
    assert found == gathered(reports, LIMITS)
    assert sorted(name for event in found for name in event.reports) == sorted(each.public_id for each in reports)
    ordered = list(reversed(found))
    assert all(
        later.happened_at - before.last_at > LIMITS.repeat_within
        for before, later in zip(ordered, ordered[1:], strict=False)
    )


def test_what_is_open_is_marked_and_what_is_urgent_is_an_alarm_for_a_day() -> None:
    crowd = an_event("a", kind=SecurityKind.GATHERING)
    assert security_priority(crowd) is Priority.URGENT
    assert security_priority(replace(crowd, outcome=EventOutcome.REFERRED)) is None
    motion = an_event("b", kind=SecurityKind.MOTION)
    settled = an_event("c", kind=SecurityKind.INTRUSION, outcome=EventOutcome.FALSE_ALARM)
    events = [crowd, replace(crowd, public_id="d", happened_at=NOW - MINUTE), motion, settled]
    (alarm,) = security_alarms(events, {"PHUVANG": "Phú Vang"}, LIMITS, NOW)
    assert (alarm.title, alarm.measure, alarm.since_at) == ("Tụ tập trước trụ sở", 2, NOW - MINUTE)
    assert (alarm.priority, alarm.source) == (Priority.URGENT, "security")
    assert security_alarms(events, {"PHUVANG": "Phú Vang"}, LIMITS, NOW + timedelta(hours=25)) == []
    assert security_alarms(events, {"ALUOI": "A Lưới"}, LIMITS, NOW) == []


def test_a_filter_stands_in_the_address_and_nonsense_is_the_default() -> None:
    wanted = SecurityFilter("PHUVANG", "tamper", 7)
    assert wanted.address() == "?unit=PHUVANG&kind=tamper&days=7"
    assert SecurityFilter.from_address({"unit": "PHUVANG", "kind": "tamper", "days": "7"}) == wanted
    assert SecurityFilter.from_address({"kind": "<script>", "days": "-1"}) == SecurityFilter()
    assert SecurityFilter().address(event="a b") == "?event=a+b"
    assert wanted.since(date(2026, 11, 24)).isoformat() == "2026-11-18T00:00:00+07:00"
    assert wanted.admits(an_event("a", kind=SecurityKind.TAMPER)) and not wanted.admits(an_event("a"))


def test_a_summary_counts_what_is_open_and_who_said_it() -> None:
    events = [an_event("a"), an_event("b", origin=EventOrigin.DESK, outcome=EventOutcome.FALSE_ALARM)]
    found = summed_up(events)
    assert (found.number, found.open, found.settled, found.false_alarms) == (2, 1, 1, 1)
    assert found.by_origin == {EventOrigin.CAMERA: 1, EventOrigin.GUARD_LOG: 0, EventOrigin.DESK: 1}


@given(st.lists(st.text(), max_size=5))
def test_a_key_fits_its_column_and_tells_parts_apart(parts: list[str]) -> None:
    assert len(event_key(*parts)) == 48
    assert event_key("a", "bc") != event_key("ab", "c")
