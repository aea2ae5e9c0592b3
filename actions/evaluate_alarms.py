"""Lets the engine decide about the alarms and stores what it decided; the worker's, once a second at most."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from datetime import datetime

import structlog
from sqlalchemy.orm import Session

from data_access.alarm_rules import load_alarm_limits, load_alarm_rules
from data_access.alarms import Conflict, recent_activations, save_decided, standing_alarms
from data_access.session import Database
from domain.alarms import Facts, decide
from domain.local_time import local_day

log = structlog.get_logger(__name__)


class AlarmEngine:
    """Keeps since when conditions wait for their on-delay; a new leader lets them wait anew."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._pending: Mapping[str, datetime] = {}

    def __call__(self, facts: Facts, now: datetime, guard: Callable[[Session], None]) -> datetime | None:
        """Decide and store; when time alone next decides something. `guard(session)` raises when another leads.

        Where a person changed an alarm in between, nothing is stored and it is decided again at once.
        """
        rules, limits = load_alarm_rules(), load_alarm_limits(local_day(now))
        with self._database.reading() as session:
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
        return decision.decide_at

    def forget(self) -> None:
        """Let conditions wait anew: another process may have decided in between."""
        self._pending = {}


def new_id() -> str:
    """A public id that tells nothing."""
    return secrets.token_urlsafe(9)
