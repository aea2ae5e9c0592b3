"""Stores reports: the newest statement of each wins, every state it was in is kept, in whatever order they arrive."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from data_access.models.field_reports import FieldReportEvent, FieldReportRow
from data_access.scope import NotFound
from data_access.versions import bump_version, lock_writers
from domain.field_report_rules import closed_at_of
from domain.field_reports import FINAL_STATES, ReportRecord, ReportState, Urgency
from domain.report_filters import NAMED_BY_PERSON

TOPIC = "field_reports"
# A source is asked about this many of its own open reports at a time.
REREAD = 200
CHUNK = 500


@dataclass(frozen=True, slots=True)
class JudgedReport:
    """A source's record with what our rules made of it; `unit_by` and `due_by` say who decided."""

    record: ReportRecord
    subject: str
    urgency: Urgency
    state: ReportState
    unit: str | None
    unit_by: str
    area: str | None
    due_at: datetime | None
    due_by: str


class SavedReports(NamedTuple):
    """How many reports were new, how many changed."""

    new: int
    changed: int


def save_reports(session: Session, source: str, reports: Sequence[JudgedReport], now: datetime) -> SavedReports:
    """Insert or update by the source's id inside the caller's writing transaction.

    A statement older than the stored one only adds its state to the history; of two at the same instant the larger hash
    wins, so that the end is the same in any order. A unit named by a person is never replaced.
    """
    if not reports:
        return SavedReports(0, 0)
    lock_writers(session, TOPIC)
    stored = _stored(session, source, {report.record.external_id for report in reports})
    new: list[FieldReportRow] = []
    renewed: set[str] = set()
    for report in reports:
        reference = report.record.external_id
        row = stored.get(reference)
        if row is None:
            row = stored[reference] = _new_row(source, report, now)
            new.append(row)
        elif _is_newer(report, row):
            _state(row, report, now)
            renewed.add(reference)
    # One statement for all of them: nobody else writes meanwhile.
    session.add_all(new)
    session.flush()
    settled = _add_events(session, stored, reports, now)
    # One that is new and closed at once is one report, not two.
    first_seen = {row.id for row in new}
    changed = {stored[reference].id for reference in renewed} | settled
    changed -= first_seen
    if new or changed:
        bump_version(session, TOPIC, now)
    return SavedReports(len(new), len(changed))


def save_unit_named(session: Session, public_id: str, unit: str, now: datetime) -> None:
    """Set the unit a person named; it stays, whatever the source says later. Raises NotFound."""
    row = session.scalar(select(FieldReportRow).where(FieldReportRow.public_id == public_id))
    if row is None:
        raise NotFound(public_id)
    row.unit, row.unit_by, row.recorded_at = unit, NAMED_BY_PERSON, now
    bump_version(session, TOPIC, now)


def still_open_ids(session: Session, source: str, now: datetime) -> list[str]:
    """The source's ids of reports that are open as far as we know, at most REREAD. For the worker.

    Of more than that, each minute asks about the next ones: an id the source never answers holds up no other.
    """
    final = [state.value for state in FINAL_STATES]
    is_open = (FieldReportRow.source == source, FieldReportRow.state.not_in(final))
    question = select(FieldReportRow.external_id).where(*is_open).order_by(FieldReportRow.external_id)
    ids = list(session.scalars(question))
    if len(ids) <= REREAD:
        return ids
    begins = int(now.timestamp() // 60) * REREAD % len(ids)
    return (ids[begins:] + ids[:begins])[:REREAD]


def _stored(session: Session, source: str, ids: Iterable[str]) -> dict[str, FieldReportRow]:
    found: dict[str, FieldReportRow] = {}
    wanted = sorted(ids)
    for start in range(0, len(wanted), CHUNK):
        part = wanted[start : start + CHUNK]
        question = select(FieldReportRow).where(FieldReportRow.source == source, FieldReportRow.external_id.in_(part))
        found.update((row.external_id, row) for row in session.scalars(question))
    return found


def _new_row(source: str, report: JudgedReport, now: datetime) -> FieldReportRow:
    record = report.record
    row = FieldReportRow(
        public_id=secrets.token_urlsafe(9), source=source, external_id=record.external_id, unit_by="", first_seen_at=now
    )
    _state(row, report, now)
    return row


def _state(row: FieldReportRow, report: JudgedReport, now: datetime) -> None:
    record = report.record
    row.service_code, row.subject = record.service_code, report.subject
    row.urgency, row.state, row.state_word = report.urgency.value, report.state.value, record.state_word
    # No source overrules a person.
    if row.unit_by != NAMED_BY_PERSON:
        row.unit, row.unit_by, row.area = report.unit, report.unit_by, report.area
    row.latitude, row.longitude = record.latitude, record.longitude
    row.requested_at, row.source_updated_at = record.requested_at, record.updated_at
    row.due_at, row.due_by = report.due_at, report.due_by
    row.satisfaction, row.description = record.satisfaction, record.description
    row.handled_by = record.handled_by
    row.row_hash = row_hash(record)
    row.recorded_at = now


def _is_newer(report: JudgedReport, row: FieldReportRow) -> bool:
    return (report.record.updated_at, row_hash(report.record)) > (row.source_updated_at, row.row_hash)


def _add_events(
    session: Session, stored: Mapping[str, FieldReportRow], reports: Sequence[JudgedReport], now: datetime
) -> set[int]:
    """Keep each state and its instant once; the ids of the reports that are closed since another time by it."""
    rows = {row.id: row for row in stored.values()}
    known = _events(session, rows)
    fresh: dict[tuple[int, str, datetime], None] = {}
    for report in reports:
        row = stored[report.record.external_id]
        event = (report.record.updated_at, report.state)
        if event not in known[row.id]:
            known[row.id].add(event)
            fresh[row.id, report.state.value, report.record.updated_at] = None
    if fresh:
        values = [{"report_id": report_id, "state": state, "at": at} for report_id, state, at in fresh]
        session.execute(insert(FieldReportEvent), [value | {"recorded_at": now} for value in values])
    changed: set[int] = set()
    for report_id in {report_id for report_id, _, _ in fresh}:
        closed_at = closed_at_of(sorted(known[report_id]))
        if rows[report_id].closed_at != closed_at:
            rows[report_id].closed_at = closed_at
            changed.add(report_id)
    session.flush()
    return changed


def _events(session: Session, ids: Iterable[int]) -> dict[int, set[tuple[datetime, ReportState]]]:
    """Every state known of each report, with its instant."""
    found: dict[int, set[tuple[datetime, ReportState]]] = defaultdict(set)
    wanted, row = sorted(ids), FieldReportEvent
    for start in range(0, len(wanted), CHUNK):
        part = wanted[start : start + CHUNK]
        question = select(row.report_id, row.at, row.state).where(row.report_id.in_(part))
        for report_id, at, state in session.execute(question):
            found[report_id].add((at, ReportState(state)))
    return found


def row_hash(record: ReportRecord) -> str:
    """One digest of everything a source states about a report."""
    text = json.dumps(asdict(record), default=str, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
