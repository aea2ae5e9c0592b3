"""Toàn cảnh: the map and its layers, the rates against their pace, every unit beside the others, what burns."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from dash import html
from dash.development.base_component import Component

from components import format as text
from components import wall_frame
from components.alarm_list import urgent_list
from components.area_map import MapLayer, map_panel
from components.kpi_tile import count_tile, empty_tile, rate_tile, unconnected_tile, warning_line
from components.panel import empty_face
from components.unit_table import UnitRow, part_table, unit_table
from domain.alarms import ATTENDANCE, Priority
from domain.boundaries import UnitMap
from domain.freshness import SourceFacts
from domain.rates import RateComparison
from scenes.answers import TOPICS, WallAnswers, redraw_at, wall_answers
from scenes.camera_tile import working_tile
from scenes.drawing import Panel, Scene
from scenes.figures import WallFigures
from scenes.map_layers import alarm_layer, camera_layer, clock_layer, presence_layer, rate_layer, report_layer
from scenes.presence_tile import present_tile


def draw_cases_completion(answers: WallAnswers) -> Component:
    """Xong về việc."""
    return _rate_tile(answers, wall_frame.TILES[0], lambda figures: figures.cases)


def draw_cases_money(answers: WallAnswers) -> Component:
    """Xong về tiền."""
    return _rate_tile(answers, wall_frame.TILES[1], lambda figures: figures.money)


def draw_field_reports_open(answers: WallAnswers) -> Component:
    """Phản ánh mở: how many are overdue, how many due soon."""
    place, reports = wall_frame.TILES[2], answers.reports
    if not reports.is_known:
        return empty_tile(place.title) if reports.source.configured else unconnected_tile(place.title)
    counts, worst = reports.counts, min((alarm.priority for alarm in answers.report_alarms), default=None)
    urgent = warning_line(f"{counts.urgent} khẩn cấp", Priority.URGENT) if counts.urgent else None
    late = warning_line(f"{counts.overdue} quá hạn") if counts.overdue else None
    near = warning_line(f"{counts.soon} dưới {reports.soon_hours} giờ") if counts.soon else None
    by_unit = reports.by_unit or {}
    nowhere = counts.open - sum(found.open for found in by_unit.values())
    doubt = html.Span(f"{nowhere} chưa rõ đơn vị") if nowhere else None
    calm = None if urgent or late or near else html.Span("không có quá hạn")
    lines = [line for line in (urgent, late, near, calm, doubt) if line is not None][:2]
    edge = worst or Priority.HIGH
    return count_tile(place.title, counts.open, lines, reports.source, is_warning=worst is not None, priority=edge)


def draw_attendance_present(answers: WallAnswers) -> Component:
    """Có mặt, and who is missing without a reason."""
    place, presence = wall_frame.TILES[3], answers.presence
    if presence.total is None:
        return empty_tile(place.title) if presence.source.configured else unconnected_tile(place.title)
    total, missing = presence.total, answers.missing_people
    warned = missing is not None and missing >= answers.limits.unexplained_absences
    lines = [
        warning_line(f"{missing} chưa rõ") if warned else None,
        html.Span(f"{total.unknown} mất dữ liệu", className="is-old-part") if total.unknown else None,
        html.Span(f"công tác {total.trip + total.field_duty} · phép {total.leave}"),
    ]
    return present_tile(place.title, answers, total, [line for line in lines if line is not None][:2], warned)


def draw_cameras_online(answers: WallAnswers) -> Component:
    """Camera that work of those installed."""
    return working_tile(wall_frame.TILES[4].title, answers)


def draw_deadlines_overdue(answers: WallAnswers) -> Component:
    """Quá hạn luật định, with the worst unit; a clock without a rule in force is named, never counted as zero."""
    place, source = wall_frame.TILES[5], answers.source()
    if not source.configured:
        return unconnected_tile(place.title)
    figures = answers.figures
    if figures is None:
        return empty_tile(place.title)
    old = figures.total.over_twelve_months
    old_line = html.Span(["Trên 12 tháng ", html.B(text.UNKNOWN if old is None else text.whole(old))])
    return deadlines_tile(place.title, answers, figures, old_line)


def deadlines_tile(title: str, answers: WallAnswers, figures: WallFigures, otherwise: Component) -> Component:
    """The tile of overdue statutory clocks; its second line says of how many kinds of clock the figure is, or that the
    terms are sample ones, or else `otherwise`."""
    overdue, qualified = figures.total.overdue_clocks, answers.clock_coverage or answers.clock_terms
    second_line = html.Span(qualified) if qualified else otherwise
    if overdue is None:
        return unconnected_tile(title, [second_line], answers.source(), text.NO_RULE)
    worst = max(figures.rows, key=lambda row: row.overdue_clocks or 0, default=None)
    warned = worst is not None and worst.has_overdue_alarm
    first = warning_line(f"{worst.name} {worst.overdue_clocks}") if worst is not None and warned else None
    return count_tile(title, overdue, [first, second_line], answers.source(), is_warning=warned)


def draw_units_comparison(answers: WallAnswers) -> Component:
    """Every unit, or the parts of the one unit this wall belongs to."""
    return _units(answers, answers.connected_feeds)


def draw_units_embedded(answers: WallAnswers) -> Component:
    """The same for pages of other systems: who is at work in a small office would point at somebody."""
    return _units(answers, {name: feed for name, feed in answers.connected_feeds.items() if name != ATTENDANCE})


def _units(answers: WallAnswers, feeds: Mapping[str, SourceFacts]) -> Component:
    place, source = wall_frame.UNITS, answers.source()
    if not source.configured:
        return empty_face(place.title, place.modifier, text.NOT_CONNECTED)
    figures = answers.figures
    if figures is None:
        return empty_face(place.title, place.modifier)
    if answers.is_one_unit:
        return part_table([*answers.parts, _whole_row(figures)], source)
    return unit_table(figures.rows, source, feeds)


def draw_rate_map(answers: WallAnswers) -> Component:
    """The rate of every unit in three tones."""
    return _map(answers, wall_frame.MAP_LAYERS[0], rate_layer)


def draw_clock_map(answers: WallAnswers) -> Component:
    """Overdue statutory clocks by unit."""
    if answers.figures is not None and answers.clocks.by_unit is None:
        place = wall_frame.MAP_LAYERS[1]
        return empty_face(place.title, place.modifier, text.NO_RULE)
    return _map(answers, wall_frame.MAP_LAYERS[1], clock_layer)


def draw_report_map(answers: WallAnswers) -> Component:
    """Open field reports by unit."""
    place, reports = wall_frame.MAP_LAYERS[2], answers.reports
    if not reports.is_known:
        return empty_face(
            place.title, place.modifier, text.NO_FIGURES if reports.source.configured else text.NOT_CONNECTED
        )
    if answers.unit_map is None:
        return empty_face(place.title, place.modifier, text.NO_MAP)
    return _drawn(answers, answers.unit_map, report_layer(answers), reports.source)


def draw_presence_map(answers: WallAnswers) -> Component:
    """Who is at work by unit."""
    place, presence = wall_frame.MAP_LAYERS[3], answers.presence
    if presence.day is None or presence.is_off:
        words = "ngoài giờ làm việc" if presence.is_off else text.NOT_CONNECTED
        return empty_face(place.title, place.modifier, words)
    if answers.unit_map is None:
        return empty_face(place.title, place.modifier, text.NO_MAP)
    return _drawn(answers, answers.unit_map, presence_layer(answers), presence.source)


def draw_camera_map(answers: WallAnswers) -> Component:
    """Cameras that work, by unit."""
    place, cameras = wall_frame.MAP_LAYERS[4], answers.cameras
    if not cameras.is_known:
        words = text.NO_FIGURES if cameras.source.configured else text.NOT_CONNECTED
        return empty_face(place.title, place.modifier, words)
    if answers.unit_map is None:
        return empty_face(place.title, place.modifier, text.NO_MAP)
    return _drawn(answers, answers.unit_map, camera_layer(answers), cameras.source)


def draw_alarm_map(answers: WallAnswers) -> Component:
    """Open alarms by unit."""
    return _map(answers, wall_frame.MAP_LAYERS[5], alarm_layer)


def draw_urgent(answers: WallAnswers) -> Component:
    """What needs a person first."""
    return urgent_list(answers.judged_alarms, answers.alarm_source, answers.sources_by_name, answers.directives)


def _map(
    answers: WallAnswers, place: wall_frame.Place, layer_of: Callable[[WallAnswers, WallFigures], MapLayer]
) -> Component:
    source = answers.source()
    if not source.configured:
        return empty_face(place.title, place.modifier, text.NOT_CONNECTED)
    if answers.figures is None:
        return empty_face(place.title, place.modifier)
    if answers.unit_map is None:
        return empty_face(place.title, place.modifier, text.NO_MAP)
    return _drawn(answers, answers.unit_map, layer_of(answers, answers.figures), source)


def _drawn(answers: WallAnswers, unit_map: UnitMap, layer: MapLayer, source: SourceFacts) -> Component:
    """The panel of one layer, with the zones of the city's warnings that hold."""
    return map_panel(layer, unit_map, source, zones=answers.city.zones(unit_map))


