"""The frame of the overview: where each panel stands, and what it is called before it is drawn or when it fails."""

from __future__ import annotations

from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component

from components import ids
from components.panel import loading_face
from components.wall_header import link_banner, wall_clock


@dataclass(frozen=True, slots=True)
class Place:
    """One panel's id, title and CSS modifier."""

    id: str
    title: str
    modifier: str = ""


TITLE = Place(ids.WALL_TITLE, "Trung tâm điều hành", "panel--title")
TILES = (
    Place(ids.CASES_COMPLETION, "Xong về việc", "tile tile--rate"),
    Place(ids.CASES_MONEY, "Xong về tiền", "tile tile--rate"),
    Place(ids.FIELD_REPORTS_OPEN, "Phản ánh mở", "tile"),
    Place(ids.ATTENDANCE_PRESENT, "Có mặt", "tile"),
    Place(ids.CAMERAS_ONLINE, "Camera", "tile"),
    Place(ids.DEADLINES_OVERDUE, "Quá hạn luật định", "tile"),
)
UNITS = Place(ids.UNITS_COMPARISON, "Đơn vị", "panel--units")
STRIP = Place(ids.SOURCES_FRESHNESS, "Nguồn", "panel--strip")

PLACES = {place.id: place for place in (TITLE, *TILES, UNITS, STRIP)}


def overview_frame() -> Component:
    """Header, banner of a lost server, six tiles, unit table, freshness strip: all loading."""
    return html.Div(
        className="wall",
        children=[
            html.Header([_slot(TITLE), wall_clock()]),
            link_banner(),
            html.Main([html.Section([_slot(place) for place in TILES], className="tiles"), _slot(UNITS)]),
            html.Footer(_slot(STRIP)),
        ],
    )


def _slot(place: Place) -> Component:
    return html.Div(loading_face(place.title, place.modifier), id=place.id, className="slot")
