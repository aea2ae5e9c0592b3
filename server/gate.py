"""The one gate in front of every route and every callback: refused unless a declared policy lets the principal through.

It runs before Dash and before every view. Nothing in a request body can open it; the body is only checked against what
the callback declared. Who somebody is comes from server/identity.py alone.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import structlog
from dash import Dash
from dash.exceptions import DashException
from dash.fingerprint import check_fingerprint
from flask import Flask, Request, Response, after_this_request, jsonify, redirect, request
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.middleware.proxy_fix import ProxyFix

from access.current import let_ask
from access.policy import BODY_BYTES, Policy, policy_of
from access.principal import NotAllowed, Principal
from data_access.site import EXTENSION, Site
from domain.local_time import local_day
from domain.permissions import Permission, Role
from server.callback_body import BadBody, Declared, check_body, declared, read_body
from server.destinations import Destinations
from server.headers import content_security_policy, protect
from server.identity import DEVICE_COOKIE, Identity, names_bearer
from server.login import install_login
from server.logs import mask_record, shown_path
from server.outline import outline_svg
from server.pairing import install_pairing
from server.plain_pages import PlainPages
from server.policies import (
    ASSETS,
    CALLBACKS,
    DASH_ROUTES,
    PAGES,
    ROUTER_OUTPUT,
    SUITES,
    WALL,
    home_of,
    is_public_asset,
    page_at,
    page_name,
    page_paths,
    page_permission,
    undeclared,
)
from server.routes import install_routes

log = structlog.get_logger()

SAFE_METHODS = frozenset({"GET", "HEAD"})
QUERY_OF_CALLBACKS = frozenset({"endId"})


class GateRefusesToStart(RuntimeError):
    """A route, callback or page without a declared policy, or a background callback."""


class Gate:
    """Decides about each request; built by `install_gate`."""

    def __init__(
        self,
        server: Flask,
        app: Dash,
        identity: Identity,
        plain: PlainPages,
        pair_by_address: Callable[[], Response],
        destinations: Destinations,
    ) -> None:
        self._server = server
        self._app = app
        self._identity = identity
        self._plain = plain
        self._pair_by_address = pair_by_address
        self._destinations = destinations
        self._declared: dict[str, Declared] = {
            name: declared(name, entry) for name, entry in app.callback_map.items() if "callback" in entry
        }
        rules = (policy_of(entry.get("callback")) for entry in app.callback_map.values())
        self._largest_body = max((rule.max_bytes for rule in rules if rule), default=BODY_BYTES)

    def decide(self) -> ResponseReturnValue | None:
        """None to let the request through, or the answer that ends it. Runs first, whatever the route."""
        let_ask(None)
        if request.method == "OPTIONS":
            return "", 405
        try:
            principal = current_user.principal if current_user.is_authenticated else None
        except SQLAlchemyError as error:
            return self._without_database(error)
        let_ask(principal)
        if self._is_for_devices():
            trusted = not _comes_from_browser(request)
        else:
            trusted = request.method in SAFE_METHODS or _comes_from_here(request, principal)
        if not trusted:
            log.warning("cross-site request refused", path=shown_path(request.path), who=_who(principal))
            return self._refuse(principal, 403 if principal or self._is_public() else 401)
        if request.path == WALL and request.method == "GET" and "code" in request.args:
            return self._pair_by_address()
        if request.url_rule is None:
            # Not routable: Flask answers 404 or 405, but a stranger learns nothing about our addresses.
            return None if principal else self._refuse(None, 401)
        try:
            return self._decide_route(request.endpoint or "", principal)
        except RequestEntityTooLarge:
            return jsonify(error="too_large"), 413
        except BadBody as error:
            log.warning("malformed callback body", reason=str(error), who=_who(principal))
            return jsonify(error="malformed"), 400

    def _without_database(self, error: SQLAlchemyError) -> ResponseReturnValue | None:
        """Nobody can be known: what is public still answers, everything else says so with 503."""
        if self._is_public():
            return None
        log.error("gate without database", path=shown_path(request.path), reason=str(error).splitlines()[0])
        return jsonify(error="database_gone"), 503, {"Retry-After": "5"}

    def _decide_route(self, endpoint: str, principal: Principal | None) -> ResponseReturnValue | None:
        if endpoint in PAGES:
            return self._decide_page(principal)
        if endpoint == CALLBACKS:
            return self._decide_callback(principal)
        rule = self._rule_of(endpoint)
        if rule is None:
            return self._refuse(principal, 403)
        request.max_content_length = rule.max_bytes
        if answer := self._decide_policy(rule, principal):
            return answer
        if endpoint == SUITES and not self._is_registered_suite(**(request.view_args or {})):
            return jsonify(error="not_found"), 404
        return None

    def _rule_of(self, endpoint: str) -> Policy | None:
        """The policy of a plain route; None when it has none or is closed to everybody."""
        if endpoint == ASSETS and is_public_asset((request.view_args or {}).get("filename", "")):
            return Policy(None)
        if endpoint in DASH_ROUTES:
            return DASH_ROUTES[endpoint]
        return policy_of(self._server.view_functions.get(endpoint))

    def _is_public(self) -> bool:
        rule = self._rule_of(request.endpoint or "")
        return rule is not None and rule.permission is None

    def _is_for_devices(self) -> bool:
        rule = self._rule_of(request.endpoint or "")
        return rule is not None and rule.for_devices

    def _decide_policy(self, rule: Policy, principal: Principal | None) -> ResponseReturnValue | None:
        if rule.permission is None:
            return None
        if principal is None:
            return self._refuse(None, 401)
        return None if principal.may(rule.permission) else self._refuse(principal, 403)

    def _decide_page(self, principal: Principal | None) -> ResponseReturnValue | None:
        if principal is None:
            return self._invite(request.path)
        permission = page_permission(request.path)
        if permission is None and request.path == "/":
            return redirect(home_of(principal))
        if request.path == WALL and principal.role is Role.SCREEN:
            after_this_request(self._with_device_cookie)
        return None if principal.may(permission or Permission.USE_DESK) else self._refuse(principal, 403)

    def _with_device_cookie(self, response: Response) -> Response:
        """The browser forgets a cookie at its date: each load of the wall moves that date on."""
        self._identity.renew_device_cookie(request, response)
        return response

    def _decide_callback(self, principal: Principal | None) -> ResponseReturnValue | None:
        if principal is None:
            return self._refuse(None, 401)
        if principal.scopes is not None:
            # A token is for the feed and what is beside it; a page is worked by people and screens.
            return self._refuse(principal, 403)
        if request.mimetype != "application/json":
            return jsonify(error="json_only"), 415
        if not request.args.keys() <= QUERY_OF_CALLBACKS:
            raise BadBody("unknown query argument")
        if request.content_length is None:
            return jsonify(error="length_required"), 411
        output, entry, body = self._callback_asked_for()
        if output.startswith(f"..{ROUTER_OUTPUT}"):
            permission: Permission | None = _page_asked_for(body)
        else:
            rule = policy_of(entry["callback"])
            permission = rule.permission if rule else None
        if permission is None or not principal.may(permission):
            return self._refuse(principal, 403)
        return None

    def _callback_asked_for(self) -> tuple[str, dict[str, Any], dict[str, Any]]:
        """Which server callback the body names, checked against its declaration; raises BadBody."""
        request.max_content_length = self._largest_body
        body = read_body(request.get_data(cache=True))
        output = body.get("output")
        if not isinstance(output, str) or output not in self._declared:
            raise BadBody("no such callback")
        check_body(body, self._declared[output])
        entry: dict[str, Any] = self._app.callback_map[output]
        rule = policy_of(entry["callback"])
        if (request.content_length or 0) > (rule.max_bytes if rule else BODY_BYTES):
            raise RequestEntityTooLarge
        return output, entry, body

    def _invite(self, path: str) -> ResponseReturnValue:
        """Where a stranger goes: a screen that lost its right to the pairing page, everybody else to sign in."""
        has_device = self._identity.cookie_name(DEVICE_COOKIE) in request.cookies
        if path == WALL and has_device:
            return redirect("/pairing?lost=1")
        page = page_at(path)
        if not page:
            return redirect("/login")
        query = request.query_string.decode("utf-8", "replace")
        # A page by its name; an address with more to it goes through the form as our own ticket.
        ticket = self._destinations.ticket(path, query) if query or page.get("path_template") else ""
        asked = {"next": page_name(page), **({"ask": ticket} if ticket else {})}
        return redirect(f"/login?{urlencode(asked)}")

    def _refuse(self, principal: Principal | None, status: int) -> ResponseReturnValue:
        if principal is not None:
            log.warning("refused", path=shown_path(request.path), method=request.method, who=_who(principal))
        wants_page = request.endpoint in PAGES and request.method in SAFE_METHODS
        if wants_page:
            return self._plain.render("refusal", home=home_of(principal) if principal else "/login"), status
        return jsonify(error="sign_in_required" if status == 401 else "not_allowed"), status

    def _is_registered_suite(self, package_name: str, fingerprinted_path: str) -> bool:
        path, _ = check_fingerprint(fingerprinted_path)
        return path in self._app.registered_paths.get(package_name, ())


def install_gate(
    app: Dash,
    identity: Identity,
    site: Site,
    *,
    secure_cookies: bool,
) -> None:
    """Put the gate in front of everything; the last thing app.py does, after every route, page and callback is there.

    1. Add sign-in, sign-out, password and pairing. 2. Let Dash finish its own set-up, so that its router is known.
    3. Refuse to start when anything has no policy (GateRefusesToStart). 4. Stand before every other before_request.
    `secure_cookies` says that one proxy with TLS is in front; it is then believed about addresses and scheme.
    """
    server = app.server
    identity.manager().init_app(server)
    if secure_cookies:
        # TLS ends at a proxy: without this every visitor would share its address, and one brake.
        server.wsgi_app = ProxyFix(server.wsgi_app, x_for=1, x_proto=1, x_host=1)  # type: ignore[method-assign]
    server.extensions[EXTENSION] = site
    banner = site.organisation.banner
    server.config["DESK_FOOTNOTE"] = " · ".join(filter(None, ("Dữ liệu mẫu" if site.is_sample else "", banner)))
    root = site.organisation.root_on(local_day(site.clock()))
    footnote = " · ".join(filter(None, (root.name if root else "", banner)))
    plain = PlainPages(outline_svg(site.unit_map), footnote)
    destinations = Destinations()
    install_login(server, site, identity, plain, page_paths, home_of, destinations)
    pair_by_address = install_pairing(server, site, identity, plain)
    install_routes(server, site, plain)

    with server.test_request_context("/"):
        for prepare in server.before_request_funcs.get(None, []):
            server.ensure_sync(prepare)()
    if missing := undeclared(app):
        raise GateRefusesToStart("no declared policy: " + ", ".join(missing))

    gate = Gate(server, app, identity, plain, pair_by_address, destinations)
    server.before_request_funcs.setdefault(None, []).insert(0, gate.decide)
    policy = content_security_policy(app.csp_hashes())
    server.after_request(lambda response: protect(_marked_missing(response), request, policy, secure_cookies))
    server.logger.addFilter(mask_record)
    server.register_error_handler(NotAllowed, _not_allowed)
    server.register_error_handler(DashException, _dash_refused)
    server.register_error_handler(OperationalError, _database_gone)


def _page_asked_for(body: dict[str, Any]) -> Permission:
    """The permission of the page a router request leads to; raises BadBody when it names no path at all."""
    values = {item["property"]: item.get("value") for item in body["inputs"]}
    pathname, search = values.get("pathname"), values.get("search")
    if not isinstance(pathname, str) or not pathname.startswith("/"):
        raise BadBody("the router needs a path")
    if search is not None and not isinstance(search, str):
        raise BadBody("the router needs a text after the path")
    return page_permission(pathname) or Permission.USE_DESK


def _comes_from_here(asked: Request, principal: Principal | None) -> bool:
    """Whether a changing request was sent by one of our own pages, or by a system whose bearer token is good."""
    if names_bearer(asked):
        return principal is not None
    site = asked.headers.get("Sec-Fetch-Site")
    origin = asked.headers.get("Origin")
    if site is not None and site != "same-origin":
        return False
    if origin is not None:
        return origin.split("://", 1)[-1] == asked.host
    return site == "same-origin"


def _comes_from_browser(asked: Request) -> bool:
    """Whether a browser sent this, which no page of another site could hide: to a route for devices it may have been
    led by such a page, from inside the network the device stands in."""
    return any(name in asked.headers for name in ("Origin", "Sec-Fetch-Site", "Sec-Fetch-Mode", "Referer", "Cookie"))


def _marked_missing(response: Response) -> Response:
    """Dash answers 200 for any path; say 404 where no page is, with the same shell."""
    if request.endpoint in PAGES and response.status_code == 200 and page_at(request.path) is None:
        response.status_code = 404
    return response


def _not_allowed(_error: NotAllowed) -> ResponseReturnValue:
    return jsonify(error="not_allowed"), 403


def _database_gone(error: OperationalError) -> ResponseReturnValue:
    """The database left, or stayed locked beyond its patience, while a view was at work."""
    log.error("database did not answer", path=shown_path(request.path), reason=str(error).splitlines()[0])
    return jsonify(error="database_gone"), 503, {"Retry-After": "5"}


def _dash_refused(error: DashException) -> ResponseReturnValue:
    """A request that Dash itself cannot match: the caller's shape was wrong, so it is not a server error."""
    if request.endpoint != CALLBACKS:
        raise error
    log.error("dash could not answer", path=shown_path(request.path), error=type(error).__name__, exc_info=error)
    return jsonify(error="malformed"), 400


def _who(principal: Principal | None) -> str:
    return principal.public_id if principal else "stranger"
