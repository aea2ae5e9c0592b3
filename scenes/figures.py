"""What the wall compares: each unit and the whole, this year to date against pace, last year and target. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from components.unit_table import UnitRow
from domain.alarms import Priority, UnitRates
from domain.attendance import UnitCounts
from domain.cameras import Coverage
from domain.indicators import Indicator, indicator
from domain.limits import WallLimits
from domain.rates import RateComparison
from domain.statistics import Figures, pace


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """What is asked for one unit (or for all together): this year to date, last year to the same day, and targets.

    `code` is empty for a part of one unit, such as its việc chủ động. `overdue_clocks` is None where
    it is not counted, `reports` where the feed is not connected.
    """

    name: str
    this_year: Figures
    last_year: Figures
    over_twelve_months: int | None
    cases_target: Decimal | None
    money_target: Decimal | None
    code: str = ""
    overdue_clocks: int | None = None
    reports: int | None = None
    reports_sign: Priority | None = None
    presence: UnitCounts | None = None
    cameras: Coverage | None = None

    @property
    def is_silent(self) -> bool:
        """Whether nothing was ever counted here: no file has come yet, which is not the same as zero."""
        return self.this_year == Figures() and self.last_year == Figures()


@dataclass(frozen=True, slots=True)
class WallFigures:
    """Everything the wall prints about cases, as of the end of a day in Huế; rows in display order.

    `coverage` is "7/10 đơn vị" while units have never sent anything, else empty: a part must not pass for the whole.
    """

    cases: RateComparison
    money: RateComparison
    rows: tuple[UnitRow, ...]
    total: UnitRow
    this_year: Figures
    last_year: Figures
    coverage: str = ""

    def rates(self) -> list[UnitRates]:
        """The rows as the alarm rules see them; parts of a unit are no units."""
        return [_rates(row) for row in self.rows if row.code and row.docketed is not None]

    def whole_rates(self, code: str, name: str) -> UnitRates:
        """The whole as the alarm rules see it."""
        return replace(_rates(self.total), code=code, name=name)


def wall_figures(on: date, units: Sequence[UnitFacts], whole: UnitFacts, limits: WallLimits) -> WallFigures | None:
    """Compare, order and total; None when no case has ever been counted, which is not the same as zero."""
    if whole.is_silent:
        return None
    heard = sum(not unit.is_silent for unit in units)
    coverage = "" if heard == len(units) else f"{heard}/{len(units)} đơn vị"
    total = _row(on, replace(whole, name=coverage or whole.name), limits)
    rows = tuple(sorted((_row(on, unit, limits) for unit in units), key=_urgency))
    return WallFigures(total.cases, total.money, rows, total, whole.this_year, whole.last_year, coverage)


def _row(on: date, unit: UnitFacts, limits: WallLimits) -> UnitRow:
    if unit.is_silent:
        return UnitRow(
            unit.name,
            unit.code,
            reports=unit.reports,
            reports_sign=unit.reports_sign,
            presence=unit.presence,
            cameras=unit.cameras,
        )
    return UnitRow(
        name=unit.name,
        code=unit.code,
        docketed=indicator("total_docketed_cases").count(unit.this_year),
        enforceable=indicator("enforceable_cases").count(unit.this_year),
        completed=indicator("completed_cases").count(unit.this_year),
        cases=_comparison(on, indicator("completion_rate_cases"), unit, unit.cases_target, limits),
        money=_comparison(on, indicator("completion_rate_amount"), unit, unit.money_target, limits),
        over_twelve_months=unit.over_twelve_months,
        overdue_clocks=unit.overdue_clocks,
        clock_limit=limits.overdue_clocks,
        reports=unit.reports,
        reports_sign=unit.reports_sign,
        presence=unit.presence,
        cameras=unit.cameras,
    )


def _comparison(
    on: date, indicator: Indicator, unit: UnitFacts, target: Decimal | None, limits: WallLimits
) -> RateComparison:
    expected = None if target is None else pace(target, on)
    this_year, last_year = indicator.rate(unit.this_year), indicator.rate(unit.last_year)
    return RateComparison(this_year, expected, last_year, target, limits.fall_points)


def _urgency(row: UnitRow) -> tuple[bool, Decimal, str]:
    """Abnormal units first, the furthest behind their pace at the top; then the quiet ones by rate, highest first."""
    if row.is_abnormal:
        return (False, row.cases.points_to_pace or Decimal(0), row.name)
    return (True, -(row.cases.value if row.cases.value is not None else Decimal(-1)), row.name)


def _rates(row: UnitRow) -> UnitRates:
    return UnitRates(row.code, row.name, row.cases, row.money, row.overdue_clocks)
