"""Take in a case workbook: parse, stage, hold or apply, count, say what happened. Nothing is lost, nothing twice."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

import structlog
from sqlalchemy.exc import InternalError, OperationalError
from sqlalchemy.orm import Session

from access.principal import Principal
from actions.import_cases.arrival import fingerprint, printable_name, stated_time
from actions.import_cases.interruptions import FAILED_TOO_OFTEN, failed_too_often, give_up
from actions.import_cases.outcomes import ImportOutcome, applied, duplicate_message, held_message
from actions.import_cases.preparation import Preparation, Preparer
from connectors.base import SourceUnavailable, WorkbookRefused
from connectors.case_workbook import ParsedWorkbook, Reference, RejectedRow, RowRef, read_workbook, row_cells
from connectors.case_workbook.reference import reference_of
from data_access.audit import record_audit
from data_access.cases.staging import apply_staging, forget_staging, save_stated
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
from data_access.sources import save_source_message, save_source_success
from data_access.versions import bump_version, lock_writers, versions
from domain.cases import Regime, regime_on
from domain.cases.handling import HandlingResolver
from domain.data_quality import impossible_figures
from domain.local_time import local_day
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
        content = fingerprint(path)
        name = printable_name(path)[-200:]
        with self.database.writing() as session:
            before = applied_before(session, content, name, mode.value)
            state = BatchState.DUPLICATE if before else BatchState.STAGING
            message = duplicate_message(before.applied_at) if before else ""
            public_id = secrets.token_urlsafe(9)
            batch_id = save_batch(
                session,
                public_id=public_id,
                source=SOURCE,
                file_name=name,
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
                record_audit(session, principal, "import_duplicate", public_id, {"file": name}, now)
                return ImportOutcome(batch_id, public_id, state, message=message)
            is_hopeless = failed_too_often(session, content)
        batch = _Batch(batch_id, public_id, path, name, mode, principal, now, accept_drop)
        if is_hopeless:
            return self._refuse(batch, FAILED_TOO_OFTEN)
        decided = False
        try:
            outcome = self._decide(batch)
            decided = True
        except (OperationalError, InternalError, OSError, SourceUnavailable):
            # Not the file's fault: the disk, the database, or a file that is no longer there.
            give_up(self.database, batch_id, BatchState.INTERRUPTED, "Máy chủ gặp trục trặc; tệp sẽ được nhập lại.")
            raise
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
        stated = stated_time(parsed, batch.path, batch.now)
        as_of_at = stated.as_of_at
        preparer = Preparer(self.database, batch.id, stated, HandlingResolver(self.organisation))
        prepared = preparer.prepare(parsed, batch.mode is ImportMode.FULL)
        if prepared.vanished_share > self.drop_share and not batch.accept_drop:
            return self._hold(batch, prepared, as_of_at)
        refused = [_refused(row) for row in parsed.rejected] + self._with_cells(batch, prepared.refused)
        with self.database.writing() as session:
            lock_writers(session, TOPIC)
            if batch.id not in interrupted_batches(session):
                raise Conflict("somebody gave this batch up while it was being prepared")
            if versions(session).get(TOPIC, 0) != version:
                forget_staging(session, batch.id)
                return None
            apply_staging(session, batch.id, batch.now)
            forget_staging(session, batch.id)
            save_stated(session, prepared.restated_ids, as_of_at)
            save_changes(session, prepared.changes)
            save_refused_rows(session, batch.id, refused)
            outcome = applied(batch.id, batch.public_id, prepared, parsed)
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
            record_audit(session, batch.principal, "import_applied", batch.public_id, {"file": batch.name}, batch.now)
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
        message = held_message(prepared, self.drop_share)
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
            save_source_message(session, SOURCE, batch.now, message)
            record_audit(session, batch.principal, "import_held", batch.public_id, {"file": batch.name}, batch.now)
        log.warning("full file held", batch=batch.public_id, missing=prepared.vanished, expected=prepared.expected)
        return ImportOutcome(batch.id, batch.public_id, BatchState.HELD, vanished=prepared.vanished, message=message)

    def _refuse(self, batch: _Batch, reason: str) -> ImportOutcome:
        with self.database.writing() as session:
            save_batch_state(session, batch.id, BatchState.REFUSED, message=reason)
            save_source_message(session, SOURCE, batch.now, reason)
            record_audit(session, batch.principal, "import_refused", batch.public_id, {"file": batch.name}, batch.now)
        log.warning("file refused", batch=batch.public_id)
        return ImportOutcome(batch.id, batch.public_id, BatchState.REFUSED, message=reason)


@dataclass(frozen=True, slots=True)
class _Batch:
    """One file on its way."""

    id: int
    public_id: str
    path: Path
    name: str
    mode: ImportMode
    principal: Principal
    now: datetime
    accept_drop: bool


def _refused(row: RejectedRow) -> RefusedRow:
    return RefusedRow(row.kind.value, row.sheet, row.row_number, row.column, row.value, row.reason, row.cells)
