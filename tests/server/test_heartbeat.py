"""What a screen may say of itself, how often it is kept, and everything that is refused."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from gate_support import ORIGIN, STRANGER, SYSTEM, Site, build, pair
from people_support import a_screen
from sqlalchemy import event
from werkzeug.test import TestResponse

from data_access.models.users import Screen
from data_access.screens import REPORTS_TOPIC, TOPIC, last_reports, screen_by_public_id
from data_access.session import Database
from data_access.versions import versions
from domain.screens import ScreenReport
from domain.units import Organisation
from server import heartbeat as heartbeat_module
from server.heartbeat import Heartbeats


@pytest.fixture
def site(tmp_path: Path, sqlite_template: Path, organisation: Organisation, now: datetime) -> Iterator[Site]:
    built = build(tmp_path, sqlite_template, organisation, now)
    yield built
    built.database.close()


def a_body(**changed: Any) -> dict[str, Any]:
    said = {"build": "test", "scene": "overview", "layout": "dense", "data_at": 1_790_000_000_000, "heap": 9_000_000}
    return {**said, "missed": 0, "width": 1920, "height": 1080, "awake": True, "paused": False, **changed}


def beat(client: FlaskClient, body: Any) -> TestResponse:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return client.post("/live/heartbeat", data=raw, headers={**ORIGIN, "Content-Type": "application/json"})


def kept(database: Database) -> list[ScreenReport]:
    with database.reading() as session:
        return list(last_reports(session).values())


def test_a_screen_is_heard_and_its_report_kept(site: Site) -> None:
    client = site.as_(STRANGER)
    pair(site, client)
    answer = beat(client, a_body())
    assert (answer.status_code, answer.data) == (204, b"")
    assert kept(site.database) == [
        ScreenReport(
            site.clock(), "test", "overview", "dense", datetime.fromtimestamp(1_790_000_000, UTC), 9_000_000, 0, 1920,
            1080, True, False,
        )
    ]  # fmt: skip


def test_what_a_browser_does_not_tell_is_kept_as_unknown(site: Site) -> None:
    client = site.as_(STRANGER)
    pair(site, client)
    assert beat(client, a_body(data_at=None, heap=None, scene="")).status_code == 204
    assert (kept(site.database)[0].data_at, kept(site.database)[0].heap_bytes) == (None, None)


@pytest.mark.parametrize("who", ["quantri", "lanhdao"])
def test_a_person_before_the_wall_is_answered_and_nothing_is_kept(site: Site, who: str) -> None:
    assert beat(site.as_(who), a_body()).status_code == 204
    assert kept(site.database) == []


def test_strangers_and_systems_are_refused(site: Site) -> None:
    assert beat(site.as_(STRANGER), a_body()).status_code == 401
    assert beat(site.as_(SYSTEM), a_body()).status_code == 403


WRONG: list[Any] = [
    {}, [], None, 7, "x", a_body(extra=1), {"build": "test"}, a_body(build=""), a_body(build="x" * 65), a_body(build=7),
    a_body(build="<img>"), a_body(scene="Overview"), a_body(scene=None), a_body(layout="wide"),
    a_body(layout=["dense"]), a_body(layout={}), a_body(data_at=-1), a_body(data_at=True), a_body(data_at=1.5),
    a_body(data_at=10**15), a_body(data_at="now"), a_body(heap=-1), a_body(heap=2**60), a_body(missed=None),
    a_body(missed=-1), a_body(missed=2**63), a_body(width=1e3), a_body(width="1920"), a_body(height=10**7),
    a_body(awake=1), a_body(paused="false"), a_body(paused=None), b"", b"{", b"\xff\xfe", b"NaN", b'{"build":NaN}',
    b"[" * 900, b'{"build":"\\ud800"}',
]  # fmt: skip


def test_anything_else_is_malformed_and_nothing_is_kept(site: Site) -> None:
    client = site.as_(STRANGER)
    pair(site, client)
    for body in WRONG:
        assert beat(client, body).status_code == 400, body
    assert beat(client, b" " * 2_000).status_code == 413
    assert kept(site.database) == []


def test_two_hundred_mutilated_reports_are_no_incident(site: Site) -> None:
    client = site.as_(STRANGER)
    pair(site, client)
    chance = random.Random(7)
    values = [None, True, -1, 2**70, 1.5, "", "x" * 300, [], {}, [[]], "\u202e", "overview", 0]
    for _ in range(200):
        body = a_body()
        for _ in range(chance.randint(1, 4)):
            body[chance.choice([*body, "other"])] = chance.choice(values)
        raw = bytearray(json.dumps(body).encode()[:990])
        if chance.random() < 0.5:
            raw[chance.randrange(len(raw))] = chance.randrange(256)
        assert beat(client, bytes(raw)).status_code in (204, 400)


def test_a_report_is_kept_every_ten_seconds_and_told_every_twenty(
    database: Database, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    ticks = [1_000.0]
    monkeypatch.setattr(heartbeat_module.time, "monotonic", lambda: ticks[0])
    one, other = (a_screen(database, now, name).principal.public_id for name in ("Một", "Hai"))
    with database.reading() as session:
        before = versions(session)[TOPIC]
    heartbeats = Heartbeats(database, lambda: now)

    def say(screen: str, seconds: float) -> ScreenReport:
        ticks[0] = 1_000.0 + seconds
        report = ScreenReport(now + timedelta(seconds=seconds), "b", "far", "far", missed=int(seconds))
        heartbeats.keep(screen, report)
        return report

    first = say(one, 0)
    say(one, 9)
    assert kept(database) == [first]
    second = say(other, 9)
    newest = say(one, 11)
    assert sorted(kept(database), key=lambda report: report.at) == [second, newest]
    with database.reading() as session:
        assert versions(session)[REPORTS_TOPIC] == 1
    say(other, 21)
    with database.reading() as session:
        told = versions(session)
    assert told[REPORTS_TOPIC] == 2
    assert told[TOPIC] == before, "what screens say never makes the hubs read their settings again"


def test_a_report_of_a_screen_that_is_gone_is_dropped(database: Database, now: datetime) -> None:
    public_id = a_screen(database, now).principal.public_id
    with database.writing() as session:
        screen = screen_by_public_id(session, public_id)
        assert isinstance(screen, Screen)
        screen.revoked_at = now
    Heartbeats(database, lambda: now).keep(public_id, ScreenReport(now, "b", "far", "far"))
    Heartbeats(database, lambda: now).keep("nobody", ScreenReport(now, "b", "far", "far"))
    assert kept(database) == []


def test_a_heartbeat_costs_a_handful_of_statements(database: Database, now: datetime) -> None:
    public_id = a_screen(database, now).principal.public_id
    Heartbeats(database, lambda: now).keep(public_id, ScreenReport(now, "b", "far", "far"))
    asked: list[str] = []
    event.listen(database.engine, "before_cursor_execute", lambda *details: asked.append(details[2]))
    Heartbeats(database, lambda: now).keep(public_id, ScreenReport(now, "c", "far", "far"))
    assert len([statement for statement in asked if not statement.startswith(("BEGIN", "SET", "PRAGMA"))]) <= 5
