"""The frame of the wall: two layouts, each with header, scenes and foot, and where each panel stands.

Both layouts are mounted; wall.js shows the one that is honest from where people stand, and one scene of it at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from dash import html
from dash.development.base_component import Component

from components import ids
from components.attributes import data
from components.panel import loading_face
from components.wall_header import link_banner, scene_names, wall_clock
from domain.legibility import Layout
from domain.screens import SCENE_CATALOGUE, scenes_of


@dataclass(frozen=True, slots=True)
class Place:
    """One panel's id, title and CSS modifier; `explained` is the indicator that its figure is, with the filter that
    it stands under: a person at a desk opens it, a screen does not."""

    id: str
    title: str
    modifier: str = ""
    explained: str = ""


TITLE = Place(ids.WALL_TITLE, "Trung tâm điều hành", "panel--title")
ALARM_STRIP = Place(ids.ALARMS_STRIP, "Cảnh báo", "alarm-strip")
STRIP = Place(ids.SOURCES_FRESHNESS, "Nguồn", "panel--strip")

TILES = (
    Place(ids.CASES_COMPLETION, "Xong về việc", "tile tile--rate", "completion_rate_cases"),
    Place(ids.CASES_MONEY, "Xong về tiền", "tile tile--rate", "completion_rate_amount"),
    Place(ids.FIELD_REPORTS_OPEN, "Phản ánh mở", "tile", "reports_open"),
    Place(ids.ATTENDANCE_PRESENT, "Có mặt", "tile", "attendance_present"),
    Place(ids.CAMERAS_ONLINE, "Camera", "tile", "cameras_working"),
    Place(ids.DEADLINES_OVERDUE, "Quá hạn luật định", "tile", "overdue_clocks"),
)
MAP_LAYERS = (
    Place(ids.UNITS_MAP, "Tỷ lệ xong về việc, %", "panel--map", "completion_rate_cases"),
    Place(ids.DEADLINES_MAP, "Thời hạn luật định quá hạn, việc", "panel--map", "overdue_clocks"),
    Place(ids.FIELD_REPORTS_MAP, "Phản ánh đang mở", "panel--map", "reports_open"),
    Place(ids.ATTENDANCE_MAP, "Có mặt / cần có mặt", "panel--map", "attendance_present"),
    Place(ids.CAMERAS_MAP, "Camera hoạt động / lắp đặt", "panel--map", "cameras_working"),
    Place(ids.ALARMS_MAP, "Cảnh báo đang mở", "panel--map", "alarms_open"),
)
UNITS = Place(ids.UNITS_COMPARISON, "Đơn vị", "panel--units", "completion_rate_cases")
# In the place of UNITS inside a page of another system: the same, without who is at work.
UNITS_EMBEDDED = Place(ids.UNITS_EMBEDDED, "Đơn vị", "panel--units", "completion_rate_cases")
URGENT = Place(ids.ALARMS_URGENT, "Cần xử lý trước", "panel--urgent", "alarms_open")

FLOW = Place(ids.CASES_FLOW, "Từ thụ lý đến thi hành xong", "panel--flow", "total_docketed_cases")
CURVE = Place(ids.CASES_CURVE, "Lũy kế xong về việc, %", "panel--curve", "completion_rate_cases")
CASE_TILES = (
    Place(ids.DEADLINES_DETAIL, "Quá hạn luật định", "tile", "overdue_clocks"),
    Place(ids.CASES_OLD, "Việc trên 12 tháng", "tile", "over_twelve_months"),
    Place(ids.JUDGMENTS_OPEN, "Án hành chính", "tile", "judgments_to_enforce"),
    Place(ids.CASES_CREDIT, "Án tín dụng", "tile", "to_enforce_cases?group=TD"),
    Place(ids.CASES_CORRUPTION, "Án tham nhũng", "tile", "to_enforce_cases?group=TN"),
    Place(ids.CASES_BUDGET, "Thu ngân sách", "tile", "to_enforce_cases?group=NS"),
)
CASE_UNITS = Place(ids.CASES_UNITS, "Xong về việc theo đơn vị", "panel--bars", "completion_rate_cases")

REPORT_TILES = (
    Place(ids.FIELD_REPORTS_TODAY, "Tiếp nhận hôm nay", "tile", "reports_today"),
    Place(ids.FIELD_REPORTS_COUNT, "Đang mở", "tile", "reports_open"),
    Place(ids.FIELD_REPORTS_SOON, "Sắp đến hạn", "tile", "reports_soon"),
    Place(ids.FIELD_REPORTS_OVERDUE, "Quá hạn", "tile", "reports_overdue"),
    Place(ids.FIELD_REPORTS_IN_TIME, "Đúng hạn 30 ngày", "tile", "reports_in_time"),
)
REPORT_AXIS = Place(ids.FIELD_REPORTS_AXIS, "Thời gian còn lại", "panel--axis", "reports_open")
REPORT_INTAKE = Place(ids.FIELD_REPORTS_INTAKE, "Tiếp nhận theo giờ", "panel--intake", "reports_today")
REPORT_LIST = Place(ids.FIELD_REPORTS_LIST, "Cần xử lý trước", "panel--reports", "reports_open")

STAFF_TILES = (
    Place(ids.ATTENDANCE_COUNT, "Công chức, người lao động có mặt", "tile", "attendance_present"),
    Place(ids.ATTENDANCE_UNEXPLAINED, "Vắng chưa rõ lý do", "tile", "attendance_unexplained"),
    Place(ids.RECEPTION_TODAY, "Lượt tiếp công dân", "tile", "receptions_received"),
    Place(ids.RECEPTION_WAIT, "Thời gian chờ", "tile", "reception_wait"),
    Place(ids.RECEPTION_MONITORED, "Lượt có giám sát", "tile", "receptions_monitored"),
)
STAFF_UNITS = Place(ids.ATTENDANCE_UNITS, "Có mặt theo đơn vị", "panel--presence", "attendance_present")
RECEPTION = (
    Place(ids.RECEPTION_UNITS, "Tiếp công dân", "panel--reception", "receptions_received"),
    Place(ids.RECEPTION_CROWDS, "Đoàn đông người", "panel--crowds"),
    Place(ids.RECEPTION_COMPLAINTS, "Khiếu nại, tố cáo", "panel--complaints"),
)

CAMERA_TILES = (
    Place(ids.CAMERAS_COVERAGE, "Đơn vị có camera: lắp đặt", "tile", "units_with_cameras"),
    Place(ids.CAMERAS_WORKING, "Camera hoạt động", "tile", "cameras_working"),
    Place(ids.CAMERAS_LOST, "Mất tín hiệu", "tile", "cameras_lost"),
    Place(ids.CAMERAS_UNKNOWN, "Mất dữ liệu", "tile", "cameras_unknown"),
)
CAMERA_GRID = Place(ids.CAMERAS_GRID, "Trạng thái camera", "panel--camera-grid", "cameras_working")
SECURITY = Place(ids.SECURITY_EVENTS, "Sự kiện an ninh hôm nay", "panel--security")

SOFTWARE = Place(ids.SOFTWARE_WALL, "Phần mềm của ngành", "panel--software")
PLEDGES = Place(ids.PROGRAMME_BOARD, "Cam kết của Đề án", "panel--pledges")

FAR_TILES = (
    Place(ids.CASES_FAR_COMPLETION, "Xong về việc", "far-tile", "completion_rate_cases"),
    Place(ids.CASES_FAR_MONEY, "Xong về tiền", "far-tile", "completion_rate_amount"),
    Place(ids.FIELD_REPORTS_FAR, "Phản ánh mở", "far-tile", "reports_open"),
    Place(ids.ATTENDANCE_FAR, "Có mặt", "far-tile", "attendance_present"),
    Place(ids.CAMERAS_FAR, "Camera", "far-tile", "cameras_working"),
    Place(ids.DEADLINES_FAR, "Luật định", "far-tile", "overdue_clocks"),
)
FAR_MAP = Place(ids.UNITS_FAR_MAP, "Xong về việc, %", "panel--map", "completion_rate_cases")
FAR_ALARMS = Place(ids.ALARMS_FAR, "Đang cần xử lý", "panel--far-alarms", "alarms_open")
FAR_ALARM_STRIP = Place(ids.ALARMS_FAR_STRIP, "Cảnh báo", "alarm-strip")
FAR_STRIP = Place(ids.SOURCES_FAR_FRESHNESS, "Nguồn", "panel--strip")


def wall_frame() -> Component:
    """Everything a wall can show, loading; the night face and the face that names the screen lie above it."""
    return html.Div(
        className="walls",
        children=[
            _wall(Layout.DENSE, _slot(TITLE), _dense_scenes(), [_slot(ALARM_STRIP), _slot(STRIP)], False),
            # Until wall.js knows better: what is hidden is not drawn.
            _wall(Layout.FAR, html.Span(), _far_scenes(), [_slot(FAR_ALARM_STRIP), _slot(FAR_STRIP)], True),
            html.Div(className="night", children=[wall_clock(), html.P(**data(night="words"))]),
            html.Div(className="identity", children=[html.Span("Màn hình"), html.Strong(**data(identity="name"))]),
        ],
    )


def embedded_frame(name: str) -> Component:
    """One scene by itself, with who it is, the clock, the banner of a lost server and the age of the sources; who is at
    work in which office is not in it. Raises KeyError for a scene there is not."""
    layout = next((entry.layout for entry in SCENE_CATALOGUE if entry.name == name), None)
    if layout is None:
        raise KeyError(name)
    scenes = [_embedded_overview(), *_dense_scenes()[1:]] if layout is Layout.DENSE else _far_scenes()
    scene: Any = next(one for one in scenes if getattr(one, "data-scene") == name)
    scene.className = f"scene scene--{name} is-on"
    is_dense = layout is Layout.DENSE
    return html.Div(
        _wall(
            layout, _slot(TITLE) if is_dense else html.Span(), [scene], [_slot(STRIP if is_dense else FAR_STRIP)], False
        ),
        className="walls",
    )


@lru_cache(maxsize=16)
def panels_of_frame(name: str) -> frozenset[str]:
    """The ids of the panels that an embedded scene has."""
    traverse: Callable[[], Iterable[Any]] = embedded_frame(name)._traverse_ids
    return frozenset(component.id for component in traverse())


def _wall(
    layout: Layout,
    title: Component,
    scenes: Sequence[Component],
    foot: Sequence[Component],
    is_hidden: bool,
) -> Component:
    return html.Div(
        className=f"wall wall--{layout.value}",
        hidden=is_hidden,
        children=[
            html.Header([title, scene_names(scenes_of(layout)), wall_clock()]),
            link_banner(),
            html.Main(list(scenes)),
            html.Footer(list(foot)),
        ],
        **data(layout=layout.value),
    )


def _embedded_overview() -> Component:
    return _overview([place for place in MAP_LAYERS if place.id != ids.ATTENDANCE_MAP], UNITS_EMBEDDED)


def _overview(layers: Sequence[Place], units: Place) -> Component:
    return _scene(
        "overview",
        html.Section(_slots(TILES), className="tiles"),
        html.Div(
            className="overview-body",
            children=[
                html.Div(_slots(layers), className="map-layers", **data(alternate="20")),
                html.Div([_slot(units), _slot(URGENT)], className="overview-side"),
            ],
        ),
    )


def _dense_scenes() -> list[Component]:
    return [
        _overview(MAP_LAYERS, UNITS),
        _scene(
            "cases",
            html.Div([_slot(FLOW), _slot(CURVE)], className="cases-left"),
            html.Div(
                [html.Section(_slots(CASE_TILES), className="case-tiles"), _slot(CASE_UNITS)], className="cases-right"
            ),
        ),
        _scene(
            "field_reports",
            html.Section(_slots(REPORT_TILES), className="tiles tiles--feed"),
            html.Div(
                [html.Div([_slot(REPORT_AXIS), _slot(REPORT_INTAKE)], className="reports-left"), _slot(REPORT_LIST)],
                className="reports-body",
            ),
        ),
        _scene(
            "attendance",
            html.Section(_slots(STAFF_TILES), className="tiles tiles--staff"),
            html.Div(
                [_slot(STAFF_UNITS), _slot(RECEPTION[0]), html.Div(_slots(RECEPTION[1:]), className="staff-side")],
                className="staff-body",
            ),
        ),
        _scene(
            "cameras",
            html.Section(_slots(CAMERA_TILES), className="tiles tiles--cameras"),
            html.Div([_slot(CAMERA_GRID), _slot(SECURITY)], className="camera-body"),
        ),
        _scene("programme", _slot(PLEDGES), _slot(SOFTWARE)),
    ]


def _far_scenes() -> list[Component]:
    return [
        _scene("far", html.Section(_slots(FAR_TILES), className="far-tiles")),
        _scene("far_map", _slot(FAR_MAP)),
        _scene("far_alarms", _slot(FAR_ALARMS)),
    ]


def _scene(name: str, *parts: Component) -> Component:
    return html.Div(list(parts), className=f"scene scene--{name}", **data(scene=name))


def _slots(places: Sequence[Place]) -> list[Component]:
    return [_slot(place) for place in places]


def _slot(place: Place) -> Component:
    explained = data(explained=place.explained) if place.explained else {}
    return html.Div(loading_face(place.title, place.modifier), id=place.id, className="slot", **explained)
