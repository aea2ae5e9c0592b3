"""What happened at a unit on one axis: bars by day for thirty days, or by hour for a day; each row on its own scale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dash import dcc, html
from dash.development.base_component import Component

from components import format as text
from components import svg

BAR_SHARE = 0.68


@dataclass(frozen=True, slots=True)
class StripRow:
    """One source: what happened in each part of the axis, oldest first; None for a part of which nothing is known.
    `note` says instead why there is nothing to draw."""

    title: str
    numbers: tuple[int | None, ...] = ()
    note: str = ""


def unit_strips(rows: Sequence[StripRow], first: str, last: str, unit: str) -> Component:
    """The rows on one axis from `first` to `last`; `unit` is what one bar stands for."""
    return html.Div(
        [
            html.Table(html.Tbody([_row(row, unit) for row in rows])),
            html.P([html.Span(first), html.Span(last)], className="strip-axis"),
        ],
        className="strips",
    )


def strip_switch(is_day: bool, path: str) -> Component:
    """30 days or 24 hours: two addresses."""
    links = [
        dcc.Link(words, href=f"{path}{query}", className="switch-part is-current" if current else "switch-part")
        for words, query, current in (("30 ngày", "?", not is_day), ("24 giờ", "?strip=24h", is_day))
    ]
    return html.Div(links, className="switch", role="group")


def _row(row: StripRow, unit: str) -> Component:
    if row.note:
        return html.Tr([html.Th(row.title, scope="row"), html.Td(row.note, className="strip-note"), html.Td()])
    known = [number for number in row.numbers if number is not None]
    total = sum(known)
    said = f"{row.title}: {text.whole(total)}, nhiều nhất {text.whole(max(known, default=0))} một {unit}"
    return html.Tr(
        [
            html.Th(row.title, scope="row"),
            html.Td(svg.drawing("strip", _bars(row.numbers)), title=said),
            html.Td(text.whole(total)),
        ]
    )


def _bars(numbers: Sequence[int | None]) -> list[Component | None]:
    highest = max([number or 0 for number in numbers] + [1])
    step = 100 / max(len(numbers), 1)
    drawn: list[Component | None] = [svg.line("strip-ground", 0, "100%", "100%", "100%")]
    for place, number in enumerate(numbers):
        x, width = f"{place * step:.2f}%", f"{step * BAR_SHARE:.2f}%"
        if number is None:
            drawn.append(svg.rectangle("strip-unknown", x, "92%", width, "8%"))
        elif number > 0:
            height = max(100 * number / highest, 14)
            kind = "strip-bar strip-bar--last" if place == len(numbers) - 1 else "strip-bar"
            drawn.append(svg.rectangle(kind, x, f"{100 - height:.1f}%", width, f"{height:.1f}%"))
    return drawn
