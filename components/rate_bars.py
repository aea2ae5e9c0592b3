"""Bars of a rate for units or parts beside each other, on one scale that is said, with pace and last year as ticks."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from components import format as text
from components import panel as panels
from components.bullet import rate_bullet, scale_name, shared_scale
from components.unit_table import UnitRow
from domain.freshness import SourceFacts
from domain.rates import RateComparison


def rate_bars(title: str, kind: str, rows: Sequence[UnitRow], whole: RateComparison, source: SourceFacts) -> Component:
    """The rows in the order given; `whole` supplies the pace named in the heading."""
    scale = shared_scale([row.cases for row in rows] or [whole])
    pace = text.UNKNOWN if whole.pace is None else text.decimal(whole.pace)
    keys = [
        html.Span([html.I(className="key key--pace"), f"tiến độ {pace}"]),
        html.Span([html.I(className="key key--last-year"), "cùng kỳ"]),
    ]
    return panels.panel(
        [
            panels.heading(title, *keys, panels.age(wording="head")),
            html.Table(
                className="rate-bars",
                children=[
                    html.Thead(
                        html.Tr(
                            [html.Th(kind), html.Th(f"thang {scale_name(scale)}"), html.Th("%"), html.Th("± cùng kỳ")]
                        )
                    ),
                    html.Tbody([_row(row, scale) for row in rows]),
                ],
            ),
        ],
        source,
        "panel--bars",
    )


def _row(row: UnitRow, scale: int) -> Component:
    if row.docketed is None:
        return html.Tr([html.Td(row.name), html.Td(text.NO_FIGURES, colSpan=3, className="is-silent")])
    change = row.cases.points_to_last_year
    direction = "" if not change else "is-rise" if change > 0 else "is-fall"
    return html.Tr(
        className="is-abnormal" if row.is_behind or row.has_fallen else "is-quiet",
        children=[
            html.Td(row.name),
            html.Td(
                rate_bullet(row.cases, scale) or text.NOTHING_ENFORCEABLE,
                className="has-bullet is-warning" if row.is_behind else "has-bullet",
            ),
            html.Td(
                text.UNKNOWN if row.cases.value is None else text.decimal(row.cases.value),
                className="is-warning" if row.is_behind else "",
            ),
            html.Td(
                text.UNKNOWN if change is None else text.decimal(abs(change)),
                className=f"{direction}{' is-warning' if row.has_fallen else ''}".strip(),
            ),
        ],
    )
