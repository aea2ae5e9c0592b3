"""What the panels of every scene ask about attendance, once per drawing: counts only, never a person."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import cached_property

from data_access.attendance import presence_on
from domain.attendance import PresenceDay, UnitCounts
from domain.freshness import SourceFacts
from domain.local_time import local_day
from scenes.drawing import Question


class PresenceAnswers:
    """Attendance of one audience today."""

    def __init__(self, question: Question, source: SourceFacts) -> None:
        self._question = question
        self.source = source

    @cached_property
    def day(self) -> PresenceDay | None:
        """Today; None while no terminal has ever spoken."""
        if not self.source.configured or self.source.as_of_at is None:
            return None
        question = self._question
        today = local_day(question.now)
        return presence_on(question.session, question.principal, question.organisation, today, question.now)

    @property
    def total(self) -> UnitCounts | None:
        """Of everything this audience sees; None while nothing is known or nobody is on a roster."""
        return None if self.day is None else self.day.total

    @property
    def by_unit(self) -> Mapping[str, UnitCounts | None]:
        """Of each unit; none of them while nothing is known."""
        return {} if self.day is None else self.day.units

    @property
    def is_off(self) -> bool:
        """Whether nobody is due at this hour: a day off, or before the first shift."""
        return self.total is not None and self.total.not_due == self.total.expected

    @property
    def redraw_at(self) -> datetime | None:
        """When time alone changes an answer."""
        return None if self.day is None else self.day.changes_at
