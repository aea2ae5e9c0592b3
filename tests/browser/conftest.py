"""A real server on loopback and a real Chromium; every page ends with a look at its console and its requests."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from dash import Dash
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from wall_support import a_publisher
from werkzeug.serving import make_server

from actions.pair_screen import open_demo_screen
from app import LIVE, create_app
from data_access.session import Database
from data_access.units import load_organisation
from domain.units import Organisation
from manage_commands import test_tools
from scenes.publishing import Publisher
from server.live import Live
from settings import Settings

ARGUMENTS = ("--no-sandbox", "--disable-background-networking", "--disable-component-update")
# A clock that a test winds on opens streams faster than the server lets go of the broken ones.
SLOTS = 64
# How long a picture may take that shall come: a busy machine is no failure.
expect.set_options(timeout=20_000)
ORGANISATIONS = Path(__file__).resolve().parents[2] / "data" / "organisations"


class MovingClock:
    """Real time from a chosen instant on; `skip` makes the whole server older at once."""

    def __init__(self, begins_at: datetime) -> None:
        self._begins_at = begins_at
        self._began = time.monotonic()

    def __call__(self) -> datetime:
        return self._begins_at + timedelta(seconds=time.monotonic() - self._began)

    def skip(self, by: timedelta) -> None:
        self._begins_at += by


@dataclass
class Served:
    """A served application: its address, its database, its clock, and a worker's turn when the test wants one."""

    url: str
    app: Dash
    database: Database
    clock: MovingClock
    organisation: Organisation
    publisher: Publisher
    server: Flask = field(init=False)

    def __post_init__(self) -> None:
        self.server = self.app.server

    @property
    def live(self) -> Live:
        live: Live = self.server.extensions[LIVE]
        return live

    def wall_url(self) -> str:
        """The wall with a pairing code: opening it makes the browser a screen of the whole province."""
        return f"{self.url}/wall?code={open_demo_screen(self.database, self.clock())}"

    def publish(self) -> int:
        """One turn of the worker; the two seconds between drawings count as passed."""
        ticks = self.publisher.monotonic() + 3
        self.publisher.monotonic = lambda: ticks
        return self.publisher.publish_due(self.clock(), lambda session: None)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One Chromium for the whole run; without one the browser tests are skipped aloud."""
    path = os.environ.get("CHROMIUM") or test_tools.chromium()
    if path is None:
        pytest.skip("no Chromium on this machine: browser tests are not run")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture
def pack(request: pytest.FixtureRequest) -> str:
    """The organisation pack under test: one, or each of the two where wall_support.BOTH_PACKS marks the test."""
    name: str = getattr(request, "param", "hue-two-level")
    return name


@pytest.fixture
def organisation(pack: str) -> Organisation:
    """The organisation of the pack under test, instead of the sample one of the other rooms."""
    return load_organisation(ORGANISATIONS / pack)


@pytest.fixture
def settings(tmp_path: Path, pack: str) -> Settings:
    """DEMO, its own var/, a build that has a name."""
    return Settings(var_dir=tmp_path, demo=True, streams=SLOTS, build="build-1", organisation=pack)


@pytest.fixture
def served(
    sqlite_database: Database, organisation: Organisation, now: datetime, settings: Settings
) -> Iterator[Served]:
    """The whole web side on a free port of loopback."""
    clock = MovingClock(now)
    app = create_app(settings, sqlite_database, clock, organisation)
    listener = make_server("127.0.0.1", 0, app.server, threaded=True)
    threading.Thread(target=listener.serve_forever, daemon=True).start()
    publisher = a_publisher(sqlite_database, organisation)
    served = Served(f"http://127.0.0.1:{listener.server_port}", app, sqlite_database, clock, organisation, publisher)
    yield served
    served.live.hub.close()
    listener.shutdown()


@dataclass
class Watched:
    """What a browser context did: console messages that are errors, and every address asked for."""

    errors: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    network_trouble_expected: bool = False

    def follow(self, page: Page) -> None:
        page.on("console", lambda message: message.type in ("error", "warning") and self.errors.append(message.text))
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("request", lambda request: self.requests.append(request.url))

    def unexpected(self) -> list[str]:
        """Errors that the test did not bring about itself."""
        network = ("Failed to load resource", "net::ERR_")
        tolerated = network if self.network_trouble_expected else ()
        return [error for error in self.errors if not error.startswith(tolerated)]

    def foreign(self) -> list[str]:
        """Addresses outside this machine."""
        hosts = ("127.0.0.1", "localhost", "")
        return [
            url
            for url in self.requests
            if urlsplit(url).hostname not in hosts and urlsplit(url).scheme not in ("data", "blob")
        ]


@pytest.fixture
def watched() -> Watched:
    """The notes of this test's browser; set `network_trouble_expected` where the test takes the network away."""
    return Watched()


@pytest.fixture
def new_context(chromium: Browser, watched: Watched) -> Iterator[Callable[..., BrowserContext]]:
    """Makes browser contexts (browsers of their own) of a width, 16:9; all are looked at when the test ends."""
    made: list[BrowserContext] = []

    def make(width: int = 1920, **options: Any) -> BrowserContext:
        size = {"width": width, "height": width * 9 // 16}
        context = chromium.new_context(viewport=size, locale="vi-VN", **options)
        context.on("page", watched.follow)
        context.set_default_timeout(30_000)
        made.append(context)
        return context

    yield make
    for context in made:
        context.close()
    assert watched.unexpected() == []
    assert watched.foreign() == []


@pytest.fixture
def browser_page(new_context: Callable[..., BrowserContext]) -> Page:
    """An empty page at 1920x1080."""
    return new_context().new_page()
