"""Every drawn shape of the wall, through dash-svg and nowhere else; colours are classes, so that a panel greys whole.

Small marks (triangles, clocks) are masks in the style sheet: a panel stays few elements, and its bytes few.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import dash_svg as svg
from dash.development.base_component import Component

Children = Sequence[Component | None] | Component | str
Number = float | str


def emblem() -> Component:
    """The scales of justice in the header; the accent colour belongs to the frame, never to data."""
    return drawing(
        "emblem",
        [
            svg.Rect(className="emblem-ground", x="1", y="1", width="46", height="46", rx="11"),
            svg.Path(
                className="emblem-line",
                d="M24 10v27M14 37h20M11 17.5c4.5 0 8-1 13-3.5 5 2.5 8.5 3.5 13 3.5",
                strokeWidth=2.6,
            ),
            svg.Path(
                className="emblem-line",
                d="M6.5 28 11.5 18l5 10a5.2 5.2 0 0 1-10 0ZM31.5 28l5-10 5 10a5.2 5.2 0 0 1-10 0Z",
                strokeWidth=2.2,
            ),
        ],
        viewBox="0 0 48 48",
    )


def bullet(value: Decimal, pace: Decimal | None, last_year: Decimal | None, scale: int) -> Component:
    """A bar from zero on 0..scale percent, with a thin tick (same day last year) and a tall one (pace to date)."""
    marks = [svg.Rect(className="bullet-measure", x="0", width=_share(value, scale))]
    if last_year is not None:
        marks.append(svg.Rect(className="bullet-last-year", x=_share(last_year, scale)))
    if pace is not None:
        marks.append(svg.Rect(className="bullet-pace", x=_share(pace, scale)))
    return drawing("bullet", marks)


def drawing(class_name: str, children: Children, **properties: Any) -> Component:
    """An SVG root; without a viewBox its lengths are those of the page."""
    root: Component = svg.Svg(className=class_name, children=_present(children), **properties)
    return root


def group(class_name: str, children: Children, **properties: Any) -> Component:
    """Shapes that belong together."""
    grouped: Component = svg.G(className=class_name, children=_present(children), **properties)
    return grouped


def path(class_name: str, d: str) -> Component:
    """A line or an area by its path."""
    drawn: Component = svg.Path(className=class_name, d=d)
    return drawn


def line(class_name: str, x1: Number, y1: Number, x2: Number, y2: Number) -> Component:
    """A straight line."""
    drawn: Component = svg.Line(className=class_name, x1=_text(x1), y1=_text(y1), x2=_text(x2), y2=_text(y2))
    return drawn


def polyline(class_name: str, points: Sequence[tuple[float, float]]) -> Component:
    """A line through points."""
    drawn: Component = svg.Polyline(className=class_name, points=" ".join(f"{x:.1f},{y:.1f}" for x, y in points))
    return drawn


def rectangle(class_name: str, x: Number, y: Number, width: Number, height: Number) -> Component:
    """A bar; lengths may be shares ("12.5%")."""
    drawn: Component = svg.Rect(className=class_name, x=_text(x), y=_text(y), width=_text(width), height=_text(height))
    return drawn


def circle(class_name: str, x: Number, y: Number, radius: Number) -> Component:
    """A dot."""
    drawn: Component = svg.Circle(className=class_name, cx=_text(x), cy=_text(y), r=_text(radius))
    return drawn


def words(class_name: str, x: Number, y: Number, text: str) -> Component:
    """A line of text; its size, colour and anchor belong to the class."""
    drawn: Component = svg.Text(className=class_name, x=_text(x), y=_text(y), children=text)
    return drawn


def _present(children: Children) -> Any:
    if isinstance(children, Component | str):
        return children
    return [child for child in children if child is not None]


def _text(number: Number) -> str:
    return number if isinstance(number, str) else f"{number:.1f}"


def _share(value: Decimal, scale: int) -> str:
    within: Any = min(max(value, Decimal(0)), Decimal(scale))
    return f"{within * 100 / scale:.2f}%"
