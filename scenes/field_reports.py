"""Phản ánh: what came in, what is open, what is late; every open report on the axis of the time it has left."""

from __future__ import annotations

from decimal import Decimal

from dash import html
from dash.development.base_component import Component

from components import format as text
from components import wall_frame
from components.due_clock import due_clock
from components.intake_bars import intake_bars
from components.kpi_tile import count_tile, empty_tile, share_tile, unconnected_tile, warning_line
from components.panel import empty_face
from components.report_axis import report_axis
from components.report_list import report_list
from domain.alarms import Priority
from domain.field_reports import Urgency
from domain.statistics import percentage
from scenes.answers import TOPICS, WallAnswers, redraw_at, wall_answers
from scenes.drawing import Panel, Scene


def draw_today(answers: WallAnswers) -> Component:
    """Tiếp nhận hôm nay, beside what a day had brought by now."""
    place, reports = wall_frame.REPORT_TILES[0], answers.reports
    if not reports.is_known:
        return _nothing_tile(answers, place)
    mean = reports.intake.mean_until(reports.now)
    line = html.Span("chưa có ngày trước để so")
    if mean is not None:
        line = html.Span(["Trung bình đến giờ này ", html.B(text.decimal(Decimal(mean)))])
    return count_tile(place.title, reports.intake.total, [line], reports.source)


def draw_open(answers: WallAnswers) -> Component:
    """Đang mở, and how many nobody has been given."""
    place, reports = wall_frame.REPORT_TILES[1], answers.reports
    if not reports.is_known:
        return _nothing_tile(answers, place)
    counts = reports.counts
    lines = [html.Span(["Chờ phân công ", html.B(text.whole(counts.unassigned))])]
    if counts.without_due:
        lines.append(html.Span(["Chưa có hạn ", html.B(text.whole(counts.without_due))]))
    return count_tile(place.title, counts.open, lines, reports.source)


def draw_soon(answers: WallAnswers) -> Component:
    """Due within the limit, and the first of them."""
    place, reports = wall_frame.REPORT_TILES[2], answers.reports
    if not reports.is_known:
        return _nothing_tile(answers, place)
    due = min(
        (report.due_at for report in reports.open if report.is_due_within(reports.soon, reports.now)), default=None
    )
    lines = [warning_line(["sớm nhất ", due_clock(due)])] if due else []
    return count_tile(
        f"Còn dưới {reports.soon_hours} giờ", reports.counts.soon, lines, reports.source, is_warning=due is not None
    )


def draw_overdue(answers: WallAnswers) -> Component:
    """Overdue, whether an urgent one is among them, and the one that is late the longest."""
    place, reports = wall_frame.REPORT_TILES[3], answers.reports
    if not reports.is_known:
        return _nothing_tile(answers, place)
    late = [report for report in reports.open if report.is_overdue(reports.now)]
    worst = Priority.URGENT if any(report.urgency is Urgency.URGENT for report in late) else Priority.HIGH
    first = min((report.due_at for report in late if report.due_at), default=None)
    words = "khẩn cấp, lâu nhất " if worst is Priority.URGENT else "lâu nhất "
    lines = [warning_line([words, due_clock(first)], worst)] if first else []
    return count_tile(place.title, len(late), lines, reports.source, is_warning=bool(late), priority=worst)


def draw_in_time(answers: WallAnswers) -> Component:
    """Đúng hạn of what fell due in thirty days, and how many citizens were satisfied."""
    place, reports = wall_frame.REPORT_TILES[4], answers.reports
    if not reports.is_known:
        return _nothing_tile(answers, place)
    handled = reports.handling
    satisfied = percentage(handled.satisfied, handled.rated, Decimal("0.1"))
    said = text.UNKNOWN if satisfied is None else text.percent(satisfied)
    lines = [html.Span(["Hài lòng ", html.B(said), f" của {text.whole(handled.rated)} ý kiến"])]
    share = percentage(handled.in_time, handled.due, Decimal("0.1"))
    return share_tile(place.title, share, "chưa có phản ánh đến hạn", lines, reports.source)


def draw_axis(answers: WallAnswers) -> Component:
    """Every open report by the time it has left."""
    place, reports = wall_frame.REPORT_AXIS, answers.reports
    if not reports.is_known:
        return _nothing(answers, place)
    return report_axis(reports.open, reports.soon, reports.now, reports.source)


def draw_intake(answers: WallAnswers) -> Component:
    """Today by hour."""
    place, reports = wall_frame.REPORT_INTAKE, answers.reports
    if not reports.is_known:
        return _nothing(answers, place)
    return intake_bars(reports.intake, reports.now, reports.source, answers.city.hours_of_today)


def draw_list(answers: WallAnswers) -> Component:
    """The first to look at."""
    place, reports = wall_frame.REPORT_LIST, answers.reports
    if not reports.is_known:
        return _nothing(answers, place)
    return report_list(reports.open, reports.names, reports.soon, reports.now, reports.source)


def _nothing(answers: WallAnswers, place: wall_frame.Place) -> Component:
    words = text.NO_FIGURES if answers.reports.source.configured else text.NOT_CONNECTED
    return empty_face(place.title, place.modifier, words)


def _nothing_tile(answers: WallAnswers, place: wall_frame.Place) -> Component:
    return empty_tile(place.title) if answers.reports.source.configured else unconnected_tile(place.title)


_TILE_DRAWERS = (draw_today, draw_open, draw_soon, draw_overdue, draw_in_time)
_DRAWERS = (
    *zip(wall_frame.REPORT_TILES, _TILE_DRAWERS, strict=True),
    (wall_frame.REPORT_AXIS, draw_axis),
    (wall_frame.REPORT_INTAKE, draw_intake),
    (wall_frame.REPORT_LIST, draw_list),
)

SCENE = Scene(
    name="field_reports",
    title="Phản ánh",
    topics=TOPICS,
    ask=wall_answers,
    panels=tuple(Panel(place.id, place.title, draw, place.modifier) for place, draw in _DRAWERS),
    redraw_at=redraw_at,
)
