"""The whole way of a warning: the demo city's feed or a signed push, the job that places it, the life of the source."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest
from city_alert_support import a_message, a_text, info
from flask import Flask
from gate_support import SetClock
from push_support import signed_headers
from shapely.errors import GEOSException
from web_source_support import serving

from access.principal import Principal
from access.vault import Vault
from actions.connect_source import ConnectionRefused, WantedConnection, connect_source, try_connection
from actions.known_sender import PushRefused
from actions.manage_senders import add_sender
from actions.place_city_alerts import place_city_alerts
from actions.poll_connected import city_alert_poll
from actions.take_in_city_alerts import CAP_TYPE, AlertsTaken, take_in_alert_push, take_in_polled
from connectors.pushed_list import PushUnreadable
from data_access.alert_places import AlertPlacer
from data_access.boundary_shapes import BoundariesRefused
from data_access.city_alerts import active_alerts
from data_access.import_batches import recent_batches, refused_rows
from data_access.observation_senders import SenderPurpose, senders
from data_access.session import Database
from data_access.sources import source_by_name
from demo_city.moods import MOODS
from demo_city.warnings import warning_service
from domain.city_alerts import AlertSeverity, AlertText, CityAlert
from domain.freshness import Freshness
from domain.permissions import Role
from domain.units import Organisation

NOW = datetime(2026, 11, 23, 2, 40, tzinfo=UTC)
HOLD = timedelta(hours=24)
VAULT = Vault(b"k" * 32)
ADMINISTRATOR = Principal(Role.ADMINISTRATOR, "admin", "quantri")
WORKER = Principal.worker()


@pytest.fixture
def city_clock() -> SetClock:
    return SetClock(NOW)


@pytest.fixture
def city(city_clock: SetClock) -> Iterator[str]:
    app = Flask("city")
    app.register_blueprint(warning_service(MOODS["storm_day"], city_clock))
    with serving(app) as address:
        yield address


def held(database: Database, organisation: Organisation, now: datetime) -> dict[str, CityAlert]:
    with database.reading() as session:
        found = active_alerts(session, WORKER, organisation, HOLD, now)
    return {one.text.identifier.partition("-")[2]: one for one in found}


def test_the_citys_feed_fills_the_list_and_a_flood_that_grows_is_one_warning(
    database: Database, organisation: Organisation, city: str, city_clock: SetClock
) -> None:
    wanted = WantedConnection("city_alerts", "cap_feed", f"{city}/canh-bao/cap.atom")
    words = try_connection(database, ADMINISTRATOR, VAULT, organisation, wanted, NOW)
    assert "Đọc 3 bản tin cảnh báo" in words and "1 mục không đọc được" in words
    connect_source(database, ADMINISTRATOR, VAULT, wanted, NOW)
    poll = city_alert_poll(database, VAULT, organisation)
    assert poll(NOW)
    assert set(held(database, organisation, NOW)) == {"bao", "lu-1"}
    assert place_city_alerts(database, partial(AlertPlacer, organisation), NOW) == 3
    assert place_city_alerts(database, pytest.fail, NOW) == 0, "what is placed is not asked again"
    placed = held(database, organisation, NOW)
    assert placed["bao"].units is None
    assert placed["lu-1"].units is not None and "PHUVANG" in placed["lu-1"].units

    later = NOW + timedelta(minutes=4)
    city_clock.skip(timedelta(minutes=4))
    assert poll(later)
    grown = held(database, organisation, later)
    assert set(grown) == {"bao", "lu-2"} and grown["lu-2"].text.severity is AlertSeverity.SEVERE
    with database.reading() as session:
        source = source_by_name(session, "city_alerts")
        assert source.freshness(later) is Freshness.LIVE and source.rows_in == 4
        batches = [one for one in recent_batches(session, ADMINISTRATOR) if one.source == "city_alerts"]
        assert len(batches) == 1, "the entry that leads nowhere is said once"
    assert held(database, organisation, NOW + timedelta(hours=20)) == {}


def test_without_outlines_a_warning_is_of_the_whole_city(database: Database, organisation: Organisation) -> None:
    def broken() -> AlertPlacer:
        raise BoundariesRefused("hỏng")

    push(database, register(database), [ENTRY])
    assert place_city_alerts(database, broken, NOW) == 1
    (kept,) = held_names(database, organisation)
    assert kept.is_placed and kept.units is None


ENTRY = {
    "id": "W-1",
    "sent_at": "2026-11-23T09:20:00+07:00",
    "kind": "flood",
    "severity": "severe",
    "headline": "Ngập",
    "areas": [{"codes": ["PHUVANG"]}],
}


def register(database: Database, purpose: SenderPurpose = SenderPurpose.ALERTS) -> str:
    return add_sender(database, ADMINISTRATOR, VAULT, "IOC", "", NOW, purpose)


def held_names(database: Database, organisation: Organisation) -> list[CityAlert]:
    with database.reading() as session:
        return active_alerts(session, WORKER, organisation, HOLD, NOW)


def push(
    database: Database, key: str, entries: list[object] | bytes, content_type: str = "application/json"
) -> AlertsTaken:
    body = entries if isinstance(entries, bytes) else json.dumps({"alerts": entries}).encode()
    headers = signed_headers(key, body.decode())
    with database.reading() as session:
        sender = senders(session, ADMINISTRATOR)[0].public_id
    return take_in_alert_push(database, VAULT, sender, body, headers, content_type, NOW)


def test_a_push_is_taken_once_and_what_is_wrong_is_named_and_kept(
    database: Database, organisation: Organisation
) -> None:
    key = register(database)
    entries: list[object] = [ENTRY, {**ENTRY, "id": "W-2", "kind": "rain"}]
    first, again = push(database, key, entries), push(database, key, entries)
    assert (first.accepted, first.unchanged, [each.field for each in first.refused]) == (1, 0, ["kind"])
    assert (again.accepted, again.unchanged) == (0, 1)
    other = push(database, key, [{**ENTRY, "headline": "Khác"}])
    assert (other.accepted, [each.reference for each in other.refused]) == (0, ["W-1"])
    assert [one.text.sender for one in held_names(database, organisation)] == ["IOC"]
    with database.reading() as session:
        batches = [one for one in recent_batches(session, ADMINISTRATOR) if one.source == "city_alerts"]
        assert sorted(len(refused_rows(session, ADMINISTRATOR, one.id)) for one in batches) == [1, 1]
        assert senders(session, ADMINISTRATOR)[0].message == "0 mới, 0 đã có, 1 không nhận."


def test_an_empty_push_says_that_the_centre_lives(database: Database, organisation: Organisation) -> None:
    key = register(database)
    with database.reading() as session:
        assert not source_by_name(session, "city_alerts").configured
    assert push(database, key, []) == AlertsTaken(0, 0)
    with database.reading() as session:
        source = source_by_name(session, "city_alerts")
    assert source.configured and source.freshness(NOW) is Freshness.LIVE


def test_one_message_of_cap_can_be_pushed_too(database: Database, organisation: Organisation) -> None:
    key = register(database)
    assert push(database, key, a_message(info()), CAP_TYPE).accepted == 1
    broken = push(database, key, b"<alert/>", CAP_TYPE)
    assert (broken.accepted, len(broken.refused)) == (0, 1)
    assert push(database, key, a_message(msgType="Ack"), CAP_TYPE) == AlertsTaken(0, 0)


def test_a_key_for_figures_warns_of_nothing_and_a_body_that_is_no_list_is_told(
    database: Database, organisation: Organisation
) -> None:
    with pytest.raises(PushRefused):
        push(database, register(database, SenderPurpose.FIGURES), [ENTRY])
    assert held_names(database, organisation) == []


def test_what_cannot_be_read_is_told_to_the_administrator(database: Database) -> None:
    key = register(database)
    with pytest.raises(PushUnreadable):
        push(database, key, b"{}")
    with database.reading() as session:
        assert "alerts" in senders(session, ADMINISTRATOR)[0].message


def test_only_an_address_of_the_web_can_be_connected(database: Database) -> None:
    with pytest.raises(ConnectionRefused):
        connect_source(database, ADMINISTRATOR, VAULT, WantedConnection("city_alerts", "cap_feed", "file:///etc"), NOW)


def test_a_warning_that_cannot_be_placed_holds_up_no_other(database: Database, organisation: Organisation) -> None:
    class Broken(AlertPlacer):
        def units(self, text: AlertText, day: date) -> frozenset[str] | None:
            if text.identifier == "W-1":
                raise GEOSException("inf")
            return super().units(text, day)

    push(database, register(database), [ENTRY, {**ENTRY, "id": "W-2"}])
    assert place_city_alerts(database, partial(Broken, organisation), NOW) == 2
    placed = {one.text.identifier: one for one in held_names(database, organisation)}
    assert (placed["W-1"].units, placed["W-2"].units) == (None, ("PHUVANG",)) and placed["W-1"].is_placed


def test_a_feed_that_says_a_known_number_in_other_words_is_refused_aloud(
    database: Database, organisation: Organisation
) -> None:
    with database.writing() as session:
        assert take_in_polled(session, [a_text()], NOW) == 1
        assert take_in_polled(session, [a_text(severity=AlertSeverity.EXTREME)], NOW) == 0
    with database.reading() as session:
        (batch,) = [one for one in recent_batches(session, ADMINISTRATOR) if one.source == "city_alerts"]
        assert len(refused_rows(session, ADMINISTRATOR, batch.id)) == 1
    assert [one.text.severity for one in held_names(database, organisation)] == [AlertSeverity.SEVERE]


def test_no_sender_hides_that_a_connected_feed_is_silent(database: Database, organisation: Organisation) -> None:
    key = register(database)
    wanted = WantedConnection("city_alerts", "cap_feed", "http://127.0.0.1:9/cap.atom")
    connect_source(database, ADMINISTRATOR, VAULT, wanted, NOW)
    assert not city_alert_poll(database, VAULT, organisation)(NOW)
    assert push(database, key, [ENTRY]).accepted == 1
    with database.reading() as session:
        source = source_by_name(session, "city_alerts")
    assert source.failures == 1 and source.freshness(NOW) is Freshness.NEVER
