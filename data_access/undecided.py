"""Whether the list of alarms stands still because the engine cannot decide, and since when; kept for every process."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from data_access.models.sources import Source
from data_access.versions import bump_version
from domain.alarms import SYSTEM_SOURCE

TOPIC = "sources"


def undecided_since(session: Session) -> datetime | None:
    """Since when nothing could be decided (aware UTC); None while all is well. It takes no principal: it says nothing
    of the sector."""
    row = session.get(Source, SYSTEM_SOURCE)
    return row.lost_at if row else None


def save_undecided(session: Session, since: datetime | None, now: datetime) -> None:
    """Say since when nothing can be decided, the first time only; None: it is decided again."""
    row = session.get(Source, SYSTEM_SOURCE)
    if row is None:
        if since is None:
            return
        row = Source(name=SYSTEM_SOURCE, configured=False, failures=0, rows_in=0, rows_refused=0, message="")
        session.add(row)
    if (row.lost_at is None) == (since is None):
        return
    row.lost_at = since
    bump_version(session, TOPIC, now)
