"""Take in a case workbook: parse, stage, hold or apply, count, say what happened. Nothing is lost, nothing twice."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from enum import StrEnum
from pathlib import Path

import structlog
from sqlalchemy.orm import Session

from access.principal import Principal
from actions.import_cases.interruptions import FAILED_TOO_OFTEN, failed_too_often, give_up
from actions.import_cases.preparation import Preparation, Preparer
from connectors.base import WorkbookRefused
from connectors.case_workbook import ParsedWorkbook, Reference, RejectedRow, RowRef, read_workbook, row_cells
from connectors.case_workbook.reference import reference_of
from data_access.audit import record_audit
from data_access.cases.staging import apply_staging, forget_staging
from data_access.counters import figures_by_unit, save_changes
from data_access.import_batches import (
    BatchState,
    RefusedRow,
    applied_before,
    interrupted_batches,
    save_batch,
    save_batch_state,
    save_findings,
    save_refused_rows,
)
from data_access.session import Database
from data_access.sources import save_source_failure, save_source_success
from data_access.versions import bump_version, versions
from domain.cases import Regime, regime_on
from domain.cases.handling import HandlingResolver
from domain.data_quality import impossible_figures
from domain.local_time import LOCAL, local, local_day
from domain.permissions import Permission
from domain.statistics import StatisticalYear
from domain.units import Organisation

SOURCE = "cases"
TOPIC = "cases"
ATTEMPTS = 3
log = structlog.get_logger(__name__)


class ImportMode(StrEnum):
    """`full` states all living and this year's cases and can make a case vanish; `changes` only adds."""

    FULL = "full"
    CHANGES = "changes"


class Conflict(Exception):
    """Another process came between, again and again; the file is to be taken in later."""


@dataclass(frozen=True, slots=True)
class ImportOutcome:
    """What became of a file, in numbers and one Vietnamese sentence."""

    batch_id: int
    public_id: str
    state: BatchState
    rows_in: int = 0
    rows_refused: int = 0
    new: int = 0
    changed: int = 0
    vanished: int = 0
    message: str = ""


