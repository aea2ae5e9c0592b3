"""A scene inside another system: a signed address once, a cookie of one scene, nothing else, revoked at once."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from gate_support import ORIGIN, STRANGER, SYSTEM, Site, build
from people_support import CAST, CHIEF
from webhook_support import ADMINISTRATOR

from access.embed_address import AddressNotValid, EmbedSigner
from actions.embed_scene import ADDRESS_FOR, COOKIE_FOR, GRANT_FOR, EmbedRefused, make_embed_address, revoke_embed
from actions.manage_service_accounts import (
    create_service_account,
    issue_token,
    renew_secret,
    revoke_service_account,
)
from components.embed_desk import embed_form
from components.wall_frame import embedded_frame, panels_of_frame
from data_access.audit import audit_events
from data_access.embeds import living_embeds
from domain.feed import FeedScope
from domain.screens import EMBEDDABLE_SCENES
from domain.units import Organisation
from server.embed import embed_origin_of

IOC = "https://ioc.hue.example"


@pytest.fixture
def site(tmp_path: Path, sqlite_template: Path, organisation: Organisation, now: Any) -> Site:
    return build(tmp_path, sqlite_template, organisation, now, embed_origin=IOC)


def granted(site: Site, scene: str = "overview") -> str:
    """An address as a system with a token gets it."""
    answer = site.as_(SYSTEM).post("/api/embed", json={"scene": scene})
    assert answer.status_code == 201, answer.text
    address: str = answer.json["address"]
    return address.removeprefix("http://localhost")


def shown(site: Site, scene: str = "overview") -> FlaskClient:
    """A browser whose frame has exchanged its address."""
    client = site.app.server.test_client()
    answer = client.get(granted(site, scene), base_url="https://localhost")
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/embed/{scene}")
    return client


def get(client: FlaskClient, path: str) -> Any:
    return client.get(path, base_url="https://localhost")


def test_an_address_becomes_a_partitioned_cookie_of_one_scene_once(site: Site) -> None:
    address = granted(site)
    first = site.app.server.test_client().get(address, base_url="https://localhost")
    cookie = first.headers["Set-Cookie"]
    for part in ("Secure", "HttpOnly", "SameSite=None", "Partitioned", "Path=/embed/overview"):
        assert part in cookie
    assert "sig" not in first.headers["Location"]
    again = site.app.server.test_client().get(address, base_url="https://localhost")
    assert again.status_code == 403 and "Set-Cookie" not in again.headers


def test_the_page_may_be_framed_by_the_one_origin_and_no_other_page_by_anybody(site: Site) -> None:
    client = shown(site)
    page = get(client, "/embed/overview")
    assert page.status_code == 200
    assert f"frame-ancestors {IOC}" in page.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in page.headers
    for other in ("/login", "/embed/overview/files/draw.js"):
        headers = get(client, other).headers
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"] and headers["X-Frame-Options"] == "DENY"


def test_the_cookie_opens_that_scene_and_nothing_else(site: Site) -> None:
    client = shown(site)
    for name in ("10_wall.css", "live.js", "icons/sources.svg"):
        assert get(client, f"/embed/overview/files/{name}").status_code == 200
    for name in ("30_desk.css", "fonts/../../settings.py", "login.css"):
        assert get(client, f"/embed/overview/files/{name}").status_code == 404
    assert get(client, "/embed/cases").status_code == 403
    for path in ("/embed/cases/snapshot", "/embed/cases/stream", "/embed/cases/files/draw.js", "/live/snapshot"):
        assert get(client, path).status_code == 401
    for path in ("/wall", "/console", "/integrations"):
        assert get(client, path).status_code in (302, 401)
    body = {"output": "x.children", "inputs": []}
    assert client.post("/_dash-update-component", json=body, headers=ORIGIN).status_code == 401


def test_only_the_panels_of_the_scene_are_told(site: Site) -> None:
    state = get(shown(site, "cases"), "/embed/cases/snapshot").json
    assert set(state["panels"]) <= panels_of_frame("cases") and state["topics"] == {} and state["screen"] is None
    assert "cases-flow-panel" in panels_of_frame("cases") and "cameras-grid-panel" not in panels_of_frame("cases")
    assert get(shown(site, "cases"), f"/embed/cases/content?h={'0' * 64}").json == {}
    assert get(shown(site, "cases"), "/embed/cases/content?h=x").status_code == 400


@pytest.mark.parametrize("scene", [entry.name for entry in EMBEDDABLE_SCENES])
def test_every_scene_can_stand_alone(scene: str) -> None:
    assert panels_of_frame(scene)
    assert str(embedded_frame(scene)).count("is-on") == 1
    with pytest.raises(KeyError):
        embedded_frame("nowhere")


def test_it_lives_while_it_is_used_and_ends_when_revoked_or_after_a_month(site: Site) -> None:
    client = shown(site)

    def renewed() -> int:
        status: int = client.post("/embed/overview/renew", base_url="https://localhost", headers=HTTPS).status_code
        return status

    site.clock.at += COOKIE_FOR - timedelta(minutes=1)
    assert renewed() == 200
    site.clock.at += COOKIE_FOR - timedelta(minutes=1)
    assert get(client, "/embed/overview/snapshot").status_code == 200 and renewed() == 200
    with site.database.reading() as session:
        (embed,) = living_embeds(session, ADMINISTRATOR, site.clock())
    revoke_embed(site.database, ADMINISTRATOR, embed.public_id, site.clock())
    assert get(client, "/embed/overview/snapshot").status_code == 401 and renewed() == 401
    with pytest.raises(EmbedRefused):
        revoke_embed(site.database, ADMINISTRATOR, embed.public_id, site.clock())
    client = shown(site)
    before = COOKIE_FOR - timedelta(hours=1)
    for _ in range(int(GRANT_FOR / before) + 1):
        site.clock.at += before
        last = renewed()
    assert last == 401


@pytest.mark.parametrize("end", [renew_secret, revoke_service_account])
def test_what_a_system_embeds_ends_with_its_secret_and_nobody_else_s_does(site: Site, end: Any) -> None:
    public_id, secret = create_service_account(site.database, CHIEF, "IOC", tuple(FeedScope), site.clock())
    own = site.app.server.test_client()
    token = issue_token(site.database, public_id, secret, "", site.clock()).token
    own.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {token}"
    first, second = (own.post("/api/embed", json={"scene": "overview"}).json["address"] for _ in range(2))
    frame = site.app.server.test_client()
    assert get(frame, first.removeprefix("http://localhost")).status_code == 303
    others = shown(site)
    end(site.database, CHIEF, public_id, site.clock())
    assert get(frame, "/embed/overview/snapshot").status_code == 401
    assert frame.post("/embed/overview/renew", base_url="https://localhost", headers=HTTPS).status_code == 401
    assert get(frame, second.removeprefix("http://localhost")).status_code == 403
    assert get(others, "/embed/overview/snapshot").status_code == 200
    with site.database.reading() as session:
        newest = audit_events(session, CHIEF)[0]
    assert (newest.subject, json.loads(newest.detail)["embeds"]) == (public_id, 2)


def test_a_cookie_that_is_none_and_one_renewed_just_now_take_no_writer_s_lock(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, write, times = shown(site), site.database.writing, []
    monkeypatch.setattr(site.database, "writing", lambda: times.append(1) or write())
    stranger = site.app.server.test_client()
    stranger.set_cookie("thads_embed", "x" * 43, path="/embed/overview", secure=True)
    assert stranger.post("/embed/overview/renew", base_url="https://localhost", headers=HTTPS).status_code == 401
    for seconds in (10, 10, 50, 10):
        site.clock.at += timedelta(seconds=seconds)
        assert client.post("/embed/overview/renew", base_url="https://localhost", headers=HTTPS).status_code == 200
    assert len(times) == 1


def test_who_renews_again_and_again_waits(site: Site) -> None:
    client = site.app.server.test_client()
    answers = [client.post("/embed/overview/renew", base_url="https://localhost", headers=HTTPS) for _ in range(200)]
    last = next(one for one in reversed(answers) if one.status_code == 429)
    assert {one.status_code for one in answers} == {401, 429} and int(last.headers["Retry-After"]) >= 1


HTTPS = {"Origin": "https://localhost"}


def test_addresses_that_are_old_changed_or_of_another_scene_are_refused_alike(site: Site) -> None:
    address = granted(site)
    for wrong in (
        address.replace("/embed/overview", "/embed/cases"),
        address.replace("exp=1", "exp=2"),
        address.replace("sig=", "sig=0"),
        address.replace("kid=", "kid=%C4%91"),
        "/embed/overview?sig=%FF&exp=99999999999&kid=x",
    ):
        assert site.app.server.test_client().get(wrong, base_url="https://localhost").status_code == 403
    site.clock.at += ADDRESS_FOR
    assert site.app.server.test_client().get(address, base_url="https://localhost").status_code == 403


def test_who_may_make_an_address(site: Site) -> None:
    for who in set(CAST) - {"quantri"}:
        assert site.as_(who).post("/api/embed", json={"scene": "overview"}, headers=ORIGIN).status_code == 403
    assert site.as_(STRANGER).post("/api/embed", json={"scene": "overview"}, headers=ORIGIN).status_code == 401
    for scene in ("nowhere", "attendance", None, 5, ""):
        assert site.as_(SYSTEM).post("/api/embed", json={"scene": scene}).status_code == 422
    with pytest.raises(EmbedRefused):
        make_embed_address(site.database, ADMINISTRATOR, EmbedSigner(b"k" * 32), "nowhere", site.clock())


def test_who_is_at_work_in_each_office_is_shown_in_no_other_page(site: Site) -> None:
    assert get(site.app.server.test_client(), "/embed/attendance").status_code == 404
    assert get(shown(site), "/embed/attendance/snapshot").status_code == 404
    assert "attendance" not in {entry.name for entry in EMBEDDABLE_SCENES}
    assert "(attendance)" not in str(embed_form(IOC)) and "(overview)" in str(embed_form(IOC))


def test_without_an_origin_nothing_is_embedded(
    tmp_path: Path, sqlite_template: Path, organisation: Organisation, now: Any
) -> None:
    site = build(tmp_path, sqlite_template, organisation, now)
    assert site.as_(SYSTEM).post("/api/embed", json={"scene": "overview"}).status_code == 422
    assert site.as_("quantri").get("/embed/overview").status_code == 404


@pytest.mark.parametrize(
    "wrong", ["*", "https://a.example/", "https://a.example; script-src *", "a.example", "https://*"]
)
def test_an_origin_that_is_none_stops_the_start(wrong: str) -> None:
    with pytest.raises(ValueError, match="EMBED_ORIGIN"):
        embed_origin_of(wrong)


def test_another_installation_s_address_is_nothing_here(now: Any) -> None:
    path = EmbedSigner(b"a" * 32).address("overview", "g1", now + timedelta(minutes=1))
    query = dict(part.split("=") for part in path.split("?")[1].split("&"))
    assert EmbedSigner(b"a" * 32).grant_of("overview", query["exp"], query["kid"], query["sig"], now) == "g1"
    with pytest.raises(AddressNotValid):
        EmbedSigner(b"b" * 32).grant_of("overview", query["exp"], query["kid"], query["sig"], now)
