"""The live routes: what a stream says and when it ends, the snapshot for pollers, panels by hash."""

from __future__ import annotations

import gzip
import json
import threading
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from people_support import CHIEF, a_screen

from access.audience import PROVINCE, Audience, Projection
from access.current import let_ask
from access.principal import Principal
from actions.manage_screens import order_reload
from actions.pair_screen import revoke_screen
from data_access.session import Database
from data_access.snapshots import DrawnPanel, audiences_seen_since, save_panels
from data_access.versions import bump_version
from domain.permissions import Role
from server import live as live_module
from server.hub import Hub
from server.live import Live, changes, install_live, note_seen, stream

SCREEN = Principal(Role.SCREEN, "s1", "Phòng họp")
UNIT_SCREEN = Principal(Role.SCREEN, "s2", "Phú Vang", "PHUVANG")
DESK = Principal(Role.ADMINISTRATOR, "a1", "quantri")
UNIT = Audience(Projection.WALL, "PHUVANG")


class Stage:
    """A server with the live routes and whoever the test says is asking."""

    def __init__(self, database: Database, now: datetime, slots: int = 2) -> None:
        self.database = database
        self.now = now
        self.asking: Principal | None = SCREEN
        self.hub = Hub(database, lambda: self.now)
        self.live = Live(
            database, lambda: self.now, self.hub, "build-1", threading.BoundedSemaphore(slots), self.recheck
        )
        server = Flask("test")
        install_live(server, self.live)
        server.before_request(lambda: let_ask(self.asking))
        self.client: FlaskClient = server.test_client()

    def recheck(self) -> Any:
        return lambda: self.asking

    def draw(self, words: str, audience: Audience = PROVINCE, panel: str = "tile") -> str:
        drawn = DrawnPanel("overview", panel, json.dumps(words).encode())
        with self.database.writing() as session:
            save_panels(session, audience.key, [drawn], self.now)
        return drawn.content_hash


