"""Signing in through the browser's own form: where it leads, what it says, and what it never says."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from gate_support import ORIGIN, SCREEN, STRANGER, Site, build, sign_in
from itsdangerous import URLSafeTimedSerializer
from people_support import PASSWORD

from domain.units import Organisation
from server.destinations import Destinations


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path, organisation: Organisation) -> Iterator[Site]:
    at = datetime(2026, 11, 23, 2, 40, tzinfo=UTC)
    built = build(tmp_path_factory.mktemp("login"), sqlite_template, organisation, at)
    built.as_("quantri")
    yield built
    built.database.close()


LEADING_AWAY = json.loads((Path(__file__).parent.parent / "payloads" / "sign_in_destinations.json").read_text("utf-8"))


@pytest.mark.parametrize("wanted", LEADING_AWAY, ids=range(len(LEADING_AWAY)))
def test_a_sign_in_never_leads_away(site: Site, wanted: str) -> None:
    client = site.as_(STRANGER)
    answer = sign_in(client, "quantri", next=wanted)
    assert (answer.status_code, answer.location) == (303, "/wall")
    again = client.get("/login", query_string={"next": wanted})
    assert (again.status_code, again.location) == (302, "/wall")
    assert "evil" not in site.as_(STRANGER).get("/login", query_string={"next": wanted}).text


def test_a_sign_in_leads_to_the_page_that_was_asked_for(site: Site) -> None:
    client = site.as_(STRANGER)
    invited = client.get("/administration")
    assert invited.location == "/login?next=administration"
    form = client.get(invited.location)
    assert 'name="next" value="administration"' in form.text
    assert sign_in(client, "quantri", next="administration").location == "/administration"


SENT = (
    "/cases?group=TD&unit=PHUVANG",
    "/units/PHUVANG?open=CHV-01",
    "/indicators/completion_rate_cases",
    "/cases?q=Hu%E1%BA%BF",
)


@pytest.mark.parametrize("address", SENT)
def test_an_address_that_was_sent_survives_the_sign_in(site: Site, address: str) -> None:
    client = site.as_(STRANGER)
    asked = parse_qs(urlsplit(client.get(address).location).query)
    assert client.get("/login", query_string={"ask": asked["ask"][0]}).status_code == 200
    answer = sign_in(client, "quantri", next=asked["next"][0], ask=asked["ask"][0])
    assert (answer.status_code, answer.location) == (303, address)


@pytest.mark.parametrize("wanted", LEADING_AWAY, ids=range(len(LEADING_AWAY)))
def test_a_ticket_that_is_not_ours_leads_nowhere(site: Site, wanted: str) -> None:
    assert sign_in(site.as_(STRANGER), "quantri", ask=wanted).location == "/wall"
    forged = URLSafeTimedSerializer(b"another key", salt="sign-in destination").dumps(wanted)
    assert sign_in(site.as_(STRANGER), "quantri", ask=forged).location == "/wall"


@pytest.mark.parametrize("path", ["//evil.example", "/\\evil.example", "evil.example", "/a\r\nb", "/\u2028x"])
def test_no_ticket_is_given_for_what_is_no_path_of_ours(path: str) -> None:
    assert Destinations().ticket(path, "") == ""
    assert Destinations().ticket("/cases", f"q={'x' * 2000}") == ""


def test_who_may_not_see_the_page_that_was_asked_for_is_told_so(site: Site) -> None:
    site.as_("truc")
    client = site.as_(STRANGER)
    assert sign_in(client, "truc", next="administration").location == "/administration"
    assert client.get("/administration").status_code == 403


def test_a_wrong_password_says_the_same_as_a_wrong_name_and_keeps_the_name(site: Site) -> None:
    answers = [sign_in(site.as_(STRANGER), name, "wrong") for name in ("quantri", "nobody")]
    assert [answer.status_code for answer in answers] == [401, 401]
    pages = [answer.text.replace("quantri", "X").replace("nobody", "X") for answer in answers]
    assert pages[0] == pages[1]
    assert 'value="nobody"' in answers[1].text
    assert "Set-Cookie" not in answers[0].headers
    site.clock.skip(timedelta(hours=2))


@pytest.mark.parametrize(
    "name", ['"><script>alert(1)</script>', "{{7777*7777}}", "'-alert(1)-'", "</form><img src=x onerror=y>"]
)
def test_what_was_typed_is_shown_as_text_only(site: Site, name: str) -> None:
    answer = sign_in(site.as_(STRANGER), name, "wrong", next=name)
    assert "<script>alert" not in answer.text and "<img" not in answer.text and "60481729" not in answer.text
    site.clock.skip(timedelta(hours=2))


def test_after_five_wrong_passwords_the_page_says_how_long_to_wait(site: Site) -> None:
    client = site.as_(STRANGER)
    client.environ_base["REMOTE_ADDR"] = "10.9.9.9"
    for _ in range(5):
        assert sign_in(client, "quantri", "wrong").status_code == 401
    answer = sign_in(client, "quantri")
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "60")
    assert "Thử lại sau 60 giây" in answer.text
    site.clock.skip(timedelta(seconds=61))
    assert sign_in(client, "quantri").status_code == 303


def test_a_form_too_large_is_refused(site: Site) -> None:
    assert sign_in(site.as_(STRANGER), "x" * 20_000, "y").status_code == 413


def test_signing_out_takes_the_cookie_back_and_may_be_repeated(site: Site) -> None:
    client = site.as_("quantri")
    for _ in range(2):
        answer = client.post("/logout", headers=ORIGIN)
        assert (answer.status_code, answer.location) == (303, "/login?note=out")
        assert client.get_cookie("thads_session") is None
    assert client.get("/logout").status_code in (302, 405)


def test_the_sign_in_page_names_the_agency_and_carries_the_map_but_no_script_of_dash(site: Site) -> None:
    page = site.as_(STRANGER).get("/login").text
    assert "Cơ cấu mẫu" in page
    assert page.count("<path d=") >= 9
    assert "_dash" not in page and "<style" not in page
    assert page.count("<script") == 2, "theme and the code of a scanned address"


def test_a_paired_screen_may_still_be_signed_in_at_by_a_person(site: Site) -> None:
    client = site.as_(SCREEN)
    assert client.get("/login").status_code == 200
    assert sign_in(client, "quantri").status_code == 303
    assert client.get("/administration").status_code == 200


@pytest.mark.parametrize(
    ("current", "wanted", "again", "words"),
    [
        ("wrong", "Song-Huong-2027!", "Song-Huong-2027!", "hiện tại không đúng"),
        (PASSWORD, "Song-Huong-2027!", "Song-Huong-2028!", "không giống nhau"),
        (PASSWORD, "ngan", "ngan", "ít nhất 14"),
    ],
)
def test_a_password_is_not_changed_by_mistake(site: Site, current: str, wanted: str, again: str, words: str) -> None:
    client = site.as_("lanhdao")
    form = {"current": current, "wanted": wanted, "again": again}
    answer = client.post("/password", data=form, headers=ORIGIN)
    assert answer.status_code == 422 and words in answer.text
    assert client.get("/_dash-layout").status_code == 200


def test_a_new_password_signs_everything_out_and_works(site: Site) -> None:
    client = site.as_("truong.phuvang")
    form = {"current": PASSWORD, "wanted": "Song-Huong-2027!", "again": "Song-Huong-2027!"}
    answer = client.post("/password", data=form, headers=ORIGIN)
    assert (answer.status_code, answer.location) == (303, "/login?note=changed")
    assert "Đã đổi mật khẩu" in client.get(answer.location).text
    assert client.get("/_dash-layout").status_code == 401
    assert sign_in(client, "truong.phuvang", "Song-Huong-2027!").status_code == 303
