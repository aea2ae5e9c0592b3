"""The web app as a whole: what its first HTML says, what browsers may keep, what a failed callback shows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from dash import Dash
from flask.testing import FlaskClient

import app as app_module
from access.principal import NotAllowed
from actions.pair_screen import open_demo_screen
from app import LIVE, create_app, fingerprint, on_callback_error
from components import ids
from data_access.session import Database
from domain.units import Organisation
from settings import Settings


@pytest.fixture
def built(sqlite_database: Database, organisation: Organisation, now: datetime, tmp_path: Path) -> Iterator[Dash]:
    settings = Settings(var_dir=tmp_path, demo=True, streams=3, build="build-1")
    built = create_app(settings, sqlite_database, lambda: now, organisation)
    yield built
    built.server.extensions[LIVE].hub.close()


@pytest.fixture
def screen(built: Dash, sqlite_database: Database, now: datetime) -> FlaskClient:
    """A browser paired as the demo's screen."""
    client = built.server.test_client()
    answer = client.get(f"/wall?code={open_demo_screen(sqlite_database, now)}")
    assert answer.status_code == 303
    return client


def text_of(client: FlaskClient, path: str) -> str:
    with client.get(path) as answer:
        assert answer.status_code == 200
        return answer.get_data(as_text=True)


def test_the_page_says_its_language_build_and_the_time_of_the_server(screen: FlaskClient, now: datetime) -> None:
    html = text_of(screen, "/wall")
    assert '<html lang="vi" data-theme="dark"' in html
    assert 'data-build="build-1"' in html
    assert f'data-server-at="{int(now.timestamp() * 1000)}"' in html


def test_the_page_asks_nobody_but_its_own_server(screen: FlaskClient) -> None:
    html = text_of(screen, "/wall")
    assert re.findall(r"(?:src|href)=\"([^\"]+)\"", html)
    assert not re.findall(r"(?:src|href)=\"(?:https?:)?//[^\"]+\"", html)
    assert not [script for script in re.findall(r"<script src=\"([^\"]+)\"", html) if "plotly" in script]


def test_a_script_is_kept_for_good_when_its_address_has_a_fingerprint_and_asked_for_again_when_not(
    screen: FlaskClient,
) -> None:
    scripts = re.findall(r"<script src=\"([^\"]+)\"", text_of(screen, "/wall"))
    assert any("/assets/live.js?m=" in script for script in scripts)
    for script in scripts:
        fingerprinted = "?m=" in script or "_dash-component-suites" in script
        with screen.get(script) as answer:
            assert answer.status_code == 200
            assert ("max-age=31536000" in answer.headers["Cache-Control"]) == fingerprinted
            assert fingerprinted or answer.headers["Cache-Control"] == "no-cache"


def test_fonts_are_kept_for_a_day(screen: FlaskClient) -> None:
    with screen.get("/assets/fonts/inter-vietnamese-wght-normal.woff2") as answer:
        assert answer.headers["Cache-Control"] == "public, max-age=86400"


def test_the_streams_leave_threads_for_everything_else(built: Dash) -> None:
    slots = built.server.extensions[LIVE].slots
    assert [slots.acquire(blocking=False) for _ in range(4)] == [True, True, True, False]


def test_a_build_without_a_name_is_named_by_what_it_shows(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for folder in ("assets", "components"):
        (tmp_path / folder).mkdir()
    (tmp_path / "app.py").write_text("1", encoding="utf-8")
    monkeypatch.setattr(app_module, "ROOT", tmp_path)
    before = fingerprint()
    assert fingerprint() == before
    (tmp_path / "assets" / "live.js").write_text("changed", encoding="utf-8")
    assert fingerprint() != before


def test_an_unexpected_failure_of_a_callback_is_said_with_its_incident_code(monkeypatch: pytest.MonkeyPatch) -> None:
    said: dict[str, dict[str, str]] = {}
    monkeypatch.setattr(app_module.dash, "set_props", said.__setitem__)
    on_callback_error(ValueError("no regime"))
    assert re.fullmatch(r"Không tải được · mã sự cố SC-\w{6}", said[ids.INCIDENT]["children"])


def test_not_being_allowed_is_no_incident() -> None:
    with pytest.raises(NotAllowed):
        on_callback_error(NotAllowed("not yours"))
