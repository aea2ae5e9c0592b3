"""Where attendance terminals push to (ZKTeco ADMS): plain HTTP without a cookie; who they are is a serial on our list.

Templates, faces and photographs are answered with OK, so that no terminal keeps sending them, and never read.
"""

from __future__ import annotations

import re
from functools import lru_cache

import structlog
from flask import Flask, Response, request

from access.policy import public_to_devices
from actions.take_in_punches import TerminalRefused, hear_terminal, take_in_attlog
from data_access.site import Site

ROOT = "/iclock"
BODY_BYTES = 1_000_000
_SERIAL = re.compile(r"[0-9A-Za-z_-]{1,32}", re.ASCII)
# Attendance records only, as they happen, in the time of Huế; asked for orders twice a minute.
OPTIONS = (
    "ATTLOGStamp=None",
    "OPERLOGStamp=9999",
    "ATTPHOTOStamp=9999",
    "ErrorDelay=30",
    "Delay=30",
    "TransTimes=00:00;12:00",
    "TransInterval=1",
    "TransFlag=TransData AttLog",
    "TimeZone=7",
    "Realtime=1",
    "Encrypt=None",
)
log = structlog.get_logger(__name__)


def install_adms(server: Flask, site: Site) -> None:
    """Add the routes below /iclock."""

    @public_to_devices(max_bytes=BODY_BYTES)
    def adms_data() -> Response:
        """GET: what the terminal is to send. POST: what it has; only the table ATTLOG is read."""
        if request.method != "POST":
            return _heard("\n".join((f"GET OPTION FROM: {_serial()}", *OPTIONS)))
        if request.args.get("table", "").upper() != "ATTLOG":
            return _heard("OK")
        try:
            if not _SERIAL.fullmatch(_serial()):
                raise TerminalRefused(_serial())
            body = request.get_data(cache=False)
            if len(body) >= BODY_BYTES:
                # A body sent in chunks is cut at the limit without a word: half a log must not count as delivered.
                return _text("ERROR", 413)
            taken = take_in_attlog(site.database, _serial(), request.remote_addr or "", body, site.clock())
        except TerminalRefused:
            return _refused()
        return _text(f"OK: {taken}")

    @public_to_devices(max_bytes=BODY_BYTES)
    def adms_orders() -> Response:
        """A terminal asks for orders: it lives, and there are none."""
        return _heard("OK")

    @public_to_devices(max_bytes=BODY_BYTES)
    def adms_answer() -> Response:
        """A terminal registers itself, or says how an order went."""
        return _heard("OK")

    def _heard(answer: str) -> Response:
        try:
            if not _SERIAL.fullmatch(_serial()):
                raise TerminalRefused(_serial())
            hear_terminal(site.database, _serial(), request.remote_addr or "", site.clock())
        except TerminalRefused:
            return _refused()
        return _text(answer)

    server.add_url_rule(f"{ROOT}/cdata", "adms_data", adms_data, methods=["GET", "POST"])
    server.add_url_rule(f"{ROOT}/getrequest", "adms_orders", adms_orders)
    server.add_url_rule(f"{ROOT}/devicecmd", "adms_devicecmd", adms_answer, methods=["POST"])
    server.add_url_rule(f"{ROOT}/registry", "adms_registry", adms_answer, methods=["GET", "POST"])


def _serial() -> str:
    return request.args.get("SN", "")


def _refused() -> Response:
    _say_once(_serial()[:32] if _SERIAL.fullmatch(_serial()) else "?", request.remote_addr or "")
    return _text("ERROR", 403)


@lru_cache(maxsize=256)
def _say_once(serial: str, address: str) -> None:
    """A terminal that is not admitted knocks every half minute: the log says so once."""
    log.warning("terminal refused", serial=serial, address=address)


def _text(answer: str, status: int = 200) -> Response:
    return Response(f"{answer}\n", status, mimetype="text/plain")
