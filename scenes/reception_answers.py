"""What the panels of every scene ask about citizen reception, once per drawing: counts and times, never who came."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from functools import cached_property

from data_access.reception import PetitionRegister, past_delegations, petition_register, reception_on
from domain.alarms import Condition
from domain.freshness import SourceFacts
from domain.local_time import local_day
from domain.reception import ReceptionDay, ReceptionLimits
from domain.reception_alarms import delegation_alarms, petition_alarms, queue_alarms
from scenes.drawing import Question

MONTH_DAYS = 30


class ReceptionAnswers:
    """Reception of one audience today; `names` are the short names of the units it sees, by code."""

    def __init__(self, question: Question, source: SourceFacts, names: Mapping[str, str]) -> None:
        self._question = question
        self.source = source
        self.names = names

    @cached_property
    def day(self) -> ReceptionDay | None:
        """Today; None while no visit of any of the units is known."""
        if not self.source.configured or self.source.as_of_at is None:
            return None
        question = self._question
        found = reception_on(question.session, question.principal, question.organisation, question.now)
        return found if found.total is not None else None

    @cached_property
    def delegations_of_month(self) -> int:
        """How many large delegations came in the last thirty days."""
        question = self._question
        asked = (question.session, question.principal, question.organisation, question.now)
        return len(past_delegations(*asked, MONTH_DAYS))

    @cached_property
    def register(self) -> PetitionRegister | None:
        """Complaints and denunciations of the year; None while no register was ever sent."""
        question = self._question
        asked = (question.session, question.principal, question.organisation, local_day(question.now))
        return petition_register(*asked, question.is_sample)

    def alarms(self, names: Mapping[str, str]) -> list[Condition]:
        """What of it needs a person; `names` are the short names of this wall's units by code."""
        found: list[Condition] = []
        if self.day is not None:
            found += delegation_alarms(self.day, names) + queue_alarms(self.day, names)
        if self.source.configured and self.register is not None:
            found += petition_alarms(self.register.units, names)
        return found

    def near_alarms(self, names: Mapping[str, str], limits: ReceptionLimits) -> list[Condition]:
        """What lower limits would call for besides; nobody of a queue is over the limit itself then."""
        if self.day is None:
            return []
        question = self._question
        day = reception_on(question.session, question.principal, question.organisation, question.now, limits)
        return [*delegation_alarms(day, names), *(replace(one, measure=0) for one in queue_alarms(day, names))]

    @property
    def redraw_at(self) -> datetime | None:
        """When time alone changes an answer."""
        return None if self.day is None else self.day.changes_at
