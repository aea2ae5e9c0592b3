"""What the pages of cases ask, each question asked once for a view: figures of a filter, its units, its officers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from functools import cached_property

from sqlalchemy.orm import Session

from access.principal import Principal
from data_access.cases import (
    OfficerPlace,
    area_figures,
    completed_by_day,
    filtered_figures,
    officer_figures,
    old_cases,
    overdue_clocks,
    units_asked,
)
from data_access.deadlines import deadline_rules
from data_access.limits import wall_limits_in_force
from data_access.regimes import load_regimes
from data_access.scope import NotRestatable
from data_access.site import Site
from data_access.sources import source_by_name
from domain.case_filters import CaseFilter
from domain.cases import Regime, regime_on
from domain.deadlines import ClockCounts
from domain.freshness import SourceFacts
from domain.indicators import CountedIn
from domain.limits import WallLimits
from domain.local_time import local_day
from domain.rates import RateComparison
from domain.statistics import Figures, Measure, Period, StatisticalYear, pace, total
from domain.units import Organisation, Restatement, restatement

CASES = "cases"
WEEKS_SHOWN = 8


class CaseAnswers:
    """Everything about the cases of one filter, for whoever asks, as of `now`; days are those of Huế."""

    def __init__(self, session: Session, principal: Principal, site: Site, wanted: CaseFilter, now: datetime) -> None:
        self.session, self.principal, self.site, self.wanted, self.now = session, principal, site, wanted, now
        self.today = local_day(now)
        self.period = wanted.period(self.today)
        self.period_before = wanted.compared(self.today)

    @property
    def organisation(self) -> Organisation:
        return self.site.organisation

    @cached_property
    def source(self) -> SourceFacts:
        """The source all of it stands on."""
        return source_by_name(self.session, CASES)

    @cached_property
    def scope_code(self) -> str:
        """The unit that the view is of: that of the filter, else the principal's, else the root; '' without a root."""
        root = self.organisation.root_on(self.period.to_on)
        return self.wanted.unit or self.principal.unit or (root.code if root else "")

    @cached_property
    def units(self) -> frozenset[str] | None:
        """The units asked about within the scope, None for all; raises NotFound, NotAllowed."""
        return units_asked(self.principal, self.organisation, self.wanted, self.period.to_on)

    @property
    def is_one_unit(self) -> bool:
        """Whether the view holds a single unit that handles cases."""
        return len(self.by_unit) == 1

    @cached_property
    def by_unit(self) -> Mapping[str, Figures]:
        return self._figures(self.wanted, self.period)

    @cached_property
    def restated(self) -> Restatement:
        """What was reorganised since the figures of the compared period were counted: the ledger itself moves the
        results of a statistical year in progress, so of a year to date only what came after its last day."""
        before = self.period_before
        is_to_date = before.from_on == StatisticalYear.of(before.to_on).first_on
        return restatement(self.organisation, before.to_on if is_to_date else before.from_on, self.period.to_on)

    @cached_property
    def by_unit_before(self) -> Mapping[str, Figures] | None:
        """The compared period in today's units; None where a reorganisation leaves no whole units to add up."""
        return self._figures_before(self.wanted)

    @cached_property
    def figures(self) -> Figures:
        return total(self.by_unit.values())

    @cached_property
    def figures_before(self) -> Figures | None:
        """The period it is compared with; None where it cannot be restated."""
        found = self.by_unit_before
        return None if found is None else total(found.values())

    @cached_property
    def neighbours(self) -> Mapping[str, Figures]:
        """Every unit the principal may see, under the same filter: what one unit is compared with."""
        return self._figures(self.wanted.without("unit", "officer"), self.period)

    @cached_property
    def neighbours_before(self) -> Mapping[str, Figures]:
        """Those of them whose figures of the compared period are theirs alone."""
        found = self._figures_before(self.wanted.without("unit", "officer")) or {}
        if not self.restated.is_crossed:
            return found
        return {code: part for code, part in found.items() if self.restated.lineage(code).is_whole}

    @cached_property
    def officers(self) -> Mapping[OfficerPlace, Figures]:
        return officer_figures(self.session, self.principal, self.organisation, self.wanted, self.period, self.regime)

    @cached_property
    def areas(self) -> Mapping[str | None, Figures]:
        """By the area of the debtor's address."""
        return area_figures(self.session, self.principal, self.organisation, self.wanted, self.period, self.regime)

    @cached_property
    def old(self) -> Mapping[OfficerPlace, int]:
        """Việc có điều kiện over twelve months, by who handles them."""
        return old_cases(self.session, self.principal, self.organisation, self.wanted, self.period.to_on)

    @cached_property
    def old_before(self) -> int | None:
        """As `old`, of the compared period; None where it cannot be restated."""
        asked = (self.session, self.principal, self.organisation, self.wanted, self.period_before.to_on)
        try:
            return sum(old_cases(*asked, self._restated_or_none).values())
        except NotRestatable:
            return None

    @cached_property
    def completed_by_week(self) -> Mapping[OfficerPlace, list[int]]:
        """Việc (or đồng) completed in each of the last eight weeks to the end of the period, oldest first."""
        ends_on = self.period.to_on
        begins_on = ends_on - timedelta(days=7 * WEEKS_SHOWN - 1)
        asked = (self.session, self.principal, self.organisation, self.wanted, Period(begins_on, ends_on))
        weeks: dict[OfficerPlace, list[int]] = {}
        for (place, day), (cases, amount) in completed_by_day(*asked).items():
            week = (day - begins_on).days // 7
            row = weeks.setdefault(place, [0] * WEEKS_SHOWN)
            row[week] += cases if self.wanted.measure is CountedIn.CASES else amount
        return weeks

    @cached_property
    def clocks(self) -> ClockCounts:
        """Statutory clocks of the scope that are overdue today, whatever else the filter asks for."""
        rules = deadline_rules(self.session, self.site.is_sample)
        return overdue_clocks(self.session, self.principal, self.organisation, self.today, rules)

    @cached_property
    def limits(self) -> WallLimits:
        return wall_limits_in_force(self.session, self.today)

    @cached_property
    def regime(self) -> Regime:
        return regime_on(load_regimes(), self.period.to_on)

    @property
    def year(self) -> StatisticalYear:
        """The statistical year in which the period ends."""
        return StatisticalYear.of(self.period.to_on)

    def rate(self, figures: Figures, before: Figures | None, unit: str, counted_in: CountedIn) -> RateComparison:
        """The completion rate beside the same days last year, and beside pace and target where the period begins with
        the year and the filter asks for all cases: a target is not one of a part."""
        fits, target = self._has_target, self.target(unit, counted_in)
        expected = None if target is None else pace(target, self.period.to_on)
        now, then = measure_of(figures, counted_in), measure_of(before or Figures(), counted_in)
        return RateComparison(
            now.completion_rate,
            expected,
            then.completion_rate,
            target,
            self.limits.fall_points if fits and not self.wanted.is_against_previous else None,
        )

    @property
    def _has_target(self) -> bool:
        return self.wanted.has_target(self.today)

    def target(self, unit: str, counted_in: CountedIn) -> Decimal | None:
        """The year's target of a unit in percent; None where there is none, or the view is of a part only."""
        if not self._has_target:
            return None
        target = self.organisation.target(unit, self.year.year, counted_in.value, self.period.to_on)
        return None if target is None else target.value

    @property
    def _restated_or_none(self) -> Restatement | None:
        return self.restated if self.restated.is_crossed else None

    def _figures_before(self, wanted: CaseFilter) -> Mapping[str, Figures] | None:
        restated, period = self._restated_or_none, self.period_before
        regime = regime_on(load_regimes(), period.to_on)
        asked = (self.session, self.principal, self.organisation, wanted, period, regime)
        try:
            found = filtered_figures(*asked, restated)
        except NotRestatable:
            return None
        return found if restated is None else restated.restated(found)

    def _figures(self, wanted: CaseFilter, period: Period) -> Mapping[str, Figures]:
        regime = regime_on(load_regimes(), period.to_on)
        return filtered_figures(self.session, self.principal, self.organisation, wanted, period, regime)


def measure_of(figures: Figures, counted_in: CountedIn) -> Measure:
    """The column of the form counted in việc, or in đồng."""
    return figures.cases if counted_in is CountedIn.CASES else figures.amount