@dataclass(frozen=True, slots=True)
class CaseImporter:
    """Everything an import needs besides the file; `drop_share` is the share a full file may lose before it is held."""

    database: Database
    organisation: Organisation
    regimes: Sequence[Regime]
    drop_share: float = 0.10

    def take_in(
        self, principal: Principal, path: Path, mode: ImportMode, now: datetime, accept_drop: bool = False
    ) -> ImportOutcome:
        """Import one file.

        1. refuse who may not; recognise a file that was applied before;
        2. read the file in a limited child process (a refused file says why);
        3. stage the difference in short transactions, quarantining rows;
        4. hold a full file that loses more than the set share, until a person accepts it (`accept_drop`);
        5. apply in one transaction with counters, version, source state and audit.

        Raises NotAllowed, OSError for an unreadable path, Conflict.
        """
        principal.require(Permission.IMPORT_CASES)
        # The name belongs to the fingerprint: it may state the day of the figures, and equal bytes stated for a later
        # day are news (what had vanished is there again).
        content = hashlib.sha256(path.name.encode() + b"\0" + path.read_bytes()).hexdigest()
        with self.database.writing() as session:
            before = applied_before(session, content, mode.value)
            state = BatchState.DUPLICATE if before else BatchState.STAGING
            message = f"Tệp đã được nhập lúc {_local(before.applied_at)}; không có gì thay đổi." if before else ""
            public_id = secrets.token_urlsafe(9)
            batch_id = save_batch(
                session,
                public_id=public_id,
                source=SOURCE,
                file_name=path.name[-200:],
                sha256=content,
                mode=mode.value,
                state=state.value,
                as_of_at=before.as_of_at if before else now,
                received_at=now,
                received_by=principal.name,
                message=message,
            )
            if before:
                save_source_success(session, SOURCE, now, before.as_of_at, message=message)
                record_audit(session, principal, "import_duplicate", public_id, {"file": path.name}, now)
                return ImportOutcome(batch_id, public_id, state, message=message)
            is_hopeless = failed_too_often(session, content)
        batch = _Batch(batch_id, public_id, path, mode, principal, now, accept_drop)
        if is_hopeless:
            return self._refuse(batch, FAILED_TOO_OFTEN)
        decided = False
        try:
            outcome = self._decide(batch)
            decided = True
        finally:
            # Whatever broke is told by the exception; the batch must not look as if it were still being prepared.
            if not decided:
                give_up(self.database, batch_id, BatchState.FAILED, "Lỗi khi nạp tệp; sẽ được thử lại.")
        return outcome

    def _decide(self, batch: _Batch) -> ImportOutcome:
        try:
            parsed = read_workbook(batch.path, self._reference(batch.now))
        except WorkbookRefused as error:
            return self._refuse(batch, str(error))
        for _ in range(ATTEMPTS):
            outcome = self._attempt(batch, parsed)
            if outcome is not None:
                return outcome
        give_up(self.database, batch.id, BatchState.INTERRUPTED, "Có tệp khác đang được nhập; tệp được nhập lại.")
        raise Conflict("the cases changed during each attempt to apply a file")

    def _attempt(self, batch: _Batch, parsed: ParsedWorkbook) -> ImportOutcome | None:
        """Prepare and apply; None when another import came between, which makes the preparation worthless."""
        with self.database.reading() as session:
            version = versions(session).get(TOPIC, 0)
        as_of_at = stated_instant(parsed, batch.path, batch.now)
        preparer = Preparer(self.database, batch.id, as_of_at, HandlingResolver(self.organisation))
        prepared = preparer.prepare(parsed, batch.mode is ImportMode.FULL)
        if prepared.vanished_share > self.drop_share and not batch.accept_drop:
            return self._hold(batch, prepared, as_of_at)
        refused = [_refused(row) for row in parsed.rejected] + self._with_cells(batch, prepared.refused)
        refused_count = parsed.rejected_count + len(prepared.refused)
        with self.database.writing() as session:
            if batch.id not in interrupted_batches(session):
                raise Conflict("somebody gave this batch up while it was being prepared")
            if versions(session).get(TOPIC, 0) != version:
                forget_staging(session, batch.id)
                return None
            apply_staging(session, batch.id, batch.now)
            forget_staging(session, batch.id)
            save_changes(session, prepared.changes)
            save_refused_rows(session, batch.id, refused)
            outcome = _applied(batch, prepared, parsed.rows_read, refused_count)
            save_batch_state(
                session,
                batch.id,
                BatchState.APPLIED,
                as_of_at=as_of_at,
                applied_at=batch.now,
                rows_in=outcome.rows_in,
                rows_refused=outcome.rows_refused,
                cases_new=outcome.new,
                cases_changed=outcome.changed,
                cases_vanished=outcome.vanished,
                message=outcome.message,
            )
            save_source_success(
                session, SOURCE, batch.now, as_of_at, outcome.rows_in, outcome.rows_refused, outcome.message
            )
            self._save_findings(session, batch)
            bump_version(session, TOPIC, batch.now)
            record_audit(
                session, batch.principal, "import_applied", batch.public_id, {"file": batch.path.name}, batch.now
            )
        log.info("cases imported", batch=batch.public_id, new=outcome.new, changed=outcome.changed)
        return outcome

    def _reference(self, now: datetime) -> Reference:
        return reference_of(self.organisation, local_day(now))

    def _with_cells(self, batch: _Batch, refused: Sequence[RefusedRow]) -> list[RefusedRow]:
        """Rows refused after reading, with the cells they had in the file, for the error report."""
        refs = [RowRef(row.sheet, row.row_number) for row in refused]
        cells = row_cells(batch.path, self._reference(batch.now), refs)
        return [row._replace(cells=cells.get(ref, ())) for row, ref in zip(refused, refs, strict=True)]

    def _save_findings(self, session: Session, batch: _Batch) -> None:
        on = local_day(batch.now)
        regime = regime_on(self.regimes, on)
        period = StatisticalYear.of(on).to_date(on)
        by_unit = figures_by_unit(session, Principal.worker(), self.organisation, period, regime)
        found = [item for unit, figures in by_unit.items() for item in impossible_figures(unit, figures)]
        save_findings(session, "impossible_figures", found, batch.id, batch.now)

    def _hold(self, batch: _Batch, prepared: Preparation, as_of_at: datetime) -> ImportOutcome:
        message = (
            f"Tệp đầy đủ thiếu {prepared.vanished} trên {prepared.expected} việc đang có "
            f"({prepared.vanished_share:.0%}), vượt mức cho phép {self.drop_share:.0%}. "
            "Tệp được giữ lại, số liệu cũ vẫn dùng, chờ người có trách nhiệm xác nhận."
        )
        with self.database.writing() as session:
            forget_staging(session, batch.id)
            save_batch_state(
                session,
                batch.id,
                BatchState.HELD,
                as_of_at=as_of_at,
                cases_vanished=prepared.vanished,
                message=message,
            )
            save_source_failure(session, SOURCE, batch.now, message)
            record_audit(session, batch.principal, "import_held", batch.public_id, {"file": batch.path.name}, batch.now)
        log.warning("full file held", batch=batch.public_id, missing=prepared.vanished, expected=prepared.expected)
        return ImportOutcome(batch.id, batch.public_id, BatchState.HELD, vanished=prepared.vanished, message=message)

    def _refuse(self, batch: _Batch, reason: str) -> ImportOutcome:
        with self.database.writing() as session:
            save_batch_state(session, batch.id, BatchState.REFUSED, message=reason)
            save_source_failure(session, SOURCE, batch.now, reason)
            record_audit(
                session, batch.principal, "import_refused", batch.public_id, {"file": batch.path.name}, batch.now
            )
        log.warning("file refused", batch=batch.public_id)
        return ImportOutcome(batch.id, batch.public_id, BatchState.REFUSED, message=reason)


