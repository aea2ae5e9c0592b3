"""The hub notices what others commit, survives the database, and hands out panels by right."""

from __future__ import annotations

import gzip
import json
import shutil
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest

from access.audience import PROVINCE
from data_access.session import Database
from data_access.snapshots import DrawnPanel, save_panels
from data_access.versions import bump_version
from server.hub import Frame, Hub


@pytest.fixture
def hub(database: Database, now: datetime) -> Iterator[Hub]:
    hub = Hub(database, lambda: now)
    yield hub
    hub.close()


def draw(database: Database, now: datetime, words: str) -> str:
    panel = DrawnPanel("overview", "tile", json.dumps(words).encode())
    with database.writing() as session:
        save_panels(session, PROVINCE.key, [panel], now)
    return panel.content_hash


def wait_until(hub: Hub, is_so: Callable[[Frame], bool], patience: float = 8.0) -> Frame:
    """The first frame of which it is so; fails after `patience` seconds."""
    deadline, frame = time.monotonic() + patience, hub.frame()
    while not is_so(frame):
        assert time.monotonic() < deadline, f"still {frame}"
        frame = hub.wait(frame.number, 0.5)
    return frame


def test_a_panel_drawn_elsewhere_arrives_at_who_waits(hub: Hub, database: Database, now: datetime) -> None:
    assert hub.frame().panels_of(PROVINCE.key) == {}
    name = draw(database, now, "1")
    assert wait_until(hub, lambda frame: frame.panels_of(PROVINCE.key) == {"tile": name}).topics["snapshots"] == 1


def test_a_topic_without_a_panel_arrives_too(hub: Hub, database: Database, now: datetime) -> None:
    hub.frame()
    with database.writing() as session:
        bump_version(session, "cases", now)
    wait_until(hub, lambda frame: frame.topics.get("cases") == 1)


def test_who_waits_in_vain_is_woken_when_the_patience_ends(hub: Hub) -> None:
    frame = hub.frame()
    began = time.monotonic()
    assert hub.wait(frame.number, 0.2) is frame
    assert 0.15 < time.monotonic() - began < 5


def test_bodies_come_only_by_the_right_of_the_audience(hub: Hub, database: Database, now: datetime) -> None:
    name = draw(database, now, "1")
    body, whole = hub.bodies(PROVINCE.key, [name])
    assert (json.loads(gzip.decompress(body)), whole) == ({name: "1"}, True)
    body, whole = hub.bodies("wall:PHUVANG", [name])
    assert (json.loads(gzip.decompress(body)), whole) == ({}, False)
    # Asked again it comes from memory, and still only to its own audience.
    assert hub.bodies(PROVINCE.key, [name])[1]
    assert not hub.bodies("wall:PHUVANG", [name])[1]


def test_a_database_that_goes_and_comes_back_is_said_and_read_again(sqlite_database: Database, now: datetime) -> None:
    path = Path(str(sqlite_database.engine.url.database))
    hub = Hub(sqlite_database, lambda: now)
    before = draw(sqlite_database, now, "1")
    wait_until(hub, lambda frame: frame.panels_of(PROVINCE.key) == {"tile": before})
    kept = path.with_suffix(".kept")
    shutil.copy(path, kept)
    path.unlink()
    gone = wait_until(hub, lambda frame: frame.gone_at is not None)
    assert gone.panels_of(PROVINCE.key) == {"tile": before}
    sqlite_database.engine.dispose()
    for leftover in (f"{path}-wal", f"{path}-shm"):
        Path(leftover).unlink(missing_ok=True)
    kept.rename(path)
    wait_until(hub, lambda frame: frame.gone_at is None)
    hub.close()


def test_closing_wakes_everybody(hub: Hub) -> None:
    frame = hub.frame()
    hub.close()
    began = time.monotonic()
    hub.wait(frame.number, 30)
    assert time.monotonic() - began < 1
