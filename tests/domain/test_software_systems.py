"""Health as intervals and availability by month: parts sum to the month, unknown is neither up nor down."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_access.limits import load_wall_limits
from domain.alarms import Priority
from domain.software_systems import (
    DOWN,
    UP,
    HealthInterval,
    HealthState,
    Probe,
    ProbeKind,
    ProbeResult,
    ProbeStanding,
    Share,
    SoftwareSystem,
    SystemChange,
    SystemStanding,
    Watch,
    availability_of,
    continued,
    is_shared_failure,
    months_before,
    outages_in,
    software_alarms,
    standing_of,
    systems_on,
    timeline,
)
from domain.software_systems.health import LONGEST_GAP

LIMITS = load_wall_limits()
NOW = datetime(2026, 11, 24, 2, 40, tzinfo=UTC)
SINCE = datetime(2026, 9, 30, 17, 0, tzinfo=UTC)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
EMAIL = SoftwareSystem("email", "Thư điện tử", "Thư", "Bộ")
PROBE = Probe("p1", "email", ProbeKind.SMTP, "smtp://10.0.0.5", 3)
WHOLE = ("TINH", "Tỉnh")
# Minutes since the look before, and what was found.
LOOKS = st.lists(st.tuples(st.integers(1, 400), st.sampled_from(HealthState)), max_size=30)
SPANS = st.lists(st.tuples(st.integers(0, 70_000), st.integers(1, 3_000)), max_size=3)


def kept(looks: list[tuple[int, HealthState]], begin: datetime = SINCE) -> list[HealthInterval]:
    """The intervals that these looks leave behind."""
    found: list[HealthInterval] = []
    at = begin
    for minutes, state in looks:
        at += minutes * MINUTE
        lengthened, begun = continued(found[-1] if found else None, ProbeResult(state, state.value), at)
        if lengthened is not None:
            found[-1] = lengthened
        if begun is not None:
            found.append(begun)
    return found


def every_minute(state: HealthState, since: datetime, until: datetime) -> HealthInterval:
    return HealthInterval(state, state.value, since, until)


@given(LOOKS)
def test_intervals_are_in_order_never_overlap_and_never_bridge_a_gap(looks: list[tuple[int, HealthState]]) -> None:
    found = kept(looks)
    assert all(one.from_at <= one.until_at for one in found)
    for before, after in zip(found, found[1:], strict=False):
        assert before.until_at <= after.from_at
        if before.until_at < after.from_at:
            assert after.from_at - before.until_at > LONGEST_GAP
    seen = sum((one.until_at - one.from_at for one in found), timedelta(0))
    ordinary = [minutes * MINUTE for minutes, _ in looks[1:] if minutes * MINUTE <= LONGEST_GAP]
    assert seen == sum(ordinary, timedelta(0))


@given(st.lists(LOOKS, max_size=3), SPANS)
def test_the_four_parts_of_every_month_are_the_month_and_the_share_counts_no_unknown(
    probes: list[list[tuple[int, HealthState]]], spans: list[tuple[int, int]]
) -> None:
    watches = [Watch(SINCE, None, kept(looks)) for looks in probes]
    windows = [(SINCE + first * MINUTE, SINCE + (first + lasts) * MINUTE) for first, lasts in spans]
    months = months_before(NOW, 4)
    stretches = timeline(watches, windows, SINCE, NOW)
    assert sum((one.lasted for one in stretches), timedelta(0)) == NOW - SINCE
    for month in availability_of(stretches, months, NOW):
        assert month.up + month.down + month.maintenance + month.unknown == month.whole
        assert min(month.up, month.down, month.maintenance, month.unknown) >= timedelta(0)
        if month.known:
            assert month.percent is not None and Decimal(0) <= month.percent <= 100
            assert (month.percent == 100) == (not month.down)
        else:
            assert month.percent is None
    known = sum((one.lasted for one in stretches if one.share in (Share.UP, Share.DOWN)), timedelta(0))
    most = sum((one.until_at - one.from_at for watch in watches for one in watch.intervals), timedelta(0))
    assert known <= most + LONGEST_GAP * len(watches)


def test_time_in_which_nobody_looked_is_unknown_and_no_outage() -> None:
    intervals = [
        every_minute(HealthState.ANSWERING, NOW - 10 * HOUR, NOW - 6 * HOUR),
        every_minute(HealthState.ANSWERING, NOW - 2 * HOUR, NOW - HOUR),
        every_minute(HealthState.SILENT, NOW - HOUR, NOW),
    ]
    stretches = timeline([Watch(NOW - 10 * HOUR, None, intervals)], [], NOW - 10 * HOUR, NOW)
    (month,) = availability_of(stretches, [date(2026, 11, 1)], NOW)
    assert (month.up, month.down) == (5 * HOUR, HOUR)
    assert month.percent == 100 * Decimal(5) / Decimal(6)
    (outage,) = outages_in(stretches, NOW)
    assert outage.is_open and outage.lasted == HOUR and outage.reason == "silent"


def test_announced_work_is_neither_up_nor_down() -> None:
    watch = Watch(NOW - 4 * HOUR, None, [every_minute(HealthState.SILENT, NOW - 4 * HOUR, NOW)])
    stretches = timeline([watch], [(NOW - 3 * HOUR, NOW - HOUR)], NOW - 4 * HOUR, NOW)
    (month,) = availability_of(stretches, [date(2026, 11, 1)], NOW)
    assert (month.down, month.maintenance) == (2 * HOUR, 2 * HOUR)
    unwatched = timeline([], [(NOW - 3 * HOUR, NOW - HOUR)], NOW - 4 * HOUR, NOW)
    assert [one.share for one in unwatched] == [Share.UNKNOWN], "work on what nobody watches tells nothing"


def test_a_system_is_up_only_while_all_of_its_probes_are_and_down_while_one_fails() -> None:
    up = every_minute(HealthState.SLOW, NOW - 4 * HOUR, NOW)
    half = [
        every_minute(HealthState.ANSWERING, NOW - 4 * HOUR, NOW - 3 * HOUR),
        every_minute(HealthState.REFUSED, NOW - 3 * HOUR, NOW - 2 * HOUR),
        every_minute(HealthState.CUT, NOW - 2 * HOUR, NOW - HOUR),
    ]
    first = NOW - 4 * HOUR
    stretches = timeline([Watch(first, None, [up]), Watch(first, NOW - HOUR, half)], [], first, NOW)
    assert [(one.share, one.lasted) for one in stretches] == [
        (Share.UP, HOUR),
        (Share.DOWN, HOUR),
        (Share.UNKNOWN, HOUR),
        (Share.UP, HOUR),
    ]


def test_months_are_those_of_hue() -> None:
    assert months_before(datetime(2026, 11, 30, 18, 0, tzinfo=UTC), 2) == [date(2026, 11, 1), date(2026, 12, 1)]


SILENT = [("a", ProbeKind.TCP, HealthState.SILENT), ("b", ProbeKind.HTTP, HealthState.SILENT)]


@pytest.mark.parametrize(
    ("found", "is_shared"),
    [
        ([*SILENT, ("c", ProbeKind.SMTP, HealthState.SILENT)], True),
        ([*SILENT, ("c", ProbeKind.SMTP, HealthState.SILENT), ("d", ProbeKind.FILE, HealthState.ANSWERING)], True),
        ([*SILENT, ("c", ProbeKind.SMTP, HealthState.REFUSED)], False),
        ([*SILENT, ("b", ProbeKind.SMTP, HealthState.SILENT)], False),
        (SILENT, False),
        ([], False),
    ],
)
def test_only_when_all_over_the_line_are_silent_together_it_is_the_line(
    found: list[tuple[str, ProbeKind, HealthState]], is_shared: bool
) -> None:
    assert is_shared_failure(found, 3) is is_shared


def a_standing(state: HealthState, ago: timedelta = HOUR, until: datetime | None = None) -> SystemStanding:
    last = None if state is HealthState.NEVER else every_minute(state, NOW - ago, NOW)
    return standing_of(EMAIL, [ProbeStanding(PROBE, last, NOW, None, until, NOW - ago)], NOW)


@pytest.mark.parametrize("state", [state for state in HealthState if state not in DOWN | {HealthState.CUT}])
def test_what_answers_and_what_nobody_knows_raises_nothing(state: HealthState) -> None:
    assert software_alarms([a_standing(state)], LIMITS, WHOLE, NOW) == []


@pytest.mark.parametrize("state", sorted(DOWN))
def test_one_that_fails_is_an_alarm_from_the_limit_on(state: HealthState) -> None:
    assert software_alarms([a_standing(state, 4 * MINUTE)], LIMITS, WHOLE, NOW) == []
    (alarm,) = software_alarms([a_standing(state, 5 * MINUTE)], LIMITS, WHOLE, NOW)
    assert (alarm.rule, alarm.subject, alarm.since_at) == ("software_silent", "email", NOW - 5 * MINUTE)
    assert alarm.priority is Priority.HIGH


def test_our_own_line_is_said_once_whatever_stands_behind_it() -> None:
    (alarm,) = software_alarms([a_standing(HealthState.CUT)] * 7, LIMITS, WHOLE, NOW)
    assert (alarm.rule, alarm.measure) == ("software_link", 7)


@pytest.mark.parametrize(("days", "words"), [(15, ""), (14, "sắp hết hạn"), (-1, "đã hết hạn")])
def test_a_certificate_that_ends_soon_is_an_alarm(days: int, words: str) -> None:
    until = NOW + timedelta(days=days)
    found = software_alarms([a_standing(HealthState.ANSWERING, until=until)], LIMITS, WHOLE, NOW)
    assert [words in alarm.title and alarm.rule == "software_certificate" for alarm in found] == [True] * bool(words)


def test_a_finding_that_is_old_says_nothing_of_now() -> None:
    old = ProbeStanding(PROBE, every_minute(HealthState.SILENT, NOW - HOUR, NOW - LONGEST_GAP - MINUTE))
    assert standing_of(EMAIL, [old], NOW).state is HealthState.UNKNOWN
    assert standing_of(EMAIL, [], NOW).state is HealthState.NEVER


@given(st.lists(st.sampled_from(HealthState), min_size=1, max_size=4))
def test_a_system_stands_as_the_worst_of_its_probes(states: list[HealthState]) -> None:
    probes = [
        ProbeStanding(PROBE, None if state is HealthState.NEVER else every_minute(state, NOW - HOUR, NOW))
        for state in states
    ]
    found = standing_of(EMAIL, probes, NOW).state
    assert found in states
    assert (found in DOWN) == any(state in DOWN for state in states)
    assert (found in UP) == all(state in UP for state in states)


def test_decisions_hold_from_their_day_on_and_the_last_one_of_a_day_counts() -> None:
    shipped = {"email": EMAIL}
    renamed = SoftwareSystem("email", "Thư công vụ", "Thư", "Bộ")
    added = SoftwareSystem("hotline", "Tổng đài", "Gọi", "Cục")
    changes = [
        SystemChange(renamed, date(2026, 11, 25), "đổi tên", "quantri", NOW),
        SystemChange(added, date(2026, 11, 24), "thêm", "quantri", NOW),
    ]
    assert [one.name for one in systems_on(shipped, changes, date(2026, 11, 24)).values()] == [
        "Thư điện tử",
        "Tổng đài",
    ]
    assert systems_on(shipped, changes, date(2026, 11, 25))["email"].name == "Thư công vụ"
