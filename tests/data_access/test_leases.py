"""One leader at a time: taken, renewed, lost, taken over only after its life without a sign of it."""

from __future__ import annotations

from datetime import datetime

import pytest

from data_access.leases import LIFE, LeaseKeeper, LeaseLost, lease_expires_at
from data_access.session import Database


class HandClock:
    """A monotonic clock that moves when told."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def hand_clock() -> HandClock:
    return HandClock()


def keeper(name: str, hand_clock: HandClock) -> LeaseKeeper:
    return LeaseKeeper("worker", name, hand_clock)


def test_the_first_to_ask_leads_and_the_second_waits(database: Database, now: datetime, hand_clock: HandClock) -> None:
    first, second = keeper("first", hand_clock), keeper("second", hand_clock)
    assert first.keep(database, now)
    assert not second.keep(database, now)
    assert first.leads and not second.leads


def test_a_leader_that_renews_is_never_taken_over(database: Database, now: datetime, hand_clock: HandClock) -> None:
    first, second = keeper("first", hand_clock), keeper("second", hand_clock)
    first.keep(database, now)
    for _ in range(10):
        hand_clock.seconds += 4
        # Every promise has another end, as it has in life.
        assert first.keep(database, now := now + (LIFE / 3))
        assert not second.keep(database, now)


def test_a_silent_leader_is_taken_over_within_fifteen_seconds(
    database: Database, now: datetime, hand_clock: HandClock
) -> None:
    first, second = keeper("first", hand_clock), keeper("second", hand_clock)
    first.keep(database, now)
    waited = 0
    while not second.keep(database, now):
        hand_clock.seconds += 1
        waited += 1
        assert waited < 15
    assert waited >= LIFE.total_seconds()


def test_a_leader_that_slept_may_not_write_after_the_takeover(
    database: Database, now: datetime, hand_clock: HandClock
) -> None:
    asleep, successor = keeper("first", hand_clock), keeper("second", hand_clock)
    asleep.keep(database, now)
    successor.keep(database, now)
    hand_clock.seconds += LIFE.total_seconds()
    assert successor.keep(database, now)
    with pytest.raises(LeaseLost), database.writing() as session:
        asleep.require(session)
    assert not asleep.keep(database, now)


def test_a_leader_too_late_to_renew_steps_down_even_when_nobody_took_over(
    database: Database, now: datetime, hand_clock: HandClock
) -> None:
    leader = keeper("first", hand_clock)
    leader.keep(database, now)
    hand_clock.seconds += LIFE.total_seconds()
    assert not leader.leads
    with pytest.raises(LeaseLost), database.writing() as session:
        leader.require(session)


def test_the_holder_may_write(database: Database, now: datetime, hand_clock: HandClock) -> None:
    leader = keeper("first", hand_clock)
    leader.keep(database, now)
    with database.writing() as session:
        leader.require(session)


def test_a_lease_given_back_is_free_at_once(database: Database, now: datetime, hand_clock: HandClock) -> None:
    first, second = keeper("first", hand_clock), keeper("second", hand_clock)
    first.keep(database, now)
    first.release(database, now)
    with database.reading() as session:
        assert lease_expires_at(session, "worker") is None
    assert second.keep(database, now)


def test_a_clock_that_jumps_neither_frees_nor_loses_a_lease(
    database: Database, now: datetime, hand_clock: HandClock
) -> None:
    first, second = keeper("first", hand_clock), keeper("second", hand_clock)
    first.keep(database, now)
    tomorrow = now.replace(day=now.day + 1)
    assert not second.keep(database, tomorrow)
    assert first.keep(database, now.replace(day=now.day - 1))
