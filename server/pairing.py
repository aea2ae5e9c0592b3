"""Pair a browser with a screen: it shows a code, waits until an administrator takes it, and gets a read-only cookie.

Nothing on /pairing needs a keyboard, and nothing secret ever stands in an address. The demo's printed address
(/wall?code=...) is swapped for the same cookie.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby

import segno
from flask import Flask, Request, Response, jsonify, make_response, redirect, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import OperationalError

from access.lifetimes import DEVICE_FOR, PAIRING_FOR
from access.policy import public
from actions.manage_screens import ScreenRefused
from actions.pair_screen import PairedDevice, collect_device, open_pairing_request, pair_device
from data_access.screens import lost_device
from data_access.site import Site
from domain.local_time import local
from server.callback_body import BadBody, read_body
from server.identity import DEVICE_COOKIE, PAIRING_COOKIE, TOKEN_LENGTH, Credentials, Identity
from server.plain_pages import PlainPages
from server.policies import WALL

WAIT_BYTES = 200
RETRY_SECONDS = "20"
QUIET_ZONE = 4
LOST = "Màn hình này không còn quyền xem."
REVOKED, MOVED, ENDED = "Quản trị đã thu hồi.", "Màn hình đã chuyển sang thiết bị khác.", "Quyền xem đã hết hạn."
BUSY = "Máy chủ chưa trả lời. Trang tự thử lại."


@dataclass(frozen=True, slots=True)
class PairingPage:
    """Shows the code, or why there is none; installed by `install_pairing`."""

    site: Site
    identity: Identity
    plain: PlainPages

    def show(self, message: str = "", status: int = 200) -> Response:
        """The page with a code of this browser; without one it says why and loads itself again."""
        address = request.remote_addr or "unknown"
        try:
            shown = open_pairing_request(self.site.database, address, self.waiting_secret(), self.site.clock())
        except (ScreenRefused, OperationalError) as error:
            words = str(error) if isinstance(error, ScreenRefused) else BUSY
            answer = make_response(self.plain.render("pairing", message=message or words), 503)
            answer.headers["Refresh"] = answer.headers["Retry-After"] = RETRY_SECONDS
            return answer
        modules, path = drawn_code(f"{request.host_url}administration#{shown.code}")
        until = f"{local(shown.expires_at):%H:%M}"
        page = self.plain.render(
            "pairing", message=message, code=shown.code, until=until, modules=modules, path=path, host=request.host
        )
        answer = make_response(page, status)
        self.identity.set_cookie(answer, PAIRING_COOKIE, shown.secret, PAIRING_FOR)
        return answer

    def waiting_secret(self) -> str | None:
        """The secret of the request this browser made before."""
        secret = request.cookies.get(self.identity.cookie_name(PAIRING_COOKIE), "")
        return secret if len(secret) in TOKEN_LENGTH else None

    def collected(self, device: PairedDevice, answer: Response) -> Response:
        """The answer with the device cookie, and without the secret that has done its work."""
        self.identity.set_cookie(answer, DEVICE_COOKIE, device.token, DEVICE_FOR)
        self.identity.forget_cookie(answer, PAIRING_COOKIE)
        return answer

    def why_lost(self) -> str:
        """Why the device this browser had shows nothing any more, as far as that is known."""
        before = self.identity.credentials(request).device
        try:
            with self.site.database.reading() as session:
                found = lost_device(session, before) if before else None
                if found is None:
                    return LOST
                screen, device = found
                if screen.revoked_at is not None:
                    return f"{LOST} {REVOKED}"
                return f"{LOST} {MOVED if device.revoked_at is not None else ENDED}"
        except OperationalError:
            return LOST


def install_pairing(server: Flask, site: Site, identity: Identity, plain: PlainPages) -> Callable[[], Response]:
    """Add /pairing and /pairing/wait; returns what swaps the demo's /wall?code=... for a cookie."""
    page = PairingPage(site, identity, plain)

    @public(max_bytes=WAIT_BYTES)
    def pairing() -> ResponseReturnValue:
        """The code of this browser; a screen that is paired goes on to the wall, unless it asks to be paired again."""
        if request.method == "HEAD":
            return ""
        if "again" not in request.args and _has_living_device(identity, request):
            return redirect(WALL)
        return page.show(page.why_lost() if "lost" in request.args else "")

    @public(max_bytes=WAIT_BYTES)
    def pairing_wait() -> ResponseReturnValue:
        """Whether the code was taken; then the device comes with this answer."""
        try:
            read_body(request.get_data())
        except BadBody:
            return jsonify(error="malformed"), 400
        secret = page.waiting_secret()
        if secret is None:
            return jsonify(state="over")
        address, before = request.remote_addr or "unknown", identity.credentials(request).device
        found = collect_device(site.database, secret, address, site.clock(), replaces=before)
        if not isinstance(found, PairedDevice):
            return jsonify(state=found.value)
        return page.collected(found, jsonify(state="paired", to=WALL))

    def swap() -> Response:
        """Pair with the code of the demo's address and go to the wall, or show a code of one's own with the reason."""
        address, before = request.remote_addr or "unknown", identity.credentials(request).device
        accepts = site.is_sample and _on_loopback()
        try:
            typed = request.args.get("code", "")
            device = pair_device(site.database, typed, address, accepts, site.clock(), replaces=before)
        except ScreenRefused as refused:
            return page.show(str(refused), 403)
        return page.collected(device, make_response(redirect(WALL, code=303)))

    server.add_url_rule("/pairing", "pairing", pairing, methods=["GET"])
    server.add_url_rule("/pairing/wait", "pairing_wait", pairing_wait, methods=["POST"])
    return swap


def drawn_code(text: str) -> tuple[int, str]:
    """A QR code as SVG: how many modules wide, quiet zone included, and one path of its dark rows."""
    rows = list(segno.make_qr(text, error="m").matrix_iter(border=QUIET_ZONE))
    path, size = "", len(rows)
    for y, row in enumerate(rows):
        x = 0
        for is_dark, run in groupby(row):
            length = len(list(run))
            path += f"M{x} {y}h{length}v1h-{length}z" if is_dark else ""
            x += length
    return size, path


def _has_living_device(identity: Identity, asked: Request) -> bool:
    device = identity.credentials(asked).device
    try:
        return device is not None and identity.principal(Credentials(device=device)) is not None
    except OperationalError:
        return False


def _on_loopback() -> bool:
    """Whether this machine itself asks, with no proxy in between that could speak for somebody else."""
    if "X-Forwarded-For" in request.headers or "Forwarded" in request.headers:
        return False
    try:
        return ipaddress.ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        return False
