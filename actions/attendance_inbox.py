"""The watched folder of attendance sheets, `attendance/` beside those of the cases: each is taken in and filed away."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import structlog

from access.principal import Principal
from actions.case_inbox import FILES_A_POLL, CaseInbox
from actions.import_attendance import SheetOutcome, import_attendance_sheet
from connectors.base import SourceUnavailable
from data_access.import_batches import save_stored_path
from data_access.session import Database
from domain.units import Organisation

FOLDER = "attendance"
SUFFIXES = frozenset({".xlsx", ".xls", ".csv", ".xlsm"})
log = structlog.get_logger(__name__)


class AttendanceInbox:
    """Call it with the time; one worker polls, so it remembers by itself whether the folder can be used."""

    def __init__(self, database: Database, organisation: Organisation, folder: Path) -> None:
        self._database = database
        self._organisation = organisation
        self._inbox = CaseInbox(folder)
        self._is_lost = False

    def __call__(self, now: datetime) -> list[SheetOutcome]:
        """Take in what waits, oldest first, at most FILES_A_POLL files; a file that has gone meanwhile is left."""
        outcomes: list[SheetOutcome] = []
        try:
            self._inbox.prepare()
            for path in self._waiting()[:FILES_A_POLL]:
                outcome = self._take_in(path, now)
                if outcome is not None:
                    outcomes.append(outcome)
        except OSError as error:
            if not self._is_lost:
                log.warning("attendance folder lost", reason=str(error))
            self._is_lost = True
            return outcomes
        if self._is_lost:
            log.warning("attendance folder back")
        self._is_lost = False
        return outcomes

    def _waiting(self) -> list[Path]:
        """Sheets that have arrived; one that is still being written has another name."""
        folder = self._inbox.folder / FOLDER
        folder.mkdir(exist_ok=True)
        found = [
            (path.stat().st_mtime_ns, path.name, path)
            for path in folder.iterdir()
            if path.is_file() and path.suffix.lower() in SUFFIXES and not path.name.startswith((".", "~"))
        ]
        return [path for _, _, path in sorted(found)]

    def _take_in(self, path: Path, now: datetime) -> SheetOutcome | None:
        try:
            outcome = import_attendance_sheet(self._database, Principal.worker(), self._organisation, path, now)
        except SourceUnavailable as error:
            log.info("import postponed", source=FOLDER, reason=type(error).__name__)
            return None
        stored = self._inbox.put_away(path, outcome.state, outcome.public_id, now)
        with self._database.writing() as session:
            save_stored_path(session, outcome.batch_id, str(stored))
        log.info("attendance sheet", state=outcome.state.value, rows=outcome.rows_in, refused=outcome.rows_refused)
        return outcome
