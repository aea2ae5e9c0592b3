"""The audit chain: appended only, and every kind of tampering is found with the first bad row named."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from access.principal import NotAllowed, Principal
from data_access.audit import (
    AuditKeyMissing,
    AuditLink,
    audit_events,
    audit_head,
    record_audit,
    verify_audit,
)
from data_access.session import Database
from domain.permissions import Role

QUANTRI = Principal(Role.ADMINISTRATOR, "q1", "quantri")
ROWS = 12


def fill(database: Database, now: datetime, rows: int = ROWS) -> None:
    with database.writing() as session:
        for index in range(rows):
            detail = {"việc": index, "ghi chú": "đổi vai trò"}
            record_audit(session, QUANTRI, "role_changed", f"u{index}", detail, now + timedelta(seconds=index))


def problem_in(database: Database, anchors: tuple[AuditLink, ...] = (), key: bytes | None = None) -> Any:
    with database.reading() as session:
        return verify_audit(session, database.audit_key if key is None else key, anchors)


def tamper(database: Database, *statements: str) -> None:
    """Change rows as somebody would who owns the database file: triggers off."""
    with database.engine.begin() as connection:
        if database.is_sqlite:
            connection.execute(text("DROP TRIGGER IF EXISTS audit_event_keeps_rows"))
            connection.execute(text("DROP TRIGGER IF EXISTS audit_event_keeps_values"))
        else:
            connection.execute(text("ALTER TABLE audit_event DISABLE TRIGGER USER"))
        for statement in statements:
            connection.execute(text(statement))


def test_an_untouched_audit_verifies(database: Database, now: datetime) -> None:
    assert problem_in(database) is None
    fill(database, now)
    assert problem_in(database) is None
    with database.reading() as session:
        events = audit_events(session, QUANTRI)
    assert [event.sequence for event in events] == list(range(ROWS, 0, -1))
    assert events[-1].previous_hash == "0" * 64


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_event SET actor_name = 'ai khac' WHERE sequence = 3",
        "DELETE FROM audit_event WHERE sequence = 3",
        "DELETE FROM audit_event",
    ],
)
def test_the_database_itself_refuses_changes(database: Database, now: datetime, statement: str) -> None:
    fill(database, now)
    with pytest.raises(DBAPIError, match="append-only"), database.engine.begin() as connection:
        connection.execute(text(statement))
    assert problem_in(database) is None


def test_postgresql_refuses_truncate_too(database: Database, now: datetime) -> None:
    if database.is_sqlite:
        pytest.skip("SQLite has no TRUNCATE")
    fill(database, now)
    with pytest.raises(DBAPIError, match="append-only"), database.engine.begin() as connection:
        connection.execute(text("TRUNCATE audit_event"))


@pytest.mark.parametrize(
    "change",
    [
        "actor_role = 'operator'",
        "actor_id = 'x'",
        "actor_name = 'ai khac'",
        "actor_unit = 'PHUVANG'",
        "action = 'user_created'",
        "subject = 'u999'",
        "detail = '{}'",
        "detail = detail || ' '",
        "hash = previous_hash",
        "at = '2020-01-01 00:00:00.000000'",
    ],
)
def test_a_changed_value_is_found_in_its_row(database: Database, now: datetime, change: str) -> None:
    fill(database, now)
    tamper(database, f"UPDATE audit_event SET {change} WHERE sequence = 7")
    assert problem_in(database).sequence == 7


def test_a_value_that_cannot_even_be_read_is_found_in_its_row(sqlite_database: Database, now: datetime) -> None:
    fill(sqlite_database, now)
    tamper(sqlite_database, "UPDATE audit_event SET at = 'hôm qua' WHERE sequence = 7")
    assert problem_in(sqlite_database).sequence == 7


def test_a_changed_link_is_found(database: Database, now: datetime) -> None:
    fill(database, now)
    tamper(database, "UPDATE audit_event SET previous_hash = 'abc' WHERE sequence = 7")
    assert problem_in(database).sequence == 7


def test_a_deleted_row_is_found_where_it_was(database: Database, now: datetime) -> None:
    fill(database, now)
    tamper(database, "DELETE FROM audit_event WHERE sequence = 5")
    assert problem_in(database).sequence == 5


def test_swapped_rows_are_found(database: Database, now: datetime) -> None:
    fill(database, now)
    tamper(
        database,
        "UPDATE audit_event SET sequence = 99 WHERE sequence = 4",
        "UPDATE audit_event SET sequence = 4 WHERE sequence = 5",
        "UPDATE audit_event SET sequence = 5 WHERE sequence = 99",
    )
    assert problem_in(database).sequence == 4


def test_an_inserted_row_is_found(database: Database, now: datetime) -> None:
    fill(database, now)
    tamper(
        database,
        "INSERT INTO audit_event SELECT sequence + 1, at, actor_role, actor_id, actor_name, actor_unit, action,"
        " subject, detail, hash, hash FROM audit_event WHERE sequence = (SELECT max(sequence) FROM audit_event)",
    )
    assert problem_in(database).sequence == ROWS + 1


def test_a_cut_tail_is_found_from_the_head(database: Database, now: datetime) -> None:
    fill(database, now)
    tamper(database, f"DELETE FROM audit_event WHERE sequence > {ROWS - 2}")
    assert problem_in(database).sequence == ROWS - 1


def test_a_tail_cut_together_with_the_head_is_found_from_the_anchor(database: Database, now: datetime) -> None:
    fill(database, now)
    with database.reading() as session:
        anchor = audit_head(session)
    tamper(
        database,
        f"DELETE FROM audit_event WHERE sequence > {ROWS - 2}",
        f"UPDATE audit_head SET sequence = {ROWS - 2},"
        f" hash = (SELECT hash FROM audit_event WHERE sequence = {ROWS - 2})",
    )
    assert problem_in(database) is None, "the chain alone cannot know"
    assert problem_in(database, (anchor,)).sequence == ROWS - 1


def test_an_emptied_audit_is_found(database: Database, now: datetime) -> None:
    fill(database, now)
    tamper(database, "DELETE FROM audit_event")
    assert problem_in(database).sequence == 1


def test_a_chain_rewritten_without_the_key_is_found(database: Database, now: datetime) -> None:
    fill(database, now)
    assert problem_in(database, key=b"a key somebody guessed").sequence == 1


def test_a_database_without_a_key_records_nothing(database: Database, now: datetime) -> None:
    keyless = Database(database.address)
    with pytest.raises(AuditKeyMissing), keyless.writing() as session:
        record_audit(session, QUANTRI, "x", "y", {}, now)
    keyless.close()


def test_a_rolled_back_change_leaves_no_audit_row(database: Database, now: datetime) -> None:
    fill(database, now, 1)
    with pytest.raises(ZeroDivisionError), database.writing() as session:
        record_audit(session, QUANTRI, "x", "y", {}, now)
        raise ZeroDivisionError
    fill(database, now, 1)
    assert problem_in(database) is None


def test_concurrent_writers_keep_one_chain(database: Database, now: datetime) -> None:
    with ThreadPoolExecutor(6) as writers:
        for written in [writers.submit(fill, database, now, 1) for _ in range(60)]:
            written.result()
    assert problem_in(database) is None
    with database.reading() as session:
        assert audit_head(session).sequence == 60


def test_only_who_may_see_the_audit_sees_it(database: Database) -> None:
    with database.reading() as session, pytest.raises(NotAllowed):
        audit_events(session, Principal(Role.LEADER, "l", "lanhdao"))


def test_older_events_follow_page_by_page(database: Database, now: datetime) -> None:
    fill(database, now)
    with database.reading() as session:
        first = audit_events(session, QUANTRI, limit=5)
        second = audit_events(session, QUANTRI, before_sequence=first[-1].sequence, limit=5)
    assert [event.sequence for event in first + second] == list(range(ROWS, ROWS - 10, -1))
