"""What a briefing asks about cases: figures at two days, the units, overdue clocks, the curve of the year."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal

from sqlalchemy.orm import Session

from access.principal import Principal
from data_access.cases import overdue_clocks
from data_access.completion_series import completion_series
from data_access.counters import figures_by_unit
from data_access.deadlines import deadline_rules
from data_access.regimes import load_regimes
from data_access.scope import visible_units
from data_access.sources import source_by_name
from domain.briefing import (
    BriefingCurve,
    BriefingFigures,
    BriefingRate,
    BriefingUnit,
    OverdueClocks,
    Stated,
    clocks_by_unit,
    curve_until,
    ordered_units,
)
from domain.briefing_schedule import compared_on
from domain.cases import regime_on
from domain.indicators import CountedIn, indicator
from domain.local_time import local_day
from domain.statistics import Figures, Period, StatisticalYear, pace, same_day_last_year, total
from domain.units import Organisation

CASES = "cases"
WHOLE = "Toàn bộ"
_DAY = timedelta(days=1)
Series = tuple[tuple[date, Decimal], ...]


class CaseQuestions:
    """The questions of one principal at one moment; `names` are short names of units by code."""

    def __init__(
        self, principal: Principal, organisation: Organisation, names: Mapping[str, str], now: datetime
    ) -> None:
        self._principal, self._organisation, self._names, self._now = principal, organisation, names, now
        self._today = local_day(now)
        self._root = organisation.root_on(self._today)

    def stated(self, session: Session) -> Stated:
        """Who says the figures of cases, and of when."""
        return Stated.of(source_by_name(session, CASES), self._now)

    def figures(self, session: Session, begins_at: datetime) -> BriefingFigures | None:
        """Figures and units; None while nothing of this scope was ever counted, which is not zero."""
        before_on, today = compared_on(begins_at), self._today
        this_year, last_year = self._to_date(session, today), self._to_date(session, same_day_last_year(today))
        if total(this_year.values()) == Figures() and total(last_year.values()) == Figures():
            return None
        is_new_year = StatisticalYear.of(before_on) != StatisticalYear.of(today)
        then = None if is_new_year else total(self._to_date(session, before_on).values())
        added = total(self._of(session, Period(before_on + _DAY, today)).values())
        units = [
            self._unit(code, this_year[code], last_year.get(code, Figures()))
            for code in self._case_units()
            if code in this_year
        ]
        heard = sum(unit.to_enforce is not None for unit in units)
        scope = self._principal.unit or (self._root.code if self._root else "")
        whole = self._unit(scope, total(this_year.values()), total(last_year.values()), then)
        return BriefingFigures(
            stated=self.stated(session),
            on=today,
            compared_on=before_on,
            cases=whole.cases,
            money=whole.money,
            completed=indicator("completed_cases").count(added),
            docketed=indicator("newly_docketed_cases").count(added),
            money_completed=indicator("completed_amount").count(added),
            units=ordered_units(units),
            total=BriefingUnit(
                "", WHOLE, whole.to_enforce, whole.enforceable, whole.completed, whole.cases, whole.money
            ),
            coverage="" if heard == len(units) else f"{heard}/{len(units)} đơn vị",
            is_new_year=is_new_year,
        )

    def clocks(self, session: Session, is_sample: bool) -> OverdueClocks:
        """Overdue statutory clocks; None while nothing was ever imported or no clock has a rule."""
        stated = self.stated(session)
        if not stated.is_known:
            return OverdueClocks(None, (), "", stated)
        rules = deadline_rules(session, is_sample)
        found = overdue_clocks(session, self._principal, self._organisation, self._today, rules)
        by_unit = clocks_by_unit(found.by_unit or {}, self._names)
        return OverdueClocks(found.total, by_unit, found.note, stated)

    def curve(self, session: Session) -> BriefingCurve | None:
        """This year's rates day by day to today, last year's some way ahead; None without a rate this year."""
        year = StatisticalYear.of(self._today)
        ends_on = curve_until(year.first_on, self._today, year.last_on)
        this_year = self._series(session, year, self._today)
        if not this_year:
            return None
        before = StatisticalYear(year.year - 1)
        shift = year.first_on - before.first_on
        last_year = self._series(session, before, before.last_on)
        scope = self._principal.unit or (self._root.code if self._root else "")
        target = self._target(scope, CountedIn.CASES)
        return BriefingCurve(
            begins_on=year.first_on,
            ends_on=ends_on,
            this_year=this_year,
            last_year=tuple((day + shift, rate) for day, rate in last_year if day + shift <= ends_on),
            pace=() if target is None else ((year.first_on, Decimal(0)), (ends_on, pace(target, ends_on))),
        )

    def _case_units(self) -> list[str]:
        seen = visible_units(self._principal, self._organisation, self._today)
        units = self._organisation.case_units_on(self._today)
        return [unit.code for unit in units if seen is None or unit.code in seen]

    def _to_date(self, session: Session, on: date) -> Mapping[str, Figures]:
        return self._of(session, StatisticalYear.of(on).to_date(on))

    def _of(self, session: Session, period: Period) -> Mapping[str, Figures]:
        regime = regime_on(load_regimes(), period.to_on)
        return figures_by_unit(session, self._principal, self._organisation, period, regime)

    def _unit(self, code: str, this_year: Figures, last_year: Figures, then: Figures | None = None) -> BriefingUnit:
        is_silent = this_year == Figures() and last_year == Figures()
        count = {
            name: None if is_silent else indicator(f"{name}_cases").count(this_year)
            for name in ("to_enforce", "enforceable", "completed")
        }
        return BriefingUnit(
            code=code,
            name=self._names.get(code, code),
            to_enforce=count["to_enforce"],
            enforceable=count["enforceable"],
            completed=count["completed"],
            cases=self._rate(code, CountedIn.CASES, this_year, last_year, then),
            money=self._rate(code, CountedIn.AMOUNT, this_year, last_year, then),
        )

    def _rate(
        self, code: str, counted_in: CountedIn, this_year: Figures, last_year: Figures, then: Figures | None
    ) -> BriefingRate:
        rate, target = indicator(f"completion_rate_{counted_in.value}"), self._target(code, counted_in)
        return BriefingRate(
            now=rate.rate(this_year),
            then=None if then is None else rate.rate(then),
            pace=None if target is None else pace(target, self._today),
            last_year=rate.rate(last_year),
            target=target,
        )

    def _target(self, unit: str, counted_in: CountedIn) -> Decimal | None:
        year = StatisticalYear.of(self._today).year
        target = self._organisation.target(unit, year, counted_in.value, self._today)
        return None if target is None else target.value

    def _series(self, session: Session, year: StatisticalYear, until: date) -> Series:
        regimes = load_regimes()
        asked = (session, self._principal, self._organisation, year, until)
        points = completion_series(*asked, lambda day: regime_on(regimes, day))
        return tuple((point.day, point.rate) for point in points if point.rate is not None)
