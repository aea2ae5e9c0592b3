"""The unit table: one row per unit joining every feed, abnormal units first, the total last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component

from components import format as text
from components import panel as panels
from components import svg
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
            html.Th([TITLE, panels.age()]),
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
    abnormal = row.cases.is_abnormal and not is_total
    kind = "is-total" if is_total else "is-abnormal" if abnormal else "is-quiet"
    name = html.Td(html.Span(row.name))
    feeds = [html.Td(html.Span(text.UNKNOWN), className="is-unknown") for _ in FEED_COLUMNS]
    if row.docketed is None:
        own_columns = len(_COLUMNS) - len(feeds) - 1
        return html.Tr(
            className=kind,
            children=[name, html.Td(text.NO_FIGURES, colSpan=own_columns, className="is-silent"), *feeds],
        )
    return html.Tr(
        className=kind,
        children=[
            name,
            _number(row.docketed),
            _number(row.enforceable),
            _number(row.completed),
            _rate_cell(row.cases, warns=not is_total),
            html.Td(rate_bullet(row.cases, scale)),
            _trend_cell(row.cases, warns=not is_total),
            _rate_cell(row.money, warns=False),
            _number(row.over_twelve_months),
            *feeds,
        ],
    )


def _number(value: int | None) -> Component:
    return html.Td(html.Span(text.UNKNOWN if value is None else text.whole(value)))


def _rate_cell(rate: RateComparison, warns: bool) -> Component:
    if rate.value is None:
        return html.Td(html.Span(text.UNKNOWN), className="is-unknown")
    if warns and rate.is_behind:
        return html.Td(html.Span([svg.warning_mark(), text.decimal(rate.value)], className="is-warning"))
    return html.Td(html.Span(text.decimal(rate.value)))


def _trend_cell(rate: RateComparison, warns: bool) -> Component:
    change = rate.points_to_last_year
    if change is None:
        return html.Td(html.Span(text.UNKNOWN), className="is-unknown")
    mark = svg.rise_mark() if change > 0 else svg.fall_mark() if change < 0 else None
    shown: list[Component | str] = [text.decimal(abs(change))] if mark is None else [mark, text.decimal(abs(change))]
    return html.Td(html.Span(shown, className="is-warning" if warns and rate.has_fallen else "trend"))
