"""Files that arrived and the rows they were refused for; findings about data quality."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from access.principal import Principal
from data_access.models.sources import Finding, ImportBatch, QuarantinedRow
from domain.data_quality import Contradiction
from domain.permissions import Permission

SHEET_LETTERS = 200


class BatchState(StrEnum):
    """Where a file stands. A held file is released (taken in again with its loss accepted) or refused by a person."""

    STAGING = "staging"
    APPLIED = "applied"
    DUPLICATE = "duplicate"
    HELD = "held"
    REFUSED = "refused"
    RELEASED = "released"
    INTERRUPTED = "interrupted"
    FAILED = "failed"


class RefusedRow(NamedTuple):
    """A row that was not applied; `kind` says which sheet of the canonical workbook it belongs to, `row_number` is
    Excel's."""

    kind: str
    sheet: str
    row_number: int
    column: str
    value: str
    reason: str
    cells: Sequence[str]


@dataclass(frozen=True, slots=True)
class HeldFiles:
    """Full files that wait for a person because too much would vanish; no case data."""

    count: int
    oldest_received_at: datetime | None


def held_files(session: Session) -> HeldFiles:
    """How many files are held and since when (aware UTC, None without any): for everybody, so it takes no principal."""
    is_held = ImportBatch.state == BatchState.HELD.value
    count, oldest = session.execute(select(func.count(), func.min(ImportBatch.received_at)).where(is_held)).one()
    return HeldFiles(count, oldest)


def finding_count(session: Session) -> tuple[int, datetime | None]:
    """How many findings are open and since when (aware UTC): no case data, for everybody, so it takes no principal."""
    question = select(func.count(), func.min(Finding.found_at)).where(Finding.cleared_at.is_(None))
    count, oldest = session.execute(question).one()
    return count, oldest


def recent_batches(session: Session, principal: Principal, limit: int = 50) -> list[ImportBatch]:
    """The newest files first; needs SEE_SOURCES. Batches carry no case data, so they are not scoped by unit."""
    principal.require(Permission.SEE_SOURCES)
    return list(session.scalars(select(ImportBatch).order_by(ImportBatch.id.desc()).limit(limit)))


def batch_by_public_id(session: Session, principal: Principal, public_id: str) -> ImportBatch | None:
    """One file by its public id; needs SEE_SOURCES."""
    principal.require(Permission.SEE_SOURCES)
    return session.scalar(select(ImportBatch).where(ImportBatch.public_id == public_id))


def refused_rows(session: Session, principal: Principal, batch_id: int) -> list[RefusedRow]:
    """The quarantined rows of a file in order; needs IMPORT_CASES because cells may hold case data."""
    principal.require(Permission.IMPORT_CASES)
    question = select(QuarantinedRow).where(QuarantinedRow.batch_id == batch_id).order_by(QuarantinedRow.id)
    return [
        RefusedRow(row.kind, row.sheet, row.row_number, row.column, row.value, row.reason, json.loads(row.cells))
        for row in session.scalars(question)
    ]


def applied_before(session: Session, sha256: str, file_name: str, mode: str) -> ImportBatch | None:
    """The batch that already applied this very file, wholly and as the last of its name.

    A file with refused rows is taken in again: what was missing may be there by now. So is one that another file of the
    same name has followed: what had vanished is named again.
    """
    question = select(ImportBatch).where(
        ImportBatch.file_name == file_name, ImportBatch.mode == mode, ImportBatch.state == BatchState.APPLIED.value
    )
    last = session.scalars(question.order_by(ImportBatch.id.desc()).limit(1)).first()
    return last if last is not None and last.sha256 == sha256 and last.rows_refused == 0 else None


def quarantined_before(session: Session, source: str, sha256: str) -> bool:
    """Whether exactly these refused records of a source are in quarantine already."""
    question = select(ImportBatch.id).where(ImportBatch.source == source, ImportBatch.sha256 == sha256).limit(1)
    return session.scalar(question) is not None


def quarantined_since(session: Session, source: str, since: datetime) -> int:
    """How many batches of refused records of a source have come since an instant."""
    mine = (ImportBatch.source == source, ImportBatch.received_at >= since, ImportBatch.rows_refused > 0)
    return session.scalar(select(func.count()).select_from(ImportBatch).where(*mine)) or 0


