"""The questions of figures beside the form at a moment that is over: the same answers, of what stood then.

What has dated facts is asked as of then; days of cases, judgments and requests need nothing of their own here.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from data_access.alarm_past import alarms_listed_at, are_alarms_known_by
from data_access.attendance import presence_on
from data_access.cameras import CameraStanding, camera_standing_at
from data_access.field_reports import ReportThen, closed_at_by, handling_figures, reports_known_by, reports_open_at
from data_access.other_figures.questions import FigureQuestions
from data_access.reception import reception_on
from domain.alarms import Alarm
from domain.attendance import PresenceDay
from domain.field_reports import FieldReport, HandlingFigures
from domain.reception import ReceptionCounts


@dataclass(frozen=True)
class PastQuestions(FigureQuestions):
    """The questions of one principal at a moment in the past, by what is known today."""

    @cached_property
    def reports_then(self) -> list[ReportThen]:
        """Reports that were open, as they stood and as they stand."""
        return reports_open_at(self.session, self.principal, self.organisation, self.now)

    @cached_property
    def reports(self) -> list[FieldReport]:
        return [each.then for each in self.reports_then]

    @cached_property
    def handling(self) -> HandlingFigures:
        asked = (self.session, self.principal, self.organisation, self.now)
        return handling_figures(*asked, closed_at_by(self.now))

    @cached_property
    def alarms(self) -> tuple[Alarm, ...]:
        return alarms_listed_at(self.session, self.principal, self.organisation, self.now)

    @cached_property
    def presence(self) -> PresenceDay:
        asked = (self.session, self.principal, self.organisation, self.today, self.now)
        return presence_on(*asked, as_it_stood=True)

    @cached_property
    def reception(self) -> ReceptionCounts | None:
        return reception_on(self.session, self.principal, self.organisation, self.now, as_it_stood=True).total

    @cached_property
    def cameras(self) -> CameraStanding:
        return camera_standing_at(self.session, self.principal, self.organisation, self.now)

    def is_known(self, source: str) -> bool:
        """Whether the source had told anything by then, where its answers would else be zero."""
        if source == "field_reports":
            return reports_known_by(self.session, self.principal, self.organisation, self.now)
        if source == "alarms":
            return are_alarms_known_by(self.session, self.now)
        return source != "cameras" or bool(self.cameras.verdicts)
