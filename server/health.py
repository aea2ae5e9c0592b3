"""GET /healthz: whether the product lives, for supervisors and monitors. States and times only, never figures."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask import Flask, Response, json
from sqlalchemy.exc import SQLAlchemyError

from access.policy import public
from data_access.leases import lease_expires_at
from data_access.session import Database
from data_access.sources import all_sources

WORKER_LEASE = "worker"


def install_health(server: Flask, database: Database, clock: Callable[[], datetime], build: str) -> None:
    """Add /healthz: 200 with the states, 503 when the database does not answer."""

    @server.get("/healthz")
    @public()
    def healthz() -> Response:
        now = clock()
        body: dict[str, Any] = {"version": build, "at": now.isoformat()}
        try:
            body |= {"database": "answers", **_states(database, now)}
            status = 200
        except SQLAlchemyError:
            body |= {"database": "gone"}
            status = 503
        return Response(json.dumps(body), status, mimetype="application/json", headers={"Cache-Control": "no-store"})


def _states(database: Database, now: datetime) -> dict[str, Any]:
    with database.reading() as session:
        expires_at = lease_expires_at(session, WORKER_LEASE)
        sources = all_sources(session)
    return {
        "worker": "leads" if expires_at is not None and expires_at > now else "gone",
        "sources": [
            {
                "name": source.name,
                "state": source.freshness(now).value,
                "last_success_at": _iso(source.last_success_at),
                "newest_record_at": _iso(source.newest_record_at),
            }
            for source in sources
        ],
    }


def _iso(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()
