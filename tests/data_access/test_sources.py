"""The life of a source: not configured, never, live, lost; and what its clock may claim."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from data_access.session import Database
from data_access.sources import (
    all_sources,
    save_source_configured,
    save_source_failure,
    save_source_success,
    source_by_name,
    source_catalogue,
)
from data_access.versions import versions
from domain.freshness import Freshness


def test_every_catalogued_source_is_there_and_not_configured_at_first(database: Database, now: datetime) -> None:
    with database.reading() as session:
        sources = all_sources(session)
    assert [source.name for source in sources] == [entry.name for entry in source_catalogue()]
    assert {source.freshness(now) for source in sources} == {Freshness.NOT_CONFIGURED}


def test_a_configured_source_without_a_record_has_never_spoken(database: Database, now: datetime) -> None:
    with database.writing() as session:
        save_source_configured(session, "cases", True, now)
    with database.reading() as session:
        assert source_by_name(session, "cases").freshness(now) is Freshness.NEVER


def test_saying_again_that_a_source_is_configured_makes_no_new_version(database: Database, now: datetime) -> None:
    for _ in range(2):
        with database.writing() as session:
            save_source_configured(session, "cases", True, now)
    with database.reading() as session:
        assert versions(session) == {"sources": 1}


def test_an_answer_ends_the_failures_and_adds_its_rows(database: Database, now: datetime) -> None:
    with database.writing() as session:
        assert save_source_failure(session, "cases", now, "không trả lời") == 1
        assert save_source_failure(session, "cases", now, "không trả lời") == 2
        save_source_success(session, "cases", now, now, rows_in=10, rows_refused=1)
        save_source_success(session, "cases", now, now, rows_in=5)
    with database.reading() as session:
        source = source_by_name(session, "cases")
    assert (source.failures, source.rows_in, source.rows_refused, source.message) == (0, 15, 1, "")
    assert source.freshness(now) is Freshness.LIVE


def test_a_record_from_the_future_makes_no_source_younger_than_a_minute(database: Database, now: datetime) -> None:
    with database.writing() as session:
        save_source_success(session, "cases", now, now + timedelta(days=1))
    with database.reading() as session:
        assert source_by_name(session, "cases").newest_record_at == now + timedelta(seconds=60)


def test_an_older_file_does_not_make_the_newest_record_older(database: Database, now: datetime) -> None:
    with database.writing() as session:
        save_source_success(session, "cases", now, now)
        save_source_success(session, "cases", now, now - timedelta(hours=3))
    with database.reading() as session:
        assert source_by_name(session, "cases").newest_record_at == now


def test_a_source_grows_late_stale_and_lost_by_its_own_record(database: Database, now: datetime) -> None:
    with database.writing() as session:
        save_source_success(session, "cases", now, now)
    with database.reading() as session:
        source = source_by_name(session, "cases")
    limits = source.limits
    steps = (limits.late_for, limits.stale_for, limits.lost_for)
    second = timedelta(seconds=1)
    assert [source.freshness(now + step + second) for step in steps] == [
        Freshness.LATE,
        Freshness.STALE,
        Freshness.LOST,
    ]


def test_a_source_nobody_catalogued_is_a_mistake(database: Database, now: datetime) -> None:
    with pytest.raises(KeyError, match="weather"), database.writing() as session:
        save_source_success(session, "weather", now, now)


def test_limits_that_do_not_grow_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "sources.csv"
    path.write_text(
        "name,title,period_seconds,late_seconds,stale_seconds,lost_seconds\ncases,Quản lý án,60,600,600,7200\n",
        encoding="utf-8",
    )
    with pytest.raises(ValueError, match="must grow"):
        source_catalogue(path)
