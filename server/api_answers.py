"""How the feed answers: JSON with ETag, problem+json for every error, query arguments checked one by one."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Flask, Response, current_app, request

from access.current import somebody_now
from access.rate_limits import RateLimit
from outbound.paging import page
from outbound.problems import MIMETYPE, NGSI_TYPES, problem

API = "/api/v1"
NGSI = "/ngsi-ld"
PREFIXES = (f"{API}/", f"{NGSI}/")
EXACT = (API, NGSI)
# A poll of the same state costs a 304; a proxy between may keep nothing for somebody else.
REVALIDATED = "private, no-cache"
DEFAULT_LIMIT, MOST = 50, 200


class BadQuery(ValueError):
    """A query argument that does not exist or cannot be read; the text is Vietnamese and is the detail."""


class Unknown(LookupError):
    """What was asked for does not exist; the text is Vietnamese and is the detail."""


@dataclass(frozen=True, slots=True)
class Paging:
    """Which part of a list is asked for."""

    after: str | None
    limit: int


def is_feed(path: str) -> bool:
    """Whether an address belongs to the feed, whatever is there."""
    return path.startswith(PREFIXES) or path in EXACT


def told(body: Any, mimetype: str = "application/json", cache: str = REVALIDATED) -> Response:
    """A body as JSON with its ETag, or 304 where the caller has it."""
    raw = body if isinstance(body, (str, bytes)) else json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    response = Response(raw, 200, mimetype=mimetype, headers={"Cache-Control": cache})
    response.vary.add("Authorization")
    response.add_etag()
    return response.make_conditional(request)


def refused(status: int, detail: str = "", headers: dict[str, str] | None = None, **members: Any) -> Response:
    """An error of the feed."""
    if request.path.startswith(f"{NGSI}/") and status in NGSI_TYPES:
        members["type_"] = NGSI_TYPES[status]
    return Response(problem(status, detail, **members), status, mimetype=MIMETYPE, headers=headers)


def arguments(*known: str) -> dict[str, str]:
    """The query arguments, each at most once; raises BadQuery for any other than `known`."""
    for name, values in request.args.lists():
        if name not in known:
            raise BadQuery(f"Không có tham số {name!r}.")
        if len(values) > 1:
            raise BadQuery(f"Tham số {name!r} chỉ được ghi một lần.")
    return request.args.to_dict()


def paging(given: dict[str, str]) -> Paging:
    """`limit` and `cursor` of the arguments; raises BadQuery."""
    limit = given.get("limit", str(DEFAULT_LIMIT))
    if not (limit.isascii() and limit.isdigit() and len(limit) <= 3 and 1 <= int(limit) <= MOST):
        raise BadQuery(f"limit là số từ 1 đến {MOST}.")
    return Paging(given.get("cursor"), int(limit))


def day(given: dict[str, str], name: str) -> date | None:
    """An ISO day of the arguments, None when it is not given; raises BadQuery."""
    if name not in given:
        return None
    try:
        if len(given[name]) != len("2026-11-27"):
            raise ValueError(given[name])
        return date.fromisoformat(given[name])
    except ValueError as error:
        raise BadQuery(f"{name} là ngày dạng 2026-11-27.") from error


def paged(items: Collection[Any], key: Callable[[Any], str], wanted: Paging) -> dict[str, Any]:
    """One page as `items` and `next`; raises BadQuery for what is no cursor of ours."""
    try:
        shown, following = page(list(items), key, wanted.after, wanted.limit)
    except ValueError as error:
        raise BadQuery("cursor phải là giá trị next của trang trước.") from error
    return {"items": shown, "next": following}


def install_answers(server: Flask, per_minute: int) -> None:
    """Brake each account, and make a problem of every error that leaves an address of the feed."""
    limit = RateLimit(per_minute)

    def brake() -> Response | None:
        who = somebody_now()
        if who is None or not is_feed(request.path):
            return None
        seconds = limit.wait_for(who.public_id)
        return refused(429, headers={"Retry-After": str(seconds)}) if seconds else None

    def as_problem(response: Response) -> Response:
        if not is_feed(request.path):
            return response
        if request.url_rule is None:
            _say_method(response)
        if response.status_code >= 400 and response.mimetype != MIMETYPE:
            response.set_data(problem(response.status_code))
            response.mimetype = MIMETYPE
        if response.status_code == 401 and "WWW-Authenticate" not in response.headers:
            known = ', error="invalid_token"' if "Authorization" in request.headers else ""
            response.headers["WWW-Authenticate"] = f'Bearer realm="thads"{known}'
        if response.status_code == 403:
            response.headers["WWW-Authenticate"] = 'Bearer realm="thads", error="insufficient_scope"'
        return response

    server.before_request(brake)
    server.after_request(as_problem)
    server.register_error_handler(BadQuery, lambda error: refused(400, str(error)))
    server.register_error_handler(Unknown, lambda error: refused(404, str(error)))


def _say_method(response: Response) -> None:
    """The contract is public: that a method does not exist is no secret, and the answer says which do."""
    adapter = current_app.create_url_adapter(request)
    methods = sorted(set(adapter.allowed_methods(request.path)) - {"OPTIONS"}) if adapter else []
    if methods and request.method not in methods:
        response.status_code = 405
        response.headers["Allow"] = ", ".join(methods)
