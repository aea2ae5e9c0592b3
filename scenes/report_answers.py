"""What the panels of every scene ask about field reports, each question once per drawing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import cached_property

from components import format as text
from data_access.field_reports import handling_figures, intake_day, open_reports
from domain.field_reports import (
    FieldReport,
    HandlingFigures,
    IntakeDay,
    ReportCounts,
    count_open,
    counts_by_unit,
    next_change_at,
)
from domain.freshness import SourceFacts
from domain.local_time import local_day
from scenes.drawing import Question

# The marks of the axis wander with the time left; a wall that is redrawn this often shows no mark far from its place.
WANDERS_FOR = timedelta(minutes=5)


class ReportAnswers:
    """Field reports of one audience at one moment. `names` are the short names of the units it sees, by code."""

    def __init__(self, question: Question, source: SourceFacts, names: Mapping[str, str], soon: timedelta) -> None:
        self._question = question
        self.source = source
        self.names = names
        self.soon = soon
        self.now = question.now

    @property
    def is_known(self) -> bool:
        """Whether the source has ever answered: before that nothing is known, which is not none."""
        return self.source.configured and self.source.as_of_at is not None

    @property
    def soon_hours(self) -> str:
        """The limit as the wall prints it: '4'."""
        return text.hours(self.soon)

    @cached_property
    def open(self) -> tuple[FieldReport, ...]:
        """Every open report; none while the source is not connected."""
        if not self.is_known:
            return ()
        question = self._question
        return tuple(open_reports(question.session, question.principal, question.organisation, local_day(self.now)))

    @cached_property
    def counts(self) -> ReportCounts:
        """Over all units."""
        return count_open(self.open, self.soon, self.now)

    @cached_property
    def by_unit(self) -> Mapping[str, ReportCounts] | None:
        """Of every unit, those with none at 0; None while nothing is known."""
        return counts_by_unit(self.open, self.names, self.soon, self.now) if self.is_known else None

    @cached_property
    def intake(self) -> IntakeDay:
        """Today by hour."""
        question = self._question
        return intake_day(question.session, question.principal, question.organisation, self.now)

    @cached_property
    def handling(self) -> HandlingFigures:
        """Of the last thirty days."""
        question = self._question
        return handling_figures(question.session, question.principal, question.organisation, self.now)

    @property
    def redraw_at(self) -> datetime | None:
        """When time alone changes what is drawn; None while there is nothing to draw."""
        if not self.is_known:
            return None
        changes = next_change_at(self.open, self.soon, self.now)
        # A moment later, so that what is due then is past it.
        moments = [changes + timedelta(milliseconds=1)] if changes else []
        return min([self.now + WANDERS_FOR, *moments])
