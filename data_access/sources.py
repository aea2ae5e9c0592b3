"""Sources: their titles and freshness limits (data/sources.csv) joined with their stored life (table `source`)."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from data_access.models.sources import Source
from data_access.outbox import save_events
from data_access.versions import bump_version
from domain.alarms import SYSTEM_SOURCE, SYSTEM_TITLE
from domain.freshness import AgesBy, FreshnessLimits, SourceFacts, own_facts
from domain.outbox import EventKind, event_of_source

SOURCES_FILE = Path(__file__).resolve().parent.parent / "data" / "sources.csv"
TOPIC = "sources"

# A source whose clock runs ahead may not look fresher than its own arrival; a minute is ordinary skew.
FUTURE_TOLERANCE = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class SourceEntry:
    """One line of data/sources.csv: what a source is called, how often it is asked, until which age it is believed."""

    name: str
    title: str
    every: timedelta
    limits: FreshnessLimits
    ages_by: AgesBy
    on_strip: bool


@lru_cache(maxsize=4)
def source_catalogue(path: Path = SOURCES_FILE) -> tuple[SourceEntry, ...]:
    """Every source the product knows, in display order; raises OSError or ValueError when the file is unusable."""
    with path.open(encoding="utf-8", newline="") as lines:
        return tuple(_entry(row) for row in csv.DictReader(lines))


def all_sources(session: Session) -> tuple[SourceFacts, ...]:
    """The facts of every catalogued source; one never stored is 'not configured'."""
    stored = {row.name: row for row in session.scalars(select(Source))}
    return tuple(_facts(entry, stored.get(entry.name)) for entry in source_catalogue())


def strip_sources(session: Session) -> tuple[SourceFacts, ...]:
    """The sources whose age stands on every screen."""
    return tuple(source for source in all_sources(session) if source.on_strip)


def source_by_name(session: Session, name: str) -> SourceFacts:
    """The facts of one catalogued source; KeyError when the catalogue does not have it."""
    return _facts(_catalogued(name), session.get(Source, name))


def source_of_alarm(session: Session, name: str, now: datetime) -> SourceFacts:
    """The facts of what an alarm is judged from: a catalogued source, or the product itself."""
    return own_facts(name, SYSTEM_TITLE, now) if name == SYSTEM_SOURCE else source_by_name(session, name)


def save_source_configured(session: Session, name: str, configured: bool, now: datetime) -> None:
    """Say whether the agency has connected this source; no new version when nothing changed."""
    row = _row(session, name)
    if row.configured != configured:
        row.configured = configured
        bump_version(session, TOPIC, now)


def save_source_success(
    session: Session,
    name: str,
    now: datetime,
    newest_record_at: datetime | None,
    rows_in: int = 0,
    rows_refused: int = 0,
    message: str = "",
) -> None:
    """Record that the source answered at `now`, its records reaching `newest_record_at` (clamped to `now` + 60 s).

    Row counts are added to the totals. The newest record never moves back: repeated old figures grow old.
    """
    row = _row(session, name)
    row.configured = True
    row.last_success_at = now
    if newest_record_at is not None:
        reaches = min(newest_record_at, now + FUTURE_TOLERANCE)
        row.newest_record_at = reaches if row.newest_record_at is None else max(row.newest_record_at, reaches)
    _save_found(session, row, now)
    row.failures, row.next_attempt_at = 0, None
    row.rows_in += rows_in
    row.rows_refused += rows_refused
    row.message = message
    bump_version(session, TOPIC, now)


def watermark_of(session: Session, name: str) -> str:
    """How far a source was read, as its connector wrote it; '' before the first time."""
    row = session.get(Source, name)
    return "" if row is None else row.watermark


def save_watermark(session: Session, name: str, watermark: str) -> None:
    """Remember how far a source was read, in the transaction that stores what was read."""
    _row(session, name).watermark = watermark


def save_source_message(session: Session, name: str, now: datetime, message: str) -> None:
    """Say something about a source that answers, such as a file it sent being refused."""
    _row(session, name).message = message
    bump_version(session, TOPIC, now)


def save_source_back(session: Session, name: str, now: datetime) -> None:
    """The source can be read again, though it has sent nothing new yet."""
    row = _row(session, name)
    _save_found(session, row, now)
    row.failures, row.next_attempt_at, row.message = 0, None, ""
    bump_version(session, TOPIC, now)


def save_source_asked_anew(session: Session, name: str, now: datetime) -> None:
    """Ask a source at once, because a person changed how it is reached. Whether it is back is not known yet: one that
    was lost stays so until it answers."""
    row = _row(session, name)
    row.failures, row.next_attempt_at, row.message = 0, None, ""
    bump_version(session, TOPIC, now)


def may_be_asked(session: Session, name: str, now: datetime) -> bool:
    """Whether a lost source's next attempt is due; one that answers may always be asked."""
    row = session.get(Source, name)
    return row is None or row.next_attempt_at is None or now >= row.next_attempt_at