def _whole_row(figures: WallFigures) -> UnitRow:
    return replace(figures.total, name="Cộng", overdue_clocks=None)


def _rate_tile(
    answers: WallAnswers, place: wall_frame.Place, rate: Callable[[WallFigures], RateComparison]
) -> Component:
    source = answers.source()
    if not source.configured:
        return unconnected_tile(place.title)
    figures = answers.figures
    if figures is None:
        return empty_tile(place.title, "tile--rate")
    return rate_tile(place.title, rate(figures), source, figures.coverage)


_MAP_DRAWERS = (draw_rate_map, draw_clock_map, draw_report_map, draw_presence_map, draw_camera_map, draw_alarm_map)
_TILE_DRAWERS = (
    draw_cases_completion,
    draw_cases_money,
    draw_field_reports_open,
    draw_attendance_present,
    draw_cameras_online,
    draw_deadlines_overdue,
)
_DRAWERS = (
    *zip(wall_frame.TILES, _TILE_DRAWERS, strict=True),
    *zip(wall_frame.MAP_LAYERS, _MAP_DRAWERS, strict=True),
    (wall_frame.UNITS, draw_units_comparison),
    (wall_frame.UNITS_EMBEDDED, draw_units_embedded),
    (wall_frame.URGENT, draw_urgent),
)

SCENE = Scene(
    name="overview",
    title="Toàn cảnh",
    topics=TOPICS,
    ask=wall_answers,
    panels=tuple(Panel(place.id, place.title, draw, place.modifier) for place, draw in _DRAWERS),
    # Pace and cùng kỳ move with the calendar; ages are the browser's.
    redraw_at=redraw_at,
)
