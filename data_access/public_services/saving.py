"""Stores requests: the newest statement of each wins, in whatever order they arrive."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from data_access.models.public_services import ServiceRequestRow
from data_access.versions import bump_version, lock_writers
from domain.local_time import local_day
from domain.public_services import ServiceRequest

TOPIC = "public_services"
CHUNK = 500
_SAID = tuple(each.name for each in fields(ServiceRequest) if each.name != "updated_at")


def save_requests(session: Session, requests: Sequence[ServiceRequest], now: datetime) -> int:
    """Insert or update by unit and code inside the caller's writing transaction; returns how many said something new.

    A statement older than the stored one changes nothing; of two at the same instant the larger hash wins, so that the
    end is the same in any order.
    """
    if not requests:
        return 0
    lock_writers(session, TOPIC)
    newest: dict[tuple[str, str], tuple[datetime, str, ServiceRequest]] = {}
    for request in requests:
        key, said = (request.unit, request.code), (request.updated_at, _hash(request), request)
        if key not in newest or said[:2] > newest[key][:2]:
            newest[key] = said
    stored = _stored(session, sorted({code for _, code in newest}))
    fresh: list[dict[str, Any]] = []
    changed: list[dict[str, Any]] = []
    repeated: list[dict[str, Any]] = []
    for key, (updated_at, digest, request) in newest.items():
        known = stored.get(key)
        if known is None:
            fresh.append(_values(request, digest, now))
        elif (updated_at, digest) > known[1:]:
            if digest == known[2]:
                repeated.append({"id": known[0], "source_updated_at": updated_at})
            else:
                changed.append({"id": known[0], **_values(request, digest, now)})
    if fresh:
        session.execute(insert(ServiceRequestRow), fresh)
    for rows in (changed, repeated):
        if rows:
            session.execute(update(ServiceRequestRow), rows)
    if fresh or changed:
        bump_version(session, TOPIC, now)
    return len(fresh) + len(changed)


def _stored(session: Session, codes: Sequence[str]) -> dict[tuple[str, str], tuple[int, datetime, str]]:
    """(unit, code) -> id, when its source last changed it, and its hash."""
    row = ServiceRequestRow
    found: dict[tuple[str, str], tuple[int, datetime, str]] = {}
    for start in range(0, len(codes), CHUNK):
        question = select(row.unit, row.code, row.id, row.source_updated_at, row.row_hash)
        for known in session.execute(question.where(row.code.in_(codes[start : start + CHUNK]))):
            found[known.unit, known.code] = (known.id, known.source_updated_at, known.row_hash)
    return found


def _values(request: ServiceRequest, digest: str, now: datetime) -> dict[str, Any]:
    return {
        "unit": request.unit,
        "code": request.code,
        "service": request.service,
        "channel": request.channel.value if request.channel else "",
        "is_outside": request.is_outside,
        "received_at": request.received_at,
        "received_on": local_day(request.received_at),
        "due_at": request.due_at,
        "done_at": request.done_at,
        "returned_at": request.returned_at,
        "satisfaction": request.satisfaction.value if request.satisfaction else "",
        "source_updated_at": request.updated_at,
        "row_hash": digest,
        "recorded_at": now,
    }


def _hash(request: ServiceRequest) -> str:
    """Of all it says but for when it says so: the same words again are nothing new."""
    said = (str(getattr(request, name)) for name in _SAID)
    return hashlib.sha256("\n".join(said).encode()).hexdigest()
