"""A file that is held is known to every wall at once, and so is its release or refusal."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from workbook_support import write_cases

from access.principal import Principal
from actions.case_inbox import CaseInbox, poll_case_inbox
from actions.import_cases import CaseImporter, ImportMode
from actions.submit_file import accept_held_file, discard_held_file
from data_access.import_batches import BatchState, HeldFiles, held_batch, held_files, recent_batches
from data_access.session import Database
from data_access.versions import versions
from domain.permissions import Role
from factories import a_case

WORKER = Principal.worker()
OPERATOR = Principal(Role.OPERATOR, "p-1", "truc")
NONE = HeldFiles(0, None)


def known(database: Database) -> tuple[HeldFiles, int]:
    """What the wall is told, and the version that tells it to look."""
    with database.reading() as session:
        return held_files(session), versions(session).get("sources", 0)


@pytest.fixture
def hold(importer: CaseImporter, tmp_path: Path, now: datetime) -> Callable[[], tuple[CaseInbox, str]]:
    """Take in a file of twenty việc and then one of ten, which is held."""

    def act() -> tuple[CaseInbox, str]:
        inbox = CaseInbox(tmp_path / "inbox")
        inbox.prepare()
        for number, moment in ((20, now - timedelta(hours=1)), (10, now)):
            cases = [a_case(case) for case in range(1, number + 1)]
            write_cases(inbox.folder / ImportMode.FULL.value / f"viec{number}.xlsx", cases, [], [], moment)
            (outcome,) = poll_case_inbox(importer.database, importer, inbox, WORKER, moment)
        assert outcome.state is BatchState.HELD
        return inbox, outcome.public_id

    return act


def test_no_file_is_held_in_the_beginning(database: Database) -> None:
    assert known(database) == (NONE, 0)


def test_a_held_file_is_counted_and_bumps_the_version_of_the_sources(
    importer: CaseImporter, tmp_path: Path, now: datetime
) -> None:
    paths = [
        write_cases(tmp_path / f"viec{number}.xlsx", [a_case(case) for case in range(1, number + 1)], [], [], now)
        for number in (20, 10)
    ]
    importer.take_in(WORKER, paths[0], ImportMode.FULL, now - timedelta(hours=1))
    before = known(importer.database)[1]
    importer.take_in(WORKER, paths[1], ImportMode.FULL, now)
    held, version = known(importer.database)
    assert held == HeldFiles(1, now)
    assert version > before


@pytest.mark.parametrize("is_accepted", [True, False])
def test_a_decision_about_it_bumps_the_version_again(
    hold: Callable[[], tuple[CaseInbox, str]], database: Database, now: datetime, is_accepted: bool
) -> None:
    inbox, public_id = hold()
    held, before = known(database)
    assert held == HeldFiles(1, now)
    if is_accepted:
        accept_held_file(database, OPERATOR, inbox, public_id, now)
    else:
        discard_held_file(database, OPERATOR, public_id, now)
    assert known(database) == (NONE, before + 1)


def test_the_oldest_of_several_held_files_is_told(
    hold: Callable[[], tuple[CaseInbox, str]], importer: CaseImporter, tmp_path: Path, now: datetime
) -> None:
    hold()
    later = now + timedelta(minutes=5)
    path = write_cases(tmp_path / "again.xlsx", [a_case(case) for case in range(1, 6)], [], [], later)
    assert importer.take_in(WORKER, path, ImportMode.FULL, later).state is BatchState.HELD
    assert known(importer.database)[0] == HeldFiles(2, now)
    with importer.database.reading() as session:
        assert all(held_batch(session, batch.public_id) for batch in recent_batches(session, WORKER)[:2])
