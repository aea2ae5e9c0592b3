"""Who a wall is about, and what it asks of each feed beside the cases; each question asked once per drawing."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from sqlalchemy.orm import Session

from access.principal import NotAllowed
from data_access.alarm_rules import rules_in_force
from data_access.limits import wall_limits_in_force
from data_access.scope import visible_units
from data_access.sources import all_sources
from domain.alarms import ATTENDANCE, CAMERAS, FIELD_REPORTS, RECEPTION, SYSTEM_SOURCE, SYSTEM_TITLE, AlarmRule
from domain.boundaries import UnitMap
from domain.city_alerts import SOURCE as CITY_ALERTS
from domain.freshness import SourceFacts, own_facts
from domain.judgment_alarms import SOURCE as JUDGMENTS
from domain.limits import WallLimits
from domain.local_time import local_day
from domain.software_systems import SOFTWARE
from domain.statistics import StatisticalYear
from domain.units import Organisation, Unit, covers
from scenes.camera_answers import CameraAnswers
from scenes.city_answers import CityAnswers
from scenes.drawing import Question
from scenes.judgment_answers import JudgmentAnswers
from scenes.presence_answers import PresenceAnswers
from scenes.reception_answers import ReceptionAnswers
from scenes.report_answers import ReportAnswers
from scenes.security_answers import GUARD_LOG, SECURITY, SecurityAnswers
from scenes.software_answers import SoftwareAnswers

CASES = "cases"


class FeedAnswers:
    """One audience at one moment; a wall of one unit sees that unit and its parts only."""

    def __init__(self, question: Question) -> None:
        self.question = question
        self.today = local_day(question.now)
        self.year = StatisticalYear.of(self.today)

    @cached_property
    def scope(self) -> Unit:
        """The unit this wall is about; raises NotAllowed when there is none today."""
        organisation, code = self.question.organisation, self.question.principal.unit
        scope = organisation.root_on(self.today) if code is None else organisation.unit_on(code, self.today)
        if scope is None:
            raise NotAllowed(f"there is no unit {code or 'above all others'} on {self.today}")
        return scope

    @property
    def is_one_unit(self) -> bool:
        """Whether this wall belongs to one unit."""
        return self.question.principal.unit is not None

    @cached_property
    def unit_map(self) -> UnitMap | None:
        """The map in force; None when the pack has none."""
        return next((item for item in self.question.maps if covers(item.valid_from, item.valid_to, self.today)), None)

    @cached_property
    def limits(self) -> WallLimits:
        """From where on a figure is abnormal today."""
        return wall_limits_in_force(self._session, self.today)

    @cached_property
    def rules(self) -> Mapping[str, AlarmRule]:
        """The rules of alarms in force today."""
        return rules_in_force(self._session, self.today)

    @cached_property
    def sources(self) -> tuple[SourceFacts, ...]:
        return all_sources(self.question.session)

    @property
    def sources_by_name(self) -> Mapping[str, SourceFacts]:
        """Every source by its name in the catalogue, and the product itself."""
        return {source.name: source for source in (*self.sources, self._own)}

    @property
    def connected_feeds(self) -> Mapping[str, SourceFacts]:
        """The sources beside that of cases which somebody has connected."""
        return {source.name: source for source in self.sources if source.configured and source.name != CASES}

    def source(self, name: str = CASES) -> SourceFacts:
        """One source by its name in the catalogue."""
        return self.sources_by_name[name]

    @cached_property
    def unit_names(self) -> Mapping[str, str]:
        """Short names by code of the units of this wall, the scope itself among them."""
        here = visible_units(self.question.principal, self._organisation, self.today)
        units = self._organisation.case_units_on(self.today)
        names = {unit.code: unit.short_name for unit in units if here is None or unit.code in here}
        return {**names, self.scope.code: self.scope.short_name}

    @cached_property
    def reports(self) -> ReportAnswers:
        """What is asked about field reports."""
        source = self.source(FIELD_REPORTS)
        return ReportAnswers(self.question, source, self.unit_names, self.limits.report_soon)

    @cached_property
    def presence(self) -> PresenceAnswers:
        """What is asked about attendance."""
        return PresenceAnswers(self.question, self.source(ATTENDANCE))

    @cached_property
    def cameras(self) -> CameraAnswers:
        """What is asked about cameras."""
        units = {code: name for code, name in self.unit_names.items() if code in self._case_units}
        return CameraAnswers(self.question, self.source(CAMERAS), units)

    @cached_property
    def security(self) -> SecurityAnswers:
        """What is asked about security events."""
        return SecurityAnswers(self.question, self.source(SECURITY), self.source(GUARD_LOG))

    @cached_property
    def reception(self) -> ReceptionAnswers:
        """What is asked about citizen reception."""
        units = {code: name for code, name in self.unit_names.items() if code in self._case_units}
        return ReceptionAnswers(self.question, self.source(RECEPTION), units)

    @cached_property
    def software(self) -> SoftwareAnswers:
        """What is asked about the sector's software."""
        return SoftwareAnswers(self.question, self.source(SOFTWARE), self.limits)

    @cached_property
    def city(self) -> CityAnswers:
        """What is asked about warnings of the city."""
        return CityAnswers(self.question, self.source(CITY_ALERTS), self.limits)

    @cached_property
    def judgments(self) -> JudgmentAnswers:
        """What is asked about administrative judgments."""
        return JudgmentAnswers(self.question, self.source(JUDGMENTS))

    def is_fresh(self, source: str) -> bool:
        """Whether a source is not old at the moment of drawing."""
        return self.source(source).is_current(self.question.now)

    @property
    def _own(self) -> SourceFacts:
        return own_facts(SYSTEM_SOURCE, SYSTEM_TITLE, self.question.now)

    @property
    def _session(self) -> Session:
        return self.question.session

    @property
    def _organisation(self) -> Organisation:
        return self.question.organisation

    @property
    def _case_units(self) -> frozenset[str]:
        return frozenset(unit.code for unit in self._organisation.case_units_on(self.today))