def save_batch(session: Session, **values: Any) -> int:
    """Store a new batch row; returns its id."""
    batch = ImportBatch(**values)
    session.add(batch)
    session.flush()
    return batch.id


def save_batch_state(session: Session, batch_id: int, state: BatchState, **values: Any) -> None:
    """Move a batch to another state, with whatever else became known."""
    session.execute(update(ImportBatch).where(ImportBatch.id == batch_id).values(state=state.value, **values))


def held_batch(session: Session, public_id: str) -> ImportBatch | None:
    """A file that waits for a person's decision. Internal to actions, which have asked for the permission."""
    is_held = ImportBatch.state == BatchState.HELD.value
    return session.scalars(select(ImportBatch).where(ImportBatch.public_id == public_id, is_held)).one_or_none()


def save_stored_path(session: Session, batch_id: int, path: str) -> None:
    """Remember where the file of a decided batch was put."""
    session.execute(update(ImportBatch).where(ImportBatch.id == batch_id).values(stored_path=path))


def save_refused_rows(session: Session, batch_id: int, rows: Sequence[RefusedRow]) -> None:
    """Quarantine rows of a batch."""
    if rows:
        session.execute(
            insert(QuarantinedRow),
            [
                {
                    **row._asdict(),
                    "batch_id": batch_id,
                    "sheet": row.sheet[:SHEET_LETTERS],
                    "column": row.column[:SHEET_LETTERS],
                    "cells": json.dumps(list(row.cells), ensure_ascii=False),
                }
                for row in rows
            ],
        )


def failures_of_file(session: Session, sha256: str) -> int:
    """How often this very file has broken the importer since it was last refused."""
    mine = ImportBatch.sha256 == sha256
    refused = select(func.max(ImportBatch.id)).where(mine, ImportBatch.state == BatchState.REFUSED.value)
    since = session.scalar(refused) or 0
    failed = mine & (ImportBatch.state == BatchState.FAILED.value) & (ImportBatch.id > since)
    return session.scalar(select(func.count()).where(failed)) or 0


def failed_file_names(session: Session) -> set[str]:
    """Names of files that have broken the importer: they wait until the others are done."""
    question = select(ImportBatch.file_name).where(ImportBatch.state == BatchState.FAILED.value).distinct()
    return set(session.scalars(question))


def interrupted_batches(session: Session) -> list[int]:
    """Batches that are being prepared, or were when their process was killed; nothing of them is applied."""
    return list(session.scalars(select(ImportBatch.id).where(ImportBatch.state == BatchState.STAGING.value)))


def save_findings(
    session: Session, rule: str, contradictions: Sequence[Contradiction], batch_id: int | None, now: datetime
) -> None:
    """Make the open findings of a rule exactly these: new ones open, known ones stay, the rest are cleared."""
    for item in contradictions:
        save_finding(session, item, batch_id, now)
    subjects = {item.subject for item in contradictions}
    question = select(Finding.subject).where(Finding.rule == rule, Finding.cleared_at.is_(None))
    for subject in session.scalars(question).all():
        if subject not in subjects:
            clear_finding(session, rule, subject, now)


def save_finding(session: Session, item: Contradiction, batch_id: int | None, now: datetime) -> None:
    """Open a finding, or keep it open with what is now known of it."""
    question = select(Finding).where(Finding.rule == item.rule, Finding.subject == item.subject)
    row = session.scalars(question).one_or_none()
    if row is None:
        row = Finding(rule=item.rule, subject=item.subject, detail="", found_at=now, batch_id=batch_id)
        session.add(row)
    elif row.cleared_at is not None:
        row.found_at, row.cleared_at, row.batch_id = now, None, batch_id
    row.detail = item.detail
    session.flush()


def clear_finding(session: Session, rule: str, subject: str, now: datetime) -> None:
    """Say that a finding no longer holds; nothing happens when there is none."""
    is_open = (Finding.rule == rule, Finding.subject == subject, Finding.cleared_at.is_(None))
    session.execute(update(Finding).where(*is_open).values(cleared_at=now))


def open_findings(session: Session, principal: Principal) -> list[Finding]:
    """What is wrong now, oldest first; needs SEE_SOURCES."""
    principal.require(Permission.SEE_SOURCES)
    return list(session.scalars(select(Finding).where(Finding.cleared_at.is_(None)).order_by(Finding.found_at)))
