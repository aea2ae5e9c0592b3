"""Sheets that arrive in a folder of their own: each is taken in, remembered as a batch of its source, filed away."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

import structlog
from sqlalchemy.orm import Session

from access.principal import Principal
from actions.case_inbox import FILES_A_POLL, CaseInbox
from connectors.base import RefusedRecord, SourceUnavailable
from data_access.audit import record_audit
from data_access.import_batches import BatchState, RefusedRow, save_batch, save_stored_path
from data_access.session import Database
from data_access.versions import bump_version
from domain.units import Organisation

MODE = "sheet"
SUFFIXES = frozenset({".xlsx", ".xls", ".csv", ".xlsm"})
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class SheetOutcome:
    """What became of a file; `message` is Vietnamese."""

    state: BatchState
    public_id: str
    batch_id: int
    message: str
    rows_in: int = 0
    rows_refused: int = 0


class TakeIn(Protocol):
    """Reads and stores one file; raises SourceUnavailable when it cannot be opened."""

    def __call__(
        self, database: Database, principal: Principal, organisation: Organisation, path: Path, now: datetime
    ) -> SheetOutcome:
        """What became of the file."""
        ...


class SheetInbox:
    """One folder of the inbox, `source` by name; call it with the time. One worker polls, so it remembers by itself
    whether the folder can be used."""

    def __init__(
        self, database: Database, organisation: Organisation, inbox: Path, source: str, take_in: TakeIn
    ) -> None:
        self._database = database
        self._organisation = organisation
        self._inbox = CaseInbox(inbox)
        self._source = source
        self._take_in_file = take_in
        self._is_lost = False
        # Names of files that broke the importer in this process: they are tried behind the others.
        self._troublesome: set[str] = set()

    def __call__(self, now: datetime) -> list[SheetOutcome]:
        """Take in what waits, oldest first, at most FILES_A_POLL files. An exception goes to the worker, which waits
        before the next poll."""
        outcomes: list[SheetOutcome] = []
        try:
            self._inbox.prepare()
            for path in self._waiting()[:FILES_A_POLL]:
                self._troublesome.add(path.name)
                outcome = self._take_in(path, now)
                self._troublesome.discard(path.name)
                if outcome is not None:
                    outcomes.append(outcome)
        except OSError as error:
            if not self._is_lost:
                log.warning("folder of sheets lost", source=self._source, reason=str(error))
            self._is_lost = True
            return outcomes
        if self._is_lost:
            log.warning("folder of sheets back", source=self._source)
        self._is_lost = False
        return outcomes

    def _waiting(self) -> list[Path]:
        """Sheets that have arrived; one that is still being written has another name."""
        folder = self._inbox.folder / self._source
        folder.mkdir(exist_ok=True)
        found = [
            (path.name in self._troublesome, path.stat().st_mtime_ns, path.name, path)
            for path in folder.iterdir()
            if path.is_file() and path.suffix.lower() in SUFFIXES and not path.name.startswith((".", "~"))
        ]
        return [path for *_, path in sorted(found)]

    def _take_in(self, path: Path, now: datetime) -> SheetOutcome | None:
        try:
            outcome = self._take_in_file(self._database, Principal.worker(), self._organisation, path, now)
        except SourceUnavailable as error:
            log.info("import postponed", source=self._source, reason=type(error).__name__)
            return None
        stored = self._inbox.put_away(path, outcome.state, outcome.public_id, now)
        with self._database.writing() as session:
            save_stored_path(session, outcome.batch_id, str(stored))
        log.info("sheet taken in", source=self._source, state=outcome.state.value, rows=outcome.rows_in)
        return outcome


def save_sheet_batch(
    session: Session,
    principal: Principal,
    source: str,
    file: tuple[str, str],
    state: BatchState,
    values: Mapping[str, object],
    now: datetime,
) -> tuple[str, int]:
    """Remember a file, (name, digest), and what became of it; its public id and its id."""
    public_id = secrets.token_urlsafe(9)
    batch = save_batch(
        session,
        public_id=public_id,
        source=source,
        file_name=file[0][:200],
        sha256=file[1],
        mode=MODE,
        state=state.value,
        received_at=now,
        applied_at=now if state is BatchState.APPLIED else None,
        received_by=principal.name,
        **values,
    )
    return public_id, batch


def refuse_sheet(
    session: Session, principal: Principal, source: str, file: tuple[str, str], reason: str, now: datetime
) -> SheetOutcome:
    """Remember that a whole file was refused, and why."""
    values = {"as_of_at": now, "message": reason}
    public_id, batch = save_sheet_batch(session, principal, source, file, BatchState.REFUSED, values, now)
    bump_version(session, "sources", now)
    record_audit(session, principal, f"{source}_sheet_refused", public_id, {"reason": reason[:200]}, now)
    return SheetOutcome(BatchState.REFUSED, public_id, batch, reason)


def quarantined_rows(source: str, refused: Iterable[RefusedRecord]) -> list[RefusedRow]:
    """Refused rows of a sheet as the quarantine keeps them."""
    return [
        RefusedRow(source, "", number, row.field, row.value, row.reason, [row.reference, row.raw])
        for number, row in enumerate(refused, start=1)
    ]
