"""Lets the engine decide about the alarms and stores what it decided; the worker's, once a second at most."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Mapping
from datetime import datetime

import structlog
from sqlalchemy.orm import Session

from data_access.alarm_rules import limits_in_force, rules_in_force
from data_access.alarms import Conflict, recent_activations, save_decided, standing_alarms
from data_access.session import Database
from data_access.undecided import save_undecided
from data_access.versions import versions
from domain.alarms import Facts, decide
from domain.local_time import local_day

log = structlog.get_logger(__name__)


# Facts of a moment, and when time alone changes them.
Ask = Callable[[Session, datetime], tuple[Facts, datetime]]
# A list that changes more often cannot be read.
DECIDE_EVERY_SECONDS = 1.0
RETRY_SECONDS = 10.0


class AlarmEngine:
    """Keeps since when conditions wait for their on-delay; a new leader lets them wait anew.

    `ask` gives the facts; `topics` are the data versions that can change them. Not thread-safe: the heart loop owns it.
    """

    def __init__(
        self,
        database: Database,
        ask: Ask,
        topics: frozenset[str],
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._database, self._ask, self._topics, self._monotonic = database, ask, topics, monotonic
        self.forget()

    def forget(self) -> None:
        """Let conditions wait anew: another process may have decided in between."""
        self._pending: Mapping[str, datetime] = {}
        self._versions: Mapping[str, int] = {}
        self._decide_at: datetime | None = None
        self._not_before = self._monotonic()
        self._may_stand_still = True

    def wait(self, now: datetime, guard: Callable[[Session], None]) -> None:
        """After a failure: decide again, but not at once, and let every screen say since when the list stands still.

        Raises what `guard` raises.
        """
        self._decide_at = None
        self._not_before = self._monotonic() + RETRY_SECONDS
        self._may_stand_still = True
        with self._database.writing() as session:
            guard(session)
            save_undecided(session, now, now)

    def decide_due(self, now: datetime, guard: Callable[[Session], None]) -> bool:
        """Decide when data or time changed something, at most once a second; whether it was due.

        `guard(session)` raises when another process leads.
        """
        if self._monotonic() < self._not_before:
            return False
        with self._database.reading() as session:
            known = versions(session)
        current = {topic: version for topic, version in known.items() if topic in self._topics}
        if self._decide_at is not None and now < self._decide_at and current == self._versions:
            return False
        self._not_before = self._monotonic() + DECIDE_EVERY_SECONDS
        self._decide_at = self._decide(now, guard)
        self._versions = current
        if self._may_stand_still:
            with self._database.writing() as session:
                guard(session)
                save_undecided(session, None, now)
            self._may_stand_still = False
        return True

    def _decide(self, now: datetime, guard: Callable[[Session], None]) -> datetime:
        """Decide and store; when time alone next decides something.

        Where a person changed an alarm in between, nothing is stored and it is decided again.
        """
        today = local_day(now)
        with self._database.reading() as session:
            rules, limits = rules_in_force(session, today), limits_in_force(session, today)
            facts, changes_at = self._ask(session, now)
            standing = standing_alarms(session)
            history = recent_activations(session, now - limits.flap_within)
        decision = decide(rules, limits, standing, facts, self._pending, history, now, new_id)
        if decision.alarms or decision.records:
            try:
                with self._database.writing() as session:
                    guard(session)
                    save_decided(session, decision.alarms, decision.records, now)
            except Conflict:
                log.info("alarms changed while they were decided")
                return now
        self._pending = decision.pending
        return min(changes_at, decision.decide_at or changes_at)


def new_id() -> str:
    """A public id that tells nothing."""
    return secrets.token_urlsafe(9)
