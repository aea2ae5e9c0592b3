"""The far layout: six figures, the map, and the three things that burn, in letters for six metres."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from dash import html
from dash.development.base_component import Component

from components import alarm_list, wall_frame
from components import format as text
from components import panel as panels
from components.area_map import Tone, map_drawing, map_legend
from components.far_tile import far_count_tile, far_rate_tile, far_words_tile
from components.kpi_tile import pace_sentence
from domain.alarms import Priority
from domain.rates import RateComparison
from scenes.answers import TOPICS, WallAnswers, redraw_at, wall_answers
from scenes.drawing import Panel, Scene
from scenes.figures import WallFigures
from scenes.map_layers import far_rate_layer


def draw_completion(answers: WallAnswers) -> Component:
    """Xong về việc."""
    return _rate(answers, wall_frame.FAR_TILES[0], lambda figures: figures.cases)


def draw_money(answers: WallAnswers) -> Component:
    """Xong về tiền."""
    return _rate(answers, wall_frame.FAR_TILES[1], lambda figures: figures.money)


def draw_field_reports(answers: WallAnswers) -> Component:
    """Phản ánh mở, and the worst that is to be said of them."""
    place, reports = wall_frame.FAR_TILES[2], answers.reports
    if not reports.is_known:
        return far_words_tile(place.title, text.NO_FIGURES if reports.source.configured else text.NOT_CONNECTED)
    counts = reports.counts
    worst = min((alarm.priority for alarm in answers.report_alarms), default=None)
    if worst is Priority.URGENT:
        words = f"{counts.urgent} khẩn cấp"
    elif counts.overdue:
        words = f"{counts.overdue} quá hạn"
    else:
        words = f"{counts.soon} dưới {reports.soon_hours} giờ" if counts.soon else "không quá hạn"
    warned = worst is not None
    return far_count_tile(place.title, counts.open, words, reports.source, warned, worst or Priority.HIGH)


def draw_attendance(answers: WallAnswers) -> Component:
    """Có mặt of those who should be there, and who is missing without a reason."""
    place, presence = wall_frame.FAR_TILES[3], answers.presence
    total = presence.total
    if total is None or presence.day is None:
        return far_words_tile(place.title, text.NO_FIGURES if presence.source.configured else text.NOT_CONNECTED)
    if presence.is_off or total.present is None:
        return far_words_tile(place.title, "ngoài giờ" if presence.is_off else "mất dữ liệu", presence.source)
    missing = answers.missing_people or 0
    warned = missing >= answers.limits.unexplained_absences
    unknown = f"{total.unknown} mất dữ liệu" if total.unknown else f"trên {total.expected} cần có mặt"
    words = f"{missing} chưa rõ lý do" if warned else unknown
    return far_count_tile(place.title, total.present, words, presence.source, warned)


def draw_cameras(answers: WallAnswers) -> Component:
    """Camera that work, and how many do not or nobody knows of."""
    place, cameras = wall_frame.FAR_TILES[4], answers.cameras
    if not cameras.is_known:
        return far_words_tile(place.title, text.NO_FIGURES if cameras.source.configured else text.NOT_CONNECTED)
    found = cameras.coverage
    if found.seen is None:
        return far_words_tile(place.title, "mất dữ liệu", cameras.source)
    otherwise = f"{found.unknown} mất dữ liệu" if found.unknown else f"trên {found.installed} lắp đặt"
    words = f"{found.failing} không có hình" if found.failing else otherwise
    return far_count_tile(place.title, found.seen, words, cameras.source, bool(found.failing))


def draw_deadlines(answers: WallAnswers) -> Component:
    """Overdue statutory clocks."""
    place, figures = wall_frame.FAR_TILES[5], answers.figures
    if figures is None:
        return far_words_tile(place.title, _why_nothing(answers))
    overdue = figures.total.overdue_clocks
    if overdue is None:
        return far_words_tile(place.title, text.NO_RULE, answers.source())
    warned = any(row.has_overdue_alarm for row in figures.rows)
    return far_count_tile(
        place.title, overdue, answers.clock_coverage or answers.clock_terms or "việc quá hạn", answers.source(), warned
    )


def draw_map(answers: WallAnswers) -> Component:
    """The map beside the whole, and the body that has no area of its own."""
    place, figures, unit_map = wall_frame.FAR_MAP, answers.figures, answers.unit_map
    if figures is None or unit_map is None:
        return panels.empty_face(place.title, place.modifier, text.NO_MAP if figures else _why_nothing(answers))
    layer = far_rate_layer(answers, figures)
    seated = [shape.unit for shape in unit_map.shapes if shape.seat is not None]
    seats = [layer.marks[code] for code in seated if code in layer.marks and layer.marks[code].tone is not Tone.CONTEXT]
    on_map = replace(layer, marks={code: mark for code, mark in layer.marks.items() if code not in seated})
    source, zones = answers.source(), answers.city.zones(unit_map)
    value = figures.cases.value
    side = [
        html.Div([html.Span(answers.scope.short_name), panels.age(wording="far")], className="panel-heading"),
        html.Div(
            [text.UNKNOWN if value is None else text.decimal(value), html.Small("%")], className="figure far-value"
        ),
        html.P(pace_sentence(figures.cases), className="far-words"),
        *(html.Div([html.Span(mark.name), html.B(mark.value)], className="far-seat") for mark in seats),
        map_legend(layer.legend, bool(zones)),
    ]
    return html.Div(
        className="far-map",
        children=[
            panels.panel([map_drawing(on_map, unit_map, zones)], source, "panel--map"),
            panels.panel(side, source, "far-side"),
        ],
    )


def draw_alarms(answers: WallAnswers) -> Component:
    """The worst three."""
    return alarm_list.far_alarm_rows(answers.judged_alarms, answers.sources_by_name)


def _rate(answers: WallAnswers, place: wall_frame.Place, rate: Callable[[WallFigures], RateComparison]) -> Component:
    figures = answers.figures
    if figures is None:
        return far_words_tile(place.title, _why_nothing(answers))
    return far_rate_tile(place.title, rate(figures), answers.source(), figures.coverage)


def _why_nothing(answers: WallAnswers) -> str:
    return text.NO_FIGURES if answers.source().configured else text.NOT_CONNECTED


_TILE_DRAWERS = (draw_completion, draw_money, draw_field_reports, draw_attendance, draw_cameras, draw_deadlines)
_DRAWERS = (
    *zip(wall_frame.FAR_TILES, _TILE_DRAWERS, strict=True),
    (wall_frame.FAR_MAP, draw_map),
    (wall_frame.FAR_ALARMS, draw_alarms),
)

SCENE = Scene(
    name="far",
    title="Bố cục xa",
    topics=TOPICS,
    ask=wall_answers,
    panels=tuple(Panel(place.id, place.title, draw, place.modifier) for place, draw in _DRAWERS),
    redraw_at=redraw_at,
)
