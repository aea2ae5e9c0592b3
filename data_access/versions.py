"""Data versions: one counter per topic, bumped in the writer's own transaction, and a watch that notices any bump."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import psycopg
from sqlalchemy import select, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from data_access.models.live import DataVersion
from data_access.session import Database

CHANNEL = "thads_version"
SQLITE_POLL_SECONDS = 0.1
CONNECT_SECONDS = 3


class DatabaseGone(Exception):
    """The watched database does not answer; the caller waits and watches again."""


def bump_version(session: Session, topic: str, now: datetime) -> int:
    """Add one to the topic's version inside the caller's writing transaction; returns the new version.

    On PostgreSQL listeners are notified when, and only when, that transaction commits.
    """
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    statement = (
        insert(DataVersion)
        .values(topic=topic, version=1, changed_at=now)
        .on_conflict_do_update(
            index_elements=[DataVersion.topic], set_={"version": DataVersion.version + 1, "changed_at": now}
        )
        .returning(DataVersion.version)
    )
    version = int(session.execute(statement).scalar_one())
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_notify(:channel, :topic)"), {"channel": CHANNEL, "topic": topic})
    return version


def lock_writers(session: Session, topic: str) -> None:
    """Let one writer of a topic at a time past this line, until its transaction ends.

    SQLite's writing transaction is alone anyway. PostgreSQL runs them side by side, and a version read by one could be
    out of date before it commits.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(hashtext(:topic))"), {"topic": f"thads:{topic}"})


def versions(session: Session) -> dict[str, int]:
    """Every topic's version; a topic nobody has written to is absent."""
    return {row.topic: row.version for row in session.execute(select(DataVersion.topic, DataVersion.version))}


def topics_changed_since(session: Session, prefix: str, since: datetime) -> list[str]:
    """Topics beginning with `prefix` whose last bump is at or after `since`."""
    asked = select(DataVersion.topic).where(
        DataVersion.topic.startswith(prefix, autoescape=True), DataVersion.changed_at >= since
    )
    return list(session.scalars(asked.order_by(DataVersion.topic)))


class VersionWatch:
    """Notices commits of other connections on one dedicated connection; used by one thread, never shared.

    SQLite: polls `PRAGMA data_version` every 100 ms, which costs microseconds. PostgreSQL: LISTEN. The first call after
    each connect reports a change, because whatever was missed while away must be read.
    """

    def __init__(self, database: Database, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._address = database.engine.url
        self._is_sqlite = database.is_sqlite
        self._monotonic = monotonic
        self._sqlite: sqlite3.Connection | None = None
        self._postgresql: psycopg.Connection[tuple[object, ...]] | None = None
        self._seen = 0
        self._inode = 0

    def changed(self, patience: float) -> bool:
        """Whether something was committed, waiting at most `patience` seconds; raises DatabaseGone."""
        try:
            return self._sqlite_changed(patience) if self._is_sqlite else self._postgresql_changed(patience)
        except (sqlite3.Error, psycopg.Error, OSError) as error:
            self.close()
            raise DatabaseGone(str(error)) from error

    def close(self) -> None:
        """Give back the connection; the next `changed` opens a new one."""
        for connection in (self._sqlite, self._postgresql):
            if connection is not None:
                with suppress(sqlite3.Error, psycopg.Error):
                    connection.close()
        self._sqlite = self._postgresql = None

    def _sqlite_changed(self, patience: float) -> bool:
        path = Path(self._address.database or "")
        if self._sqlite is None:
            # mode=rw: a database that is not there must be an error here, not a new empty file.
            self._sqlite = sqlite3.connect(f"file:{path}?mode=rw", uri=True, isolation_level=None, timeout=1)
            self._inode = path.stat().st_ino
            self._seen = self._data_version(self._sqlite)
            return True
        deadline = self._monotonic() + patience
        while True:
            seen = self._data_version(self._sqlite)
            if seen != self._seen:
                self._seen = seen
                return True
            if self._monotonic() >= deadline:
                break
            time.sleep(min(SQLITE_POLL_SECONDS, patience))
        # A deleted or replaced file stays readable through the old handle and would look calm for ever.
        if path.stat().st_ino != self._inode:
            raise DatabaseGone("the database file was replaced")
        return False

    def _data_version(self, connection: sqlite3.Connection) -> int:
        return int(connection.execute("PRAGMA data_version").fetchone()[0])

    def _postgresql_changed(self, patience: float) -> bool:
        if self._postgresql is None:
            address = self._address.set(drivername="postgresql").render_as_string(hide_password=False)
            self._postgresql = psycopg.connect(address, autocommit=True, connect_timeout=CONNECT_SECONDS)
            self._postgresql.execute(f"LISTEN {CHANNEL}")
            return True
        heard = list(self._postgresql.notifies(timeout=patience, stop_after=1))
        if not heard:
            # A half-open connection hears nothing for ever; asking shows that it still answers.
            self._postgresql.execute("SELECT 1")
        return bool(heard)
