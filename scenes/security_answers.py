"""What the panels of every scene ask about security, once per drawing: coded events and who tells of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, time
from functools import cached_property

from data_access.security import security_events
from data_access.security_limits import load_security_limits
from domain.alarms import Condition
from domain.freshness import SourceFacts
from domain.local_time import LOCAL, local_day
from domain.security import ORIGIN_NAMES, EventOrigin, SecurityEvent, SecurityKind, SecurityLimits, security_alarms
from scenes.drawing import Question

SECURITY, GUARD_LOG = "security", "guard_log"


class SecurityAnswers:
    """Security of one audience at one moment; cameras and guard logs are two sources, each with an age of its own."""

    def __init__(self, question: Question, cameras: SourceFacts, guard_log: SourceFacts) -> None:
        self._question = question
        self._sources = {EventOrigin.CAMERA: cameras, EventOrigin.GUARD_LOG: guard_log}
        self.now = question.now

    @property
    def is_configured(self) -> bool:
        """Whether anybody is to tell of events."""
        return any(source.configured for source in self._sources.values())

    @property
    def is_known(self) -> bool:
        """Whether any of them has ever told."""
        return any(_has_told(source) for source in self._sources.values())

    @property
    def source(self) -> SourceFacts:
        """What the list is as old as: the freshest of those that tell, cameras before guard logs."""
        known = [source for source in self._sources.values() if _has_told(source)]
        return next((source for source in known if self._is_current(source)), next(iter(known), self._cameras))

    @property
    def is_live(self) -> bool:
        """Whether somebody tells now, so that no event means that there was none."""
        return any(self._is_current(source) for source in self._sources.values())

    @property
    def told_by(self) -> tuple[str, ...]:
        """Who tells of events at this moment."""
        return tuple(ORIGIN_NAMES[each] for each, source in self._sources.items() if self._is_current(source))

    @property
    def not_told_by(self) -> tuple[str, ...]:
        """Who does not: not connected, never heard, or silent for too long."""
        return tuple(ORIGIN_NAMES[each] for each, source in self._sources.items() if not self._is_current(source))

    @cached_property
    def today(self) -> Sequence[SecurityEvent]:
        """The events of today, newest first."""
        since = datetime.combine(local_day(self.now), time(0), LOCAL)
        return [event for event in self._recent if event.last_at >= since]

    @property
    def gatherings(self) -> int:
        """Crowds before an office of today that nobody has settled."""
        return sum(event.kind is SecurityKind.GATHERING and event.is_open for event in self.today)

    def alarms(self, names: Mapping[str, str]) -> list[Condition]:
        """What of them needs a person; `names` are the short names of this wall's units by code."""
        return security_alarms(self._recent, names, self._limits, self.now)

    @cached_property
    def _limits(self) -> SecurityLimits:
        return load_security_limits(local_day(self.now))

    @cached_property
    def _recent(self) -> Sequence[SecurityEvent]:
        question = self._question
        midnight = datetime.combine(local_day(self.now), time(0), LOCAL)
        since = min(midnight, self.now - self._limits.alarm_for)
        return security_events(question.session, question.principal, question.organisation, since, self.now)

    @property
    def _cameras(self) -> SourceFacts:
        return self._sources[EventOrigin.CAMERA]

    def _is_current(self, source: SourceFacts) -> bool:
        return source.is_current(self.now)


def _has_told(source: SourceFacts) -> bool:
    return source.configured and source.as_of_at is not None
