"""The live wire: a stream of changes, the same as a snapshot for screens that must poll, and drawn panels by hash."""

from __future__ import annotations

import hashlib
import json
import re
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import structlog
from flask import Flask, Response, request
from sqlalchemy.exc import SQLAlchemyError

from access.audience import PROVINCE, Audience, wall_audience
from access.current import principal_now
from access.policy import policy
from access.principal import Principal
from data_access.session import Database
from data_access.snapshots import data_topics, save_audience_seen
from domain.permissions import Permission, Role
from server.hub import Frame, Hub

log = structlog.get_logger(__name__)

BEAT_SECONDS = 2.0
RECHECK_SECONDS = 5.0
SEEN_EVERY_SECONDS = 60.0
RETRY_AFTER_SECONDS = "15"
MOST_HASHES = 64
HASH = re.compile(r"[0-9a-f]{64}")
# The parts of a state that are sent by entry; all else is sent whole.
PARTED = frozenset({"panels", "topics"})

Recheck = Callable[[], Principal | None]


@dataclass(slots=True)
class Live:
    """What the live routes share in one process. `recheck()` makes, in a request, a question that can be asked later
    outside of it: who this request's session or device stands for by then, None when it was revoked."""

    database: Database
    clock: Callable[[], datetime]
    hub: Hub
    build: str
    slots: threading.BoundedSemaphore
    recheck: Callable[[], Recheck]
    seen: dict[str, float] = field(default_factory=dict)


def install_live(server: Flask, live: Live) -> None:
    """Add /live/stream, /live/snapshot and /live/content."""

    @server.get("/live/stream")
    @policy(Permission.SEE_WALL)
    def live_stream() -> Response:
        principal = principal_now()
        if not live.slots.acquire(blocking=False):
            return Response(status=503, headers={"Retry-After": RETRY_AFTER_SECONDS, "Cache-Control": "no-store"})
        response = Response(
            stream(live, principal, live.recheck()),
            mimetype="text/event-stream",
            headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
        )
        response.call_on_close(live.slots.release)
        return response

    @server.get("/live/snapshot")
    @policy(Permission.SEE_WALL)
    def live_snapshot() -> Response:
        principal = principal_now()
        note_seen(live, wall_audience(principal))
        state = whole_state(live.hub.frame(), principal, live.build)
        response = Response(mimetype="application/json")
        response.set_etag(hashlib.sha256(compact(state).encode()).hexdigest()[:32])
        response.headers["Cache-Control"] = "private, no-cache"
        response.headers["Vary"] = "Cookie"
        server_at = milliseconds(live.clock())
        response.headers["X-Server-At"] = str(server_at)
        response.set_data(compact({**state, "server_at": server_at}))
        return response.make_conditional(request)

    @server.get("/live/content")
    @policy(Permission.SEE_WALL)
    def live_content() -> Response:
        hashes = request.args.getlist("h")
        if not 0 < len(hashes) <= MOST_HASHES or not all(HASH.fullmatch(name) for name in hashes):
            return Response(status=400)
        body, whole = live.hub.bodies(wall_audience(principal_now()).key, hashes)
        headers = {
            "Content-Encoding": "gzip",
            "Vary": "Cookie",
            # A name that is its content's hash never means anything else.
            "Cache-Control": "private, max-age=86400, immutable" if whole else "no-store",
        }
        return Response(body, mimetype="application/json", headers=headers)


