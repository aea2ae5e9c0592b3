"""/pairing as a screen meets it: a code, a wait, a cookie; and what strangers, guessers and thieves get."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient
from gate_support import ORIGIN, STRANGER, Site, build, pair, shown_code, wait
from people_support import CHIEF, UNITS

from access.brakes import SHOWN_CODES_LIMIT
from access.lifetimes import DEVICE_FOR, PAIRING_FOR
from actions.pair_screen import pair_screen, pair_screen_again, revoke_screen
from app import create_app
from domain.screens import ScreenSettings
from domain.units import Organisation
from server.pairing import drawn_code
from settings import Settings


@pytest.fixture
def site(tmp_path: Path, sqlite_template: Path, organisation: Organisation, now: datetime) -> Iterator[Site]:
    built = build(tmp_path, sqlite_template, organisation, now)
    yield built
    built.database.close()


@pytest.fixture
def tv(site: Site) -> FlaskClient:
    return site.as_(STRANGER)


def take(site: Site, code: str, name: str = "Sảnh", unit: str | None = None) -> str:
    return pair_screen(site.database, CHIEF, code, ScreenSettings(name, unit), UNITS, site.clock())


def test_a_screen_shows_a_code_waits_and_gets_its_cookie(site: Site, tv: FlaskClient) -> None:
    page = tv.get("/pairing")
    assert page.status_code == 200 and "Quản trị › Màn hình › Ghép màn hình" in page.text
    assert "<input" not in page.text and "<button" not in page.text, "a screen has no keyboard"
    assert " style=" not in page.text and "<script>" not in page.text
    code = shown_code(tv)
    assert wait(tv).get_json() == {"state": "waiting"}
    take(site, code.lower().replace("-", " "))
    answer = wait(tv)
    assert answer.get_json() == {"state": "paired", "to": "/wall"}
    cookies = [SimpleCookie(line) for line in answer.headers.getlist("Set-Cookie")]
    device = next(cookie["thads_screen"] for cookie in cookies if "thads_screen" in cookie)
    assert device["httponly"] and device["samesite"] == "Lax"
    assert tv.get_cookie("thads_pairing") is None
    assert tv.get("/wall").status_code == 200
    assert tv.get("/pairing").location == "/wall", "a screen switched on again needs no hand"
    assert shown_code_again(tv)


def shown_code_again(tv: FlaskClient) -> bool:
    return "pairing-code" in tv.get("/pairing?again=1").text


def test_the_picture_leads_to_the_form_with_the_code_where_no_server_sees_it(tv: FlaskClient) -> None:
    modules, path = drawn_code("http://localhost/administration#K3T9-7QXA")
    assert modules >= 29 + 8 and path.startswith("M4 4h7")
    page = tv.get("/pairing").text
    assert "<svg" in page and "pairing-ink" in page
    assert "fill=" not in page and "stroke=" not in page


def test_a_page_loaded_again_shows_the_same_code_until_it_ends(site: Site, tv: FlaskClient) -> None:
    code = shown_code(tv)
    assert shown_code(tv) == code
    site.clock.skip(PAIRING_FOR)
    assert wait(tv).get_json() == {"state": "over"}
    assert shown_code(tv) != code


def test_a_restart_of_the_server_loses_no_waiting_screen(
    site: Site, tv: FlaskClient, tmp_path: Path, organisation: Organisation
) -> None:
    code, cookie = shown_code(tv), tv.get_cookie("thads_pairing")
    assert cookie is not None
    again = create_app(Settings(var_dir=tmp_path, build="next"), site.database, site.clock, organisation)
    client = again.server.test_client()
    client.set_cookie("thads_pairing", cookie.value)
    assert wait(client).get_json() == {"state": "waiting"}
    assert shown_code(client) == code
    take(site, code)
    assert wait(client).get_json()["state"] == "paired"
    assert client.get("/wall").status_code == 200


def test_the_cookie_of_a_waiting_screen_reads_nothing(site: Site, tv: FlaskClient) -> None:
    code = shown_code(tv)
    for path in ("/live/snapshot", "/live/content?h=" + "a" * 64, "/_dash-layout", "/live/stream"):
        assert tv.get(path).status_code == 401, path
    assert urlsplit(tv.get("/wall").location).path == "/login"
    take(site, code)
    assert tv.get("/live/snapshot").status_code == 401, "not before it has fetched its device"


def test_the_code_of_another_screen_is_of_no_use_to_a_browser(site: Site, tv: FlaskClient) -> None:
    thief = site.as_(STRANGER)
    shown_code(thief)
    code = shown_code(tv)
    take(site, code)
    assert wait(thief).get_json() == {"state": "waiting"}
    assert thief.get(f"/wall?code={code}").status_code == 403
    assert thief.get_cookie("thads_screen") is None
    assert wait(site.as_(STRANGER)).get_json() == {"state": "over"}
    assert wait(tv).get_json()["state"] == "paired"


def test_an_answer_that_was_lost_can_be_fetched_once_more_within_a_minute(site: Site, tv: FlaskClient) -> None:
    take(site, shown_code(tv))
    secret = tv.get_cookie("thads_pairing")
    assert secret is not None
    wait(tv)
    first = tv.get_cookie("thads_screen")
    tv.set_cookie("thads_pairing", secret.value)
    assert wait(tv).get_json()["state"] == "paired"
    assert first is not None and tv.get_cookie("thads_screen").value != first.value  # type: ignore[union-attr]
    site.clock.skip(timedelta(seconds=61))
    tv.set_cookie("thads_pairing", secret.value)
    assert wait(tv).get_json() == {"state": "over"}


def test_a_screen_that_lost_its_right_is_told_why(site: Site, tv: FlaskClient) -> None:
    public_id = pair(site, tv)
    other = site.as_(STRANGER)
    pair_screen_again(site.database, CHIEF, public_id, shown_code(other), site.clock())
    assert wait(other).get_json()["state"] == "paired"
    site.clock.skip(timedelta(seconds=5))
    assert tv.get("/wall").location == "/pairing?lost=1"
    assert "đã chuyển sang thiết bị khác" in tv.get("/pairing?lost=1").text
    revoke_screen(site.database, CHIEF, public_id, site.clock())
    site.clock.skip(timedelta(seconds=5))
    assert "không còn quyền xem. Quản trị đã thu hồi." in other.get("/pairing?lost=1").text
    third = site.as_(STRANGER)
    pair(site, third)
    site.clock.skip(DEVICE_FOR)
    assert "đã hết hạn" in third.get("/pairing?lost=1").text


def test_months_of_nights_without_a_hand(site: Site, tv: FlaskClient) -> None:
    pair(site, tv)
    for _ in range(200):
        site.clock.skip(timedelta(days=1))
        answer = tv.get("/wall")
        assert answer.status_code == 200
        renewed = SimpleCookie(answer.headers["Set-Cookie"])["thads_screen"]
        assert int(renewed["max-age"]) == DEVICE_FOR.total_seconds()
    assert tv.get("/live/snapshot").status_code == 200


def test_an_address_that_asks_for_too_many_codes_waits(site: Site) -> None:
    for _ in range(SHOWN_CODES_LIMIT):
        assert site.as_(STRANGER).get("/pairing").status_code == 200
    braked = site.as_(STRANGER).get("/pairing")
    assert braked.status_code == 503 and int(braked.headers["Refresh"]) > 0
    assert "quá nhiều lần" in braked.text and braked.headers.get("Set-Cookie") is None
    site.clock.skip(timedelta(minutes=2))
    assert site.as_(STRANGER).get("/pairing").status_code == 200


def test_waiting_and_showing_answer_everything_a_stranger_sends(site: Site, tv: FlaskClient) -> None:
    shown_code(tv)
    chance = random.Random(5)
    parts = [b"{", b"}", b"[", b'"a"', b":", b"NaN", b"1e999", b"\x00", b"\xff", b'"\\ud800"', b"null", b",", b"-1"]
    for _ in range(200):
        body = b"".join(chance.choice(parts) for _ in range(chance.randint(0, 40)))
        assert wait(tv, body).status_code in (200, 400)
    assert wait(tv, b"[" * 150).status_code == 400
    assert wait(tv, b" " * 300).status_code == 413
    for value in ("", "x", "x" * 43, "x" * 3_000, "é" * 40, '"; Path=/'):
        tv.set_cookie("thads_pairing", value)
        assert wait(tv).get_json() == {"state": "over"}
        assert tv.get("/pairing").status_code == 200
    assert tv.head("/pairing").status_code == 200
    assert tv.post("/pairing", headers=ORIGIN).status_code in (401, 405)


def test_another_site_cannot_fetch_a_device(site: Site, tv: FlaskClient) -> None:
    take(site, shown_code(tv))
    evil = {"Origin": "http://evil.example", "Content-Type": "application/json"}
    assert tv.post("/pairing/wait", data=b"{}", headers=evil).status_code == 403
    assert wait(tv).get_json()["state"] == "paired"
