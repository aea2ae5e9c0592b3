"""Pair a browser with a screen: a code becomes a read-only device cookie, and never stays in an address."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable

from flask import Flask, Response, make_response, redirect, request
from flask.typing import ResponseReturnValue

from access.lifetimes import DEVICE_FOR
from access.policy import public
from actions.pair_screen import ScreenRefused, pair_device
from data_access.site import Site
from server.identity import DEVICE_COOKIE, Identity
from server.plain_pages import PlainPages
from server.policies import WALL

FORM_BYTES = 10_000
LOST = "Màn hình này không còn quyền xem. Nhập mã ghép mới."


def install_pairing(server: Flask, site: Site, identity: Identity, plain: PlainPages) -> Callable[[], Response]:
    """Add /pairing; returns what swaps the code of /wall?code=... for a cookie."""

    def swap(code: str) -> Response:
        """Pair with a code and go to the wall, or show the form again with the reason."""
        address = request.remote_addr or "unknown"
        before = identity.credentials(request).device
        try:
            device = pair_device(
                site.database, code, address, site.is_sample and _on_loopback(), site.clock(), replaces=before
            )
        except ScreenRefused as refused:
            return make_response(plain.render("pairing", message=str(refused)), 403)
        answer = make_response(redirect(WALL, code=303))
        identity.set_cookie(answer, DEVICE_COOKIE, device.token, DEVICE_FOR)
        return answer

    @public(max_bytes=FORM_BYTES)
    def pairing() -> ResponseReturnValue:
        """The form for a code typed on the screen itself."""
        if request.method == "POST":
            return swap(request.form.get("code", ""))
        return plain.render("pairing", message=LOST if "lost" in request.args else "")

    server.add_url_rule("/pairing", "pairing", pairing, methods=["GET", "POST"])
    return lambda: swap(request.args.get("code", ""))


def _on_loopback() -> bool:
    """Whether this machine itself asks, with no proxy in between that could speak for somebody else."""
    if "X-Forwarded-For" in request.headers or "Forwarded" in request.headers:
        return False
    try:
        return ipaddress.ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        return False
