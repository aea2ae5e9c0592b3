"""Thi hành án: from thụ lý to xong, the year's curve, what is old or overdue, every unit against the pace."""

from __future__ import annotations

from decimal import Decimal

from dash import html
from dash.development.base_component import Component

from components import format as text
from components import wall_frame
from components.case_flow import case_flow_panel
from components.completion_curve import completion_curve
from components.kpi_tile import count_tile, empty_tile, unconnected_tile
from components.panel import empty_face
from components.rate_bars import rate_bars
from data_access.cases import GroupFigures
from domain.case_flow import case_flow
from domain.cases import CaseGroup
from domain.statistics import percentage
from scenes.answers import TOPICS, WallAnswers, redraw_at, wall_answers
from scenes.drawing import Panel, Scene
from scenes.figures import WallFigures
from scenes.overview import deadlines_tile


def draw_flow(answers: WallAnswers) -> Component:
    """The flow of the year to date."""
    figures = answers.figures
    if figures is None:
        return _nothing(answers, wall_frame.FLOW)
    period = f"{answers.year.first_on:%d/%m} \u2013 {text.day(answers.today)}"
    return case_flow_panel(case_flow(figures.this_year.cases), period, answers.source())


def draw_curve(answers: WallAnswers) -> Component:
    """The cumulative rate."""
    figures = answers.figures
    if figures is None:
        return _nothing(answers, wall_frame.CURVE)
    curve = answers.curve
    if curve is None:
        return empty_face(wall_frame.CURVE.title, wall_frame.CURVE.modifier, text.NOTHING_ENFORCEABLE)
    return completion_curve(curve, answers.source(), figures.coverage)


def draw_deadlines(answers: WallAnswers) -> Component:
    """Overdue statutory clocks, and whether their terms are sample ones."""
    place, figures = wall_frame.CASE_TILES[0], answers.figures
    if figures is None:
        return _nothing_tile(answers, place)
    return deadlines_tile(place.title, answers, figures, html.Span())


def draw_old(answers: WallAnswers) -> Component:
    """Việc có điều kiện older than twelve months."""
    place, figures = wall_frame.CASE_TILES[1], answers.figures
    if figures is None or figures.total.over_twelve_months is None:
        return _nothing_tile(answers, place)
    old, before = figures.total.over_twelve_months, answers.last_year.old
    share = percentage(old, figures.this_year.cases.enforceable, Decimal("0.1"))
    return count_tile(
        place.title,
        old,
        [
            html.Span([html.B(text.UNKNOWN if share is None else text.percent(share)), " số có điều kiện"]),
            html.Span(["cùng kỳ ", html.B(text.UNKNOWN if before is None else text.whole(before))]),
        ],
        answers.source(),
    )


def draw_judgments(answers: WallAnswers) -> Component:
    """Theo dõi thi hành án hành chính: how many this year, done, with a court decision compelling enforcement, overdue.
    A term that nobody can reckon makes none of them in time; no colour, for no alarm stands behind the number."""
    place, source, found = wall_frame.CASE_TILES[2], answers.judgments.source, answers.judgments.year
    if found is None:
        return empty_tile(place.title) if source.configured else unconnected_tile(place.title)
    counts, overdue, known = found.total, found.overdue, found.known_units
    late = [html.B(text.whole(overdue.total)), " quá hạn"]
    unknown = [f", {text.whole(overdue.unknown)} chưa rõ"] if overdue.unknown else []
    return count_tile(
        place.title,
        counts.to_enforce,
        [
            html.Span(
                ["xong ", html.B(text.whole(counts.completed)), " · QĐ buộc ", html.B(text.whole(counts.compelled))]
            ),
            html.Span([*late, *unknown]),
        ],
        source,
        # A part must not pass for the whole.
        unit="bản án" if known == len(found.units) else f"· {known}/{len(found.units)} đơn vị",
    )


def draw_credit(answers: WallAnswers) -> Component:
    """Án tín dụng, ngân hàng."""
    return _group_tile(answers, wall_frame.CASE_TILES[3], CaseGroup.CREDIT)


def draw_corruption(answers: WallAnswers) -> Component:
    """Án tham nhũng, kinh tế."""
    return _group_tile(answers, wall_frame.CASE_TILES[4], CaseGroup.CORRUPTION)


def draw_budget(answers: WallAnswers) -> Component:
    """Thu ngân sách nhà nước."""
    return _group_tile(answers, wall_frame.CASE_TILES[5], CaseGroup.BUDGET)


def draw_units(answers: WallAnswers) -> Component:
    """Every unit's rate on one scale, or the parts of the one unit this wall belongs to."""
    figures = answers.figures
    if figures is None:
        return _nothing(answers, wall_frame.CASE_UNITS)
    if answers.is_one_unit:
        return rate_bars("Xong về việc theo hình thức", "Hình thức", answers.parts, figures.cases, answers.source())
    rows = sorted(figures.rows, key=lambda row: (row.docketed is None, -(row.cases.value or Decimal(-1)), row.name))
    return rate_bars(wall_frame.CASE_UNITS.title, "Đơn vị", rows, figures.cases, answers.source())


def _group_tile(answers: WallAnswers, place: wall_frame.Place, group: CaseGroup) -> Component:
    figures: WallFigures | None = answers.figures
    if figures is None:
        return _nothing_tile(answers, place)
    found: GroupFigures = answers.groups[group]
    rate = found.completion_rate
    return count_tile(
        place.title,
        found.to_enforce,
        [
            html.Span(html.B(text.money(found.amount_due))),
            html.Span(["xong ", html.B(text.UNKNOWN if rate is None else text.percent(rate))]),
        ],
        answers.source(),
        unit="việc",
    )


def _nothing(answers: WallAnswers, place: wall_frame.Place) -> Component:
    """Not connected, or connected and silent: two different things."""
    words = text.NO_FIGURES if answers.source().configured else text.NOT_CONNECTED
    return empty_face(place.title, place.modifier, words)


def _nothing_tile(answers: WallAnswers, place: wall_frame.Place) -> Component:
    return empty_tile(place.title) if answers.source().configured else unconnected_tile(place.title)


_CASE_TILE_DRAWERS = (draw_deadlines, draw_old, draw_judgments, draw_credit, draw_corruption, draw_budget)
_DRAWERS = (
    (wall_frame.FLOW, draw_flow),
    (wall_frame.CURVE, draw_curve),
    *zip(wall_frame.CASE_TILES, _CASE_TILE_DRAWERS, strict=True),
    (wall_frame.CASE_UNITS, draw_units),
)

SCENE = Scene(
    name="cases",
    title="Thi hành án",
    topics=TOPICS,
    ask=wall_answers,
    panels=tuple(Panel(place.id, place.title, draw, place.modifier) for place, draw in _DRAWERS),
    redraw_at=redraw_at,
)
