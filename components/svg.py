"""Every drawn shape of the wall, through dash-svg and nowhere else; colours are classes, so that a panel greys whole.

Small marks (triangles, clocks) are masks in the style sheet: the browser's work grows with the square of the number of
components in a panel, because Dash asks every mounted one at the mounting of each.
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


def bullet(value: Decimal, pace: Decimal | None, last_year: Decimal | None, scale: int) -> Component:
    """A bar from zero on 0..scale percent, with a thin tick (same day last year) and a tall one (pace to date)."""
    marks = [svg.Rect(className="bullet-measure", x="0", width=_share(value, scale))]
    if last_year is not None:
        marks.append(svg.Rect(className="bullet-last-year", x=_share(last_year, scale)))
    if pace is not None:
        marks.append(svg.Rect(className="bullet-pace", x=_share(pace, scale)))
    return _drawing(className="bullet", children=marks)


def _drawing(**properties: Any) -> Component:
    drawing: Component = svg.Svg(**properties)
    return drawing


def _share(value: Decimal, scale: int) -> str:
    within: Any = min(max(value, Decimal(0)), Decimal(scale))
    return f"{within * 100 / scale:.2f}%"
