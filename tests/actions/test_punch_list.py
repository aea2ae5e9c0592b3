"""A polled list of punches counts like what terminals push; an answering server makes no silent gate speak."""

from __future__ import annotations

import json
from typing import Any

import pytest
from attendance_support import DAY, PHUVANG, at, two_offices
from web_source_support import answering

from access.principal import Principal
from access.vault import Vault
from actions.connect_source import ConnectionRefused, WantedConnection, connect_source, try_connection
from actions.poll_connected import attendance_poll
from data_access.attendance import presence_on, staff_days
from data_access.import_batches import recent_batches
from data_access.session import Database
from data_access.sources import source_by_name
from domain.attendance import DayStatus
from domain.permissions import Role
from domain.units import Organisation

ADMINISTRATOR = Principal(Role.ADMINISTRATOR, "admin", "quantri")
WORKER = Principal.worker()
VAULT = Vault(b"k" * 32)
NOW = at("09:00")
MAP = {
    "items": "data",
    "fields": {"serial": "cua", "pin": "so", "time": "luc", "heard_at": "song"},
    "time_format": "%d/%m/%Y %H:%M:%S",
}


def entry(number: int, clock: str, gate: str = PHUVANG, **more: Any) -> dict[str, Any]:
    """One punch as the city's server gives it."""
    return {"cua": gate, "so": number, "luc": f"{DAY:%d/%m/%Y} {clock}:00", **more}


def poll_of(database: Database, organisation: Organisation, entries: list[dict[str, Any]]) -> bool:
    with answering(lambda _asked: json.dumps({"data": entries}).encode()) as (address, _):
        wanted = WantedConnection("attendance", "punch_list", address, field_map=json.dumps(MAP))
        connect_source(database, ADMINISTRATOR, VAULT, wanted, NOW)
        return attendance_poll(database, VAULT, organisation)(NOW)


def test_present_people_are_counted_and_a_gate_nobody_vouches_for_makes_nobody_absent(
    database: Database, organisation: Organisation
) -> None:
    two_offices(database)
    entries = [entry(1, "07:25"), entry(2, "07:26"), entry(1, "07:25"), entry(9, "07:00", gate="LA")]
    assert poll_of(database, organisation, entries)
    with database.reading() as session:
        people = {
            person.code: person.status
            for person in staff_days(session, WORKER, organisation, DAY, NOW)
            if person.unit == "PHUVANG"
        }
        day = presence_on(session, WORKER, organisation, DAY, NOW)
        batches = recent_batches(session, WORKER)
        source = source_by_name(session, "attendance")
    assert people["CHV-01"] is people["CHV-02"] is DayStatus.PRESENT
    assert people["CHV-03"] is DayStatus.UNKNOWN and day.unexplained == 0
    assert [batch.rows_refused for batch in batches] == [1] and source.as_of_at == NOW


def test_a_gate_the_list_vouches_for_can_tell_who_is_missing(database: Database, organisation: Organisation) -> None:
    two_offices(database)
    # The gate is heard every four minutes of the morning, as polls of every quarter of a minute would have it.
    heard = [f"{DAY:%d/%m/%Y} {hour:02d}:{minute:02d}:00" for hour in (7, 8) for minute in range(0, 60, 4)]
    entries = [entry(1, "06:58", song=instant) for instant in heard] + [entry(2, "07:26", song=heard[-1])]
    assert poll_of(database, organisation, entries)
    with database.reading() as session:
        people = {
            person.code: person.status
            for person in staff_days(session, WORKER, organisation, DAY, NOW)
            if person.unit == "PHUVANG"
        }
    assert people["CHV-02"] is DayStatus.PRESENT
    assert people["CHV-03"] is DayStatus.UNEXPLAINED


def test_a_map_is_tried_and_refused_in_words(database: Database, organisation: Organisation) -> None:
    bad = WantedConnection(
        "attendance", "punch_list", "http://127.0.0.1:9", field_map='{"fields": {"pin": "a", "x": "b"}}'
    )
    with pytest.raises(ConnectionRefused, match="tên lạ: x"):
        connect_source(database, ADMINISTRATOR, VAULT, bad, NOW)
    with answering(lambda _asked: json.dumps({"data": [entry(1, "07:25")]}).encode()) as (address, _):
        wanted = WantedConnection("attendance", "punch_list", address, field_map=json.dumps(MAP))
        assert "Đọc 1 lượt chấm" in try_connection(database, ADMINISTRATOR, VAULT, organisation, wanted, NOW)
