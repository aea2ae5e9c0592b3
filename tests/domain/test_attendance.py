"""A day's status is derived: punches, absences, corrections and what the terminals could have told."""

from __future__ import annotations

from dataclasses import fields
from datetime import date, datetime, time, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.attendance import (
    Correction,
    DayFacts,
    DayStatus,
    LeaveKind,
    Overlay,
    OverlayKind,
    Punch,
    Shift,
    TerminalHealth,
    UnitPresence,
    day_status,
    next_status_change_at,
    plain_pin,
    presence_of,
)
from domain.local_time import LOCAL
from domain.working_days import WorkingCalendar

DAY = date(2026, 11, 23)
QUARTER = timedelta(minutes=15)
SHIFTS = (
    Shift(time(7, 30), time(11, 30), QUARTER, QUARTER),
    Shift(time(13), time(17), QUARTER, QUARTER),
)
CALENDAR = WorkingCalendar(frozenset({date(2026, 9, 2)}), ((time(7, 30), time(11, 30)), (time(13), time(17))))


def at(clock: str, day: date = DAY) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock), LOCAL)


def touches(*clocks: str) -> list[Punch]:
    return [Punch("T1", "7", at(clock)) for clock in clocks]


def a_terminal(
    *gaps: tuple[str, str | None], since: str | None = "06:00", touched: tuple[str, ...] = ()
) -> TerminalHealth:
    stretches = tuple((at(begins), None if ends is None else at(ends)) for begins, ends in gaps)
    return TerminalHealth("T1", None if since is None else at(since), stretches, tuple(map(at, touched)))


ALIVE = (a_terminal(),)


def status(
    *clocks: str,
    now: str = "18:00",
    terminals: tuple[TerminalHealth, ...] = ALIVE,
    day: date = DAY,
    overlay: Overlay | None = None,
    correction: Correction | None = None,
) -> DayStatus:
    facts = DayFacts(touches(*clocks), overlay, correction, terminals)
    return day_status(day, facts, SHIFTS, CALENDAR, at(now, day))


@pytest.mark.parametrize(
    ("clocks", "now", "expected"),
    [
        ((), "07:40", DayStatus.NOT_DUE),
        ((), "07:46", DayStatus.UNEXPLAINED),
        (("07:10",), "07:20", DayStatus.PRESENT),
        (("07:45",), "09:40", DayStatus.PRESENT),
        (("07:46",), "09:40", DayStatus.LATE),
        (("07:20", "17:05"), "18:00", DayStatus.PRESENT),
        (("07:20", "11:35", "12:55", "17:01"), "18:00", DayStatus.PRESENT),
        (("07:20", "11:35", "13:40", "17:01"), "18:00", DayStatus.LATE),
        (("07:20", "11:35", "17:01"), "18:00", DayStatus.PRESENT),
        (("07:20", "15:30"), "16:00", DayStatus.PRESENT),
        (("07:20", "15:30"), "18:00", DayStatus.LEFT_EARLY),
        (("07:20", "07:21"), "18:00", DayStatus.PRESENT),
        (("07:20",), "18:00", DayStatus.PRESENT),
    ],
)
def test_first_in_and_last_out_decide(clocks: tuple[str, ...], now: str, expected: DayStatus) -> None:
    assert status(*clocks, now=now) is expected


def test_a_day_off_waits_for_nobody() -> None:
    assert status(now="10:00", day=date(2026, 9, 2)) is DayStatus.NOT_DUE
    assert status(now="10:00", day=date(2026, 11, 22)) is DayStatus.NOT_DUE


@pytest.mark.parametrize(
    "terminals",
    [
        (),
        (a_terminal(since=None),),
        (a_terminal(since="08:00"),),
        (a_terminal(("07:00", None)),),
        (a_terminal(("08:00", "08:30")),),
        (a_terminal(), a_terminal(("07:00", None))),
        # Something was recorded on that morning, but before the terminal went quiet.
        (a_terminal(("08:00", "08:30"), touched=("06:10",)),),
    ],
    ids=["none", "never heard of", "new today", "silent now", "was silent", "one of two silent", "touched long before"],
)
def test_a_terminal_that_could_not_tell_makes_unknown_never_unexplained(terminals: tuple[TerminalHealth, ...]) -> None:
    assert status(now="09:40", terminals=terminals) is DayStatus.UNKNOWN


def test_a_dead_terminal_takes_no_known_punch_away_and_blames_nobody_for_being_late() -> None:
    dead_in_the_morning = (a_terminal(("07:00", "08:40")),)
    assert status("08:45", now="09:40", terminals=dead_in_the_morning) is DayStatus.PRESENT
    dead_in_the_evening = (a_terminal(("16:00", None)),)
    assert status("07:20", "13:00", terminals=dead_in_the_evening) is DayStatus.PRESENT


