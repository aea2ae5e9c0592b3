"""Engine and transactions: `reading()` cannot write, `writing()` takes the write lock at once.

A deferred SQLite transaction that upgrades to writing fails at once whatever the time-out, so reading and writing are
two different calls. No session may stay open across a stream yield or a network call.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any

from sqlalchemy import Engine, create_engine, event, text
from sqlalchemy.orm import Session

from data_access.turns import WriterTurns

BUSY_TIMEOUT_MS = 10_000


class Database:
    """One engine and the two ways to use it. Build one per process; pass it on.

    `audit_key` signs the audit chain; it travels to `record_audit` on every writing session.
    """

    def __init__(self, address: str, audit_key: bytes = b"") -> None:
        self.address = address
        self.audit_key = audit_key
        self.engine = build_engine(address)
        self._turns = WriterTurns()

    @property
    def is_sqlite(self) -> bool:
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A read-only transaction with one consistent view; anything flushed is an error."""
        with Session(self.engine, expire_on_commit=False) as session:
            if self.is_sqlite:
                session.connection(execution_options={"sqlite_begin": "DEFERRED"})
            else:
                session.connection(
                    execution_options={"postgresql_readonly": True, "isolation_level": "REPEATABLE READ"}
                )
            event.listen(session, "before_flush", _refuse_flush)
            yield session
            # Rows stay readable after the transaction: rolling back would expire them.
            session.expunge_all()
            session.rollback()

    @contextmanager
    def writing(self, is_urgent: bool = False) -> Iterator[Session]:
        """A transaction that holds the write lock from its first statement; commits at the end, rolls back on error.

        On SQLite the threads of a process write in the order of asking; an urgent one goes next.
        """
        turn = self._turns.turn(is_urgent) if self.is_sqlite else nullcontext()
        with turn, Session(self.engine, expire_on_commit=False) as session, session.begin():
            session.info["audit_key"] = self.audit_key
            if self.is_sqlite:
                session.connection(execution_options={"sqlite_begin": "IMMEDIATE"})
            yield session

    def close(self) -> None:
        """Give back every connection."""
        self.engine.dispose()


def build_engine(address: str) -> Engine:
    """An engine with the durability rules of this product (WAL, FULL, foreign keys, 10 s of patience)."""
    if not address.startswith("sqlite"):
        return create_engine(address, pool_pre_ping=True, pool_size=8, max_overflow=24)
    engine = create_engine(address, connect_args={"timeout": BUSY_TIMEOUT_MS / 1000, "check_same_thread": False})

    @event.listens_for(engine, "connect")
    def set_pragmas(connection: Any, _record: Any) -> None:
        # autocommit at the driver: BEGIN is ours, in the kind each transaction needs.
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:
        kind = connection.get_execution_options().get("sqlite_begin", "DEFERRED")
        connection.exec_driver_sql(f"BEGIN {kind}")

    return engine


def database_answers(database: Database) -> bool:
    """Whether a trivial question is answered; raises nothing a health check would not want."""
    with database.reading() as session:
        return bool(session.execute(text("SELECT 1")).scalar() == 1)


def _refuse_flush(_session: Session, _context: object, _instances: object) -> None:
    raise RuntimeError("a reading session tried to write")
