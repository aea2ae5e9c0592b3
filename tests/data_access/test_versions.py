"""Versions travel with the writer's transaction, and a watcher on another connection notices them."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from data_access.session import Database
from data_access.versions import DatabaseGone, VersionWatch, bump_version, topics_changed_since, versions


def test_a_version_grows_by_one_with_each_write(database: Database, now: datetime) -> None:
    with database.writing() as session:
        assert bump_version(session, "cases", now) == 1
        assert bump_version(session, "cases", now) == 2
        assert bump_version(session, "sources", now) == 1
    with database.reading() as session:
        assert versions(session) == {"cases": 2, "sources": 1}


def test_a_write_that_rolls_back_takes_its_version_with_it(database: Database, now: datetime) -> None:
    with pytest.raises(RuntimeError, match="undone"), database.writing() as session:
        bump_version(session, "cases", now)
        raise RuntimeError("undone")
    with database.reading() as session:
        assert versions(session) == {}


def test_only_topics_of_the_prefix_changed_since_are_named(database: Database, now: datetime) -> None:
    with database.writing() as session:
        bump_version(session, "seen:wall:PHUVANG", now - timedelta(minutes=6))
        bump_version(session, "seen:wall:ALUOI", now - timedelta(minutes=4))
        bump_version(session, "cases", now)
    with database.reading() as session:
        assert topics_changed_since(session, "seen:", now - timedelta(minutes=5)) == ["seen:wall:ALUOI"]


def test_a_new_watch_reports_a_change_because_something_may_have_been_missed(database: Database) -> None:
    watch = VersionWatch(database)
    assert watch.changed(0)
    assert not watch.changed(0)
    watch.close()


def test_a_watch_notices_a_commit_of_another_connection(database: Database, now: datetime) -> None:
    watch = VersionWatch(database)
    watch.changed(0)
    with database.writing() as session:
        bump_version(session, "cases", now)
    assert watch.changed(5)
    watch.close()


def test_a_watch_of_a_database_that_does_not_exist_says_so(tmp_path_factory: pytest.TempPathFactory) -> None:
    nowhere = Database(f"sqlite:///{tmp_path_factory.mktemp('nowhere') / 'none.sqlite'}")
    with pytest.raises(DatabaseGone):
        VersionWatch(nowhere).changed(0)


def test_a_watch_notices_that_the_file_was_replaced(sqlite_database: Database) -> None:
    watch = VersionWatch(sqlite_database)
    watch.changed(0)
    path = Path(str(sqlite_database.engine.url.database))
    shutil.copy(path, path.with_suffix(".new"))
    path.with_suffix(".new").replace(path)
    with pytest.raises(DatabaseGone, match="replaced"):
        watch.changed(0)


def test_a_postgresql_that_drops_the_listener_is_gone_and_then_read_again(
    postgresql_cluster: Callable[[str], str],
) -> None:
    database = Database(postgresql_cluster("thads_watch"))
    watch = VersionWatch(database)
    watch.changed(0)
    with database.writing() as session:
        session.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND query LIKE 'LISTEN%'"
            )
        )
    with pytest.raises(DatabaseGone):
        watch.changed(1)
    assert watch.changed(1)
    watch.close()
    database.close()
