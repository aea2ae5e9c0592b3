"""Who asks for figures beside the form, of what and when; each question of a feed is asked once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from sqlalchemy.orm import Session

from access.principal import Principal
from data_access.administrative_judgments import JudgmentYear, judgment_year
from data_access.alarms import alarms_listed
from data_access.attendance import presence_on
from data_access.cameras import CameraStanding, camera_standing
from data_access.counters import counted_units
from data_access.field_reports import handling_figures, open_reports
from data_access.limits import wall_limits_in_force
from data_access.public_services import service_counts
from data_access.reception import reception_on
from data_access.scope import case_units_seen
from domain.alarms import Alarm
from domain.attendance import PresenceDay
from domain.cameras import Coverage, count_coverage
from domain.field_reports import FieldReport, HandlingFigures, ReportCounts, count_open
from domain.local_time import local_day
from domain.public_services import ServiceCounts, ServiceFilter
from domain.reception import ReceptionCounts
from domain.statistics import StatisticalYear
from domain.units import Organisation


@dataclass(frozen=True)
class FigureQuestions:
    """The questions of one principal at one moment: those that wall and desk ask."""

    session: Session
    principal: Principal
    organisation: Organisation
    is_sample: bool
    now: datetime

    @cached_property
    def today(self) -> date:
        """The calendar day in Huế."""
        return local_day(self.now)

    @cached_property
    def units(self) -> list[str]:
        """The units of the scope that handle cases today."""
        return case_units_seen(self.principal, self.organisation, self.today)

    @cached_property
    def knows_cases(self) -> bool:
        """Whether any case of the scope was ever counted."""
        return bool(counted_units(self.session, self.principal, self.organisation, self.today))

    @cached_property
    def reports(self) -> list[FieldReport]:
        """Open field reports."""
        return open_reports(self.session, self.principal, self.organisation, self.today)

    @cached_property
    def report_soon(self) -> timedelta:
        """From when before its due time on a report is due soon."""
        return wall_limits_in_force(self.session, self.today).report_soon

    @cached_property
    def report_counts(self) -> ReportCounts:
        return count_open(self.reports, self.report_soon, self.now)

    @cached_property
    def handling(self) -> HandlingFigures:
        """What became of the reports that fell due lately."""
        return handling_figures(self.session, self.principal, self.organisation, self.now)

    @cached_property
    def alarms(self) -> tuple[Alarm, ...]:
        """Every alarm that is not closed."""
        return alarms_listed(self.session, self.principal, self.organisation, self.now)

    @cached_property
    def presence(self) -> PresenceDay:
        """Attendance today."""
        return presence_on(self.session, self.principal, self.organisation, self.today, self.now)

    @cached_property
    def reception(self) -> ReceptionCounts | None:
        """Reception today; None where none of the units ever sent a visit."""
        return reception_on(self.session, self.principal, self.organisation, self.now).total

    @cached_property
    def cameras(self) -> CameraStanding:
        return camera_standing(self.session, self.principal, self.organisation, self.now)

    @cached_property
    def coverage(self) -> Coverage:
        """All cameras by state."""
        standing = self.cameras
        return count_coverage(standing.cameras, standing.verdicts, standing.findings.hidden_cameras)

    @cached_property
    def services(self) -> ServiceCounts | None:
        """Requests of the period that /public-services shows without a filter."""
        return service_counts(self.session, self.principal, self.organisation, ServiceFilter(), self.now)

    @cached_property
    def judgments(self) -> JudgmentYear | None:
        """The running statistical year; None where no register of any of the units is known."""
        asked = (self.session, self.principal, self.organisation, StatisticalYear.of(self.today), self.today)
        found = judgment_year(*asked, self.is_sample)
        return found if found.counts_of("") is not None else None
