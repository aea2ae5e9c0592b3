"""What burns comes first, what is not known is said, and a missed appointment is made up for once."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest
from alarm_support import CAMERA, CROWD, PACE
from briefing_support import NOW, SAID, SILENT, a_rate, a_unit
from hypothesis import given
from hypothesis import strategies as st

from domain.alarms import Alarm, AlarmState, Priority
from domain.briefing import BURNING, Pledge, burning_alarms, clocks_by_unit, curve_until, ordered_units
from domain.briefing_list import BriefingLine, opened_first
from domain.briefing_schedule import (
    BriefingKind,
    BriefingRefused,
    BriefingSchedule,
    compared_on,
    due_appointment,
    is_late,
    next_appointment,
    schedule_decided,
    slot_of,
    told_since,
    typed_schedule,
    typed_time,
)
from domain.freshness import Freshness
from domain.local_time import LOCAL
from domain.rates import points_between
from domain.working_days import WorkingCalendar

MORNING, WEEKLY = BriefingKind.MORNING, BriefingKind.WEEKLY
HOLIDAY = date(2026, 11, 25)
CALENDAR = WorkingCalendar(frozenset({HOLIDAY}), ((time(7), time(11, 30)), (time(13), time(16, 30))))
SINCE = datetime(2026, 11, 2, tzinfo=UTC)
SCHEDULE = BriefingSchedule(since=dict.fromkeys(BriefingKind, SINCE))
OFF = replace(SCHEDULE, kinds=frozenset())
PLAIN = WorkingCalendar(frozenset(), CALENDAR.windows)


def here(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=LOCAL)


def an_alarm(number: int, priority: Priority, state: AlarmState, minutes: int | None) -> Alarm:
    base = (CAMERA, CROWD, PACE)[number % 3]
    values = {name: getattr(base, name) for name in base.__dataclass_fields__}
    raised = None if minutes is None else NOW - timedelta(minutes=minutes)
    return Alarm(**{**values, "priority": priority}, public_id=str(number), state=state, raised_at=raised)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(list(Priority)), st.sampled_from(list(AlarmState)), st.none() | st.integers(0, 10_000)
        ),
        max_size=12,
    )
)
def test_what_burns_is_open_and_serious_worst_first_then_oldest(
    drawn: list[tuple[Priority, AlarmState, int | None]],
) -> None:
    alarms = [an_alarm(number, *each) for number, each in enumerate(drawn)]
    found = burning_alarms(alarms, {})
    assert {each.state for each in found} <= {AlarmState.UNACKNOWLEDGED, AlarmState.ACKNOWLEDGED}
    wanted = [one for one in alarms if one.priority in BURNING and one.is_open]
    assert sorted(each.public_id for each in found) == sorted(one.public_id for one in wanted)
    for one, other in zip(found, found[1:], strict=False):
        assert one.priority <= other.priority
        if one.priority == other.priority and other.raised_at is not None:
            assert one.raised_at is not None and one.raised_at <= other.raised_at


def test_an_alarm_says_who_has_it_and_nobody_who_only_had_it() -> None:
    known = replace(
        an_alarm(0, Priority.HIGH, AlarmState.ACKNOWLEDGED, 5), acknowledged_by="truc.sang", acknowledged_at=NOW
    )
    again = replace(known, state=AlarmState.UNACKNOWLEDGED)
    given = replace(known, assigned_to="PHUVANG")
    assert [each.owner for each in burning_alarms([known], {})] == ["truc.sang"]
    assert [each.owner for each in burning_alarms([again], {})] == [""]
    assert [each.owner for each in burning_alarms([given], {"PHUVANG": "Phú Vang"})] == ["Phú Vang"]


def test_a_source_says_its_time_its_age_or_that_it_never_spoke() -> None:
    assert SAID.words == "Nguồn: Quản lý án, 09:43 26/11/2026"
    assert replace(SAID, freshness=Freshness.LOST).words.endswith("26/11/2026 (mất nguồn)")
    assert (SILENT.words, SILENT.is_known) == ("Nguồn: Quản lý án, chưa kết nối", False)


def test_a_pledge_without_anything_known_or_counted_has_no_share() -> None:
    assert Pledge("p", "người", None, None, SILENT).percent is None
    assert Pledge("p", "người", 0, 0, SAID).percent is None
    assert Pledge("p", "người", 0, 4, SAID).percent == 0
    assert Pledge("p", "người", 3, 4, SAID).percent == 75


def test_a_day_moves_a_rate_by_hundredths_and_the_difference_is_that_of_the_printed() -> None:
    assert a_rate("22.264", "22.185").moved == Decimal("0.07")
    assert a_rate("22.26").moved is None
    assert a_rate("22.26", before="21.50").comparison.points_to_last_year == Decimal("0.8")
    assert points_between(Decimal("22.25"), Decimal("21.34")) == Decimal("1.0")


def test_units_furthest_behind_come_first_and_silent_ones_last() -> None:
    units = [
        a_unit("Xa", None, None),
        a_unit("Khá", "28.00"),
        a_unit("Chậm", "10.75"),
        a_unit("Không chỉ tiêu", "5", None),
    ]
    assert [unit.name for unit in ordered_units(units)] == ["Chậm", "Khá", "Không chỉ tiêu", "Xa"]


def test_only_units_with_overdue_clocks_are_named_most_first() -> None:
    assert clocks_by_unit({"A": 1, "B": 0, "C": 4}, {"C": "Cầu"}) == (("Cầu", 4), ("A", 1))


def test_the_curve_looks_some_weeks_ahead_and_never_beyond_the_year() -> None:
    first, last = date(2026, 10, 1), date(2027, 9, 30)
    assert curve_until(first, first, last) == date(2027, 2, 28)
    assert curve_until(first, date(2027, 5, 1), last) == date(2027, 7, 15)
    assert curve_until(first, date(2027, 9, 1), last) == last


@pytest.mark.parametrize(
    ("kind", "now", "wanted"),
    [
        (MORNING, here(26, 6, 59), here(24, 7)),  # the day before is a holiday
        (MORNING, here(26, 7), here(26, 7)),
        (MORNING, here(26, 23), here(26, 7)),
        (MORNING, here(29, 10), here(27, 7)),  # Sunday
        (WEEKLY, here(26, 7), here(23, 7)),
        (WEEKLY, here(23, 6, 59), here(16, 7)),
    ],
)
def test_the_last_appointment_that_is_past_is_due(kind: BriefingKind, now: datetime, wanted: datetime) -> None:
    assert due_appointment(kind, SCHEDULE, CALENDAR, now) == wanted


def test_nothing_is_due_before_the_schedule_was_known_or_while_it_is_off() -> None:
    now = here(26, 12)
    assert due_appointment(MORNING, BriefingSchedule(), CALENDAR, now) is None
    assert due_appointment(MORNING, BriefingSchedule(since={MORNING: here(26, 9)}), CALENDAR, now) is None
    assert due_appointment(MORNING, OFF, CALENDAR, now) is None
    assert next_appointment(MORNING, OFF, CALENDAR, now) is None


def test_a_moved_time_keeps_the_appointment_of_the_day() -> None:
    moved = replace(SCHEDULE, morning_at=time(9, 30))
    first, second = (due_appointment(MORNING, each, CALENDAR, here(26, 12)) for each in (SCHEDULE, moved))
    assert first is not None and second is not None and first != second
    assert slot_of(MORNING, "", first) == slot_of(MORNING, "", second) == "morning:2026-11-26"


def test_every_unit_has_appointments_of_its_own() -> None:
    slots = {slot_of(kind, unit, here(23, 7)) for kind in BriefingKind for unit in ("", "PHUVANG", "PHULOC")}
    assert len(slots) == 6 and "weekly:PHUVANG:2026-11-23" in slots


def test_one_kind_is_made_without_the_other() -> None:
    weekly = replace(SCHEDULE, kinds=frozenset({WEEKLY}))
    assert due_appointment(MORNING, weekly, CALENDAR, here(26, 12)) is None
    assert next_appointment(MORNING, weekly, CALENDAR, here(26, 12)) is None
    assert due_appointment(WEEKLY, weekly, CALENDAR, here(26, 12)) == here(23, 7)
    assert weekly.is_on and not OFF.is_on


def test_a_kind_counts_since_it_was_last_taken_up() -> None:
    def decided(day: int, *kinds: BriefingKind) -> BriefingSchedule:
        return BriefingSchedule(kinds=frozenset(kinds), decided_at=here(day, 9))

    decisions = [decided(10, MORNING), decided(16), decided(18, MORNING), decided(25, MORNING, WEEKLY)]
    found = schedule_decided(decisions)
    assert found.since == {MORNING: here(18, 9), WEEKLY: here(25, 9)}
    # Taken up on Wednesday: the Monday before is not made up for, neither is the morning of that day.
    assert due_appointment(WEEKLY, found, CALENDAR, here(26, 6)) is None
    assert due_appointment(MORNING, schedule_decided(decisions[:3]), PLAIN, here(18, 12)) is None
    assert schedule_decided(decisions[:2]).since == {}
    assert schedule_decided([]) == BriefingSchedule()


def test_a_schedule_is_read_as_it_was_typed() -> None:
    assert typed_schedule("6h30", "08:00", True, False) == BriefingSchedule(time(6, 30), time(8), frozenset({MORNING}))
    assert typed_schedule("7", "7", False, False).kinds == frozenset()
    with pytest.raises(BriefingRefused):
        typed_schedule("sớm", "7", True, True)


def a_line(public_id: str, unit: str, made_by: str) -> BriefingLine:
    return BriefingLine(public_id, MORNING, unit, NOW, made_by)


def test_what_units_made_by_schedule_does_not_cover_the_province_s() -> None:
    by_schedule = [a_line("u2", "PHULOC", "worker"), a_line("u1", "PHUVANG", "worker")]
    lines = [*by_schedule, a_line("p", "", "worker"), a_line("a", "PHUVANG", "truong")]
    assert opened_first(lines, sees_whole=True) == "p"
    assert opened_first([*by_schedule, a_line("a", "PHUVANG", "truong")], sees_whole=True) == "a"
    assert opened_first(by_schedule, sees_whole=True) == opened_first(lines, sees_whole=False) == "u2"
    assert opened_first([], sees_whole=True) == ""


@given(st.datetimes(datetime(2026, 11, 10), datetime(2027, 3, 1)), st.sampled_from(list(BriefingKind)))
def test_between_the_last_and_the_next_appointment_there_is_none(at: datetime, kind: BriefingKind) -> None:
    now = at.replace(tzinfo=LOCAL)
    last, coming = due_appointment(kind, SCHEDULE, PLAIN, now), next_appointment(kind, SCHEDULE, PLAIN, now)
    assert coming is not None and coming > now
    assert last is None or last <= now
    assert next_appointment(kind, SCHEDULE, PLAIN, coming - timedelta(seconds=1)) == coming
    assert due_appointment(kind, SCHEDULE, PLAIN, coming) == coming


def test_a_morning_tells_what_changed_since_the_last_working_day_and_a_week_since_seven_days() -> None:
    assert told_since(MORNING, CALENDAR, here(26, 7)) == here(24, 7)
    assert told_since(MORNING, PLAIN, here(23, 7, 5)) == here(20, 7, 5)
    assert told_since(WEEKLY, CALENDAR, here(26, 7)) == here(19, 7)
    # Whatever is effective on the 24th came after 07:00 of that day.
    assert compared_on(here(24, 7)) == date(2026, 11, 23)


def test_a_briefing_is_late_after_a_quarter_of_an_hour() -> None:
    assert not is_late(here(26, 7), here(26, 7, 15))
    assert is_late(here(26, 7), here(26, 7, 16))
    assert not is_late(None, here(26, 7))


@pytest.mark.parametrize(
    ("typed", "wanted"), [("07:00", time(7)), (" 7h30 ", time(7, 30)), ("8", time(8)), ("8h", time(8))]
)
def test_a_time_is_read_as_people_write_it(typed: str, wanted: time) -> None:
    assert typed_time(typed) == wanted


@pytest.mark.parametrize("typed", ["", "25:00", "07:61", "sáng", "-1:00"])
def test_what_is_no_time_is_refused(typed: str) -> None:
    with pytest.raises(BriefingRefused, match="07:00"):
        typed_time(typed)
