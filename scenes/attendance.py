"""Nhân sự: who is at work by unit, who is missing as one total; citizen reception stands beside it."""

from __future__ import annotations

from collections.abc import Callable

from dash import html
from dash.development.base_component import Component

from components import format as text
from components import wall_frame
from components.kpi_tile import count_tile, empty_tile, unconnected_tile, warning_line
from components.panel import empty_face
from components.presence_table import presence_table
from scenes import reception
from scenes.answers import TOPICS, WallAnswers, redraw_at, wall_answers
from scenes.drawing import Panel, Scene
from scenes.presence_tile import OFF, SILENT, present_tile

ONLY_OF_ALL = "chỉ báo của toàn tỉnh"


def draw_present(answers: WallAnswers) -> Component:
    """Có mặt of those who should be there, and why the others are not."""
    place, presence = wall_frame.STAFF_TILES[0], answers.presence
    total = presence.total
    if total is None:
        return _nothing_tile(answers, place)
    line = html.Span(
        [
            *("công tác ", html.B(text.whole(total.trip + total.field_duty))),
            *(" · phép ", html.B(text.whole(total.leave))),
            *(" · danh sách ", html.B(text.whole(total.staff))),
        ]
    )
    return present_tile(place.title, answers, total, [line])


def draw_unexplained(answers: WallAnswers) -> Component:
    """Vắng chưa rõ lý do, a total of the whole wall: of no single unit."""
    place, presence = wall_frame.STAFF_TILES[1], answers.presence
    if presence.day is None:
        return _nothing_tile(answers, place)
    if answers.is_one_unit:
        # Of a single unit it would point at somebody.
        return unconnected_tile(place.title, [], presence.source, ONLY_OF_ALL)
    missing = presence.day.unexplained
    unknown = presence.total.unknown if presence.total else 0
    doubt = html.Span(f"{unknown} mất dữ liệu", className="is-old-part") if unknown else None
    if missing is None or presence.is_off:
        return unconnected_tile(place.title, [doubt], presence.source, OFF if presence.is_off else SILENT)
    warned = missing >= answers.limits.unexplained_absences
    words = answers.scope.short_name.lower()
    lines = [warning_line(words) if warned else html.Span(words), doubt]
    return count_tile(place.title, missing, lines, presence.source, is_warning=warned)


def draw_units(answers: WallAnswers) -> Component:
    """Every unit."""
    place, presence = wall_frame.STAFF_UNITS, answers.presence
    if presence.day is None:
        return _nothing(answers, place)
    return presence_table(presence.by_unit, presence.total, answers.unit_names, presence.source)


def _nothing(answers: WallAnswers, place: wall_frame.Place) -> Component:
    words = text.NO_FIGURES if answers.presence.source.configured else text.NOT_CONNECTED
    return empty_face(place.title, place.modifier, words)


def _nothing_tile(answers: WallAnswers, place: wall_frame.Place) -> Component:
    return empty_tile(place.title) if answers.presence.source.configured else unconnected_tile(place.title)


_DRAWERS: tuple[tuple[wall_frame.Place, Callable[[WallAnswers], Component]], ...] = (
    (wall_frame.STAFF_TILES[0], draw_present),
    (wall_frame.STAFF_TILES[1], draw_unexplained),
    (wall_frame.STAFF_TILES[2], reception.draw_visits),
    (wall_frame.STAFF_TILES[3], reception.draw_wait),
    (wall_frame.STAFF_TILES[4], reception.draw_monitored),
    (wall_frame.STAFF_UNITS, draw_units),
    (wall_frame.RECEPTION[0], reception.draw_queue),
    (wall_frame.RECEPTION[1], reception.draw_crowds),
    (wall_frame.RECEPTION[2], reception.draw_petitions),
)

SCENE = Scene(
    name="attendance",
    title="Nhân sự",
    topics=TOPICS,
    ask=wall_answers,
    panels=tuple(Panel(place.id, place.title, draw, place.modifier) for place, draw in _DRAWERS),
    redraw_at=redraw_at,
)
