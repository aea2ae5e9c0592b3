"""What screens say of themselves every half minute: strictly read, kept every 10 s, told to the desks every 20 s."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Flask, Response, jsonify, request
from flask.typing import ResponseReturnValue

from access.current import principal_now
from access.policy import policy
from data_access.screens import REPORTS_TOPIC, save_report
from data_access.session import Database
from data_access.versions import bump_version
from domain.legibility import Layout
from domain.permissions import Permission, Role
from domain.screens import ScreenReport
from server.callback_body import BadBody, read_body

BODY_BYTES = 1_000
KEEP_EVERY_SECONDS = 10.0
TELL_EVERY_SECONDS = 20.0
SCREENS_REMEMBERED = 1_000
KEYS = frozenset(
    {"build", "scene", "layout", "data_at", "heap", "missed", "width", "height", "awake", "paused"},
)
BUILD = re.compile(r"[A-Za-z0-9._+-]{1,64}")
SCENE = re.compile(r"[a-z_]{0,40}")
MOST_BYTES = 2**45
MOST_MISSED = 2**40
MOST_PIXELS = 100_000
EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(slots=True)
class Heartbeats:
    """When this process last kept a report of each screen, and when it last told the desks; monotonic seconds."""

    database: Database
    clock: Callable[[], datetime]
    kept: dict[str, float] = field(default_factory=dict)
    told: float = -TELL_EVERY_SECONDS
    lock: threading.Lock = field(default_factory=threading.Lock)

    def keep(self, public_id: str, report: ScreenReport) -> None:
        """Store the report unless this screen's last one is too young; raises database errors."""
        now = time.monotonic()
        with self.lock:
            if now - self.kept.get(public_id, -KEEP_EVERY_SECONDS) < KEEP_EVERY_SECONDS:
                return
            if len(self.kept) >= SCREENS_REMEMBERED:
                self.kept.clear()
            self.kept[public_id] = now
            tells = now - self.told >= TELL_EVERY_SECONDS
            if tells:
                self.told = now
        with self.database.writing() as session:
            if save_report(session, public_id, report) and tells:
                bump_version(session, REPORTS_TOPIC, report.at)


def install_heartbeat(server: Flask, database: Database, clock: Callable[[], datetime]) -> None:
    """Add POST /live/heartbeat; whoever is no screen may say the same, and nothing is kept of it."""
    heartbeats = Heartbeats(database, clock)

    @server.post("/live/heartbeat")
    @policy(Permission.SEE_WALL, max_bytes=BODY_BYTES)
    def live_heartbeat() -> ResponseReturnValue:
        principal = principal_now()
        try:
            report = read_report(request.get_data(), clock())
        except BadBody:
            return jsonify(error="malformed"), 400
        if principal.role is Role.SCREEN:
            heartbeats.keep(principal.public_id, report)
        return Response(status=204)


def read_report(raw: bytes, now: datetime) -> ScreenReport:
    """The report in a body; raises BadBody for anything that wall.js does not send."""
    body = read_body(raw)
    if body.keys() != KEYS:
        raise BadBody("not the keys of a report")
    return ScreenReport(
        at=now,
        build=_matching(body["build"], BUILD),
        scene=_matching(body["scene"], SCENE),
        layout=_layout(body["layout"]),
        data_at=None if body["data_at"] is None else _instant(body["data_at"], now),
        heap_bytes=None if body["heap"] is None else _count(body["heap"], MOST_BYTES),
        missed=_count(body["missed"], MOST_MISSED),
        width=_count(body["width"], MOST_PIXELS),
        height=_count(body["height"], MOST_PIXELS),
        is_awake=_flag(body["awake"]),
        is_paused=_flag(body["paused"]),
    )


def _matching(value: Any, pattern: re.Pattern[str]) -> str:
    if not isinstance(value, str) or not pattern.fullmatch(value):
        raise BadBody("not a name")
    return value


def _layout(value: Any) -> str:
    if value not in [layout.value for layout in Layout]:
        raise BadBody("not a layout")
    return str(value)


def _count(value: Any, most: int) -> int:
    # True is an int in Python, and 1.0 is a number in JSON: neither is a count.
    if type(value) is not int or not 0 <= value <= most:
        raise BadBody("not a count")
    return value


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise BadBody("not a flag")
    return value


def _instant(value: Any, now: datetime) -> datetime:
    latest = now + timedelta(days=1)
    milliseconds = _count(value, round(latest.timestamp() * 1000))
    return max(EARLIEST, datetime.fromtimestamp(milliseconds / 1000, UTC))
