"""Sheets that arrive in a folder of their own: each is taken in, remembered as a batch of its source, filed away."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Protocol, TypeVar

import structlog
from sqlalchemy.orm import Session

from access.principal import NotAllowed, Principal
from actions.case_inbox import FILES_A_POLL, CaseInbox
from actions.import_cases.arrival import fingerprint, printable_name
from connectors.base import RefusedRecord, SourceUnavailable, WorkbookRefused
from connectors.case_workbook.as_of import stated_in_name
from data_access.audit import record_audit
from data_access.import_batches import (
    BatchState,
    RefusedRow,
    applied_before,
    save_batch,
    save_refused_rows,
    save_stored_path,
)
from data_access.session import Database
from data_access.versions import bump_version
from domain.local_time import LOCAL
from domain.permissions import Permission
from domain.units import Organisation

MODE = "sheet"
SUFFIXES = frozenset({".xlsx", ".xls", ".csv", ".xlsm"})
S = TypeVar("S")
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


@dataclass(frozen=True, slots=True)
class Taken:
    """What was stored of a sheet: how many rows it had, how many were new or changed, the first refused rows and the
    number of all; `message` is Vietnamese, `detail` is for the audit."""

    message: str
    rows_in: int
    refused: Sequence[RefusedRecord]
    refused_count: int
    detail: Mapping[str, object]


def take_in_sheet(
    database: Database,
    principal: Principal,
    source: str,
    path: Path,
    read: Callable[[], S],
    store: Callable[[Session, S, datetime], Taken],
    now: datetime,
    permission: Permission = Permission.IMPORT_CASES,
) -> SheetOutcome:
    """Read a file and store what it says in one transaction, audited; one that was applied before changes nothing.

    `store` gets the instant the file speaks of. Raises NotAllowed without `permission` and for somebody of one unit,
    SourceUnavailable when the file cannot be opened.
    """
    principal.require(permission)
    if principal.unit is not None:
        raise NotAllowed("a sheet may speak of any unit, so somebody of one unit may not hand it in")
    file = (printable_name(path), fingerprint(path))
    with database.reading() as session:
        before = applied_before(session, file[1], file[0], MODE)
    if before is not None:
        return SheetOutcome(BatchState.DUPLICATE, before.public_id, before.id, "Tệp này đã được nhập.")
    try:
        sheet = read()
    except WorkbookRefused as refused:
        with database.writing() as session:
            return refuse_sheet(session, principal, source, file, refused.reason, now)
    stated_at = stated_at_of(path, now)
    with database.writing() as session:
        taken = store(session, sheet, stated_at)
        values = {
            "as_of_at": stated_at,
            "rows_in": taken.rows_in,
            "rows_refused": taken.refused_count,
            "message": taken.message,
        }
        public_id, batch = save_sheet_batch(session, principal, source, file, BatchState.APPLIED, values, now)
        save_refused_rows(session, batch, quarantined_rows(source, taken.refused))
        bump_version(session, "sources", now)
        record_audit(session, principal, f"{source}_sheet_imported", public_id, dict(taken.detail), now)
    return SheetOutcome(BatchState.APPLIED, public_id, batch, taken.message, taken.rows_in, taken.refused_count)


def stated_at_of(path: Path, now: datetime) -> datetime:
    """The instant a file speaks of: stated in its name, else its own time; never after `now`."""
    stated = stated_in_name(printable_name(path))
    if stated is None:
        return min(datetime.fromtimestamp(path.stat().st_mtime, UTC), now)
    return min(stated.at or datetime.combine(stated.on, time(23, 59, 59), LOCAL).astimezone(UTC), now)


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
