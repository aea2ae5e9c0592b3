"""Quality of alarms: load is per person who was there, unknown is never zero, nobody is named."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from domain.alarm_quality import AlarmSpan, QualityLimits, QualityPeriod, alarm_quality, windows_of
from domain.alarms import AlarmRecord, AlarmState, AlarmStep, Priority
from domain.duty import DutyLimits, DutyShift

NOW = datetime(2026, 11, 24, 8, 3, tzinfo=UTC)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
BEGINS, ENDS = NOW.replace(hour=7, minute=0), NOW.replace(minute=0)
LIMITS = QualityLimits({Priority.URGENT: 5, Priority.HIGH: 15, Priority.ORDINARY: 80}, 24 * HOUR, 10)
DUTY = DutyLimits(12 * HOUR)


def an_alarm(number: int, at: datetime, priority: Priority = Priority.HIGH, rule: str = "camera_link") -> AlarmSpan:
    return AlarmSpan(f"A{number}", rule, priority, "t", "PHULOC", AlarmState.UNACKNOWLEDGED, at, None)


def a_shift(name: str, from_at: datetime, to_at: datetime | None = None) -> DutyShift:
    return DutyShift(f"S-{name}-{from_at}", name, name, "", from_at, ended_at=to_at)


def a_step(alarm: AlarmSpan, step: AlarmStep, at: datetime, actor: str = "truc") -> AlarmRecord:
    return AlarmRecord(alarm.public_id, at, step, AlarmState.UNACKNOWLEDGED, AlarmState.ACKNOWLEDGED, actor)


def test_windows_are_whole_and_reach_no_further_back_than_anything_was_recorded() -> None:
    assert windows_of(HOUR, NOW - 9 * HOUR, NOW) == (BEGINS + 10 * MINUTE, ENDS)
    assert windows_of(24 * HOUR, BEGINS + MINUTE, NOW) == (BEGINS + 10 * MINUTE, ENDS)
    assert windows_of(24 * HOUR, NOW - MINUTE, NOW) == (ENDS, ENDS)


def test_without_a_duty_record_there_is_no_load_and_without_alarms_no_share() -> None:
    quality = alarm_quality([], [], [], (BEGINS, ENDS), LIMITS, DUTY, NOW)
    assert (quality.load, quality.priorities[Priority.HIGH].share) == (None, None)
    assert quality.priorities[Priority.HIGH].to_close is None
    assert quality.flood_share == 0
    assert alarm_quality([], [], [], (ENDS, ENDS), LIMITS, DUTY, NOW).flood_share is None


def test_the_load_is_of_windows_in_which_somebody_was_there_as_a_whole() -> None:
    alarms = [an_alarm(number, BEGINS + 5 * MINUTE) for number in range(12)]
    alarms += [an_alarm(20 + number, BEGINS + 15 * MINUTE) for number in range(6)]
    shifts = [
        a_shift("a", BEGINS + 3 * MINUTE, BEGINS + 30 * MINUTE),
        a_shift("b", BEGINS + 10 * MINUTE, BEGINS + 20 * MINUTE),
    ]
    quality = alarm_quality(alarms, [], shifts, (BEGINS, ENDS), LIMITS, DUTY, NOW)
    assert quality.load is not None
    assert (quality.load.mean, quality.load.peak) == (Decimal(2), Decimal(3))
    assert (quality.load.windows, quality.load.outside) == (2, 12)
    assert (quality.flooded, quality.busiest, quality.windows) == (1, 12, 6)


def test_a_shift_forgotten_does_not_make_the_load_smaller() -> None:
    forgotten = a_shift("a", BEGINS - 13 * HOUR)
    assert alarm_quality([], [], [forgotten], (BEGINS, ENDS), LIMITS, DUTY, NOW).load is None


def test_medians_are_of_what_was_answered_and_say_of_how_many() -> None:
    first, second, third = (an_alarm(number, BEGINS) for number in range(3))
    closed = replace(third, closed_at=BEGINS + 40 * MINUTE, state=AlarmState.NORMAL)
    records = [
        a_step(first, AlarmStep.ASSIGNED, BEGINS + 4 * MINUTE),
        a_step(first, AlarmStep.ACKNOWLEDGED, BEGINS + 30 * MINUTE),
        a_step(third, AlarmStep.ACKNOWLEDGED, BEGINS + 10 * MINUTE),
        a_step(second, AlarmStep.SHELVED, BEGINS + MINUTE, "a"),
        a_step(second, AlarmStep.SHELVED, BEGINS + 9 * MINUTE, "b"),
    ]
    quality = alarm_quality([first, second, closed], records, [], (BEGINS, ENDS), LIMITS, DUTY, NOW)
    high = quality.priorities[Priority.HIGH]
    assert (high.to_acknowledge, high.acknowledged, high.to_close, high.closed) == (7 * MINUTE, 2, 40 * MINUTE, 1)
    assert (quality.shelving.times, quality.shelving.alarms, quality.shelving.people) == (2, 1, 2)


def test_what_stands_long_is_listed_oldest_first_whenever_it_was_raised() -> None:
    old = [an_alarm(number, NOW - timedelta(days=number)) for number in (1, 3, 2)]
    quality = alarm_quality(old, [], [], (BEGINS, ENDS), LIMITS, DUTY, NOW)
    assert [each.public_id for each in quality.standing] == ["A3", "A2"]
    assert quality.alarms == 0


def test_an_address_that_is_not_understood_is_the_last_day() -> None:
    assert QualityPeriod.from_address({"period": "7d"}) is QualityPeriod.WEEK
    assert QualityPeriod.from_address({"period": "1 năm"}) is QualityPeriod.DAY


MOMENTS = st.integers(-30, 62).map(lambda minutes: BEGINS + minutes * MINUTE)
RAISED = st.lists(st.tuples(MOMENTS, st.sampled_from(Priority), st.sampled_from("abcdefghijklmn")), max_size=60)
SHIFTS = st.lists(st.tuples(MOMENTS, st.one_of(st.none(), MOMENTS)), max_size=4)


@given(RAISED, SHIFTS)
def test_parts_add_up_and_the_peak_is_never_below_the_mean(
    raised: list[tuple[datetime, Priority, str]], shifts: list[tuple[datetime, datetime | None]]
) -> None:
    alarms = [an_alarm(number, *each) for number, each in enumerate(raised)]
    on = [a_shift(str(number), *each) for number, each in enumerate(shifts)]
    quality = alarm_quality(alarms, [], on, (BEGINS, ENDS), LIMITS, DUTY, NOW)
    assert sum(each.count for each in quality.priorities.values()) == quality.alarms
    shares = [each.share for each in quality.priorities.values()]
    assert shares == [None] * 3 if not quality.alarms else abs(sum(filter(None, shares)) - 100) < Decimal("0.001")
    assert len(quality.rules) <= 10 and sum(each.count for each in quality.rules) <= quality.alarms
    assert 0 <= quality.flooded <= quality.windows == 6
    if quality.load is not None:
        assert quality.load.mean <= quality.load.peak
        assert 0 < quality.load.windows <= 6 and 0 <= quality.load.outside <= quality.alarms
