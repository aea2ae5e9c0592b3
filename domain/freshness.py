"""How far a source can be trusted now: live, late, stale, lost, never, not configured.

A source of stocks (files of cases) is as old as its own newest record, never as our reading of it, so one that repeats
old figures grows old. A source of events that we ask (reports, punches, cameras) speaks of the moment it answered: a
quiet night is not a lost source. A record from the future is clamped by the writer, not here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Freshness(StrEnum):
    """The six states; the wall has a word, a mark and a colour for each."""

    LIVE = "live"
    LATE = "late"
    STALE = "stale"
    LOST = "lost"
    NEVER = "never"
    NOT_CONFIGURED = "not_configured"


FRESHNESS_NAMES = {
    Freshness.LIVE: "trực tiếp",
    Freshness.LATE: "chậm",
    Freshness.STALE: "cũ",
    Freshness.LOST: "mất nguồn",
    Freshness.NEVER: "chưa có số liệu",
    Freshness.NOT_CONFIGURED: "chưa kết nối",
}


class AgesBy(StrEnum):
    """What a source's age is counted from: its newest record, or its last good answer."""

    RECORD = "record"
    ANSWER = "answer"


@dataclass(frozen=True, slots=True)
class FreshnessLimits:
    """From which age a source is late, stale, lost; data per source (data/sources.csv), not constants."""

    late_for: timedelta
    stale_for: timedelta
    lost_for: timedelta


@dataclass(frozen=True, slots=True)
class SourceFacts:
    """What is stored about a source; instants are aware UTC. `on_strip` says that every screen shows its age; the
    others show theirs beside their own figures."""

    name: str
    title: str
    configured: bool
    limits: FreshnessLimits
    last_success_at: datetime | None = None
    newest_record_at: datetime | None = None
    failures: int = 0
    rows_in: int = 0
    rows_refused: int = 0
    message: str = ""
    ages_by: AgesBy = AgesBy.RECORD
    lost_at: datetime | None = None
    next_attempt_at: datetime | None = None
    on_strip: bool = True

    @property
    def as_of_at(self) -> datetime | None:
        """The instant the source's figures speak of; None when it has never said anything."""
        return self.newest_record_at if self.ages_by is AgesBy.RECORD else self.last_success_at

    def freshness(self, now: datetime) -> Freshness:
        """The state at `now`; never raises, a source that never said anything is NEVER."""
        if not self.configured:
            return Freshness.NOT_CONFIGURED
        if self.as_of_at is None:
            return Freshness.NEVER
        age = now - self.as_of_at
        if age > self.limits.lost_for:
            return Freshness.LOST
        if age > self.limits.stale_for:
            return Freshness.STALE
        if age > self.limits.late_for:
            return Freshness.LATE
        return Freshness.LIVE

    def is_current(self, now: datetime) -> bool:
        """Whether it is not old at `now`: live, or only late."""
        return self.freshness(now) in {Freshness.LIVE, Freshness.LATE}

    def next_change_at(self, now: datetime) -> datetime | None:
        """When the state changes by time alone, so that the scene is redrawn then; None when it cannot."""
        if not self.configured or self.as_of_at is None:
            return None
        limits = (self.limits.late_for, self.limits.stale_for, self.limits.lost_for)
        return next((at for at in (self.as_of_at + limit for limit in limits) if at >= now), None)


def own_facts(name: str, title: str, now: datetime) -> SourceFacts:
    """What the product knows of itself at `now`: as old as the answer, late only after a day without another one."""
    limits = FreshnessLimits(timedelta(days=1), timedelta(days=2), timedelta(days=3))
    return SourceFacts(name, title, configured=True, limits=limits, last_success_at=now, ages_by=AgesBy.ANSWER)
