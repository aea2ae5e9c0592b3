"""The catalogue of public services: the shipped file, under what a sheet of the agency says."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from data_access.models.public_services import PublicServiceRow
from data_access.public_services.saving import TOPIC
from data_access.versions import bump_version, lock_writers
from domain.public_services import PublicService

SERVICES_FILE = Path(__file__).resolve().parents[2] / "data" / "public_services.csv"


@dataclass(frozen=True, slots=True)
class ServiceEntry:
    """One line of the agency's catalogue; one that is no longer `is_used` keeps its title for its old requests."""

    code: str
    title: str
    is_used: bool = True


@lru_cache(maxsize=4)
def load_public_services(path: Path = SERVICES_FILE) -> tuple[PublicService, ...]:
    """The services that ship, every one a sample; raises OSError or KeyError when the file is unusable."""
    with path.open(encoding="utf-8", newline="") as lines:
        return tuple(PublicService(row["code"], row["title"], is_sample=True) for row in csv.DictReader(lines))


def public_services(session: Session) -> Mapping[str, PublicService]:
    """Every known service by code, in display order: no data of a unit, so it takes no principal.

    As soon as the agency sent a catalogue of its own, the shipped one is nobody's word any more; titles it withdrew are
    kept for requests that bear them.
    """
    rows = list(session.scalars(select(PublicServiceRow).order_by(PublicServiceRow.id)))
    if not rows:
        return {service.code: service for service in load_public_services()}
    ordered = sorted(rows, key=lambda row: not row.is_used)
    return {row.code: PublicService(row.code, row.title) for row in ordered}


def save_public_services(session: Session, entries: Sequence[ServiceEntry], stated_at: datetime, now: datetime) -> int:
    """Insert or update by code, as a sheet stated them at `stated_at`; returns how many changed."""
    if not entries:
        return 0
    lock_writers(session, TOPIC)
    stored = {row.code: row for row in session.scalars(select(PublicServiceRow))}
    changed = 0
    for entry in entries:
        row = stored.get(entry.code)
        if row is None:
            row = stored[entry.code] = PublicServiceRow(code=entry.code)
            session.add(row)
        elif row.stated_at > stated_at or (row.title, row.is_used) == (entry.title, entry.is_used):
            continue
        row.title, row.is_used, row.stated_at, row.recorded_at = entry.title, entry.is_used, stated_at, now
        changed += 1
    session.flush()
    if changed:
        bump_version(session, TOPIC, now)
    return changed
