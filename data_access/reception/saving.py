"""Stores visits and petitions: the newest statement of each wins, in whatever order they arrive."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from data_access.models.reception import PetitionRow, VisitRow
from data_access.versions import bump_version, lock_writers
from domain.reception import PetitionRecord, VisitRecord

TOPIC = "reception"
# Where a visit came from: the queue system or sheets of an agency, or the form of this product.
SYSTEM, FORM = "system", "form"
CHUNK = 500


def save_visits(session: Session, visits: Sequence[VisitRecord], now: datetime, origin: str = SYSTEM) -> int:
    """Insert or update by unit and ticket inside the caller's writing transaction; returns how many said something new.

    A statement older than the stored one changes nothing; of two at the same instant the larger hash wins, so that the
    end is the same in any order.
    """
    if not visits:
        return 0
    lock_writers(session, TOPIC)
    stored: dict[tuple[str, str], VisitRow] = {}
    references = sorted({visit.reference for visit in visits})
    for start in range(0, len(references), CHUNK):
        question = select(VisitRow).where(VisitRow.reference.in_(references[start : start + CHUNK]))
        stored.update(((row.unit, row.reference), row) for row in session.scalars(question))
    changed = 0
    for visit in visits:
        row, digest = stored.get((visit.unit, visit.reference)), _hash(visit)
        if row is None:
            row = VisitRow(public_id=secrets.token_urlsafe(9), unit=visit.unit, reference=visit.reference)
            stored[visit.unit, visit.reference] = row
            session.add(row)
        elif (visit.updated_at, digest) <= (row.source_updated_at, row.row_hash):
            continue
        _state_visit(row, visit)
        row.origin, row.row_hash, row.recorded_at = origin, digest, now
        changed += 1
    session.flush()
    if changed:
        bump_version(session, TOPIC, now)
    return changed


def save_petitions(session: Session, petitions: Sequence[PetitionRecord], stated_at: datetime, now: datetime) -> int:
    """Insert or update by unit, kind and number, as a register stated them at `stated_at`; returns how many changed."""
    if not petitions:
        return 0
    lock_writers(session, TOPIC)
    units = sorted({petition.unit for petition in petitions})
    question = select(PetitionRow).where(PetitionRow.unit.in_(units))
    stored = {(row.unit, row.kind, row.reference): row for row in session.scalars(question)}
    changed = 0
    for petition in petitions:
        key, digest = (petition.unit, petition.kind.value, petition.reference), _hash(petition)
        row = stored.get(key)
        if row is None:
            row = stored[key] = PetitionRow(unit=key[0], kind=key[1], reference=key[2])
            session.add(row)
        elif (stated_at, digest) <= (row.stated_at, row.row_hash):
            continue
        elif digest == row.row_hash:
            row.stated_at = stated_at
            continue
        row.accepted_on, row.subject, row.instance = petition.accepted_on, petition.subject.value, petition.instance
        row.due_on, row.resolved_on = petition.due_on, petition.resolved_on
        row.stated_at, row.row_hash, row.recorded_at = stated_at, digest, now
        changed += 1
    session.flush()
    if changed:
        bump_version(session, TOPIC, now)
    return changed


def _state_visit(row: VisitRow, visit: VisitRecord) -> None:
    row.counter, row.purpose = visit.counter, visit.purpose.value
    row.outcome = visit.outcome.value if visit.outcome else ""
    row.ticketed_at, row.called_at, row.ended_at = visit.ticketed_at, visit.called_at, visit.ended_at
    row.people, row.matters, row.is_leader = visit.people, visit.matters, visit.is_leader
    row.source_updated_at = visit.updated_at


def _hash(record: VisitRecord | PetitionRecord) -> str:
    text = json.dumps(asdict(record), default=str, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
