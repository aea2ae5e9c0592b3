"""Every SVG mark of the wall, drawn through dash-svg and nowhere else.

Marks take their colour from CSS (currentColor or a token), so that one class greys a whole panel when it grows old.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import dash_svg as svg
from dash.development.base_component import Component


def emblem() -> Component:
    """The scales of justice in the header; the accent colour belongs to the frame, never to data."""
    return _drawing(
        className="emblem",
        viewBox="0 0 48 48",
        children=[
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
    )


def warning_mark() -> Component:
    """P2 Cao: a filled triangle with an exclamation mark, so that shape alone tells it from P1."""
    return _mark(
        "mark mark--warning",
        svg.Path(className="mark-fill", d="M12 2.5 22.8 21.5H1.2Z", strokeWidth=1.5, strokeLinejoin="round"),
        svg.Path(className="mark-sign", d="M12 9v6M12 18v.6", strokeWidth=2.3, strokeLinecap="round"),
    )


def rise_mark() -> Component:
    """Above the comparator."""
    return _mark("mark mark--trend", svg.Path(className="mark-fill", d="M12 4.5 21 19.5H3Z"))


def fall_mark() -> Component:
    """Below the comparator."""
    return _mark("mark mark--trend", svg.Path(className="mark-fill", d="M12 19.5 3 4.5H21Z"))


def bullet(value: Decimal, pace: Decimal | None, last_year: Decimal | None, scale: int) -> Component:
    """A bar from zero on 0..scale percent, with a thin tick (same day last year) and a tall one (pace to date)."""
    marks = [
        svg.Rect(className="bullet-track", x="0", width="100%"),
        svg.Rect(className="bullet-measure", x="0", width=_share(value, scale)),
    ]
    if last_year is not None:
        marks.append(svg.Rect(className="bullet-last-year", x=_share(last_year, scale)))
    if pace is not None:
        marks.append(svg.Rect(className="bullet-pace", x=_share(pace, scale)))
    return _drawing(className="bullet", children=marks)


def _mark(class_name: str, *shapes: Component) -> Component:
    return _drawing(className=class_name, viewBox="0 0 24 24", children=list(shapes))


def _drawing(**properties: Any) -> Component:
    drawing: Component = svg.Svg(**properties)
    return drawing


def _share(value: Decimal, scale: int) -> str:
    within: Any = min(max(value, Decimal(0)), Decimal(scale))
    return f"{within * 100 / scale:.2f}%"