@pytest.fixture
def stage(sqlite_database: Database, now: datetime, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    monkeypatch.setattr(live_module, "BEAT_SECONDS", 0.2)
    monkeypatch.setattr(live_module, "RECHECK_SECONDS", 0.0)
    stage = Stage(sqlite_database, now)
    yield stage
    stage.hub.close()


def said(event: str) -> tuple[str, Any]:
    kind, data = event.removeprefix("event: ").rstrip("\n").split("\ndata: ")
    return kind, json.loads(data)


def next_state(events: Iterator[str]) -> dict[str, Any]:
    """The next state, beats left out."""
    for event in events:
        kind, data = said(event)
        if kind == "state":
            return dict(data)
    raise AssertionError("the stream ended")


def test_a_stream_begins_with_everything_and_goes_on_with_what_changed(stage: Stage) -> None:
    first, other = stage.draw("1"), stage.draw("quiet", panel="table")
    events = stream(stage.live, DESK, stage.recheck())
    begun = next_state(events)
    assert begun["whole"] and begun["panels"] == {"tile": first, "table": other}
    assert begun["build"] == "build-1"
    assert begun["server_at"] == int(stage.now.timestamp() * 1000)
    second = stage.draw("2")
    changed = next_state(events)
    del changed["server_at"]
    assert changed == {"version": 3, "panels": {"tile": second}, "topics": {"snapshots": 3}}


def test_a_quiet_stream_beats_with_the_time_of_the_server_in_few_bytes(stage: Stage) -> None:
    events = stream(stage.live, DESK, stage.recheck())
    next(events)
    beat = next(events)
    assert said(beat) == ("beat", int(stage.now.timestamp() * 1000))
    assert len(beat) <= 40


def test_a_stream_carries_nothing_of_another_audience(stage: Stage) -> None:
    stage.draw("CANARY-U7", UNIT)
    events = stream(stage.live, DESK, stage.recheck())
    assert next_state(events)["panels"] == {}
    stage.draw("CANARY-U7 again", UNIT)
    with stage.database.writing() as session:
        bump_version(session, "cases", stage.now)
    assert "panels" not in next_state(events)


def test_desks_hear_the_topics_but_not_who_looks_at_what(stage: Stage) -> None:
    with stage.database.writing() as session:
        bump_version(session, "cases", stage.now)
        bump_version(session, "seen:wall:PHUVANG", stage.now)
    assert next_state(stream(stage.live, DESK, stage.recheck()))["topics"] == {"cases": 1}


def test_a_screen_hears_how_it_is_set_up_and_no_topics(stage: Stage) -> None:
    device = a_screen(stage.database, stage.now, "Sảnh", diagonal_inches=55, distance_m=12)
    stage.asking, name = device.principal, device.principal.public_id
    events = stream(stage.live, device.principal, stage.recheck())
    begun = next_state(events)
    assert begun["topics"] == {}
    assert begun["screen"]["layout"] == "far" and begun["screen"]["orders"]["reload"] == 0
    order_reload(stage.database, CHIEF, name, stage.now)
    changed = next_state(events)
    assert changed.keys() == {"screen", "server_at"}
    assert changed["screen"]["orders"]["reload"] == 1 and changed["screen"]["name"] == "Sảnh"
    with stage.database.writing() as session:
        bump_version(session, "cases", stage.now)
    assert said(next(events))[0] == "beat", "a wall is not told of topics"
    assert stage.client.get("/live/snapshot").get_json()["screen"] == changed["screen"]
    stage.asking = DESK
    assert "screen" not in stage.client.get("/live/snapshot").get_json()


def test_a_screen_that_is_changed_is_asked_for_its_right_at_once(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live_module, "RECHECK_SECONDS", 1_000.0)
    device = a_screen(stage.database, stage.now)
    stage.asking, name = device.principal, device.principal.public_id
    events = stream(stage.live, device.principal, stage.recheck())
    next_state(events)
    stage.asking = None
    assert said(next(events))[0] == "beat"
    revoke_screen(stage.database, CHIEF, name, stage.now)
    assert [said(event)[0] for event in events][-1] == "bye"


@pytest.mark.parametrize("then", [None, UNIT_SCREEN, Principal(Role.IOC, "i1", "ioc")])
def test_a_stream_ends_with_a_word_when_the_right_ends_or_becomes_another(stage: Stage, then: Principal | None) -> None:
    events = stream(stage.live, DESK, stage.recheck())
    next(events)
    stage.asking = then
    assert said(next(events)) == ("bye", {})
    assert list(events) == []


def test_a_stopping_server_ends_its_streams(stage: Stage) -> None:
    events = stream(stage.live, DESK, stage.recheck())
    next(events)
    stage.hub.close()
    assert [said(event)[0] for event in events] in ([], ["beat"])


def test_when_every_slot_is_taken_a_screen_is_sent_to_polling(stage: Stage) -> None:
    open_streams = [stage.client.get("/live/stream", buffered=False) for _ in range(2)]
    assert [answer.status_code for answer in open_streams] == [200, 200]
    refused = stage.client.get("/live/stream")
    assert refused.status_code == 503
    assert int(refused.headers["Retry-After"]) > 0
    open_streams[0].close()
    again = stage.client.get("/live/stream", buffered=False)
    assert again.status_code == 200
    for answer in (again, open_streams[1]):
        answer.close()


def test_a_stream_is_never_stored_nor_held_back_by_a_proxy(stage: Stage) -> None:
    with stage.client.get("/live/stream", buffered=False) as answer:
        assert answer.mimetype == "text/event-stream"
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["X-Accel-Buffering"] == "no"


def test_a_poller_gets_everything_once_and_then_only_the_time(stage: Stage) -> None:
    name = stage.draw("1")
    first = stage.client.get("/live/snapshot")
    assert first.get_json()["panels"] == {"tile": name}
    same = stage.client.get("/live/snapshot", headers={"If-None-Match": first.headers["ETag"]})
    assert (same.status_code, same.data) == (304, b"")
    assert same.headers["X-Server-At"] == str(int(stage.now.timestamp() * 1000))


def test_a_changed_panel_changes_the_tag(stage: Stage) -> None:
    stage.draw("1")
    before = stage.client.get("/live/snapshot").headers["ETag"]
    name = stage.draw("2")
    frame = stage.hub.frame()
    while frame.panels_of(PROVINCE.key).get("tile") != name:
        frame = stage.hub.wait(frame.number, 5)
    assert stage.client.get("/live/snapshot", headers={"If-None-Match": before}).status_code == 200


def test_panels_are_handed_out_compressed_and_may_be_kept_by_this_browser_only(stage: Stage) -> None:
    name = stage.draw("Phú Vang")
    answer = stage.client.get(f"/live/content?h={name}")
    assert json.loads(gzip.decompress(answer.data)) == {name: "Phú Vang"}
    assert answer.headers["Cache-Control"] == "private, max-age=86400, immutable"
    assert "Cookie" in answer.headers["Vary"]


def test_a_panel_of_another_audience_is_not_there_and_the_answer_is_not_kept(stage: Stage) -> None:
    name = stage.draw("CANARY-U7", UNIT)
    answer = stage.client.get(f"/live/content?h={name}")
    assert json.loads(gzip.decompress(answer.data)) == {}
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("query", ["", "h=1", "h=" + "g" * 64, "h=../../etc/passwd", "&".join(["h=" + "a" * 64] * 65)])
def test_anything_but_a_few_hashes_is_refused(stage: Stage, query: str) -> None:
    assert stage.client.get(f"/live/content?{query}").status_code == 400


def test_looking_for_a_unit_is_noted_so_that_the_worker_draws_for_it(stage: Stage) -> None:
    stage.asking = UNIT_SCREEN
    stage.client.get("/live/snapshot")
    with stage.database.reading() as session:
        assert audiences_seen_since(session, stage.now) == [UNIT]


def test_the_province_is_always_drawn_and_needs_no_note(stage: Stage) -> None:
    note_seen(stage.live, PROVINCE)
    with stage.database.reading() as session:
        assert audiences_seen_since(session, stage.now) == []


def test_what_a_screen_is_told_of_itself_comes_whole() -> None:
    before = {"panels": {}, "topics": {}, "screen": {"name": "A", "layout": "far"}}
    after = {"panels": {}, "topics": {}, "screen": {"name": "B", "layout": "far"}}
    assert changes(before, after) == {"screen": {"name": "B", "layout": "far"}}
    assert changes({**before, "screen": None}, after) == {"screen": {"name": "B", "layout": "far"}}
    assert changes(before, {**before, "screen": None}) == {"screen": None}


def test_a_panel_no_longer_shown_makes_the_message_whole() -> None:
    before = {"whole": True, "panels": {"a": "1", "b": "2"}}
    assert changes(before, {"whole": True, "panels": {"a": "1"}}) == {"whole": True, "panels": {"a": "1"}}
