"""/ngsi-ld/v1/entities: the feed for context brokers of any city, to be read; and the @context, offline."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from flask import Flask, Response, request

from access.current import principal_now
from access.policy import policy, public
from access.principal import Principal
from data_access.site import Site
from domain.local_time import local_day
from domain.permissions import Permission
from outbound.ngsi_context import CONTEXT
from outbound.ngsi_ld import TYPES, Entity, Teller, entities_of, normalized, panels_of, type_in
from outbound.ngsi_query import QueryRefused, parsed
from server.api_answers import MOST, NGSI, BadQuery, Unknown, arguments, refused, told
from server.feed_reader import FeedReader

LD, PLAIN = "application/ld+json", "application/json"
CONTEXT_PATH = f"{NGSI}/context.jsonld"
OPTIONS = ("normalized", "keyValues")
MOST_IDS = 50


def install_ngsi_ld(server: Flask, site: Site, reader: FeedReader) -> None:
    """Add the routes."""

    @public()
    def ngsi_context() -> Response:
        return told({"@context": CONTEXT}, LD, "public, max-age=3600")

    @policy(Permission.READ_FEED)
    def ngsi_entities() -> Response:
        given = arguments("type", "id", "q", "options", "limit", "offset", "count")
        who = principal_now()
        types, terms, shape = _types(given, who), _terms(given), _shape(given)
        limit, offset = _number(given, "limit", 20, MOST), _number(given, "offset", 0, 1_000_000)
        feed = reader.read(*panels_of(types))
        found: list[Entity] = []
        for type_ in types:
            made = entities_of(type_, feed.panels[TYPES[type_][1]], feed.ages, _teller(site))
            found += [entity for entity in made if all(term.holds(entity) for term in terms)]
        if "id" in given:
            wanted = set(given["id"].split(","))
            found = [entity for entity in found if entity["id"] in wanted]
        response = _told([shape(entity) for entity in found[offset : offset + limit]])
        if given.get("count") == "true":
            response.headers["NGSILD-Results-Count"] = str(len(found))
        return response

    @policy(Permission.READ_FEED)
    def ngsi_entity(id: str) -> Response:
        shape, type_ = _shape(arguments("options")), type_in(id)
        if not type_:
            raise Unknown("Không có thực thể này.")
        principal_now().require(TYPES[type_][0])
        feed = reader.read(*panels_of([type_]))
        made = entities_of(type_, feed.panels[TYPES[type_][1]], feed.ages, _teller(site))
        found = next((entity for entity in made if entity["id"] == id), None)
        if found is None:
            raise Unknown("Không có thực thể này.")
        return _told(shape(found))

    @public()
    def ngsi_nothing(rest: str = "") -> Response:
        return refused(404)

    server.add_url_rule(CONTEXT_PATH, "ngsi_context", ngsi_context)
    server.add_url_rule(f"{NGSI}/v1/entities", "ngsi_entities", ngsi_entities)
    server.add_url_rule(f"{NGSI}/v1/entities/<string:id>", "ngsi_entity", ngsi_entity)
    server.add_url_rule(NGSI, "ngsi_root", ngsi_nothing, strict_slashes=False)
    server.add_url_rule(f"{NGSI}/<path:rest>", "ngsi_nothing", ngsi_nothing)


def _types(given: dict[str, str], who: Principal) -> Sequence[str]:
    """The types asked for, or those that the ids name, or all this account may read; raises BadQuery, NotAllowed."""
    if not given.keys() & {"type", "id", "q"}:
        raise BadQuery("Cần ít nhất một trong type, id, q.")
    if "type" in given:
        asked = list(dict.fromkeys(given["type"].split(",")))
    elif "id" in given:
        asked = [type_ for type_ in dict.fromkeys(type_in(urn) for urn in given["id"].split(",")) if type_]
    else:
        return [type_ for type_, (permission, _) in TYPES.items() if who.may(permission)]
    if unknown := [type_ for type_ in asked if type_ not in TYPES]:
        raise BadQuery(f"Không có type {unknown[0]!r}: chỉ có {', '.join(TYPES)}.")
    if len(given.get("id", "").split(",")) > MOST_IDS:
        raise BadQuery(f"Tối đa {MOST_IDS} id một lần.")
    for type_ in asked:
        who.require(TYPES[type_][0])
    return asked


def _terms(given: dict[str, str]) -> Any:
    try:
        return parsed(given["q"]) if "q" in given else ()
    except QueryRefused as error:
        raise BadQuery(str(error)) from error


def _number(given: dict[str, str], name: str, otherwise: int, most: int) -> int:
    words = given.get(name, str(otherwise))
    least = min(otherwise, 1)
    if not (words.isascii() and words.isdigit() and len(words) <= 7 and least <= int(words) <= most):
        raise BadQuery(f"{name} là số từ {least} đến {most}.")
    return int(words)


def _shape(given: dict[str, str]) -> Callable[[Entity], Entity]:
    """How entities are written; raises BadQuery."""
    option = given.get("options", OPTIONS[0])
    if option not in OPTIONS:
        raise BadQuery("options là keyValues hoặc normalized.")
    return normalized if option == OPTIONS[0] else dict


def _told(body: Any) -> Response:
    """As JSON with the context in a Link, or as JSON-LD with it in the body, as the caller accepts."""
    address = f"{request.host_url.rstrip('/')}{CONTEXT_PATH}"
    best = request.accept_mimetypes.best_match((PLAIN, LD), PLAIN)
    if best == LD:
        whole = (
            [{**one, "@context": address} for one in body] if isinstance(body, list) else {**body, "@context": address}
        )
        response = told(whole, LD)
    else:
        response = told(body, PLAIN)
        response.headers["Link"] = f'<{address}>; rel="http://www.w3.org/ns/json-ld#context"; type="{LD}"'
    response.vary.add("Accept")
    return response


def _teller(site: Site) -> Teller:
    day = local_day(site.clock())
    root = site.organisation.root_on(day)
    names = {unit.code: unit.name for unit in site.organisation.units_on(day)}
    return Teller(root.name if root else site.organisation.title, root.code if root else "", names)
