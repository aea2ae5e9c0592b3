"""The audit: one row per thing somebody did, chained by HMAC, never changed and never deleted.

The triggers refuse an honest mistake; the chain finds a dishonest hand. `audit_head` is the one row every writer locks,
so that two writers can never take the same sequence.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Connection, Index
from sqlalchemy.orm import Mapped, mapped_column

from data_access.models.base import Base
from data_access.types import BigKey, Code, Instant, Name, Prose


class AuditEvent(Base):
    """Who did what to which subject, when; `hash` is the HMAC of the row and of `previous_hash`."""

    __tablename__ = "audit_event"
    __table_args__ = (Index(None, "at"),)

    sequence: Mapped[int] = mapped_column(BigKey, primary_key=True, autoincrement=False)
    at: Mapped[Instant]
    actor_role: Mapped[Code]
    actor_id: Mapped[Code]
    actor_name: Mapped[Name]
    actor_unit: Mapped[Code | None]
    action: Mapped[Code]
    subject: Mapped[Name]
    detail: Mapped[Prose]
    previous_hash: Mapped[Code]
    hash: Mapped[Code]


class AuditHead(Base):
    """The newest link of the chain; the only row with id 1."""

    __tablename__ = "audit_head"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    sequence: Mapped[int] = mapped_column(BigInteger)
    hash: Mapped[Code]


AUDIT_TRIGGERS_SQLITE = [
    "CREATE TRIGGER audit_event_keeps_rows BEFORE DELETE ON audit_event "
    "BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END",
    "CREATE TRIGGER audit_event_keeps_values BEFORE UPDATE ON audit_event "
    "BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END",
]

AUDIT_TRIGGERS_POSTGRESQL = [
    "CREATE OR REPLACE FUNCTION audit_event_refuse() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'the audit is append-only'; END $$",
    "CREATE TRIGGER audit_event_keeps_values BEFORE UPDATE OR DELETE ON audit_event "
    "FOR EACH ROW EXECUTE FUNCTION audit_event_refuse()",
    "CREATE TRIGGER audit_event_keeps_rows BEFORE TRUNCATE ON audit_event "
    "FOR EACH STATEMENT EXECUTE FUNCTION audit_event_refuse()",
]


def install_audit_triggers(connection: Connection) -> None:
    """Make the audit append-only in this database; runs in the caller's transaction, once per schema."""
    on_sqlite = connection.dialect.name == "sqlite"
    for statement in AUDIT_TRIGGERS_SQLITE if on_sqlite else AUDIT_TRIGGERS_POSTGRESQL:
        connection.exec_driver_sql(statement)
