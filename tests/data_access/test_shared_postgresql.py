"""Tests share a PostgreSQL database: nothing of one reaches the next, whatever it did."""

from __future__ import annotations

from datetime import datetime

import pytest
from postgresql_support import SharedDatabase
from sqlalchemy import text

from access.principal import Principal
from data_access.audit import record_audit
from data_access.session import Database
from domain.permissions import Role

ADMINISTRATOR = Principal(Role.ADMINISTRATOR, "q1", "quantri")


@pytest.mark.parametrize("change", ["SELECT 1", "ALTER TABLE audit_event DISABLE TRIGGER USER"])
def test_what_a_test_left_is_gone_before_the_next(
    shared_postgresql: SharedDatabase, now: datetime, change: str
) -> None:
    left = Database(shared_postgresql.emptied(), audit_key=b"x")
    with left.writing() as session:
        record_audit(session, ADMINISTRATOR, "role_changed", "u", {}, now)
        session.execute(text(change))
    # It hangs on to a lock as well.
    forgotten = left.engine.connect()
    forgotten.execute(text("LOCK TABLE audit_event"))
    database = Database(shared_postgresql.emptied())
    with database.engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM audit_event")) == 0
        enabled = "SELECT DISTINCT tgenabled FROM pg_trigger WHERE tgname LIKE 'audit_event_%'"
        assert connection.scalars(text(enabled)).all() == ["O"]
    database.close()
    forgotten.invalidate()
    left.close()
