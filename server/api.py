"""/api/v1: what the smart-city centre may read, by scope; the contract is outbound/openapi.py and docs/outbound.md."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Flask, Response, current_app, request

from access.current import somebody_now
from access.policy import policy, public
from access.rate_limits import STRANGERS_PER_MINUTE, RateLimit
from data_access.site import Site
from domain.local_time import local_day
from domain.permissions import Permission
from outbound import geojson, rest_feed
from outbound.openapi import openapi
from server.api_answers import API, Unknown, arguments, day, install_answers, paged, paging, refused, told
from server.api_cap import install_cap
from server.feed_reader import Feed, FeedReader, NotDrawn
from server.ngsi_ld import install_ngsi_ld

PAGED = ("limit", "cursor")
PUBLIC_CACHE = "public, max-age=3600"


def install_api(server: Flask, site: Site) -> None:
    """Add the routes, the brake and the problems."""
    reader = FeedReader(site.database, site.clock)
    install_answers(server, site.feed_requests_per_minute)
    _install_public(server, site, reader)
    _install_indicators(server, reader)
    _install_alarms(server, site, reader)
    _install_counts(server, site, reader)
    _install_units(server, site)
    install_cap(server, site, reader)
    install_ngsi_ld(server, site, reader)
    server.register_error_handler(NotDrawn, lambda _: refused(503, headers={"Retry-After": "10"}))


def _install_public(server: Flask, site: Site, reader: FeedReader) -> None:
    contract = openapi(site.build)
    strangers = RateLimit(STRANGERS_PER_MINUTE)

    @public()
    def feed_contract() -> Response:
        arguments()
        return told(contract, cache=PUBLIC_CACHE)

    @public()
    def feed_health() -> Response:
        """States only: of the worker, and of each source. Strangers are braked by address, accounts by themselves."""
        if somebody_now() is None and (seconds := strangers.wait_for(request.remote_addr or "")):
            return refused(429, headers={"Retry-After": str(seconds)})
        arguments()
        feed = reader.read()
        return told({"worker": "leads" if feed.lives else "gone", "sources": feed.ages.all_told()}, cache="no-cache")

    @public()
    def feed_nothing(rest: str = "") -> Response:
        """What is below /api/v1 and no resource; a resource with another method says which it has."""
        known = [rule for rule in current_app.url_map.iter_rules() if rule.rule == request.path and rest]
        methods = sorted({method for rule in known for method in rule.methods or ()} - {"OPTIONS"})
        return refused(405, headers={"Allow": ", ".join(methods)}) if methods else refused(404)

    server.add_url_rule(f"{API}/openapi.json", "feed_contract", feed_contract)
    server.add_url_rule(f"{API}/health", "feed_health", feed_health)
    server.add_url_rule(API, "feed_root", feed_nothing, strict_slashes=False)
    server.add_url_rule(f"{API}/<path:rest>", "feed_nothing", feed_nothing)


def _install_indicators(server: Flask, reader: FeedReader) -> None:
    @policy(Permission.READ_INDICATORS)
    def feed_indicators() -> Response:
        wanted = paging(arguments(*PAGED))
        feed = reader.read(rest_feed.INDICATORS)
        items = feed.panels[rest_feed.INDICATORS]["items"]
        body = paged(items, lambda item: str(item["id"]), wanted)
        body["items"] = [rest_feed.told_indicator(item, feed.ages) for item in body["items"]]
        return told({"sample": feed.ages.is_sample, **body})

    @policy(Permission.READ_INDICATORS)
    def feed_indicator(id: str) -> Response:
        arguments()
        feed = reader.read(rest_feed.INDICATORS)
        item = _one(feed, rest_feed.INDICATORS, id, "Không có chỉ tiêu này.")
        return told({"sample": feed.ages.is_sample, **rest_feed.told_indicator(item, feed.ages)})

    server.add_url_rule(f"{API}/indicators", "feed_indicators", feed_indicators)
    server.add_url_rule(f"{API}/indicators/<string:id>", "feed_indicator", feed_indicator)


def _install_alarms(server: Flask, site: Site, reader: FeedReader) -> None:
    @policy(Permission.READ_ALARMS)
    def feed_alarms() -> Response:
        given = arguments("unit", *PAGED)
        wanted = paging(given)
        feed = reader.read(rest_feed.ALARMS)
        items = _of_unit(site, feed.panels[rest_feed.ALARMS]["items"], given)
        body = paged(items, lambda item: f"{item['opened_at']} {item['id']}", wanted)
        body["items"] = [rest_feed.told_alarm(item, feed.ages) for item in body["items"]]
        return told(rest_feed.told_list(rest_feed.ALARMS, feed.ages, body))

    @policy(Permission.READ_ALARMS)
    def feed_alarm(id: str) -> Response:
        arguments()
        feed = reader.read(rest_feed.ALARMS)
        item = _one(feed, rest_feed.ALARMS, id, "Không có cảnh báo này, hoặc đã đóng quá 7 ngày.")
        return told({"sample": feed.ages.is_sample, **rest_feed.told_alarm(item, feed.ages)})

    server.add_url_rule(f"{API}/alarms", "feed_alarms", feed_alarms)
    server.add_url_rule(f"{API}/alarms/<string:id>", "feed_alarm", feed_alarm)


def _install_counts(server: Flask, site: Site, reader: FeedReader) -> None:
    def listed(panel: str, sort_key: str) -> Response:
        given = arguments("unit", *PAGED)
        wanted = paging(given)
        feed = reader.read(panel)
        items = _of_unit(site, feed.panels[panel]["items"], given)
        body = paged(items, lambda item: f"{item.get(sort_key)} {item.get('id', '')}", wanted)
        body["items"] = [rest_feed.told_item(item, panel, feed.ages) for item in body["items"]]
        return told(rest_feed.told_list(panel, feed.ages, body))

    @policy(Permission.READ_CAMERAS)
    def feed_cameras() -> Response:
        return listed(rest_feed.CAMERAS, "unit")

    @policy(Permission.READ_FIELD_REPORTS)
    def feed_field_reports() -> Response:
        return listed(rest_feed.REPORTS, "requested_at")

    server.add_url_rule(f"{API}/cameras", "feed_cameras", feed_cameras)
    server.add_url_rule(f"{API}/field-reports", "feed_field_reports", feed_field_reports)


def _install_units(server: Flask, site: Site) -> None:
    @policy(Permission.READ_UNITS)
    def feed_units() -> Response:
        given = arguments("on", *PAGED)
        items = rest_feed.told_units(site.organisation, day(given, "on"))
        body = paged(items, lambda item: f"{item['code']} {item['valid_from']}", paging(given))
        return told({"sample": site.is_sample, **body})

    @policy(Permission.READ_UNITS)
    def feed_boundaries() -> Response:
        arguments()
        if site.unit_map is None:
            raise Unknown("Gói tổ chức này không có bản đồ.")
        names = _unit_names(site, local_day(site.clock()))
        return told(geojson.boundaries(site.unit_map, names), "application/geo+json")

    server.add_url_rule(f"{API}/units", "feed_units", feed_units)
    server.add_url_rule(f"{API}/boundaries", "feed_boundaries", feed_boundaries)


def _one(feed: Feed, panel: str, id: str, otherwise: str) -> dict[str, Any]:
    found = next((item for item in feed.panels[panel]["items"] if item["id"] == id), None)
    if found is None:
        raise Unknown(otherwise)
    return found


def _of_unit(site: Site, items: list[dict[str, Any]], given: dict[str, str]) -> list[dict[str, Any]]:
    """Those of the unit asked for, or all; raises Unknown for a unit that never was."""
    if "unit" not in given:
        return items
    if given["unit"] not in {unit.code for unit in site.organisation.units}:
        raise Unknown("Không có đơn vị này.")
    return [item for item in items if item["unit"] == given["unit"]]


def _unit_names(site: Site, on: date) -> dict[str, str]:
    return {unit.code: unit.name for unit in site.organisation.units_on(on)}
