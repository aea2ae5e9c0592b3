"""The watched folder: what arrives is taken in by itself, filed away, and one bad file holds up nothing."""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import structlog
from workbook_support import write_cases

import actions.import_cases as importing
from access.principal import Principal
from actions.case_inbox import CaseInbox, poll_case_inbox
from actions.import_cases import CaseImporter
from actions.import_cases.interruptions import recover_interrupted
from actions.import_cases.preparation import Preparer
from data_access.import_batches import BatchState, recent_batches
from data_access.regimes import load_regimes
from data_access.session import Database
from data_access.sources import source_by_name
from domain.freshness import Freshness
from domain.units import Organisation
from factories import a_case

WORKER = Principal.worker()


@pytest.fixture
def inbox(tmp_path: Path) -> CaseInbox:
    made = CaseInbox(tmp_path / "inbox")
    made.prepare()
    return made


@pytest.fixture
def importer(sqlite_database: Database, organisation: Organisation) -> CaseImporter:
    return CaseImporter(sqlite_database, organisation, load_regimes())


def poll(importer: CaseImporter, inbox: CaseInbox, now: datetime) -> list[BatchState]:
    return [outcome.state for outcome in poll_case_inbox(importer.database, importer, inbox, WORKER, now)]


def test_a_file_in_the_folder_is_taken_in_and_archived(importer: CaseImporter, inbox: CaseInbox, now: datetime) -> None:
    write_cases(inbox.folder / "full" / "viec.xlsx", [a_case(1)], [], [], now)
    assert poll(importer, inbox, now) == [BatchState.APPLIED]
    assert inbox.waiting() == []
    (archived,) = (inbox.folder / "archive").iterdir()
    with importer.database.reading() as session:
        (batch,) = recent_batches(session, WORKER)
        facts = source_by_name(session, "cases")
    assert (batch.mode, batch.stored_path) == ("full", str(archived))
    assert facts.freshness(now) is Freshness.LIVE


def test_a_bad_file_is_put_aside_and_the_next_one_is_taken(
    importer: CaseImporter, inbox: CaseInbox, now: datetime
) -> None:
    (inbox.folder / "full" / "a.xlsx").write_bytes(b"broken")
    write_cases(inbox.folder / "changes" / "b.xlsx", [a_case(1)], [], [], now)
    assert poll(importer, inbox, now) == [BatchState.REFUSED, BatchState.APPLIED]
    assert len(list((inbox.folder / "refused").iterdir())) == 1


def test_full_files_come_before_changes_and_files_being_written_wait(
    importer: CaseImporter, inbox: CaseInbox, now: datetime
) -> None:
    write_cases(inbox.folder / "changes" / "a.xlsx", [], [], [], now)
    write_cases(inbox.folder / "full" / "b.xlsx", [a_case(1)], [], [], now)
    (inbox.folder / "full" / ".c.xlsx").write_bytes(b"half")
    (inbox.folder / "full" / "d.xlsx.tmp").write_bytes(b"half")
    assert [mode.value for _, mode in inbox.waiting()] == ["full", "changes"]


def test_a_folder_that_is_gone_is_a_lost_source_said_once_and_once_when_back(
    importer: CaseImporter, inbox: CaseInbox, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_self: CaseInbox) -> list[object]:
        raise OSError("no such folder")

    with structlog.testing.capture_logs() as logs:
        with monkeypatch.context() as broken:
            broken.setattr(CaseInbox, "waiting", refuse)
            poll(importer, inbox, now)
            poll(importer, inbox, now + timedelta(minutes=1))
        write_cases(inbox.folder / "changes" / "a.xlsx", [a_case(1)], [], [], now)
        poll(importer, inbox, now + timedelta(minutes=2))
    events = [entry["event"] for entry in logs if entry["log_level"] == "warning"]
    assert events == ["source lost", "source back"]


def test_an_untouched_folder_changes_no_version(importer: CaseImporter, inbox: CaseInbox, now: datetime) -> None:
    poll(importer, inbox, now)
    with importer.database.reading() as session:
        facts = source_by_name(session, "cases")
    assert facts.configured
    assert facts.freshness(now) is Freshness.NEVER


def test_a_file_that_breaks_the_importer_waits_behind_the_others_and_is_set_aside_in_the_end(
    importer: CaseImporter, inbox: CaseInbox, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    breaking = write_cases(inbox.folder / "full" / "a.xlsx", [a_case(1)], [], [], now)
    read = importing.read_workbook

    def break_on_one(path: Path, *rest: Any) -> Any:
        if path.name == breaking.name:
            raise ZeroDivisionError
        return read(path, *rest)

    monkeypatch.setattr(importing, "read_workbook", break_on_one)
    for attempt in range(3):
        write_cases(inbox.folder / "changes" / f"b{attempt}.xlsx", [a_case(2 + attempt)], [], [], now)
        with pytest.raises(ZeroDivisionError):
            poll(importer, inbox, now)
    assert [path.name for path, _ in inbox.waiting()][0] == breaking.name
    with importer.database.reading() as session:
        states = [batch.state for batch in recent_batches(session, WORKER)]
    assert states.count("failed") == 3
    assert states.count("applied") >= 2
    assert BatchState.REFUSED in poll(importer, inbox, now)
    assert inbox.waiting() == []


def test_a_batch_given_up_by_somebody_else_is_not_applied_half(
    importer: CaseImporter, inbox: CaseInbox, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_cases(inbox.folder / "full" / "a.xlsx", [a_case(1), a_case(2)], [], [], now)
    prepare = Preparer.prepare

    def interrupted(self: Preparer, *rest: Any) -> Any:
        prepared = prepare(self, *rest)
        recover_interrupted(importer.database)
        return prepared

    with monkeypatch.context() as broken:
        broken.setattr(Preparer, "prepare", interrupted)
        assert poll(importer, inbox, now) == []
    assert [found for found, _ in inbox.waiting()] == [path]
    assert poll(importer, inbox, now) == [BatchState.APPLIED]


def test_names_that_the_database_or_the_disk_would_not_take_hold_up_nobody(
    importer: CaseImporter, inbox: CaseInbox, now: datetime
) -> None:
    strange = os.fsdecode(b"vi\xe9c.xlsx")
    for name in (strange, "v" * 240 + ".xlsx", "b.xlsx"):
        made = write_cases(inbox.folder / "x.xlsx", [a_case(len(name))], [], [], now)
        made.rename(inbox.folder / "full" / name)
    assert poll(importer, inbox, now) == [BatchState.REFUSED, BatchState.APPLIED, BatchState.APPLIED]
    assert inbox.waiting() == []


def test_a_lost_folder_is_left_alone_for_a_minute_and_its_trouble_forgotten_when_it_is_back(
    importer: CaseImporter, inbox: CaseInbox, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_self: CaseInbox) -> list[object]:
        raise OSError("no such folder")

    with monkeypatch.context() as broken:
        broken.setattr(CaseInbox, "waiting", refuse)
        for second in range(5):
            poll(importer, inbox, now + timedelta(seconds=second))
    with importer.database.reading() as session:
        assert source_by_name(session, "cases").failures == 1
    poll(importer, inbox, now + timedelta(seconds=61))
    with importer.database.reading() as session:
        facts = source_by_name(session, "cases")
    assert (facts.failures, facts.message) == (0, "")
