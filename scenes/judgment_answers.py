"""What the wall asks about administrative judgments, once per drawing: counts only."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from data_access.administrative_judgments import JudgmentYear, judgment_year
from domain.alarms import Condition
from domain.freshness import SourceFacts
from domain.judgment_alarms import notice_alarms
from domain.local_time import local_day
from domain.statistics import StatisticalYear
from scenes.drawing import Question


class JudgmentAnswers:
    """The running statistical year of one audience."""

    def __init__(self, question: Question, source: SourceFacts) -> None:
        self._question = question
        self.source = source

    @cached_property
    def year(self) -> JudgmentYear | None:
        """The year up to today; None while no register of any of the units is known."""
        if not self.source.configured or self.source.as_of_at is None:
            return None
        question, today = self._question, local_day(self._question.now)
        asked = (question.session, question.principal, question.organisation)
        found = judgment_year(*asked, StatisticalYear.of(today), today, question.is_sample)
        return found if found.counts_of("") is not None else None

    def alarms(self, names: Mapping[str, str]) -> list[Condition]:
        """What of it needs a person; `names` are the short names of this wall's units by code."""
        found = self.year
        return [] if found is None else notice_alarms((one.standing for one in found.listed), names, found.day)