def test_a_terminal_that_was_only_cut_off_hides_nothing_once_it_has_delivered() -> None:
    cut_off = (a_terminal(("07:00", "09:00"), touched=("07:20", "08:10")),)
    assert status(now="09:40", terminals=cut_off) is DayStatus.UNEXPLAINED


def test_an_outage_at_night_hides_nothing() -> None:
    assert status(now="09:40", terminals=(a_terminal(("06:10", "07:25")),)) is DayStatus.UNEXPLAINED


@pytest.mark.parametrize(
    ("overlay", "expected"),
    [
        (Overlay(OverlayKind.LEAVE, DAY, DAY, LeaveKind.SICK), DayStatus.ON_LEAVE),
        (Overlay(OverlayKind.BUSINESS_TRIP, DAY - timedelta(days=2), DAY), DayStatus.BUSINESS_TRIP),
        (Overlay(OverlayKind.FIELD_DUTY, DAY, DAY), DayStatus.FIELD_DUTY),
        (Overlay(OverlayKind.LEAVE, DAY + timedelta(days=1), DAY + timedelta(days=2)), DayStatus.UNEXPLAINED),
    ],
)
def test_whoever_is_away_for_a_known_reason_is_never_absent(overlay: Overlay, expected: DayStatus) -> None:
    assert status(now="09:40", overlay=overlay) is expected


def test_a_correction_stands_above_everything() -> None:
    said = Correction(DayStatus.PRESENT, "quên chấm", at("10:00"))
    assert status(now="09:40", correction=said) is DayStatus.PRESENT


def on_clock(clock: time) -> datetime:
    return datetime.combine(DAY, clock, LOCAL)


@given(
    st.lists(st.times(), max_size=8),
    st.times(),
    st.lists(st.tuples(st.times(), st.one_of(st.none(), st.times())), max_size=3),
    st.integers(0, 1000),
)
def test_the_order_and_number_of_deliveries_of_a_punch_never_matter(
    clocks: list[time], now: time, gaps: list[tuple[time, time | None]], seed: int
) -> None:
    punches = [Punch("T1", "7", on_clock(clock)) for clock in clocks]
    again = [*punches, *punches]
    Random(seed).shuffle(again)
    stretches = tuple((on_clock(begins), None if ends is None else on_clock(ends)) for begins, ends in gaps)
    terminals = (TerminalHealth("T1", at("06:00"), stretches),)
    one = day_status(DAY, DayFacts(punches, terminals=terminals), SHIFTS, CALENDAR, on_clock(now))
    other = day_status(DAY, DayFacts(again, terminals=terminals), SHIFTS, CALENDAR, on_clock(now))
    assert one is other
    if punches:
        assert one not in {DayStatus.UNEXPLAINED, DayStatus.UNKNOWN, DayStatus.NOT_DUE}


@given(st.lists(st.sampled_from(DayStatus)), st.lists(st.sampled_from(DayStatus)))
def test_counts_of_a_unit_add_up_to_its_staff(one: list[DayStatus], other: list[DayStatus]) -> None:
    presence = presence_of(one)
    assert presence.staff == len(one) == sum(getattr(presence, field.name) for field in fields(UnitPresence))
    assert presence.expected == presence.staff - presence.leave - presence.trip - presence.field_duty
    assert presence.due == presence.came + presence.unexplained + presence.unknown
    assert presence + presence_of(other) == presence_of([*one, *other])


def test_time_alone_changes_a_status_at_the_end_of_tolerance_and_of_the_day() -> None:
    assert next_status_change_at(SHIFTS, CALENDAR, at("06:00")) == at("07:45")
    assert next_status_change_at(SHIFTS, CALENDAR, at("09:00")) == at("17:00")
    assert next_status_change_at(SHIFTS, CALENDAR, at("18:00")) is None
    assert next_status_change_at(SHIFTS, CALENDAR, at("06:00", date(2026, 11, 22))) is None


@pytest.mark.parametrize(
    ("typed", "pin"), [("7", "7"), ("0007", "7"), (" 12 ", "12"), ("A7", "A7"), ("0", None), ("", None), ("7;8", None)]
)
def test_a_user_number_is_the_same_however_it_is_padded(typed: str, pin: str | None) -> None:
    assert plain_pin(typed) == pin


def test_a_naive_punch_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        Punch("T1", "7", datetime(2026, 11, 23, 7, 30))
