"""Checking the audit on request, and anchoring it outside the database."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from people_support import CHIEF
from sqlalchemy import text

from access.principal import NotAllowed, Principal
from actions.check_audit import anchor_audit, check_audit, kept_anchors
from data_access.audit import record_audit
from data_access.session import Database
from domain.permissions import Role


def test_a_check_says_what_it_saw_and_is_itself_recorded(database: Database, now: datetime, tmp_path: Path) -> None:
    anchors = tmp_path / "audit.anchors"
    with database.writing() as session:
        record_audit(session, CHIEF, "x", "y", {}, now)
    anchor_audit(database, anchors, now)
    first = check_audit(database, CHIEF, anchors, now)
    assert (first.rows, first.anchors, first.problem) == (1, 1, None)
    assert check_audit(database, CHIEF, anchors, now).rows == 2


def test_a_roll_back_to_an_old_copy_is_found_from_the_anchors(
    sqlite_database: Database, now: datetime, tmp_path: Path
) -> None:
    anchors = tmp_path / "audit.anchors"
    with sqlite_database.writing() as session:
        record_audit(session, CHIEF, "x", "y", {}, now)
        record_audit(session, CHIEF, "x", "y", {}, now)
    anchor_audit(sqlite_database, anchors, now)
    with sqlite_database.engine.begin() as connection:
        connection.execute(text("DROP TRIGGER audit_event_keeps_rows"))
        connection.execute(text("DELETE FROM audit_event"))
        connection.execute(text("DELETE FROM audit_head"))
    problem = check_audit(sqlite_database, CHIEF, anchors, now).problem
    assert problem is not None and problem.sequence == 1


def test_a_torn_line_of_the_anchors_is_passed_over(tmp_path: Path) -> None:
    anchors = tmp_path / "audit.anchors"
    assert kept_anchors(anchors) == []
    anchors.write_text("3 abc 2026-11-23T02:40:00+00:00\n4 ab", encoding="ascii")
    assert [link.sequence for link in kept_anchors(anchors)] == [3]


def test_a_leader_may_not_check_the_audit(database: Database, now: datetime) -> None:
    with pytest.raises(NotAllowed):
        check_audit(database, Principal(Role.LEADER, "l", "lanhdao"), None, now)
