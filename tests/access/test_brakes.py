"""The brake on guessing, as a pure rule."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from access.brakes import LONGEST_WAIT, Brake, after_success, after_try

START = datetime(2026, 11, 23, 2, 40, tzinfo=UTC)
LIMIT = 5


def hammer(seconds: list[float]) -> tuple[int, Brake]:
    """Tries at these seconds; how many were let through, and the brake afterwards."""
    brake, admitted = Brake(START), 0
    for second in seconds:
        now = START + timedelta(seconds=second)
        brake = after_try(brake, LIMIT, now)
        admitted += brake.waits_for(now) is None
    return admitted, brake


def test_five_tries_a_minute_pass_and_the_sixth_waits() -> None:
    admitted, brake = hammer([0, 1, 2, 3, 4, 5])
    assert admitted == 5
    assert brake.waits_for(START + timedelta(seconds=5)) == timedelta(minutes=1)


def test_ten_thousand_tries_in_a_minute_let_five_through() -> None:
    admitted, _ = hammer([index * 0.006 for index in range(10_000)])
    assert admitted == 5


def test_hammering_while_blocked_does_not_lengthen_the_wait() -> None:
    _, brake = hammer([0, 1, 2, 3, 4, 5, 20, 40, 60])
    assert brake.blocked_until_at == START + timedelta(seconds=65)


def test_each_strike_doubles_the_wait_up_to_a_quarter_of_an_hour() -> None:
    brake, now, waits = Brake(START), START, []
    for _ in range(8):
        while not (wait := brake.waits_for(now)):
            brake = after_try(brake, LIMIT, now)
        waits.append(wait)
        now += wait
    assert waits[:4] == [timedelta(minutes=minutes) for minutes in (1, 2, 4, 8)]
    assert waits[4:] == [LONGEST_WAIT] * 4


def test_an_hour_of_quiet_forgives_the_strikes() -> None:
    _, brake = hammer([0, 1, 2, 3, 4, 5])
    later = after_try(brake, LIMIT, START + timedelta(hours=3))
    assert (later.strikes, later.tries) == (0, 1)


def test_a_right_password_takes_its_own_try_back() -> None:
    brake = Brake(START)
    for second in range(100):
        brake = after_success(after_try(brake, LIMIT, START + timedelta(seconds=second / 10)))
    assert brake.waits_for(START + timedelta(seconds=10)) is None


@given(st.lists(st.floats(0, 7200), max_size=400))
def test_no_minute_ever_lets_more_than_twice_the_limit_through(seconds: list[float]) -> None:
    brake, admitted = Brake(START), []
    for second in sorted(seconds):
        now = START + timedelta(seconds=second)
        brake = after_try(brake, LIMIT, now)
        if brake.waits_for(now) is None:
            admitted.append(second)
    for first in admitted:
        assert sum(first <= second < first + 60 for second in admitted) <= 2 * LIMIT


@given(st.lists(st.floats(0, 7200), max_size=200))
def test_nobody_is_ever_locked_for_longer_than_the_longest_wait(seconds: list[float]) -> None:
    _, brake = hammer(sorted(seconds))
    end = START + timedelta(seconds=max(seconds, default=0))
    assert (brake.waits_for(end) or timedelta(0)) <= LONGEST_WAIT
