"""Camera: which offices are covered, what works at this moment, what was interrupted; states only, no picture."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from components import format as text
from components import wall_frame
from components.camera_grid import CameraRow, camera_grid
from components.due_clock import since_words
from components.kpi_tile import count_tile, empty_tile, unconnected_tile, warning_line
from components.panel import empty_face
from components.security_list import SecurityLine, security_list
from domain.alarms import CAMERAS
from domain.cameras import Camera, CameraState
from domain.local_time import local_day
from domain.security import OUTCOME_NAMES, SecurityEvent, security_priority
from scenes.answers import TOPICS, WallAnswers, redraw_at, wall_answers
from scenes.camera_tile import working_tile
from scenes.drawing import Panel, Scene

NO_SOURCE = "chưa có nguồn"
FAULTY = frozenset({CameraState.UNUSABLE, CameraState.MISCONFIGURED})


def draw_coverage(answers: WallAnswers) -> Component:
    """Units with a camera installed, and in how many of them one was seen to work: two different things."""
    place, cameras = wall_frame.CAMERA_TILES[0], answers.cameras
    if not cameras.is_known:
        return _nothing_tile(answers, place)
    units = cameras.by_unit.values()
    installed = sum(unit.coverage.installed > 0 for unit in units)
    confirmed = sum(unit.coverage.is_confirmed for unit in units)
    unknown = sum(0 < unit.coverage.installed == unit.coverage.unknown for unit in units)
    lines: list[Component | None] = [html.Span(["xác nhận hoạt động ", html.B(f"{confirmed}/{len(units)}")])]
    lines.append(html.Span(f"{unknown} mất dữ liệu", className="is-old-part") if unknown else None)
    return count_tile(place.title, installed, lines, cameras.source, of=len(units))


def draw_working(answers: WallAnswers) -> Component:
    """Cameras that give a usable picture now."""
    return working_tile(wall_frame.CAMERA_TILES[1].title, answers)


def draw_lost(answers: WallAnswers) -> Component:
    """Cameras that do not answer, where the first of them is; a wrong password or a black picture is another thing."""
    place, cameras = wall_frame.CAMERA_TILES[2], answers.cameras
    if not cameras.is_known:
        return _nothing_tile(answers, place)
    lost = [camera for camera in cameras.cameras if cameras.state_of(camera) is CameraState.LOST]
    others = sum(cameras.state_of(camera) in FAULTY for camera in cameras.cameras)
    first = min(lost, key=lambda camera: cameras.since.get(camera.code, cameras.now), default=None)
    lines: list[Component] = []
    if first is not None:
        lines.append(warning_line([f"{answers.unit_names.get(first.unit, first.unit)} ", *_since(answers, first)]))
    if others:
        lines.append(html.Span(f"ngoài ra {others} lỗi khác"))
    return count_tile(place.title, len(lost), lines, cameras.source, is_warning=bool(lost))


def _since(answers: WallAnswers, camera: Camera) -> list[Component]:
    at = answers.cameras.since.get(camera.code)
    return [since_words(at)] if at else []


def draw_unknown(answers: WallAnswers) -> Component:
    """Cameras nobody knows of, and whose line is cut: one finding about a site."""
    place, cameras = wall_frame.CAMERA_TILES[3], answers.cameras
    if not cameras.is_known:
        return _nothing_tile(answers, place)
    sites = [site for site in cameras.findings.sites if site.hides_cameras]
    lines = [warning_line(f"mất liên kết {answers.unit_names.get(site.unit, site.unit)}") for site in sites[:2]]
    return count_tile(place.title, cameras.coverage.unknown, lines, cameras.source, is_warning=bool(sites))


def draw_grid(answers: WallAnswers) -> Component:
    """Every unit."""
    place, cameras = wall_frame.CAMERA_GRID, answers.cameras
    if not cameras.is_known:
        words = text.NO_FIGURES if cameras.source.configured else text.NOT_CONNECTED
        return empty_face(place.title, place.modifier, words)
    rows = [
        CameraRow(answers.unit_names[code], unit.states, unit.coverage, unit.interruptions, unit.percent)
        for code, unit in cameras.by_unit.items()
    ]
    return camera_grid(rows, cameras.source)


def draw_security(answers: WallAnswers) -> Component:
    """Today's security events and what the cameras lost today, newest first; what nobody tells is not called quiet."""
    place, security = wall_frame.SECURITY, answers.security
    if not security.is_known and not security.today:
        return empty_face(place.title, place.modifier, text.NO_FIGURES if security.is_configured else NO_SOURCE)
    lines = [_line(event, answers) for event in security.today] + _lost_lines(answers)
    return security_list(lines, security.source, security.told_by, security.not_told_by, security.is_live)


def _line(event: SecurityEvent, answers: WallAnswers) -> SecurityLine:
    unit = answers.unit_names.get(event.unit, event.unit)
    return SecurityLine(event.last_at, event.title, OUTCOME_NAMES[event.outcome], unit, security_priority(event))


def _lost_lines(answers: WallAnswers) -> list[SecurityLine]:
    """Cameras and sites that fell silent today and still are, while that is known."""
    if not answers.is_fresh(CAMERAS):
        return []
    return [
        SecurityLine(alarm.since_at, f"{alarm.title} ({alarm.measure})", "", alarm.unit_name, alarm.priority)
        for alarm in answers.alarms
        if alarm.source == CAMERAS and alarm.since_at is not None and local_day(alarm.since_at) == answers.today
    ]


def _nothing_tile(answers: WallAnswers, place: wall_frame.Place) -> Component:
    return empty_tile(place.title) if answers.cameras.source.configured else unconnected_tile(place.title)


_TILE_DRAWERS = (draw_coverage, draw_working, draw_lost, draw_unknown)
_DRAWERS = (
    *zip(wall_frame.CAMERA_TILES, _TILE_DRAWERS, strict=True),
    (wall_frame.CAMERA_GRID, draw_grid),
    (wall_frame.SECURITY, draw_security),
)

SCENE = Scene(
    name="cameras",
    title="Camera",
    topics=TOPICS,
    ask=wall_answers,
    panels=tuple(Panel(place.id, place.title, draw, place.modifier) for place, draw in _DRAWERS),
    redraw_at=redraw_at,
)
