"""Requests end the same in any order; the database counts as the domain does; a question knows its principal."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from services_support import DAY, a_request, requests_around, some_months_of_requests
from sqlalchemy import delete, func, select

from access.principal import NotAllowed, Principal
from data_access.models.public_services import ServiceRequestRow
from data_access.public_services import (
    ServiceEntry,
    counts_by_channel,
    counts_by_service,
    counts_by_unit,
    listed_requests,
    months_of_services,
    overdue_requests,
    public_services,
    requests_still_open,
    save_public_services,
    save_requests,
    service_counts,
)
from data_access.session import Database
from data_access.versions import versions
from domain.counted_share import CountedShare
from domain.permissions import Role
from domain.public_services import (
    ALL_STATES,
    RequestState,
    Satisfaction,
    ServiceCounts,
    ServiceFilter,
    ServiceRequest,
    counted_requests,
    remote_share,
)
from domain.units import Organisation

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
TODAY = date(2026, 11, 24)
WORKER = Principal.worker()
YEAR = ServiceFilter(months=12)


def units_of(organisation: Organisation) -> list[str]:
    return [unit.code for unit in organisation.case_units_on(TODAY)]


def store(database: Database, *requests: ServiceRequest, at: datetime = NOW) -> int:
    with database.writing() as session:
        return save_requests(session, requests, at)


@given(data=st.data())
def test_the_database_counts_and_lists_as_the_domain_does(
    database: Database, organisation: Organisation, data: st.DataObject
) -> None:
    found = data.draw(st.lists(requests_around(NOW, units_of(organisation)), min_size=1, max_size=15))
    requests = list({(one.unit, one.code): one for one in found}.values())
    with database.writing() as session:
        session.execute(delete(ServiceRequestRow))
        save_requests(session, requests, NOW)
    asked = (WORKER, organisation, YEAR, NOW)
    with database.reading() as session:
        assert service_counts(session, *asked) == counted_requests(requests, NOW)
        for by, groups in (
            ("unit", counts_by_unit(session, *asked)),
            ("service", counts_by_service(session, *asked)),
            ("channel", counts_by_channel(session, *asked)),
        ):
            for key, counts in groups.items():
                own = [one for one in requests if getattr(one, by) == key]
                assert (counts or ServiceCounts()) == counted_requests(own, NOW)
        for state in RequestState:
            listed = listed_requests(session, WORKER, organisation, replace(YEAR, state=state.value), NOW)
            assert sorted(one.code for one in listed) == sorted(one.code for one in requests if one.state(NOW) is state)
        months = months_of_services(session, *asked)
    assert sum((month.counts for month in months if month.counts), ServiceCounts()) == counted_requests(requests, NOW)


def test_any_order_and_any_repetition_ends_the_same(database: Database, organisation: Organisation) -> None:
    first = NOW - 6 * DAY
    done = a_request(first, done_at=NOW - DAY, updated_at=NOW - DAY)
    steps = [
        a_request(first),
        done,
        # The same words later, and a rating that came with no time of its own.
        replace(done, updated_at=NOW - timedelta(hours=2)),
        replace(done, satisfaction=Satisfaction.ACCEPTING, updated_at=NOW - timedelta(hours=1)),
    ]
    ends = set()
    for order in permutations(steps):
        with database.writing() as session:
            session.execute(delete(ServiceRequestRow))
        for step in (*order, order[0], order[2]):
            store(database, step)
        with database.reading() as session:
            (found,) = listed_requests(session, WORKER, organisation, replace(YEAR, state=ALL_STATES), NOW)
        ends.add(found)
    assert ends == {steps[-1]}


def test_what_was_known_changes_nothing_and_wakes_nobody(database: Database) -> None:
    request = a_request(NOW - 6 * DAY)
    assert store(database, request, request) == 1
    with database.reading() as session:
        before = versions(session)["public_services"]
    assert store(database, request, replace(request, updated_at=NOW)) == 0
    with database.reading() as session:
        assert versions(session)["public_services"] == before
        assert session.scalar(select(func.count()).select_from(ServiceRequestRow)) == 1
        assert requests_still_open(session) == [request.code]


def test_only_the_own_units_are_told_and_a_silent_one_is_unknown(
    database: Database, organisation: Organisation
) -> None:
    units = units_of(organisation)
    some_months_of_requests(database, units, NOW)
    own, silent = replace(WORKER, unit=units[1]), replace(WORKER, unit=units[-1])
    with database.reading() as session:
        assert list(counts_by_unit(session, own, organisation, YEAR, NOW)) == [units[1]]
        assert counts_by_unit(session, WORKER, organisation, YEAR, NOW)[units[-1]] is None
        assert service_counts(session, silent, organisation, YEAR, NOW) is None
        assert service_counts(session, own, organisation, replace(YEAR, unit=units[0]), NOW) is None
        whole = service_counts(session, WORKER, organisation, YEAR, NOW)
        assert whole is not None and whole.received == 5 * (len(units) - 1)
        for unit, principal in ((units[1], own), (units[0], replace(WORKER, unit=units[0]))):
            listed = listed_requests(session, principal, organisation, replace(YEAR, state=ALL_STATES), NOW)
            assert {one.unit for one in listed} == {unit} and len(listed) == 5
        with pytest.raises(NotAllowed):
            listed_requests(session, Principal(Role.SCREEN, "s", "màn hình"), organisation, YEAR, NOW)


def test_what_the_programme_asks_of_the_services(database: Database, organisation: Organisation) -> None:
    units = units_of(organisation)
    some_months_of_requests(database, units, NOW)
    number = len(units) - 1
    with database.reading() as session:
        counts = service_counts(session, WORKER, organisation, YEAR, NOW)
    assert counts is not None
    assert remote_share(counts) == CountedShare(number, number)
    assert counts.outside_share == CountedShare(number, 4 * number, number)
    assert counts.online_share == CountedShare(2 * number, 4 * number, number)
    assert counts.satisfied_share == CountedShare(number, number, 4 * number)
    assert counts.on_time_share == CountedShare(number, 2 * number)


def test_an_overdue_request_is_not_forgotten_with_its_month(database: Database, organisation: Organisation) -> None:
    store(database, a_request(NOW - 200 * DAY), a_request(NOW - 2 * DAY, 2, service="THADS-05"))
    month = ServiceFilter(months=1)
    with database.reading() as session:
        assert overdue_requests(session, WORKER, organisation, month, NOW) == 1
        assert [one.code for one in listed_requests(session, WORKER, organisation, month, NOW)] == ["HS-0001"]
        counts = service_counts(session, WORKER, organisation, month, NOW)
        assert counts is not None and (counts.received, counts.overdue) == (1, 0)
        other = replace(month, service="THADS-05")
        assert overdue_requests(session, WORKER, organisation, other, NOW) == 0
        months = months_of_services(session, WORKER, organisation, ServiceFilter(), NOW)
    assert [month.counts is None for month in months] == [True] * 5 + [False] * 7
    assert sum(month.counts.received for month in months if month.counts) == 2


def test_the_agencys_catalogue_takes_the_place_of_the_sample(database: Database) -> None:
    with database.reading() as session:
        shipped = public_services(session)
        assert shipped and all(service.is_sample for service in shipped.values())
    entries = [ServiceEntry("TT-1", "Cũ", is_used=False), ServiceEntry("TT-2", "Yêu cầu thi hành án")]
    with database.writing() as session:
        assert save_public_services(session, entries, NOW, NOW) == 2
        assert save_public_services(session, entries, NOW, NOW) == 0
        assert save_public_services(session, [ServiceEntry("TT-2", "Tên cũ")], NOW - DAY, NOW) == 0
        assert save_public_services(session, [ServiceEntry("TT-2", "Tên mới")], NOW + DAY, NOW) == 1
    with database.reading() as session:
        own = public_services(session)
    assert [(service.code, service.title, service.is_sample) for service in own.values()] == [
        ("TT-2", "Tên mới", False),
        ("TT-1", "Cũ", False),
    ]


def test_what_waits_with_a_unit_that_has_ended_still_waits_with_its_heir(
    database: Database, two_era_organisation: Organisation
) -> None:
    before = two_era_organisation.case_units_on(date(2025, 6, 30))
    gone = next(unit.code for unit in before if two_era_organisation.unit_on(unit.code, TODAY) is None)
    heir = two_era_organisation.successor(gone, None, TODAY)
    old = a_request(NOW - 600 * DAY, unit=gone, due_at=NOW - 590 * DAY)
    new = a_request(NOW - 20 * DAY, unit=heir, due_at=NOW - 10 * DAY)
    store(database, old, new)
    with database.reading() as session:
        asked = (session, WORKER, two_era_organisation)
        assert overdue_requests(*asked, YEAR, NOW) == 2
        listed = listed_requests(*asked, replace(YEAR, unit=heir, state="overdue"), NOW)
        assert [one.unit for one in listed] == [heir, heir]
        assert counts_by_unit(*asked, YEAR, NOW)[heir] == counted_requests([new], NOW)
        assert [month.counts is None for month in months_of_services(*asked, replace(YEAR, channel="x"), NOW)] == [
            False
        ] * 12
