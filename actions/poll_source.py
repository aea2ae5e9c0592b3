"""The one life cycle of every source that is asked: fetch, store what came, and bear its silence without noise."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Generic, TypeVar

import structlog
from sqlalchemy.orm import Session

from connectors.base import Connector, Fetched, RefusedRecord, SourceUnavailable
from data_access.import_batches import BatchState, RefusedRow, quarantined_before, save_batch, save_refused_rows
from data_access.session import Database
from data_access.sources import (
    may_be_asked,
    save_source_back,
    save_source_configured,
    save_source_failure,
    save_source_message,
    save_source_success,
    save_watermark,
    source_by_name,
    watermark_of,
)
from domain.local_time import local

R = TypeVar("R")

# One attempt, then ever rarer ones: a source that is down is a closed circuit breaker until its next attempt is due.
BACK_OFF = tuple(timedelta(seconds=seconds) for seconds in (60, 120, 480, 900))
# Up to a fifth more, so that sources lost together do not come back together.
JITTER_SHARE = 0.2
# A list that was at least this long and is now empty is not believed.
EMPTIED_FROM = 20
EMPTIED = "Nguồn trả về danh sách rỗng trong khi đang biết {count} mục: giữ số liệu cũ, kiểm tra phía nguồn."
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class PolledSource(Generic[R]):
    """A source with what belongs to it here: how its records are stored (returning how many said something new), and
    which of its ids are still open. What takes long is done in `prepare`, before anybody's writing waits for it; its
    answer is what `write` is given."""

    connector: Connector[R]
    write: Callable[[Session, Sequence[Any], datetime], int]
    still_open: Callable[[Session, datetime], list[str]]
    prepare: Callable[[Sequence[R]], Sequence[Any]] = tuple


def poll_source(
    database: Database, source: PolledSource[R], now: datetime, jitter: Callable[[], float] = lambda: 0.0
) -> bool:
    """Ask a source once, if its next attempt is due; returns whether it answered.

    1. its silence is logged once when lost and once when back, and pushes the next attempt ahead: 1, 2, 8, 15 minutes
       (what the source asks for instead, when it does), each with a little chance; a permanent refusal waits longest;
    2. records, refused records, watermark and the source's own life are stored in one transaction;
    3. an empty list after a long one is held: nothing is stored, the watermark stays, the source says so.
    """
    name = source.connector.name
    with database.reading() as session:
        if not may_be_asked(session, name, now):
            return False
        known = source_by_name(session, name)
        watermark, still_open = watermark_of(session, name), source.still_open(session, now)
    try:
        fetched = source.connector.fetch(watermark, still_open, now)
    except SourceUnavailable as error:
        _lose(database, name, known.failures, error, now, jitter())
        return False
    prepared = source.prepare(fetched.records)
    is_held = fetched.is_whole and not fetched.records and len(still_open) >= EMPTIED_FROM
    with database.writing() as session:
        if is_held:
            save_source_configured(session, name, True, now)
            save_source_message(session, name, now, EMPTIED.format(count=len(still_open)))
        else:
            _store(session, source, fetched, prepared, watermark, now)
    if known.failures:
        log.warning("source back", source=name, failures=known.failures)
        if is_held:
            with database.writing() as session:
                save_source_back(session, name, now)
    return not is_held


def _store(
    session: Session,
    source: PolledSource[R],
    fetched: Fetched[R],
    prepared: Sequence[Any],
    watermark: str,
    now: datetime,
) -> None:
    name = source.connector.name
    taken_in = source.write(session, prepared, now)
    refused = save_refused_records(session, name, fetched.refused, now)
    if fetched.watermark != watermark:
        save_watermark(session, name, fetched.watermark)
    save_source_success(session, name, now, fetched.newest_at, taken_in, refused, fetched.message)


def save_refused_records(session: Session, source: str, refused: Sequence[RefusedRecord], now: datetime) -> int:
    """Quarantine records as one batch of the source, so that /sources lists them with an error report.

    The same refused records delivered again are the same batch: a source that repeats itself fills nothing up. Returns
    how many were quarantined now.
    """
    if not refused:
        return 0
    rows = [
        RefusedRow(source, "", number, record.field, record.value, record.reason, [record.reference, record.raw])
        for number, record in enumerate(dict.fromkeys(refused), start=1)
    ]
    digest = hashlib.sha256(json.dumps([row[3:] for row in rows], ensure_ascii=False).encode()).hexdigest()
    if quarantined_before(session, source, digest):
        return 0
    batch = save_batch(
        session,
        public_id=secrets.token_urlsafe(9),
        source=source,
        file_name=f"{source_by_name(session, source).title} {local(now):%d/%m/%Y %H:%M}",
        sha256=digest,
        mode="poll",
        state=BatchState.APPLIED.value,
        as_of_at=now,
        received_at=now,
        applied_at=now,
        received_by="worker",
        rows_in=len(rows),
        rows_refused=len(rows),
    )
    save_refused_rows(session, batch, rows)
    return len(rows)


def _lose(database: Database, name: str, failures: int, error: SourceUnavailable, now: datetime, chance: float) -> None:
    step = BACK_OFF[-1] if error.permanent else BACK_OFF[min(failures, len(BACK_OFF) - 1)]
    wait = error.retry_after or step * (1 + JITTER_SHARE * chance)
    with database.writing() as session:
        in_a_row = save_source_failure(session, name, now, str(error), now + wait)
    if in_a_row == 1:
        log.warning("source lost", source=name, reason=str(error))
