"""The gate: who may open which route, page and callback, and what a request must look like."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import dash
import pytest
from dash import Dash, Input, Output, html
from flask import Flask
from gate_support import (
    CALLBACKS,
    EVERYBODY,
    ORIGIN,
    SCREEN,
    STRANGER,
    SYSTEM,
    Site,
    build,
    call,
    pair,
    sign_in,
    valid_bodies,
)
from people_support import CAST, CHIEF, PASSWORD, UNITS, a_person
from sqlalchemy.exc import OperationalError

from access.policy import Policy, policy_of
from actions.manage_users import change_role, disable_user, reset_password
from actions.pair_screen import open_demo_screen, revoke_screen
from data_access.audit import audit_head
from domain.permissions import Permission, Role, may
from domain.units import Organisation
from server.policies import DASH_ROUTES, PAGES, ROUTER_OUTPUT, undeclared

ROLE_OF = {STRANGER: None, SCREEN: Role.SCREEN, SYSTEM: Role.IOC, **{name: role for name, (role, _) in CAST.items()}}
OF_THE_FEED = {"feed_contract", "feed_health", "feed_nothing", "feed_root", "ngsi_context", "ngsi_nothing", "ngsi_root"}
# Asked inside a frame of another system; each asks for the cookie of its scene by itself.
EMBEDDED = {"embed_page", "embed_renew", "embed_file", "embed_stream", "embed_snapshot", "embed_content"}
PUBLIC = OF_THE_FEED | EMBEDDED
PUBLIC |= {"agenda_feed", "login", "enter", "logout", "pairing", "pairing_wait", "healthz", "/_favicon.ico"}
# Nothing was drawn here: they say so with 503.
UNDRAWN = ("/healthz", "/api/v1/", "/ngsi-ld/v1/")
# Asked by machines without a browser; each checks its caller by itself.
FOR_DEVICES = {"adms_data", "adms_orders", "adms_devicecmd", "adms_registry", "feed_token", "observation_push"}
FOR_DEVICES |= {"city_alert_push", "directive_push"}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path, organisation: Organisation) -> Iterator[Site]:
    at = datetime(2026, 11, 23, 2, 40, tzinfo=UTC)
    built = build(tmp_path_factory.mktemp("gate"), sqlite_template, organisation, at)
    yield built
    built.database.close()


# What this build declares.


def test_every_route_callback_and_page_declares_a_policy(site: Site) -> None:
    assert undeclared(site.app) == []


def test_what_is_open_to_strangers_is_exactly_this(site: Site) -> None:
    functions = site.app.server.view_functions
    rules = {endpoint: DASH_ROUTES.get(endpoint, policy_of(function)) for endpoint, function in functions.items()}
    assert {endpoint for endpoint, rule in rules.items() if rule and rule.permission is None} == PUBLIC | FOR_DEVICES
    assert {endpoint for endpoint, rule in rules.items() if rule and rule.for_devices} == FOR_DEVICES


def test_an_undeclared_route_callback_page_or_background_callback_is_named() -> None:
    app = Dash("undeclared", server=Flask("undeclared", static_folder=None), use_pages=True, pages_folder="")
    registered = dict(dash.page_registry)
    try:
        dash.register_page("stray", path="/stray", layout=html.Div())
        app.server.add_url_rule("/stray-route", "stray_route", lambda: "figures")
        app.callback(Output("stray", "children"), Input("stray", "id"))(lambda _: "figures")
        with app.server.test_request_context("/"):
            app._setup_server()
        app.callback_map["stray.children"]["background"] = {"interval": 1}
        found = undeclared(app)
    finally:
        dash.page_registry.clear()
        dash.page_registry.update(registered)
    assert {each.split()[0] for each in found} >= {"route", "callback", "background", "page"}
    assert any("/stray-route" in each for each in found)
    assert any("/stray" in each and each.startswith("page") for each in found)


# Role x route x method.


@pytest.mark.parametrize("who", EVERYBODY)
def test_each_role_opens_exactly_the_routes_it_was_granted(site: Site, who: str) -> None:
    client, role = site.as_(who), ROLE_OF[who]
    # Wrong sign-ins are among the requests: each asks from an address of its own, with a brake of its own.
    client.environ_base["REMOTE_ADDR"] = f"10.1.0.{EVERYBODY.index(who)}"
    for rule in site.app.server.url_map.iter_rules():
        if rule.endpoint in PAGES | FOR_DEVICES | {CALLBACKS, "/live/stream", "live_stream", "logout"}:
            continue
        function = site.app.server.view_functions[rule.endpoint]
        wanted = DASH_ROUTES[rule.endpoint] if rule.endpoint in DASH_ROUTES else policy_of(function)
        path = rule.rule.replace("<path:filename>", "30_desk.css").replace("<string:package_name>", "dash_html")
        path = path.replace("<path:fingerprinted_path>", "x.js")
        allowed = wanted is not None and (
            wanted.permission is None or (role is not None and may(role, wanted.permission))
        )
        refusal = 401 if role is None and wanted is not None else 403
        for method in ("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH"):
            if method == "HEAD" and allowed:
                # It is GET without the answer's body: what takes long to make is made once.
                continue
            answer = client.open(path, method=method, headers=ORIGIN)
            if method not in (rule.methods or ()):
                assert answer.status_code in (200, 302, 401, 403, 404, 405, 422), (who, method, path)
            elif allowed:
                assert answer.status_code not in (401, 403) or wanted == Policy(None, 10_000), (who, method, path)
            else:
                assert answer.status_code == refusal, (who, method, path, answer.status_code)
            assert answer.status_code < 500 or path.startswith(UNDRAWN), (who, method, path)


@pytest.mark.parametrize("who", EVERYBODY)
def test_each_role_opens_exactly_the_pages_it_was_granted(site: Site, who: str) -> None:
    client, role = site.as_(who), ROLE_OF[who]
    for page in dash.page_registry.values():
        answer = client.get(page["path"])
        if role is None:
            assert answer.status_code == 302
            assert answer.location.partition("&ask=")[0] == f"/login?next={page['module'].rsplit('.', 1)[-1]}"
        elif may(role, page["permission"]):
            assert answer.status_code == 200
        else:
            assert answer.status_code == 403
            assert "Không có quyền" in answer.text
            assert "_dash-config" not in answer.text


@pytest.mark.parametrize("who", EVERYBODY)
def test_each_role_runs_exactly_the_callbacks_it_was_granted(site: Site, who: str) -> None:
    client, role = site.as_(who), ROLE_OF[who]
    bodies = valid_bodies(site.app)
    assert len(bodies) > 5
    for name, body in bodies.items():
        rule = policy_of(site.app.callback_map[name]["callback"])
        permission = rule.permission if rule else Permission.SEE_WALL
        answer = call(client, body)
        if role is None:
            assert answer.status_code == 401, name
        elif who != SYSTEM and permission and may(role, permission):
            assert answer.status_code in (200, 204), (name, answer.text)
        else:
            assert answer.status_code == 403, name


@pytest.mark.parametrize("who", EVERYBODY)
def test_the_router_hands_out_exactly_the_pages_of_the_role(site: Site, who: str) -> None:
    client, role = site.as_(who), ROLE_OF[who]
    router = next(name for name in site.app.callback_map if ROUTER_OUTPUT in name)
    body = valid_bodies(site.app)[router]
    for page in dash.page_registry.values():
        body["inputs"] = [
            {"id": "_pages_location", "property": "pathname", "value": page["path"]},
            {"id": "_pages_location", "property": "search", "value": "?tab=audit&unit=PHULOC"},
        ]
        answer = call(client, body)
        expected = 401 if role is None else 200 if may(role, page["permission"]) else 403
        assert answer.status_code == expected, (who, page["path"])


def test_a_path_without_a_page_is_404_for_people_and_nothing_for_others(site: Site) -> None:
    assert site.as_("truc").get("/no-such-page").status_code == 404
    assert site.as_(SCREEN).get("/no-such-page").status_code == 403
    stranger = site.as_(STRANGER).get("/no-such-page")
    assert (stranger.status_code, stranger.location) == (302, "/login")
    assert site.as_(STRANGER).post("/no-such-page", headers=ORIGIN).status_code == 401


def test_the_root_leads_everybody_home(site: Site) -> None:
    assert site.as_(SCREEN).get("/").location == "/wall"
    assert site.as_("quantri").get("/").location == "/wall"
    assert site.as_("truc").get("/").location == "/console"
    assert site.as_("truong.phuvang").get("/").location == "/units/PHUVANG"
    assert site.as_(STRANGER).get("/").location == "/login"


def test_the_first_html_of_a_page_carries_no_other_page(site: Site) -> None:
    html_of_wall = site.as_(SCREEN).get("/wall").text
    assert "_dash-config" in html_of_wall
    assert "users-list-panel" not in html_of_wall and "validation_layout" not in html_of_wall


def test_debug_routes_and_options_are_closed_to_everybody(site: Site) -> None:
    admin = site.as_("quantri")
    assert admin.get("/_reload-hash").status_code == 403
    assert admin.options("/wall").status_code == 405
    assert admin.options(CALLBACKS).status_code == 405


@pytest.mark.parametrize(
    "path", ["os/path.py", "dash/dash.py", "dash/../app.py", "nothing/x.js", "dash_html/secret.js", "..%2f/app.py"]
)
def test_only_registered_files_come_out_of_the_component_suites(site: Site, path: str) -> None:
    assert site.as_("truc").get(f"/_dash-component-suites/{path}").status_code == 404
    assert site.as_(STRANGER).get(f"/_dash-component-suites/{path}").status_code in (302, 401)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("00_tokens.css", 200),
        ("login.css", 200),
        ("31_theme.js", 200),
        ("01_boot.js", 200),
        ("fonts/inter-latin-wght-normal.woff2", 200),
        ("30_desk.css", 401),
        ("live.js", 401),
        ("fonts/../live.js", 401),
        ("fonts/%2e%2e/live.js", 401),
    ],
)
def test_a_stranger_gets_only_what_the_sign_in_page_needs(site: Site, path: str, status: int) -> None:
    assert site.as_(STRANGER).get(f"/assets/{path}").status_code == status


# A session ends at the next request.


ENDINGS = {
    "signing out": lambda site, client: client.post("/logout", headers=ORIGIN),
    "disabling": lambda site, client: disable_user(site.database, CHIEF, site.people["truc"].public_id, site.clock()),
    "another role": lambda site, client: change_role(
        site.database, CHIEF, site.people["truc"].public_id, Role.LEADER, None, UNITS, site.clock()
    ),
    "a reset password": lambda site, client: reset_password(
        site.database, CHIEF, site.people["truc"].public_id, site.clock()
    ),
    "an own new password": lambda site, client: client.post(
        "/password",
        data={"current": PASSWORD, "wanted": "Song-Huong-2027!", "again": "Song-Huong-2027!"},
        headers=ORIGIN,
    ),
}


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_replayed_cookie_is_worthless_at_the_next_request(
    tmp_path: Path, sqlite_template: Path, organisation: Organisation, now: datetime, ending: str
) -> None:
    site = build(tmp_path, sqlite_template, organisation, now)
    client = site.as_("truc")
    cookie = client.get_cookie("thads_session")
    assert cookie is not None
    thief = site.app.server.test_client()
    thief.set_cookie("thads_session", cookie.value)
    assert thief.get("/wall").status_code == 200
    ENDINGS[ending](site, client)
    for _ in range(2):
        assert thief.get("/wall").status_code == 302
        assert thief.get("/_dash-layout").status_code == 401
        assert call(thief, next(iter(valid_bodies(site.app).values()))).status_code == 401
    site.database.close()


def test_a_cookie_planted_before_the_sign_in_is_not_the_session_afterwards(site: Site) -> None:
    client = site.as_(STRANGER)
    client.set_cookie("thads_session", "planted-by-somebody-else-0123456789abcdef")
    site.as_("truc")
    assert sign_in(client, "truc").status_code == 303
    cookie = client.get_cookie("thads_session")
    assert cookie is not None and not cookie.value.startswith("planted")


def test_signing_in_again_ends_the_session_this_browser_had(site: Site) -> None:
    client = site.as_("truc")
    before = client.get_cookie("thads_session")
    assert before is not None
    sign_in(client, "truc")
    thief = site.app.server.test_client()
    thief.set_cookie("thads_session", before.value)
    assert thief.get("/_dash-layout").status_code == 401
    assert client.get("/_dash-layout").status_code == 200


def test_flask_and_remember_cookies_identify_nobody(site: Site) -> None:
    client = site.as_(STRANGER)
    for name in ("session", "remember_token", "thads_session", "__Host-thads_session"):
        client.set_cookie(name, site.people["truc"].public_id if "truc" in site.people else "truc")
    assert client.get("/_dash-layout").status_code == 401


def test_the_head_of_an_abolished_unit_sees_nothing_from_that_day_on(
    tmp_path: Path, sqlite_template: Path, two_era_organisation: Organisation
) -> None:
    eve = datetime(2025, 6, 30, 16, 59, tzinfo=UTC)
    site = build(tmp_path, sqlite_template, two_era_organisation, eve)
    head = site.as_("truong.phuvang")
    assert head.get("/wall").status_code == 200
    site.clock.skip(timedelta(minutes=1))
    assert head.get("/_dash-layout").status_code == 401
    answer = sign_in(site.as_(STRANGER), "truong.phuvang")
    assert answer.status_code == 403 and "không còn hoạt động" in answer.text
    site.database.close()


# Screens and systems.


def test_a_revoked_screen_is_led_to_pairing_within_five_seconds(site: Site) -> None:
    client = site.as_(STRANGER)
    public_id = pair(site, client)
    assert client.get("/wall").status_code == 200
    revoke_screen(site.database, CHIEF, public_id, site.clock())
    site.clock.skip(timedelta(seconds=5))
    answer = client.get("/wall")
    assert (answer.status_code, answer.location) == (302, "/pairing?lost=1")
    assert "không còn quyền" in client.get("/pairing?lost=1").text


def test_the_code_leaves_the_address_and_works_once(site: Site) -> None:
    client, other = site.as_(STRANGER), site.as_(STRANGER)
    pair(site, client)
    assert client.get_cookie("thads_screen") is not None
    assert other.get("/wall?code=AAAAA-AAAAA").status_code == 403
    assert other.get_cookie("thads_screen") is None


@pytest.mark.parametrize(
    ("address", "forwarded", "status"),
    [("127.0.0.1", None, 303), ("::1", None, 303), ("10.0.0.9", None, 403), ("127.0.0.1", "203.0.113.7", 403)],
)
def test_the_demo_code_is_reusable_on_loopback_only(
    site: Site, address: str, forwarded: str | None, status: int
) -> None:
    code = open_demo_screen(site.database, site.clock())
    for _ in range(2):
        client = site.as_(STRANGER)
        headers = {"X-Forwarded-For": forwarded} if forwarded else {}
        answer = client.get(f"/wall?code={code}", headers=headers, environ_base={"REMOTE_ADDR": address})
        assert answer.status_code == status


def test_outside_demo_a_reusable_code_opens_nothing(
    tmp_path: Path, sqlite_template: Path, organisation: Organisation, now: datetime
) -> None:
    site = build(tmp_path, sqlite_template, organisation, now, demo=False)
    code = open_demo_screen(site.database, now)
    assert site.as_(STRANGER).get(f"/wall?code={code}").status_code == 403
    site.database.close()


# Requests from elsewhere change nothing.


FOREIGN = [
    {"Origin": "http://evil.example"},
    {"Origin": "null"},
    {"Origin": "http://localhost.evil.example"},
    {"Origin": "http://localhost", "Sec-Fetch-Site": "cross-site"},
    {"Origin": "http://localhost", "Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "none"},
    {},
]


@pytest.mark.parametrize("headers", FOREIGN)
def test_a_changing_request_from_elsewhere_is_refused(site: Site, headers: dict[str, str]) -> None:
    client = site.as_("quantri")
    with site.database.reading() as session:
        before = audit_head(session)
    assert client.post("/logout", headers=headers).status_code == 403
    assert client.post("/login", data={"name": "x", "password": "y"}, headers=headers).status_code == 403
    body = valid_bodies(site.app)["audit-result-panel.children"]
    answer = client.post(CALLBACKS, json=body, headers=headers)
    assert answer.status_code == 403
    with site.database.reading() as session:
        assert audit_head(session) == before
    assert client.get("/_dash-layout").status_code == 200


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
def test_a_callback_is_called_with_json_only(site: Site, kind: str) -> None:
    body = valid_bodies(site.app)["users-list-panel.children"]
    assert call(site.as_("quantri"), body, **{"Content-Type": kind}).status_code == 415


# Headers.


@pytest.mark.parametrize(
    "path", ["/login", "/wall", "/_dash-layout", "/assets/login.css", "/no-such-page", "/live/snapshot"]
)
def test_every_answer_carries_the_protecting_headers(site: Site, path: str) -> None:
    for who in (STRANGER, "truc"):
        headers = site.as_(who).get(path).headers
        policy = headers["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in policy and "unsafe-eval" not in policy
        assert "'unsafe-inline'" not in policy.split("style-src")[0]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin"


def test_data_is_never_stored_by_browsers_and_proxies(site: Site) -> None:
    client = site.as_("quantri")
    answers = [client.get("/wall"), client.get("/_dash-layout"), client.get("/administration"), client.get("/login")]
    answers += [call(client, body) for body in valid_bodies(site.app).values()]
    for answer in answers:
        assert "no-store" in answer.headers["Cache-Control"]
        assert "Cookie" in answer.headers["Vary"]


def test_behind_tls_cookies_are_bound_to_the_host(
    tmp_path: Path, sqlite_template: Path, organisation: Organisation, now: datetime
) -> None:
    site = build(tmp_path, sqlite_template, organisation, now, secure_cookies=True)
    a_person(site.database, "truc", now)
    client = site.app.server.test_client()
    answer = client.post(
        "/login",
        data={"name": "truc", "password": PASSWORD},
        headers={"Origin": "https://thads.example", "X-Forwarded-Host": "thads.example", "X-Forwarded-Proto": "https"},
    )
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-thads_session=")
    for attribute in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert attribute in cookie
    assert "Domain" not in cookie
    assert "max-age=31536000" in answer.headers["Strict-Transport-Security"]
    site.database.close()


def test_without_tls_the_cookie_is_still_out_of_reach_of_scripts_and_other_sites(site: Site) -> None:
    site.as_("truc")
    cookie = sign_in(site.as_(STRANGER), "truc").headers["Set-Cookie"]
    assert "HttpOnly" in cookie and "SameSite=Lax" in cookie and "Secure" not in cookie


# Without a database.


def test_without_a_database_the_gate_says_so_and_opens_nothing(
    tmp_path: Path, sqlite_template: Path, organisation: Organisation, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = build(tmp_path, sqlite_template, organisation, now)
    client = site.as_("quantri")

    def gone(_self: object) -> None:
        raise OperationalError("SELECT 1", {}, Exception("unable to open database file"))

    monkeypatch.setattr(type(site.database), "reading", gone)
    assert client.get("/wall").status_code == 503
    assert client.get("/_dash-layout").status_code == 503
    assert call(client, {}).status_code == 503
    assert client.get("/login").status_code == 200
    assert client.get("/assets/login.css").status_code == 200
    monkeypatch.setattr(type(site.database), "writing", gone)
    assert sign_in(site.app.server.test_client(), "quantri").status_code == 503
    site.database.close()
