"""Toàn cảnh: the rates in việc and in money against their pace, every unit beside the others, every source's age."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property

from dash import html
from dash.development.base_component import Component

from access.principal import NotAllowed
from components import format as text
from components import wall_frame
from components.freshness_strip import freshness_strip
from components.kpi_tile import empty_tile, rate_tile, unconnected_tile
from components.panel import empty_face
from components.unit_table import UnitRow, unit_table
from components.wall_header import wall_title
from data_access.cases import cases_over_twelve_months
from data_access.counters import figures_by_unit
from data_access.regimes import load_regimes
from data_access.sources import all_sources
from domain.cases import regime_on
from domain.freshness import SourceFacts
from domain.indicators import Indicator, indicator
from domain.local_time import local_day, next_midnight
from domain.rates import RateComparison
from domain.statistics import Figures, StatisticalYear, pace, same_day_last_year, total
from domain.units import Unit
from scenes.drawing import Panel, Question, Scene

SCENE_TITLE = "Toàn cảnh"
CASES = "cases"


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """What is asked for one unit (or for all together): this year to date, last year to the same day, and targets."""

    name: str
    this_year: Figures
    last_year: Figures
    over_twelve_months: int | None
    cases_target: Decimal | None
    money_target: Decimal | None

    @property
    def is_silent(self) -> bool:
        """Whether nothing was ever counted here: no file has come yet, which is not the same as zero."""
        return self.this_year == Figures() and self.last_year == Figures()


@dataclass(frozen=True, slots=True)
class OverviewFigures:
    """Everything the overview prints about cases, as of the end of a day in Huế; rows in display order.

    `coverage` is "7/10 đơn vị" while units have never sent anything, else empty: a part must not pass for the whole.
    """

    cases: RateComparison
    money: RateComparison
    rows: tuple[UnitRow, ...]
    total: UnitRow
    coverage: str = ""


def overview_figures(on: date, units: Sequence[UnitFacts], whole: UnitFacts) -> OverviewFigures | None:
    """Compare, order and total; None when no case has ever been counted, which is not the same as zero."""
    if whole.is_silent:
        return None
    heard = sum(not unit.is_silent for unit in units)
    coverage = "" if heard == len(units) else f"{heard}/{len(units)} đơn vị"
    total_row = _row(on, replace(whole, name=coverage or whole.name))
    rows = tuple(sorted((_row(on, unit) for unit in units), key=_urgency))
    return OverviewFigures(total_row.cases, total_row.money, rows, total_row, coverage)


def _row(on: date, unit: UnitFacts) -> UnitRow:
    if unit.is_silent:
        return UnitRow(unit.name)
    return UnitRow(
        name=unit.name,
        docketed=indicator("total_docketed_cases").count(unit.this_year),
        enforceable=indicator("enforceable_cases").count(unit.this_year),
        completed=indicator("completed_cases").count(unit.this_year),
        cases=_comparison(on, indicator("completion_rate_cases"), unit, unit.cases_target),
        money=_comparison(on, indicator("completion_rate_amount"), unit, unit.money_target),
        over_twelve_months=unit.over_twelve_months,
    )


def _comparison(on: date, indicator: Indicator, unit: UnitFacts, target: Decimal | None) -> RateComparison:
    expected = None if target is None else pace(target, on)
    return RateComparison(indicator.rate(unit.this_year), expected, indicator.rate(unit.last_year), target)


def _urgency(row: UnitRow) -> tuple[bool, Decimal, str]:
    """Abnormal units first, the furthest behind their pace at the top; then the quiet ones by rate, highest first."""
    if row.cases.is_abnormal:
        return (False, row.cases.points_to_pace or Decimal(0), row.name)
    return (True, -(row.cases.value if row.cases.value is not None else Decimal(-1)), row.name)


class OverviewAnswers:
    """What the panels ask, each question asked once and only if a panel needs it."""

    def __init__(self, question: Question) -> None:
        self.question = question
        self.today = local_day(question.now)

    @cached_property
    def sources(self) -> tuple[SourceFacts, ...]:
        return all_sources(self.question.session)

    @cached_property
    def figures(self) -> OverviewFigures | None:
        on, organisation = self.today, self.question.organisation
        this_year = self._figures(on)
        last_year = self._figures(same_day_last_year(on))
        old = cases_over_twelve_months(self.question.session, self.question.principal, organisation, on)
        units = [
            UnitFacts(
                name=unit.short_name,
                this_year=this_year[unit.code],
                last_year=last_year.get(unit.code, Figures()),
                over_twelve_months=old.get(unit.code, 0),
                cases_target=self._target(unit.code, "cases"),
                money_target=self._target(unit.code, "amount"),
            )
            for unit in organisation.case_units_on(on)
            if unit.code in this_year
        ]
        scope = self._scope()
        whole = UnitFacts(
            name=scope.short_name,
            this_year=total(this_year.values()),
            last_year=total(last_year.values()),
            over_twelve_months=sum(old.values()),
            cases_target=self._target(scope.code, "cases"),
            money_target=self._target(scope.code, "amount"),
        )
        return overview_figures(on, units, whole)

    def source(self, name: str) -> SourceFacts:
        return next(source for source in self.sources if source.name == name)

    def _figures(self, on: date) -> Mapping[str, Figures]:
        question = self.question
        period = StatisticalYear.of(on).to_date(on)
        regime = regime_on(load_regimes(), on)
        return figures_by_unit(question.session, question.principal, question.organisation, period, regime)

    def _scope(self) -> Unit:
        organisation, code = self.question.organisation, self.question.principal.unit
        scope = organisation.root_on(self.today) if code is None else organisation.unit_on(code, self.today)
        if scope is None:
            raise NotAllowed(f"there is no unit {code or 'above all others'} on {self.today}")
        return scope

    def _target(self, unit: str, measure: str) -> Decimal | None:
        year = StatisticalYear.of(self.today).year
        target = self.question.organisation.target(unit, year, measure, self.today)
        return None if target is None else target.value


def draw_title(answers: OverviewAnswers) -> Component:
    """The header of this scene."""
    organisation = answers.question.organisation
    return wall_title(organisation.title, organisation.banner, (SCENE_TITLE,), SCENE_TITLE)


def draw_cases_completion(answers: OverviewAnswers) -> Component:
    """Xong về việc."""
    return _rate_tile(answers, wall_frame.TILES[0], lambda figures: figures.cases)


def draw_cases_money(answers: OverviewAnswers) -> Component:
    """Xong về tiền."""
    return _rate_tile(answers, wall_frame.TILES[1], lambda figures: figures.money)


def draw_field_reports_open(answers: OverviewAnswers) -> Component:
    """Phản ánh mở; the feed comes with its own issue."""
    return unconnected_tile(wall_frame.TILES[2].title)


def draw_attendance_present(answers: OverviewAnswers) -> Component:
    """Có mặt; the feed comes with its own issue."""
    return unconnected_tile(wall_frame.TILES[3].title)


def draw_cameras_online(answers: OverviewAnswers) -> Component:
    """Camera; the feed comes with its own issue."""
    return unconnected_tile(wall_frame.TILES[4].title)


def draw_deadlines_overdue(answers: OverviewAnswers) -> Component:
    """Quá hạn luật định is not computed yet; việc older than twelve months are, and say so beside it."""
    figures = answers.figures
    title = wall_frame.TILES[5].title
    if figures is None or figures.total.over_twelve_months is None:
        return unconnected_tile(title)
    old = html.Span(["Trên 12 tháng ", html.B(text.whole(figures.total.over_twelve_months))])
    return unconnected_tile(title, [old], answers.source(CASES))


def draw_units_comparison(answers: OverviewAnswers) -> Component:
    """The unit table."""
    place, source = wall_frame.UNITS, answers.source(CASES)
    if not source.configured:
        return empty_face(place.title, place.modifier, text.NOT_CONNECTED)
    figures = answers.figures
    if figures is None:
        return empty_face(place.title, place.modifier)
    return unit_table(figures.rows, figures.total, source)


def draw_sources_freshness(answers: OverviewAnswers) -> Component:
    """The strip of sources."""
    return freshness_strip(answers.sources, answers.question.is_sample)


_DRAWERS: tuple[tuple[wall_frame.Place, Callable[[OverviewAnswers], Component]], ...] = (
    (wall_frame.TITLE, draw_title),
    (wall_frame.TILES[0], draw_cases_completion),
    (wall_frame.TILES[1], draw_cases_money),
    (wall_frame.TILES[2], draw_field_reports_open),
    (wall_frame.TILES[3], draw_attendance_present),
    (wall_frame.TILES[4], draw_cameras_online),
    (wall_frame.TILES[5], draw_deadlines_overdue),
    (wall_frame.UNITS, draw_units_comparison),
    (wall_frame.STRIP, draw_sources_freshness),
)

SCENE = Scene(
    name="overview",
    title=SCENE_TITLE,
    topics=frozenset({"cases", "sources", "units"}),
    ask=OverviewAnswers,
    panels=tuple(Panel(place.id, place.title, draw, place.modifier) for place, draw in _DRAWERS),
    # Pace and cùng kỳ move with the calendar; ages are the browser's.
    redraw_at=next_midnight,
)


def _rate_tile(
    answers: OverviewAnswers, place: wall_frame.Place, rate: Callable[[OverviewFigures], RateComparison]
) -> Component:
    source = answers.source(CASES)
    if not source.configured:
        return unconnected_tile(place.title)
    figures = answers.figures
    if figures is None:
        return empty_tile(place.title, "tile--rate")
    return rate_tile(place.title, rate(figures), source, figures.coverage)
