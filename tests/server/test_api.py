"""/api/v1 through the gate: scopes, errors, ETags, pages, the brake, and the same figures as the wall."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from feed_support import body_of, draw_feed, fill_feed, system
from gate_support import SCREEN, STRANGER, Site, build
from people_support import CAST
from scenes_support import a_question, complete_more

from access.rate_limits import RateLimit
from domain.feed import FeedScope
from domain.indicators import CATALOGUE
from domain.units import Organisation
from outbound.openapi import openapi
from scenes.answers import WallAnswers

SCOPE_OF = {
    "/api/v1/indicators": FeedScope.INDICATORS,
    "/api/v1/indicators/completion_rate_cases": FeedScope.INDICATORS,
    "/api/v1/alarms": FeedScope.ALARMS,
    "/api/v1/cap.atom": FeedScope.ALARMS,
    "/api/v1/cameras": FeedScope.CAMERAS,
    "/api/v1/field-reports": FeedScope.FIELD_REPORTS,
    "/api/v1/units": FeedScope.UNITS,
    "/api/v1/boundaries": FeedScope.UNITS,
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path, organisation: Organisation) -> Iterator[Site]:
    at = datetime.fromisoformat("2026-11-23T02:40:00+00:00")
    built = build(tmp_path_factory.mktemp("feed"), sqlite_template, organisation, at)
    fill_feed(built, organisation)
    yield built
    built.database.close()


def test_each_resource_opens_for_its_scope_and_no_other(site: Site) -> None:
    for path, scope in SCOPE_OF.items():
        assert system(site, scope).get(path).status_code == 200, path
        others = [each for each in FeedScope if each is not scope]
        refused = system(site, *others).get(path)
        assert refused.status_code == 403 and refused.mimetype == "application/problem+json"
        assert "insufficient_scope" in refused.headers["WWW-Authenticate"]


def test_nobody_without_a_token_of_a_system_reads_it(site: Site) -> None:
    for path in SCOPE_OF:
        answer = site.as_(STRANGER).get(path)
        assert answer.status_code == 401 and answer.mimetype == "application/problem+json"
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    for who in (SCREEN, *(set(CAST) - {"quantri"})):
        assert site.as_(who).get("/api/v1/indicators").status_code == 403


def test_what_does_not_exist_is_a_problem_whoever_asks(site: Site) -> None:
    for client in (site.as_(STRANGER), system(site)):
        for path in ("/api/v1", "/api/v1/", "/api/v1/nothing", "/api/v1/a/b/c"):
            answer = client.get(path)
            assert (answer.status_code, answer.mimetype) == (404, "application/problem+json"), path
        refused = client.post("/api/v1/health")
        assert refused.status_code == 405 and "GET" in refused.headers["Allow"]
        assert client.get("/api/v1/token").headers["Allow"] == "POST"
    assert system(site).get("/api/v1/indicators/nothing").status_code == 404
    assert system(site).get("/api/v1/alarms?unit=NOWHERE").status_code == 404


@pytest.mark.parametrize(
    "query", ["?limit=0", "?limit=201", "?limit=x", "?limit=1&limit=2", "?cursor=zz", "?cursor=%C3%A9", "?x=1"]
)
def test_an_argument_that_cannot_be_read_is_refused(site: Site, query: str) -> None:
    answer = system(site).get("/api/v1/alarms" + query)
    assert answer.status_code == 400 and body_of(answer)["detail"]


def test_the_indicators_are_those_of_the_wall(site: Site, organisation: Organisation) -> None:
    """Same functions, so the same numbers: of the whole and of every unit."""
    items = {item["id"]: item for item in body_of(system(site).get("/api/v1/indicators?limit=200"))["items"]}
    assert set(CATALOGUE) <= set(items)
    with site.database.reading() as session:
        wall = WallAnswers(a_question(session, organisation, site.clock()))
        figures = wall.figures
        assert figures is not None
        rate, total = items["completion_rate_cases"], figures.total
        assert rate["value"] == float(figures.cases.value) and rate["value"] > 0
        assert (rate["numerator"], rate["denominator"]) == (total.completed, total.enforceable)
        assert items["completion_rate_amount"]["value"] == float(figures.money.value)
        rows = {row.code: row for row in figures.rows}
        told = {each["unit"]: each["value"] for each in rate["by_unit"]}
        assert told == {code: float(row.cases.value) for code, row in rows.items()}
        old = {each["unit"]: each["value"] for each in items["over_twelve_months"]["by_unit"]}
        assert old == {code: row.over_twelve_months for code, row in rows.items()}
        for id, one in CATALOGUE.items():
            value = one.value(figures.this_year)
            assert items[id]["value"] == (None if value is None else float(value)), id
        assert items["alarms_open"]["value"] == len(wall.alarms) > 0


def test_severe_alarms_lead_from_the_atom_feed_to_their_messages(site: Site) -> None:
    client = system(site, FeedScope.ALARMS)
    told = client.get("/api/v1/cap.atom")
    links = re.findall(r'href="(http://localhost/api/v1/cap/[^"]+)"', told.text)
    severe = [one for one in body_of(client.get("/api/v1/alarms?limit=200"))["items"] if one["priority"] != "ordinary"]
    assert told.mimetype == "application/atom+xml" and len(links) == len(severe) > 0
    for link in links:
        message = client.get(link)
        assert message.mimetype == "application/cap+xml" and "<status>Test</status>" in message.text
    assert client.get(links[0].rpartition(".")[0].rpartition(".")[0] + ".99.xml").status_code == 404


def test_what_nobody_knows_is_null_with_its_reason_and_never_zero(site: Site) -> None:
    client = system(site)
    items = {item["id"]: item for item in body_of(client.get("/api/v1/indicators?limit=200"))["items"]}
    for id in ("reports_open", "attendance_present", "cameras_working"):
        found = items[id]
        assert (found["value"], found["missing"], found["quality"]) == (None, "not_connected", "never")
        assert {unit["value"] for unit in found["by_unit"]} == {None}
    reports = body_of(client.get("/api/v1/field-reports"))
    assert (reports["items"], reports["quality"], reports["as_of"]) == ([], "never", None)
    cameras = body_of(client.get("/api/v1/cameras"))["items"]
    assert cameras and {each["installed"] for each in cameras} == {None}


def test_an_answer_that_did_not_change_costs_a_304(site: Site, organisation: Organisation) -> None:
    client = system(site)
    first = client.get("/api/v1/indicators")
    again = client.get("/api/v1/indicators", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    packed = client.get("/api/v1/indicators", headers={"Accept-Encoding": "gzip"})
    weak = {"If-None-Match": packed.headers["ETag"]}
    assert (
        packed.headers["Content-Encoding"] == "gzip"
        and client.get("/api/v1/indicators", headers=weak).status_code == 304
    )
    complete_more(site.database, organisation.case_units_on(site.clock().date())[1].code, 1, site.clock())
    draw_feed(site.database, organisation, site.clock())
    changed = client.get("/api/v1/indicators", headers={"If-None-Match": first.headers["ETag"]})
    assert changed.status_code == 200 and changed.headers["Cache-Control"] == "private, no-cache"


def test_the_pages_together_are_the_whole(site: Site) -> None:
    client, seen, cursor = system(site), [], ""
    while cursor is not None:
        page = body_of(client.get("/api/v1/indicators?limit=7" + (f"&cursor={cursor}" if cursor else "")))
        assert len(page["items"]) <= 7
        seen += [item["id"] for item in page["items"]]
        cursor = page["next"]
    assert seen == sorted(set(seen)) and len(seen) > 40


def test_figures_age_while_nothing_is_drawn(site: Site) -> None:
    client, path = system(site), "/api/v1/indicators/completion_rate_cases"
    assert body_of(client.get(path))["quality"] == "live"
    now = site.clock.at
    site.clock.at = now + timedelta(minutes=9, seconds=59)
    assert body_of(client.get(path))["quality"] == "live"
    try:
        for minutes, quality in ((11, "late"), (40, "stale"), (130, "lost")):
            site.clock.at = now + timedelta(minutes=minutes)
            assert body_of(system(site).get(path))["quality"] == quality
            assert body_of(client.get("/api/v1/health"))["worker"] == "gone"
    finally:
        site.clock.at = now


def test_the_contract_names_exactly_the_routes_and_is_open(site: Site) -> None:
    told = body_of(site.as_(STRANGER).get("/api/v1/openapi.json"))
    assert told == json.loads(json.dumps(openapi("test")))
    rules = [rule for rule in site.app.server.url_map.iter_rules() if rule.rule.startswith("/api/v1/")]
    served = {
        (rule.rule.replace("<string:", "{").replace(">", "}"), method.lower())
        for rule in rules
        if rule.endpoint != "feed_nothing"
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert served == {(path, method) for path, methods in told["paths"].items() for method in methods}


def test_who_asks_too_often_waits_and_nobody_else_does(
    tmp_path: Path, sqlite_template: Path, organisation: Organisation, now: datetime
) -> None:
    site = build(tmp_path, sqlite_template, organisation, now, feed_requests_per_minute=3)
    client = system(site)
    assert [client.get("/api/v1/units").status_code for _ in range(4)] == [200, 200, 200, 429]
    refused = client.get("/api/v1/units")
    assert 1 <= int(refused.headers["Retry-After"]) <= 60 and refused.mimetype == "application/problem+json"
    assert system(site).get("/api/v1/units").status_code == 200
    # Before the worker has drawn anything there is nothing to tell, which is no empty list.
    assert system(site).get("/api/v1/alarms").status_code == 503
    site.database.close()


def test_a_brake_lets_through_what_it_says() -> None:
    at = [0.0]
    limit = RateLimit(60, lambda: at[0])
    assert [limit.wait_for("a") for _ in range(60)] == [0] * 60
    assert limit.wait_for("a") == 1
    at[0] = 0.99
    assert limit.wait_for("a") == 1
    at[0] = 1.0
    assert limit.wait_for("a") == 0 and limit.wait_for("b") == 0
