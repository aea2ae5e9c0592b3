"""Every request is in exactly one state; a share says of how many it is and never counts who said nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from services_support import DAY, a_request, requests_around

from domain.counted_share import CountedShare
from domain.public_services import (
    RequestState,
    Satisfaction,
    ServiceChannel,
    ServiceCounts,
    ServiceFilter,
    counted_requests,
    months_back,
    remote_share,
)

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
WAITING = a_request(NOW - 2 * DAY)


@given(st.lists(requests_around(NOW, ["A", "B"]), max_size=12))
def test_the_states_add_up_to_all_of_them_and_scopes_to_their_sum(requests: list) -> None:
    counts = counted_requests(requests, NOW)
    assert counts.received == len(requests) == counts.done + counts.returned + counts.open
    for share in (counts.on_time_share, counts.online_share, counts.outside_share, counts.satisfied_share):
        assert share.part <= share.whole <= len(requests) - share.unknown
    assert remote_share(counts).whole + remote_share(counts).unknown == counts.outside
    apart = [counted_requests([one for one in requests if one.unit == unit], NOW) for unit in "AB"]
    assert sum(apart, ServiceCounts()) == counts


@pytest.mark.parametrize(
    ("changes", "state"),
    [
        ({}, RequestState.WAITING),
        ({"due_at": NOW}, RequestState.WAITING),
        ({"due_at": NOW - SECOND}, RequestState.OVERDUE),
        ({"due_at": None}, RequestState.WAITING_UNDATED),
        ({"due_at": NOW - DAY, "done_at": NOW - DAY}, RequestState.ON_TIME),
        ({"due_at": NOW - DAY, "done_at": NOW - DAY + SECOND}, RequestState.LATE),
        ({"due_at": None, "done_at": NOW}, RequestState.DONE_UNDATED),
        ({"returned_at": NOW - DAY}, RequestState.RETURNED),
        # Made good and answered after all.
        ({"returned_at": NOW - DAY, "done_at": NOW - SECOND}, RequestState.ON_TIME),
        # What will be known only later is not known now.
        ({"done_at": NOW + SECOND}, RequestState.WAITING),
    ],
)
def test_where_a_request_stands(changes: dict, state: RequestState) -> None:
    assert replace(WAITING, **changes).state(NOW) is state


def test_only_those_who_rated_count_for_satisfaction_and_their_number_is_told() -> None:
    rated = [Satisfaction.SATISFIED, Satisfaction.SATISFIED, Satisfaction.ACCEPTING, Satisfaction.UNSATISFIED]
    counts = counted_requests([replace(WAITING, satisfaction=word) for word in (*rated, None, None)], NOW)
    assert counts.satisfied_share == CountedShare(2, 4, 2) and counts.satisfied_share.percent == Decimal(50)
    assert counts.content_share == CountedShare(3, 4, 2)
    assert ServiceCounts().satisfied_share.percent is None


def test_who_lives_outside_reaches_the_services_when_nobody_has_to_travel() -> None:
    outside = replace(WAITING, is_outside=True)
    requests = [
        outside,
        replace(outside, channel=ServiceChannel.POSTAL),
        replace(outside, channel=ServiceChannel.IN_PERSON),
        replace(outside, channel=None),
        WAITING,
    ]
    counts = counted_requests(requests, NOW)
    assert remote_share(counts) == CountedShare(2, 3, 1)
    assert counts.outside_share == CountedShare(4, 5)


def test_a_share_that_cannot_be_is_refused() -> None:
    for part, whole, unknown in ((2, 1, 0), (-1, 1, 0), (0, 0, -1)):
        with pytest.raises(ValueError, match="no share"):
            CountedShare(part, whole, unknown)
    assert CountedShare(1, 2) + CountedShare(0, 1, 3) == CountedShare(1, 3, 3)


def test_the_address_says_what_is_looked_at_and_nothing_foreign_gets_in() -> None:
    wanted = ServiceFilter(unit="PHUVANG", channel="postal", origin="unsaid", months=12, state="late")
    address = wanted.address()
    values = dict(pair.split("=") for pair in address.removeprefix("?").split("&"))
    assert ServiceFilter.from_address(values) == wanted
    foreign = {"channel": "<script>", "origin": "x", "months": "999", "state": "?", "unit": "U" * 99}
    assert ServiceFilter.from_address(foreign) == ServiceFilter(unit="U" * 40)
    assert ServiceFilter().address() == "" and ServiceFilter().address(months=1) == "?months=1"


def test_a_period_is_of_whole_months_and_crosses_the_year() -> None:
    assert months_back(date(2026, 2, 28), 2) == date(2025, 12, 1)
    assert ServiceFilter(months=1).first_on(date(2026, 11, 24)) == date(2026, 11, 1)
    assert ServiceFilter(months=12).first_on(date(2026, 11, 24)) == date(2025, 12, 1)