def stream(live: Live, principal: Principal, ask_again: Recheck, shown: frozenset[str] | None = None) -> Iterator[str]:
    """Server-sent events until the reader leaves, its right ends or the server stops.

    First `state` with everything, then `state` with what changed; a `beat` with the server's time when 2 s were quiet;
    `bye` when the session or device was revoked, or sees another scope from now on. No database session is open while
    it waits. The right is asked for every 5 s, and at once when this screen was changed or revoked. Of panels only
    those `shown`; None: every one.
    """
    audience, name = wall_audience(principal), principal.public_id
    frame = live.hub.frame()
    own = frame.screens.get(name)
    sent = whole_state(frame, principal, live.build, shown)
    yield event("state", {**sent, "server_at": milliseconds(live.clock())})
    checked = spoken = time.monotonic()
    note_seen(live, audience)
    while not live.hub.is_closed:
        frame = live.hub.wait(frame.number, max(spoken + BEAT_SECONDS - time.monotonic(), 0.0))
        if time.monotonic() - checked >= RECHECK_SECONDS or frame.screens.get(name) != own:
            checked, own = time.monotonic(), frame.screens.get(name)
            if not still_the_same(ask_again, audience):
                yield event("bye", {})
                return
            note_seen(live, audience)
        newest = whole_state(frame, principal, live.build, shown)
        if newest != sent:
            yield event("state", {**changes(sent, newest), "server_at": milliseconds(live.clock())})
            sent, spoken = newest, time.monotonic()
        elif time.monotonic() - spoken >= BEAT_SECONDS:
            yield f"event: beat\ndata: {milliseconds(live.clock())}\n\n"
            spoken = time.monotonic()


def whole_state(frame: Frame, principal: Principal, build: str, shown: frozenset[str] | None = None) -> dict[str, Any]:
    """Everything this reader needs to know, without the time: a desk the data topics, a screen how it is set up. Of
    panels only those `shown`; None: every one."""
    is_screen = principal.role is Role.SCREEN
    panels = frame.panels_of(wall_audience(principal).key)
    state: dict[str, Any] = {
        "whole": True,
        "build": build,
        "version": frame.topics.get("snapshots", 0),
        "database": "answers" if frame.gone_at is None else "gone",
        "panels": {name: drawn for name, drawn in panels.items() if shown is None or name in shown},
        "topics": {} if is_screen else data_topics(frame.topics),
    }
    if is_screen:
        own = frame.screens.get(principal.public_id)
        state["screen"] = own.message() if own else None
    if frame.gone_at is not None:
        state["database_gone_at"] = milliseconds(frame.gone_at)
    return state


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    """Only what changed, of panels and topics too; everything again when a panel is no longer shown.

    What a screen is told about itself comes whole when any of it changed.
    """
    if before["panels"].keys() - after["panels"].keys():
        return dict(after)
    changed: dict[str, Any] = {}
    for name, value in after.items():
        if name in PARTED:
            value = {key: item for key, item in value.items() if before[name].get(key) != item}
        if value != before.get(name) and value != {}:
            changed[name] = value
    return changed


def event(name: str, data: Mapping[str, Any]) -> str:
    """One server-sent event."""
    return f"event: {name}\ndata: {compact(data)}\n\n"


def compact(data: Mapping[str, Any]) -> str:
    """JSON without a byte too many: it is sent to every screen."""
    return json.dumps(data, separators=(",", ":"))


def milliseconds(at: datetime) -> int:
    """An aware instant as milliseconds since 1970."""
    return round(at.timestamp() * 1000)


def still_the_same(ask_again: Recheck, audience: Audience) -> bool:
    """Whether the reader may still see the wall and still belongs to this audience.

    A database that does not answer revokes nothing: the screen says that it is gone and keeps what it shows.
    """
    try:
        principal = ask_again()
    except SQLAlchemyError:
        return True
    return principal is not None and principal.may(Permission.SEE_WALL) and wall_audience(principal) == audience


def note_seen(live: Live, audience: Audience) -> None:
    """Say once a minute that somebody of this audience looks, so that the worker draws for it."""
    if audience == PROVINCE:
        return
    now = time.monotonic()
    if now - live.seen.get(audience.key, -SEEN_EVERY_SECONDS) < SEEN_EVERY_SECONDS:
        return
    live.seen[audience.key] = now
    try:
        with live.database.writing() as session:
            save_audience_seen(session, audience, live.clock())
    except SQLAlchemyError as error:
        log.warning("audience not noted", audience=audience.key, reason=str(error).splitlines()[0])
