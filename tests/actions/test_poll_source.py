"""The life cycle of a source that is asked: silence is borne once aloud, what came is stored whole or not at all."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from reports_support import a_record, a_writer
from sqlalchemy import select
from structlog.testing import capture_logs

from access.principal import Principal
from actions.poll_source import PolledSource, poll_source
from actions.report_refused_rows import save_error_report
from connectors.base import Fetched, RefusedRecord, SourceUnavailable
from data_access.field_reports import open_reports, still_open_ids
from data_access.import_batches import recent_batches
from data_access.models.field_reports import FieldReportRow
from data_access.session import Database
from data_access.sources import source_by_name, watermark_of
from domain.field_reports import ReportRecord
from domain.freshness import Freshness, SourceFacts
from domain.local_time import local_day
from domain.units import Organisation

NAME = "field_reports"
BROKEN = RefusedRecord("77", "requested_datetime", "1970", "Ngày giờ không hợp lý", "{}")


class Scripted:
    """A connector that answers what a test says, and remembers what it was asked."""

    name = NAME

    def __init__(self, *answers: Fetched[ReportRecord] | SourceUnavailable) -> None:
        self.answers = list(answers)
        self.asked: list[tuple[str, list[str]]] = []

    def fetch(self, watermark: str, still_open: Collection[str], now: datetime) -> Fetched[ReportRecord]:
        """The next answer; the last one again and again."""
        self.asked.append((watermark, list(still_open)))
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, SourceUnavailable):
            raise answer
        return answer


def a_source(organisation: Organisation, connector: Scripted, write: Any = None) -> PolledSource[ReportRecord]:
    def still_open(session: Any, now: datetime) -> list[str]:
        return list(still_open_ids(session, NAME, now))

    return PolledSource(connector, write or a_writer(organisation), still_open)


def fetched(*records: ReportRecord, watermark: str = "w1", **changes: Any) -> Fetched[ReportRecord]:
    return Fetched(tuple(records), watermark=watermark, **changes)


def facts(database: Database) -> SourceFacts:
    with database.reading() as session:
        return source_by_name(session, NAME)


def open_ids(database: Database, organisation: Organisation, now: datetime) -> int:
    with database.reading() as session:
        return len(open_reports(session, Principal.worker(), organisation, local_day(now)))


def test_what_came_is_stored_with_the_watermark_and_makes_the_source_live(
    database: Database, organisation: Organisation, now: datetime
) -> None:
    connector = Scripted(fetched(a_record(1), a_record(2)))
    source = a_source(organisation, connector)
    assert poll_source(database, source, now)
    assert poll_source(database, source, now + timedelta(minutes=1))
    assert connector.asked == [("", []), ("w1", ["1", "2"])]
    assert facts(database).freshness(now + timedelta(minutes=2)) is Freshness.LIVE
    assert open_ids(database, organisation, now) == 2


def test_a_quiet_source_that_answers_is_not_lost(database: Database, organisation: Organisation, now: datetime) -> None:
    source = a_source(organisation, Scripted(fetched()))
    later = now + timedelta(hours=6)
    poll_source(database, source, now)
    poll_source(database, source, later)
    assert facts(database).freshness(later) is Freshness.LIVE


def test_silence_pushes_the_next_attempt_ahead_each_time_further(
    database: Database, organisation: Organisation, now: datetime
) -> None:
    connector = Scripted(SourceUnavailable("Không trả lời"))
    source = a_source(organisation, connector)
    at, waits = now, []
    for _ in range(5):
        assert not poll_source(database, source, at)
        next_at = facts(database).next_attempt_at
        assert next_at is not None
        waits.append((next_at - at).total_seconds())
        assert not poll_source(database, source, next_at - timedelta(seconds=1))
        at = next_at
    assert waits == [60, 120, 480, 900, 900]
    assert len(connector.asked) == 5, "before its next attempt a lost source is left alone"


@pytest.mark.parametrize(
    ("error", "seconds"),
    [
        (SourceUnavailable("Bận", retry_after=timedelta(seconds=7)), 7),
        (SourceUnavailable("Sai khóa", permanent=True), 900),
    ],
)
def test_what_the_source_says_about_trying_again_is_heeded(
    database: Database, organisation: Organisation, now: datetime, error: SourceUnavailable, seconds: int
) -> None:
    poll_source(database, a_source(organisation, Scripted(error)), now)
    assert facts(database).next_attempt_at == now + timedelta(seconds=seconds)
    assert facts(database).message == str(error)


def test_chance_spreads_sources_that_were_lost_together(
    database: Database, organisation: Organisation, now: datetime
) -> None:
    poll_source(database, a_source(organisation, Scripted(SourceUnavailable("x"))), now, jitter=lambda: 1.0)
    assert facts(database).next_attempt_at == now + timedelta(seconds=72)


def test_lost_and_back_are_logged_once_each(database: Database, organisation: Organisation, now: datetime) -> None:
    lost = SourceUnavailable("Không trả lời")
    source = a_source(organisation, Scripted(lost, lost, lost, fetched(a_record())))
    with capture_logs() as logs:
        for hour in range(6):
            poll_source(database, source, now + timedelta(hours=hour))
    assert [entry["event"] for entry in logs] == ["source lost", "source back"]


def test_a_source_that_is_lost_loses_nothing(database: Database, organisation: Organisation, now: datetime) -> None:
    source = a_source(organisation, Scripted(fetched(a_record(1)), SourceUnavailable("x")))
    poll_source(database, source, now)
    poll_source(database, source, now + timedelta(minutes=1))
    assert open_ids(database, organisation, now) == 1
    assert facts(database).last_success_at == now


def test_records_that_cannot_be_stored_leave_the_watermark_where_it_was(
    database: Database, organisation: Organisation, now: datetime
) -> None:
    def broken(session: Any, records: Sequence[ReportRecord], at: datetime) -> None:
        a_writer(organisation)(session, records, at)
        raise ValueError("in the middle")

    with pytest.raises(ValueError, match="in the middle"):
        poll_source(database, a_source(organisation, Scripted(fetched(a_record(1))), broken), now)
    with database.reading() as session:
        assert watermark_of(session, NAME) == ""
        assert session.scalars(select(FieldReportRow)).all() == []


def test_an_empty_list_after_a_long_one_is_held(database: Database, organisation: Organisation, now: datetime) -> None:
    long_list = fetched(*(a_record(number) for number in range(20)), is_whole=True)
    emptied = fetched(watermark="w2", is_whole=True)
    source = a_source(organisation, Scripted(long_list, emptied))
    poll_source(database, source, now)
    assert not poll_source(database, source, now + timedelta(minutes=20))
    assert open_ids(database, organisation, now) == 20
    assert "đang biết 20 mục" in facts(database).message
    assert facts(database).freshness(now + timedelta(minutes=20)) is Freshness.STALE
    with database.reading() as session:
        assert watermark_of(session, NAME) == "w1"


def test_refused_records_are_quarantined_once_and_can_be_taken_away(
    database: Database, organisation: Organisation, now: datetime, tmp_path: Path
) -> None:
    source = a_source(organisation, Scripted(fetched(a_record(1), refused=(BROKEN,))))
    for minute in range(3):
        poll_source(database, source, now + timedelta(minutes=minute))
    with database.reading() as session:
        batches = recent_batches(session, Principal.worker())
    assert [(batch.source, batch.rows_refused) for batch in batches] == [(NAME, 1)]
    assert facts(database).rows_refused == 1
    save_error_report(database, Principal.worker(), batches[0].public_id, tmp_path / "errors.xlsx")
    rows = list(openpyxl.load_workbook(tmp_path / "errors.xlsx").active.values)
    assert rows[1] == ("77", "requested_datetime", "1970", "Ngày giờ không hợp lý", "{}")