@dataclass(frozen=True, slots=True)
class _Batch:
    """One file on its way."""

    id: int
    public_id: str
    path: Path
    mode: ImportMode
    principal: Principal
    now: datetime
    accept_drop: bool


def stated_instant(parsed: ParsedWorkbook, path: Path, now: datetime) -> datetime:
    """The as-of of a file: the stated instant, else the end of the stated day in Huế, else the file's own time; never
    after `now`, so a file from the future cannot look fresher than its arrival."""
    if parsed.as_of_at is not None:
        stated = parsed.as_of_at
    elif parsed.as_of_on is not None:
        stated = datetime.combine(parsed.as_of_on, time(23, 59, 59), LOCAL)
    else:
        stated = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    return min(stated.astimezone(UTC), now)


def _refused(row: RejectedRow) -> RefusedRow:
    return RefusedRow(row.kind.value, row.sheet, row.row_number, row.column, row.value, row.reason, row.cells)


def _applied(batch: _Batch, prepared: Preparation, rows_in: int, refused: int) -> ImportOutcome:
    """What a file that was applied is said to have done."""
    return ImportOutcome(
        batch.id,
        batch.public_id,
        BatchState.APPLIED,
        rows_in,
        refused,
        prepared.new,
        prepared.changed,
        prepared.vanished,
        _summary(prepared, refused),
    )


def _summary(prepared: Preparation, refused: int) -> str:
    counts = (
        (prepared.new, "việc mới"),
        (prepared.changed, "việc thay đổi"),
        (prepared.vanished, "việc không còn trong tệp"),
        (refused, "dòng bị từ chối"),
    )
    told = [f"{count:,} {words}".replace(",", ".") for count, words in counts if count]
    return ", ".join(told) + "." if told else "Không có gì thay đổi."


def _local(at: datetime | None) -> str:
    return f"{local(at):%H:%M %d/%m/%Y}" if at else "trước đây"
