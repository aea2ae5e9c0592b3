"""What we send, verified by npm's standardwebhooks in a Node process: the library of others, in another language."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from alarm_support import CROWD
from sqlalchemy import update
from webhook_support import VAULT, acknowledged, an_alarm, delivery_of, registered, turn

from data_access.models.outbox import WebhookReceiverRow
from data_access.session import Database
from domain.units import Organisation

PACKAGES = Path(__file__).resolve().parents[2] / "var" / "peers" / "node" / "node_modules"
NODE = shutil.which("node")


@contextmanager
def listening(key: str) -> Iterator[tuple[str, Any]]:
    """A Node process that receives; its address, and a function that gives the next line it printed."""
    if NODE is None or not PACKAGES.is_dir():
        pytest.skip("no Node, or no standardwebhooks in var/peers: `make test-peers` fetches it by npm")
    script = Path(__file__).with_name("webhook_receiver.js")
    with subprocess.Popen([NODE, str(script), str(PACKAGES), key], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        lines = process.stdout
        try:
            yield f"http://127.0.0.1:{json.loads(lines.readline())['port']}/", lambda: json.loads(lines.readline())
        finally:
            process.kill()


def test_npm_verifies_an_alarm_that_opens_and_changes(
    sqlite_database: Database, organisation: Organisation, now: datetime
) -> None:
    key = registered(sqlite_database, "http://127.0.0.1:9/", now)
    alarm = an_alarm(sqlite_database, now, CROWD)
    acknowledged(sqlite_database, alarm, now)
    with listening(key) as (address, next_line):
        move(sqlite_database, address)
        turn(delivery_of(sqlite_database, organisation, lambda: now), now)
        told = [next_line(), next_line()]
    assert [one["type"] for one in told] == ["alarm.opened", "alarm.changed"]
    assert {one["data"]["id"] for one in told} == {alarm} and len({one["id"] for one in told}) == 2
    assert "Phú Vang" in told[0]["data"]["unit_name"]


def test_npm_refuses_another_key_and_an_old_time(
    sqlite_database: Database, organisation: Organisation, now: datetime
) -> None:
    key = registered(sqlite_database, "http://127.0.0.1:9/", now)
    an_alarm(sqlite_database, now, CROWD)
    with listening(key) as (address, next_line):
        move(sqlite_database, address)
        old = delivery_of(sqlite_database, organisation, lambda: now)
        old._real_clock = lambda: datetime.now(UTC) - timedelta(minutes=6)
        turn(old, now)
        assert next_line() == {"refused": "WebhookVerificationError"}
        with sqlite_database.writing() as session:
            session.execute(update(WebhookReceiverRow).values(secret=VAULT.seal("whsec_" + "QUJD" * 8)))
        later = now + timedelta(minutes=1)
        turn(delivery_of(sqlite_database, organisation, lambda: later), later)
        assert next_line() == {"refused": "WebhookVerificationError"}


def move(database: Database, address: str) -> None:
    with database.writing() as session:
        session.execute(update(WebhookReceiverRow).values(address=address))
