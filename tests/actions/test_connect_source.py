"""Connecting a source: checked, sealed, audited, and a secret is never sent to a system it was not made for."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from access.principal import NotAllowed, Principal
from access.vault import Vault
from actions.connect_source import ConnectionRefused, WantedConnection, connect_source
from data_access.audit import audit_events
from data_access.session import Database
from data_access.source_connections import Connection, connection_of
from data_access.sources import source_by_name
from domain.permissions import Role

VAULT = Vault(b"k" * 32)
ADMINISTRATOR = Principal(Role.ADMINISTRATOR, "a", "quantri")
WANTED = WantedConnection("field_reports", "open311_json", "https://hue-s.example/open311/v2", "bi-mat")


def connected(database: Database) -> Connection:
    with database.reading() as session:
        found = connection_of(session, "field_reports")
    assert found is not None
    return found


def test_a_connection_is_stored_with_its_secret_sealed_and_audited_without_it(
    database: Database, now: datetime
) -> None:
    connect_source(database, ADMINISTRATOR, VAULT, WANTED, now)
    stored = connected(database)
    assert VAULT.unseal(stored.secret) == "bi-mat"
    assert "bi-mat" not in stored.secret and stored.secret not in repr(stored)
    with database.reading() as session:
        assert source_by_name(session, "field_reports").configured
        events = audit_events(session, ADMINISTRATOR)
    assert events[0].action == "source_connected"
    assert "bi-mat" not in str(events[0].detail)


def test_an_empty_secret_keeps_the_old_one_but_never_for_another_address(database: Database, now: datetime) -> None:
    connect_source(database, ADMINISTRATOR, VAULT, WANTED, now)
    connect_source(database, ADMINISTRATOR, VAULT, replace(WANTED, secret="", kind="open311_xml"), now)
    assert VAULT.unseal(connected(database).secret) == "bi-mat"
    connect_source(database, ADMINISTRATOR, VAULT, replace(WANTED, secret="", address="https://other.example/"), now)
    assert connected(database).secret == ""


def test_a_source_can_be_left_alone_again(database: Database, now: datetime) -> None:
    connect_source(database, ADMINISTRATOR, VAULT, WANTED, now)
    connect_source(database, ADMINISTRATOR, VAULT, replace(WANTED, is_enabled=False), now)
    with database.reading() as session:
        assert not source_by_name(session, "field_reports").configured


@pytest.mark.parametrize("role", [role for role in Role if role not in {Role.ADMINISTRATOR, Role.WORKER}])
def test_nobody_but_an_administrator_connects_a_source(database: Database, now: datetime, role: Role) -> None:
    with pytest.raises(NotAllowed):
        connect_source(database, Principal(role, "x", "x"), VAULT, WANTED, now)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"source": "cases"}, "không kết nối qua địa chỉ"),
        ({"kind": "ftp"}, "cách kết nối"),
        ({"address": "file:///etc/passwd"}, "http"),
        ({"address": "https://"}, "http"),
        ({"address": "http://[::1"}, "đúng dạng"),
        ({"address": "http://host:99999/"}, "đúng dạng"),
        ({"address": "https://user:pass@host/"}, "khóa truy cập"),
        ({"address": "https://host/#x"}, "đúng dạng"),
        ({"address": "https://host/" + "a" * 500}, "đúng dạng"),
        ({"secret": "x" * 501}, "quá dài"),
        ({"field_map": "x" * 20_001}, "quá dài"),
    ],
)
def test_what_cannot_work_is_refused_in_words(
    database: Database, now: datetime, change: dict[str, str], reason: str
) -> None:
    with pytest.raises(ConnectionRefused, match=reason):
        connect_source(database, ADMINISTRATOR, VAULT, replace(WANTED, **change), now)
    with database.reading() as session:
        assert connection_of(session, "field_reports") is None
