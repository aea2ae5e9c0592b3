"""The whole way of a field report: the demo city's server, the connection, the worker's job, the database."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from gate_support import SetClock
from sqlalchemy import create_engine
from web_source_support import serving

from access.principal import Principal
from access.vault import Vault
from actions.connect_source import WantedConnection, connect_demo_city, connect_source
from actions.poll_connected import ConnectedPoll, field_report_poll
from data_access.field_reports import open_reports, still_open_ids
from data_access.import_batches import recent_batches
from data_access.session import Database
from data_access.source_connections import connection_of
from data_access.sources import all_sources, source_by_name
from demo_city.citizens import Citizens
from demo_city.moods import MOODS
from demo_city.report_service import report_service
from domain.field_reports import FieldReport
from domain.freshness import Freshness
from domain.permissions import Role
from domain.units import Organisation

NINE = datetime(2026, 11, 24, 2, 0, 5, tzinfo=UTC)
VAULT = Vault(b"k" * 32)
ADMINISTRATOR = Principal(Role.ADMINISTRATOR, "a", "quantri")
WORKER = Principal.worker()


@pytest.fixture
def city_clock() -> SetClock:
    return SetClock(NINE)


@pytest.fixture
def city(city_clock: SetClock) -> Iterator[str]:
    with serving(report_service(Citizens(2027, MOODS["busy"], date(2026, 11, 24)), city_clock)) as address:
        yield address


@pytest.fixture
def poll(database: Database, organisation: Organisation) -> ConnectedPoll:
    return field_report_poll(database, VAULT, organisation)


def connect(database: Database, address: str, secret: str = "") -> None:
    wanted = WantedConnection("field_reports", "open311_json", f"{address}/open311/v2", secret)
    connect_source(database, ADMINISTRATOR, VAULT, wanted, NINE)


def opened(database: Database, organisation: Organisation, now: datetime) -> list[FieldReport]:
    with database.reading() as session:
        return open_reports(session, WORKER, organisation, now.date())


def test_reports_come_in_are_located_and_close_as_the_source_says(
    database: Database, organisation: Organisation, city: str, city_clock: SetClock, poll: ConnectedPoll
) -> None:
    connect(database, city)
    assert poll(NINE)
    morning = opened(database, organisation, NINE)
    assert len(morning) > 10
    placed = [report for report in morning if report.unit is not None]
    assert len(placed) > len(morning) * 0.7
    assert all(report.due_at is not None for report in morning)
    city_clock.skip(timedelta(hours=12))
    assert poll(NINE + timedelta(hours=12))
    evening = {report.public_id for report in opened(database, organisation, NINE + timedelta(hours=12))}
    assert len(evening & {report.public_id for report in morning}) < len(morning) / 2
    with database.reading() as session:
        assert source_by_name(session, "field_reports").rows_in > 1500


def test_a_pulled_plug_ages_this_source_only_and_it_comes_back_by_itself(
    database: Database, organisation: Organisation, city_clock: SetClock, poll: ConnectedPoll
) -> None:
    citizens = Citizens(2027, MOODS["calm"], date(2026, 11, 24))
    with serving(report_service(citizens, city_clock)) as address:
        connect(database, address)
        assert poll(NINE)
        before = opened(database, organisation, NINE)
    later = NINE + timedelta(minutes=11)
    assert not poll(later)
    with database.reading() as session:
        facts = {source.name: source for source in all_sources(session)}
    lost = facts.pop("field_reports")
    assert lost.freshness(later) is Freshness.STALE and lost.message == "Không kết nối được tới nguồn."
    assert lost.next_attempt_at is not None and lost.next_attempt_at > later
    assert {source.freshness(later) for source in facts.values()} == {Freshness.NOT_CONFIGURED}
    assert opened(database, organisation, NINE) == before
    assert not poll(later + timedelta(seconds=15)), "not before its next attempt"


def test_what_the_source_repeats_or_breaks_is_quarantined_once(
    database: Database, organisation: Organisation, city: str, city_clock: SetClock, poll: ConnectedPoll
) -> None:
    city_clock.at = datetime.fromtimestamp(17 * 60 * (int(NINE.timestamp()) // (17 * 60)) + 5, UTC)
    connect(database, city)
    for _ in range(3):
        assert poll(city_clock.at)
    with database.reading() as session:
        (batch,) = recent_batches(session, WORKER, 10)
        ids = still_open_ids(session, "field_reports", city_clock.at)
    assert (batch.rows_in, batch.rows_refused) == (2, 2)
    assert len(ids) == len(set(ids))


def test_nothing_is_asked_while_not_connected_or_left_alone(database: Database, city: str, poll: ConnectedPoll) -> None:
    assert not poll(NINE)
    wanted = WantedConnection("field_reports", "open311_json", f"{city}/open311/v2", is_enabled=False)
    connect_source(database, ADMINISTRATOR, VAULT, wanted, NINE)
    assert not poll(NINE)
    with database.reading() as session:
        assert source_by_name(session, "field_reports").last_success_at is None


def test_a_key_that_no_longer_opens_is_said(database: Database, organisation: Organisation, city: str) -> None:
    connect(database, city, secret="bi-mat")
    assert not field_report_poll(database, Vault(b"o" * 32), organisation)(NINE)
    with database.reading() as session:
        assert "nhập lại" in source_by_name(session, "field_reports").message


def test_the_demo_connects_itself_and_leaves_alone_what_a_person_set_up(database: Database) -> None:
    connect_demo_city(database, VAULT, 8051, NINE)
    connect_demo_city(database, VAULT, 8061, NINE)
    with database.reading() as session:
        known = connection_of(session, "field_reports")
    assert known is not None and known.address == "http://127.0.0.1:8061/open311/v2"
    connect(database, "http://127.0.0.1:9")
    connect_demo_city(database, VAULT, 8051, NINE)
    with database.reading() as session:
        known = connection_of(session, "field_reports")
    assert known is not None and known.address == "http://127.0.0.1:9/open311/v2"


def test_the_map_is_read_before_anybodys_writing_waits_for_it(
    sqlite_database: Database, organisation: Organisation, city: str
) -> None:
    """Reading the outlines takes seconds: whoever writes meanwhile must not be told that the database is locked."""
    other = create_engine(sqlite_database.address, connect_args={"timeout": 0})
    written: list[str] = []

    class Slow:
        def place(self, latitude: float, longitude: float, day: date) -> tuple[str | None, str | None]:
            with other.begin() as connection:
                connection.exec_driver_sql("UPDATE data_version SET version = version")
            written.append("yes")
            return None, None

    connect(sqlite_database, city)
    assert field_report_poll(sqlite_database, VAULT, organisation, Slow)(NINE)
    other.dispose()
    assert len(written) > 10
