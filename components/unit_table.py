"""The unit table: one row per unit joining every feed, abnormal units first, the total last.

Cells hold plain text and marks are CSS: see components/svg.py for why components are spared.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from dash import html
from dash.development.base_component import Component

from components import format as text
from components import panel as panels
from components.bullet import rate_bullet, scale_name, shared_scale
from domain.freshness import SourceFacts
from domain.rates import RateComparison


@dataclass(frozen=True, slots=True)
class UnitRow:
    """What one unit shows. Counts are việc; a unit that never sent anything has None, not zero, everywhere."""

    name: str
    docketed: int | None = None
    enforceable: int | None = None
    completed: int | None = None
    cases: RateComparison = RateComparison(None)
    money: RateComparison = RateComparison(None)
    over_twelve_months: int | None = None


@dataclass(frozen=True, slots=True)
class FeedColumn:
    """A column fed by another source than the case system; not connected until that source is."""

    title: str
    note: str = text.NOT_CONNECTED


FEED_COLUMNS = (FeedColumn("Phản ánh"), FeedColumn("Có mặt"), FeedColumn("Camera"))

TITLE = "Đơn vị"


def unit_table(rows: Sequence[UnitRow], total: UnitRow, source: SourceFacts) -> Component:
    """The table in the order given; one bullet scale for all rows, said in the head."""
    scale = shared_scale([row.cases for row in (*rows, total)])
    return panels.panel(
        [
            html.Table(
                className="unit-table",
                children=[
                    html.Colgroup([html.Col(className=f"col-{name}") for name in _COLUMNS]),
                    html.Thead(_head(scale)),
                    html.Tbody([*(_row(row, scale) for row in rows), _row(total, scale, is_total=True)]),
                ],
            )
        ],
        source,
        "panel--units",
    )


_COLUMNS = (
    "unit", "docketed", "enforceable", "completed", "rate", "bullet", "trend", "money", "old", "feed", "feed", "feed",
)  # fmt: skip


def _head(scale: int) -> Component:
    return html.Tr(
        [
            html.Th([TITLE, panels.age(wording="head")]),
            html.Th("Thụ lý"),
            html.Th("Có điều kiện"),
            html.Th("Xong"),
            html.Th([html.Span("Xong về việc, %"), html.Span(scale_name(scale))], colSpan=2),
            html.Th("± cùng kỳ"),
            html.Th("Xong về tiền, %"),
            html.Th("Trên 12 tháng"),
            *(html.Th([feed.title, html.Small(feed.note)]) for feed in FEED_COLUMNS),
        ]
    )


def _row(row: UnitRow, scale: int, is_total: bool = False) -> Component:
    kind = "is-total" if is_total else "is-abnormal" if row.cases.is_abnormal else "is-quiet"
    feeds = [html.Td(text.UNKNOWN, className="is-unknown") for _ in FEED_COLUMNS]
    if row.docketed is None:
        silent = html.Td(text.NO_FIGURES, colSpan=len(_COLUMNS) - len(feeds) - 1, className="is-silent")
        return html.Tr([html.Td(row.name), silent, *feeds], className=kind)
    return html.Tr(
        className=kind,
        children=[
            html.Td(row.name),
            _number(row.docketed),
            _number(row.enforceable),
            _number(row.completed),
            _cell(row.cases.value, "is-behind is-warning" if row.cases.is_behind and not is_total else ""),
            html.Td(rate_bullet(row.cases, scale), className="has-bullet"),
            _trend_cell(row.cases, warns=not is_total),
            _cell(row.money.value),
            _number(row.over_twelve_months),
            *feeds,
        ],
    )


def _number(value: int | None) -> Component:
    return html.Td(text.UNKNOWN if value is None else text.whole(value))


def _cell(value: Decimal | None, class_name: str = "") -> Component:
    if value is None:
        return html.Td(text.UNKNOWN, className="is-unknown")
    return html.Td(text.decimal(value), className=class_name) if class_name else html.Td(text.decimal(value))


def _trend_cell(rate: RateComparison, warns: bool) -> Component:
    change = rate.points_to_last_year
    if change is None:
        return _cell(None)
    direction = "is-rise" if change > 0 else "is-fall" if change < 0 else ""
    return _cell(abs(change), f"{direction}{' is-warning' if warns and rate.has_fallen else ''}".strip())
