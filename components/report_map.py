"""Where field reports lie: points near each other are one circle with their number, over the outlines of the units."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import datetime

from dash import html
from dash.development.base_component import Component

from components import format as text
from components import svg
from domain.boundaries import Point, UnitMap
from domain.report_filters import DeskReport

# Middles of circles are at least this far apart on the plane (whose width is a thousand): none lies on another.
APART = 46.0
SMALLEST, LARGEST = 10.0, 22.0


def report_map(reports: Sequence[DeskReport], unit_map: UnitMap | None, now: datetime) -> Component:
    """The map, and how many reports have no place on it."""
    placed = [item for item in reports if item.point is not None]
    without = len(reports) - len(placed)
    note = f"{text.whole(without)} phản ánh không có tọa độ" if without else "mọi phản ánh có tọa độ"
    if unit_map is None:
        return html.P(text.NO_MAP, className="desk-nothing")
    drawn = svg.drawing(
        "report-map",
        [
            svg.path("report-map-area", "".join(shape.path for shape in unit_map.shapes)),
            *_circles(placed, unit_map, now),
        ],
        viewBox=f"-4 -6 {unit_map.width + 8:g} {unit_map.height + 12:g}",
    )
    return html.Div(
        [drawn, html.Small(f"{note} · {unit_map.note}", className="desk-faint")], className="report-map-box"
    )


def _circles(placed: Sequence[DeskReport], unit_map: UnitMap, now: datetime) -> list[Component]:
    groups: list[tuple[Point, list[DeskReport]]] = []
    for item in placed:
        latitude, longitude = item.point or (0.0, 0.0)
        x, y = unit_map.projection.place(longitude, latitude)
        if not (0 <= x <= unit_map.width and 0 <= y <= unit_map.height):
            continue
        near = next((here for middle, here in groups if math.dist(middle, (x, y)) < APART), None)
        if near is None:
            groups.append(((x, y), [item]))
        else:
            near.append(item)
    most = max((len(here) for _, here in groups), default=1)
    parts: list[Component] = []
    for (x, y), here in groups:
        is_late = any(item.report.is_overdue(now) for item in here)
        radius = SMALLEST + (LARGEST - SMALLEST) * (len(here) / most) ** 0.5
        parts.append(svg.circle("report-map-dot is-late" if is_late else "report-map-dot", x, y, radius))
        if len(here) > 1:
            parts.append(svg.words("report-map-count", x, y, str(len(here))))
    return parts
