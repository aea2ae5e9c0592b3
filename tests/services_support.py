"""Requests to the public services that tests talk about."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from data_access.public_services import save_requests
from data_access.session import Database
from data_access.sources import save_source_success
from domain.public_services import Satisfaction, ServiceChannel, ServiceRequest

DAY = timedelta(days=1)


def a_request(received_at: datetime, number: int = 1, **changes: Any) -> ServiceRequest:
    """A request that waits with five days to go, online, from within the province."""
    values: dict[str, Any] = {
        "unit": "PHUVANG",
        "code": f"HS-{number:04d}",
        "service": "THADS-01",
        "received_at": received_at,
        "updated_at": received_at,
        "channel": ServiceChannel.FULLY_ONLINE,
        "is_outside": False,
        "due_at": received_at + 5 * DAY,
    }
    return ServiceRequest(**{**values, **changes})


def requests_around(now: datetime, units: Sequence[str]) -> st.SearchStrategy[ServiceRequest]:
    """Any request that a source may state by `now`: times in order, whatever may be unknown sometimes unknown."""
    minutes = st.integers(0, 60 * 24 * 100)
    later = st.none() | st.integers(0, 60 * 24 * 60)

    def build(ago: int, due: int | None, done: int | None, returned: int | None, rest: tuple[Any, ...]) -> Any:
        received_at = now - timedelta(minutes=ago)
        at = [None if each is None else received_at + timedelta(minutes=each) for each in (due, done, returned)]
        unit, number, channel, is_outside, satisfaction = rest
        return a_request(
            received_at,
            number,
            unit=unit,
            channel=channel,
            is_outside=is_outside,
            due_at=at[0],
            done_at=at[1],
            returned_at=at[2],
            satisfaction=satisfaction,
        )

    rest = st.tuples(
        st.sampled_from(list(units)),
        st.integers(1, 9999),
        st.none() | st.sampled_from(ServiceChannel),
        st.none() | st.booleans(),
        st.none() | st.sampled_from(Satisfaction),
    )
    return st.builds(build, minutes, later, later, later, rest)


def some_months_of_requests(database: Database, units: Sequence[str], now: datetime) -> None:
    """Every unit but the last: one on time and rated, one late, one returned, one overdue from outside, one waiting."""
    requests = []
    for place, unit in enumerate(units[:-1]):
        own = {"unit": unit}
        first, number = now - 40 * DAY, 10 * place
        requests += [
            a_request(first, number + 1, done_at=first + 2 * DAY, satisfaction=Satisfaction.SATISFIED, **own),
            a_request(first, number + 2, done_at=first + 9 * DAY, channel=ServiceChannel.IN_PERSON, **own),
            a_request(first, number + 3, returned_at=first + DAY, service="THADS-02", **own),
            a_request(now - 8 * DAY, number + 4, is_outside=True, channel=ServiceChannel.POSTAL, **own),
            a_request(now - DAY, number + 5, is_outside=None, channel=None, **own),
        ]
    with database.writing() as session:
        save_requests(session, requests, now)
        save_source_success(session, "public_services", now, now, len(requests))
