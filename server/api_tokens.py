"""POST /api/v1/token: OAuth2 client credentials (RFC 6749, 4.4). A secret becomes a bearer token for ten minutes."""

from __future__ import annotations

import re

import structlog
from flask import Flask, Response, jsonify, request

from access.policy import public_to_devices
from access.rate_limits import RateLimit
from actions.manage_service_accounts import ScopeRefused, SecretRefused, issue_token
from data_access.site import Site
from server.api_answers import API, refused

log = structlog.get_logger()

FORM = "application/x-www-form-urlencoded"
FORM_BYTES = 10_000
TRIES_PER_MINUTE = 60
CLIENT_ID = re.compile(r"[0-9a-f]{24}")
NO_STORE = {"Cache-Control": "no-store"}


def install_api_tokens(server: Flask, site: Site) -> None:
    """Add the route; it knows its callers by their secrets and brakes each address."""
    tries = RateLimit(TRIES_PER_MINUTE)

    @public_to_devices(max_bytes=FORM_BYTES)
    def feed_token() -> Response:
        if seconds := tries.wait_for(request.remote_addr or ""):
            return refused(429, headers={"Retry-After": str(seconds)})
        if request.mimetype != FORM:
            return refused(415, f"Gửi biểu mẫu {FORM}.")
        if any(len(values) > 1 for _, values in request.form.lists()):
            return _oauth(400, "invalid_request", "Mỗi tham số chỉ được ghi một lần.")
        grant = request.form.get("grant_type")
        if grant is None:
            return _oauth(400, "invalid_request", "Thiếu grant_type.")
        if grant != "client_credentials":
            return _oauth(400, "unsupported_grant_type", "Chỉ có grant_type=client_credentials.")
        client_id, secret = _credentials()
        return _issued(site, client_id, secret)

    server.add_url_rule(f"{API}/token", "feed_token", feed_token, methods=["POST"])


def _issued(site: Site, client_id: str, secret: str) -> Response:
    try:
        if not CLIENT_ID.fullmatch(client_id):
            raise SecretRefused(client_id)
        issued = issue_token(site.database, client_id, secret, request.form.get("scope", ""), site.clock())
    except SecretRefused:
        log.warning("token refused", address=request.remote_addr)
        response = _oauth(401, "invalid_client", "client_id hoặc client_secret không đúng, hoặc đã thu hồi.")
        response.headers["WWW-Authenticate"] = 'Basic realm="thads"'
        return response
    except ScopeRefused:
        return _oauth(400, "invalid_scope", "Tài khoản không có phạm vi đọc này.")
    response = jsonify(
        access_token=issued.token,
        token_type="Bearer",
        expires_in=issued.lasts_seconds,
        scope=" ".join(issued.scopes),
    )
    response.headers["Cache-Control"] = "no-store"
    return response


def _credentials() -> tuple[str, str]:
    """Of the form, or of HTTP Basic, which the standard prefers."""
    basic = request.authorization
    if basic is not None and basic.type == "basic":
        return basic.username or "", basic.password or ""
    return request.form.get("client_id", ""), request.form.get("client_secret", "")


def _oauth(status: int, error: str, words: str) -> Response:
    """An error in the words of OAuth2, inside a problem: both readers find theirs."""
    return refused(status, words, NO_STORE, error=error, error_description=words)
