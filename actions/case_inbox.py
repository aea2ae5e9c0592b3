"""The watched folder of case workbooks: take what has arrived, file it away, let one bad file hold up nothing else."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import structlog

from access.principal import Principal
from actions.import_cases import CaseImporter, Conflict, ImportMode
from actions.import_cases.arrival import printable_name
from actions.import_cases.outcomes import ImportOutcome
from connectors.base import SourceUnavailable
from data_access.import_batches import BatchState, failed_file_names, save_stored_path
from data_access.session import Database
from data_access.sources import (
    may_be_asked,
    save_source_back,
    save_source_configured,
    save_source_failure,
    source_by_name,
)
from domain.local_time import local

SOURCE = "cases"
FILES_A_POLL = 20
LONGEST_NAME = 200
RETRY_AFTER = timedelta(seconds=60)
INBOX_LOST = "Không đọc, ghi được thư mục nhận tệp. Kiểm tra ổ đĩa và quyền truy cập."
SUFFIXES = frozenset({".xlsx", ".xls", ".csv", ".xlsm"})
# Where a file goes when it is decided; nothing is ever deleted.
FOLDERS = {
    BatchState.APPLIED: "archive",
    BatchState.DUPLICATE: "archive",
    BatchState.HELD: "held",
    BatchState.REFUSED: "refused",
}
# A full file whose loss a person has accepted comes back through here.
ACCEPTED = "accepted"
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class CaseInbox:
    """The watched folder: `full/` and `changes/` say which kind a workbook is; decided files go to their siblings."""

    folder: Path

    def prepare(self) -> None:
        """Make the folders; raises OSError."""
        for name in (*(mode.value for mode in ImportMode), ACCEPTED, *FOLDERS.values()):
            (self.folder / name).mkdir(parents=True, exist_ok=True)

    def waiting(self) -> list[tuple[Path, ImportMode]]:
        """Files that have arrived: accepted and full ones first, then changes, oldest first. Files still being written
        have other names: writers rename at the end."""
        found: list[tuple[int, int, str, Path, ImportMode]] = []
        folders = ((ACCEPTED, ImportMode.FULL), ("full", ImportMode.FULL), ("changes", ImportMode.CHANGES))
        for order, (folder, mode) in enumerate(folders):
            for path in (self.folder / folder).iterdir():
                if path.is_file() and path.suffix.lower() in SUFFIXES and not path.name.startswith((".", "~")):
                    found.append((order, path.stat().st_mtime_ns, path.name, path, mode))
        return [(path, mode) for _, _, _, path, mode in sorted(found, key=lambda item: item[:3])]

    def put_away(self, path: Path, state: BatchState, public_id: str, now: datetime) -> Path:
        """Move a decided file to its folder under a name that says when it was decided and which batch it was."""
        # A name near the file system's limit would not fit with what is put before it.
        name = printable_name(path)
        if len(name.encode()) > LONGEST_NAME:
            name = name.removesuffix(path.suffix)[-40:] + path.suffix
        target = self.folder / FOLDERS[state] / f"{local(now):%Y%m%dT%H%M%S}_{public_id}_{name}"
        shutil.move(path, target)
        return target


def poll_case_inbox(
    database: Database, importer: CaseImporter, inbox: CaseInbox, principal: Principal, now: datetime
) -> list[ImportOutcome]:
    """Import what waits in the inbox, at most FILES_A_POLL files; returns what became of each.

    1. a folder that cannot be read is a lost source: logged once when lost and once when back, retried later;
    2. each file is imported by itself: a refused or held one is put aside and the next is taken;
    3. a file that met a conflict stays in the inbox for the next poll; one that broke the importer is tried last, and
       the exception goes to the worker, which waits before the next poll.
    """
    with database.reading() as session:
        known = source_by_name(session, SOURCE)
        troublesome = failed_file_names(session)
        is_due = may_be_asked(session, SOURCE, now)
    if not is_due:
        return []
    try:
        inbox.prepare()
        waiting = inbox.waiting()
    except OSError as error:
        _lose(database, error, now)
        return []
    if known.failures or not known.configured:
        with database.writing() as session:
            save_source_configured(session, SOURCE, True, now)
            save_source_back(session, SOURCE, now)
    if known.failures:
        log.warning("source back", source=SOURCE, failures=known.failures)
    waiting.sort(key=lambda item: item[0].name in troublesome)
    outcomes: list[ImportOutcome] = []
    for path, mode in waiting[:FILES_A_POLL]:
        accept_drop = path.parent.name == ACCEPTED
        try:
            outcome = importer.take_in(principal, path, mode, now, accept_drop=accept_drop)
        except (Conflict, SourceUnavailable) as error:
            log.info("import postponed", source=SOURCE, reason=type(error).__name__)
            continue
        outcomes.append(outcome)
        try:
            stored = inbox.put_away(path, outcome.state, outcome.public_id, now)
        except OSError as error:
            _lose(database, error, now)
            return outcomes
        with database.writing() as session:
            save_stored_path(session, outcome.batch_id, str(stored))
    return outcomes


def _lose(database: Database, error: OSError, now: datetime) -> None:
    """The folder cannot be used: say so, and leave it alone for a minute."""
    with database.writing() as session:
        failures = save_source_failure(session, SOURCE, now, INBOX_LOST, now + RETRY_AFTER)
    if failures == 1:
        log.warning("source lost", source=SOURCE, reason=str(error))