def save_source_failure(
    session: Session, name: str, now: datetime, message: str, next_attempt_at: datetime | None = None
) -> int:
    """Record one more failure in a row; returns how many there are, 1 meaning the source was lost just now."""
    row = _row(session, name)
    row.configured = True
    _lock_life(session, row)
    row.failures += 1
    if row.lost_at is None:
        row.lost_at = now
        save_events(session, [event_of_source(EventKind.SOURCE_LOST, name, now, now)], now)
    row.next_attempt_at = next_attempt_at
    row.message = message
    bump_version(session, TOPIC, now)
    return row.failures


def _save_found(session: Session, row: Source, now: datetime) -> None:
    """Queue that a lost source is back, once."""
    if row.lost_at is None:
        return
    _lock_life(session, row)
    if row.lost_at is not None:
        save_events(session, [event_of_source(EventKind.SOURCE_BACK, row.name, row.lost_at, now)], now)
        row.lost_at = None


def _lock_life(session: Session, row: Source) -> None:
    """Two who meet the same loss on PostgreSQL tell of it once: the second reads what the first has written."""
    session.flush()
    session.refresh(row, ["lost_at", "failures"], with_for_update=True)


def _row(session: Session, name: str) -> Source:
    _catalogued(name)
    row = session.get(Source, name)
    if row is None:
        row = Source(name=name, configured=False, failures=0, rows_in=0, rows_refused=0, message="")
        session.add(row)
    return row


def _catalogued(name: str) -> SourceEntry:
    entry = next((entry for entry in source_catalogue() if entry.name == name), None)
    if entry is None:
        raise KeyError(f"no source {name!r} in data/sources.csv")
    return entry


def _entry(row: dict[str, str]) -> SourceEntry:
    late, stale, lost = (timedelta(seconds=int(row[f"{step}_seconds"])) for step in ("late", "stale", "lost"))
    if not late < stale < lost:
        raise ValueError(f"limits of source {row['name']!r} must grow: late, stale, lost")
    return SourceEntry(
        row["name"],
        row["title"],
        timedelta(seconds=int(row["period_seconds"])),
        FreshnessLimits(late, stale, lost),
        AgesBy(row["ages_by"]),
        row["on_strip"] == "1",
    )


def _facts(entry: SourceEntry, row: Source | None) -> SourceFacts:
    if row is None:
        return SourceFacts(entry.name, entry.title, False, entry.limits, ages_by=entry.ages_by, on_strip=entry.on_strip)
    return SourceFacts(
        name=entry.name,
        title=entry.title,
        configured=row.configured,
        limits=entry.limits,
        last_success_at=row.last_success_at,
        newest_record_at=row.newest_record_at,
        failures=row.failures,
        rows_in=row.rows_in,
        rows_refused=row.rows_refused,
        message=row.message,
        ages_by=entry.ages_by,
        lost_at=row.lost_at,
        next_attempt_at=row.next_attempt_at,
        on_strip=entry.on_strip,
    )
