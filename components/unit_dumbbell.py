"""So sánh đơn vị: each unit's rate now (filled) and on the same day last year (hollow), with the pace as a dotted line.

Rates have their own denominators and small units their funnel limits; nothing is ranked by a raw count.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from dash import dcc, html
from dash.development.base_component import Component

from components import format as text
from components import svg
from components.bullet import SCALES
from domain.rates import RateComparison


@dataclass(frozen=True, slots=True)
class DumbbellRow:
    """A unit, its rates, whether it is the one looked at, whether it lies beyond its funnel limits; `href` opens it."""

    name: str
    rate: RateComparison
    is_shown: bool
    is_beyond: bool
    href: str


def unit_dumbbell(rows: Sequence[DumbbellRow], pace: Decimal | None) -> Component:
    """The rows in the order given, on one scale that is said."""
    marks = [mark for row in rows for mark in (row.rate.value, row.rate.last_year) if mark is not None]
    highest = max([*marks, *([pace] if pace is not None else [])], default=Decimal(0))
    scale = next((step for step in SCALES if highest <= step), SCALES[-1])
    return html.Div([_table(rows, pace, scale), _axis(scale)], className="dumbbell")


def _table(rows: Sequence[DumbbellRow], pace: Decimal | None, scale: int) -> Component:
    return html.Table(html.Tbody([_row(row, pace, scale) for row in rows]))


def _row(row: DumbbellRow, pace: Decimal | None, scale: int) -> Component:
    name = f"{'is-shown ' if row.is_shown else ''}{'is-warning' if row.rate.is_behind and row.is_beyond else ''}"
    value = text.UNKNOWN if row.rate.value is None else text.decimal(row.rate.value)
    before = "" if row.rate.last_year is None else f", trước đó {text.percent(row.rate.last_year)}"
    return html.Tr(
        [
            html.Th(dcc.Link(row.name, href=row.href), scope="row"),
            html.Td(svg.drawing("dumbbell-line", _marks(row.rate, pace, scale)), title=f"{value}%{before}"),
            html.Td(value),
        ],
        className=name.strip() or None,
    )


def _marks(rate: RateComparison, pace: Decimal | None, scale: int) -> list[Component | None]:
    def at(value: Decimal) -> str:
        return f"{float(value) * 100 / scale:.2f}%"

    drawn: list[Component | None] = []
    if pace is not None:
        drawn.append(svg.line("dumbbell-pace", at(pace), "0", at(pace), "100%"))
    if rate.value is not None and rate.last_year is not None:
        drawn.append(svg.line("dumbbell-span", at(rate.last_year), "50%", at(rate.value), "50%"))
    if rate.last_year is not None:
        drawn.append(svg.circle("dumbbell-before", at(rate.last_year), "50%", 3.4))
    if rate.value is not None:
        drawn.append(svg.circle("dumbbell-now", at(rate.value), "50%", 4.6))
    return drawn


def _axis(scale: int) -> Component:
    return html.P([html.Span("0"), html.Span(str(scale // 2)), html.Span(f"{scale}%")], className="dumbbell-axis")
