"""The fenced lease: one leader at a time, told apart by a token that only grows.

Time is never compared across machines: a contender calls a lease dead when its row has not moved for the whole life
of a lease on the contender's own monotonic clock, and a holder stops believing in itself by the same measure.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from data_access.models.live import Lease
from data_access.session import Database

LIFE = timedelta(seconds=8)
RENEW_EVERY = timedelta(seconds=2)


class LeaseLost(Exception):
    """Another process has taken over, or this one was away too long; nothing more may be written as leader."""


class LeaseKeeper:
    """One process's view of one lease; call `keep` often, write only in sessions that passed `require`."""

    def __init__(self, name: str, holder: str, monotonic: Callable[[], float] = time.monotonic) -> None:
        self.name = name
        self.holder = holder
        self._monotonic = monotonic
        self._token: int | None = None
        self._renewed = 0.0
        self._watched: tuple[str, int, datetime] | None = None
        self._watched_since = 0.0

    @property
    def leads(self) -> bool:
        """Whether this process held the lease at its last renewal and that renewal has not run out."""
        return self._token is not None and self._monotonic() - self._renewed < LIFE.total_seconds()

    @property
    def is_due(self) -> bool:
        """Whether it is time to renew, or to look at the holder again."""
        return not self.leads or self._monotonic() - self._renewed >= RENEW_EVERY.total_seconds()

    def keep(self, database: Database, now: datetime) -> bool:
        """Renew the lease, or take it when nobody holds it any more; returns whether this process leads."""
        # The instant before the write counts: a renewal that was slow to commit is an old renewal.
        began = self._monotonic()
        if self._token is None and not self._looks_free(database):
            return False
        # Whoever leads must be able to say so in time, however many jobs wait to write.
        with database.writing(is_urgent=True) as session:
            taken = self._renew(session, now) if self._token is not None else self._take(session, now)
        if not taken:
            self._token = None
            return False
        self._renewed = began
        return self.leads

    def require(self, session: Session) -> None:
        """Raise LeaseLost unless this process still holds the lease; locks the row until the transaction ends."""
        asked = select(Lease.token, Lease.holder).where(Lease.name == self.name).with_for_update()
        row = session.execute(asked).one_or_none()
        if not self.leads or row is None or (row.token, row.holder) != (self._token, self.holder):
            self._token = None
            raise LeaseLost(f"{self.holder} no longer holds {self.name}")

    def release(self, database: Database, now: datetime) -> None:
        """Give the lease back so that a successor need not wait; harmless when it is not held."""
        if self._token is None:
            return
        with database.writing() as session:
            session.execute(
                update(Lease)
                .where(Lease.name == self.name, Lease.token == self._token, Lease.holder == self.holder)
                .values(holder="", expires_at=now)
            )
        self._token = None

    def _looks_free(self, database: Database) -> bool:
        with database.reading() as session:
            row = session.get(Lease, self.name)
            seen = None if row is None else (row.holder, row.token, row.expires_at)
        if seen is None or seen[0] == "":
            return True
        if seen != self._watched:
            self._watched, self._watched_since = seen, self._monotonic()
        return self._monotonic() - self._watched_since >= LIFE.total_seconds()

    def _take(self, session: Session, now: datetime) -> bool:
        row = session.execute(select(Lease).where(Lease.name == self.name).with_for_update()).scalar_one_or_none()
        if row is None:
            row = Lease(name=self.name, holder="", token=0, expires_at=now)
            session.add(row)
        elif row.holder and (row.holder, row.token, row.expires_at) != self._watched:
            return False
        row.holder, row.token, row.expires_at = self.holder, row.token + 1, now + LIFE
        self._token = row.token
        return True

    def _renew(self, session: Session, now: datetime) -> bool:
        if not self.leads:
            return False
        renewed = session.execute(
            update(Lease)
            .where(Lease.name == self.name, Lease.token == self._token, Lease.holder == self.holder)
            .values(expires_at=now + LIFE)
            .returning(Lease.token)
        )
        return renewed.scalar_one_or_none() is not None


def lease_expires_at(session: Session, name: str) -> datetime | None:
    """Until when the lease was last promised, by the holder's clock; None when nobody holds it. For display only."""
    row = session.get(Lease, name)
    return row.expires_at if row is not None and row.holder else None
