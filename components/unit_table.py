"""The unit table: one row per unit joining every connected feed, abnormal units first, the quiet ones in grey.

Cells hold plain text and marks are CSS: see components/svg.py for why components are spared.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from dash import html
from dash.development.base_component import Component

from components import format as text
from components import panel as panels
from domain.freshness import SourceFacts
from domain.rates import RateComparison


@dataclass(frozen=True, slots=True)
class UnitRow:
    """What one unit shows. Counts are việc; a unit that never sent anything has None, not zero, everywhere.

    A row without a code is a part of a unit: it has no alarm of its own, so nothing of it is amber. `clock_limit` is
    the count from which overdue clocks are an alarm.
    """

    name: str
    code: str = ""
    docketed: int | None = None
    enforceable: int | None = None
    completed: int | None = None
    cases: RateComparison = RateComparison(None)
    money: RateComparison = RateComparison(None)
    over_twelve_months: int | None = None
    overdue_clocks: int | None = None
    clock_limit: int | None = None

    @property
    def has_overdue_alarm(self) -> bool:
        """Whether so many statutory clocks are overdue that the list has an alarm for it."""
        if self.overdue_clocks is None or self.clock_limit is None:
            return False
        return self.overdue_clocks >= self.clock_limit

    @property
    def is_abnormal(self) -> bool:
        """Whether anything in the row is amber."""
        return self.is_behind or self.has_fallen or self.has_overdue_alarm

    @property
    def is_behind(self) -> bool:
        """Whether the rate is amber."""
        return bool(self.code) and self.cases.is_behind

    @property
    def has_fallen(self) -> bool:
        """Whether the change against last year is amber."""
        return bool(self.code) and self.cases.has_fallen


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its head, the width class, and how a row's cell is drawn."""

    name: str
    title: str
    cell: Callable[[UnitRow], Component]


UNIT = "Đơn vị"
PART = "Hình thức"


def unit_table(rows: Sequence[UnitRow], source: SourceFacts) -> Component:
    """Units beside each other, in the order given."""
    return _table(UNIT, _UNIT_COLUMNS, rows, source)


def part_table(rows: Sequence[UnitRow], source: SourceFacts) -> Component:
    """The parts of one unit, for a wall that shows that unit alone."""
    return _table(PART, _PART_COLUMNS, rows, source)


def _table(title: str, columns: Sequence[Column], rows: Sequence[UnitRow], source: SourceFacts) -> Component:
    head = [html.Th([title, panels.age(wording="head")]), *(html.Th(column.title) for column in columns)]
    return panels.panel(
        [
            html.Table(
                className="unit-table",
                children=[
                    html.Colgroup([html.Col(), *(html.Col(className=f"col-{column.name}") for column in columns)]),
                    html.Thead(html.Tr(head)),
                    html.Tbody([_row(columns, row) for row in rows]),
                ],
            )
        ],
        source,
        "panel--units",
    )


def _row(columns: Sequence[Column], row: UnitRow) -> Component:
    if row.docketed is None:
        silent = html.Td(text.NO_FIGURES, colSpan=len(columns), className="is-silent")
        return html.Tr([html.Td(row.name), silent], className="is-quiet")
    cells = [html.Td(row.name), *(column.cell(row) for column in columns)]
    return html.Tr(cells, className="is-abnormal" if row.is_abnormal else "is-quiet")


def _number(value: int | None, class_name: str = "") -> Component:
    if value is None:
        return html.Td(text.UNKNOWN, className="is-unknown")
    return html.Td(text.whole(value), className=class_name) if class_name else html.Td(text.whole(value))


def _decimal(value: Decimal | None, class_name: str = "") -> Component:
    if value is None:
        return html.Td(text.UNKNOWN, className="is-unknown")
    return html.Td(text.decimal(value), className=class_name) if class_name else html.Td(text.decimal(value))


def _rate_cell(row: UnitRow) -> Component:
    return _decimal(row.cases.value, "is-behind is-warning" if row.is_behind else "")


def _trend_cell(row: UnitRow) -> Component:
    change = row.cases.points_to_last_year
    if change is None:
        return _decimal(None)
    direction = "is-rise" if change > 0 else "is-fall" if change < 0 else ""
    return _decimal(abs(change), f"{direction}{' is-warning' if row.has_fallen else ''}".strip())


def _clocks_cell(row: UnitRow) -> Component:
    return _number(row.overdue_clocks, "is-behind is-warning" if row.has_overdue_alarm else "")


_RATE = Column("rate", "Xong %", _rate_cell)
_TREND = Column("trend", "± cùng kỳ", _trend_cell)
_UNIT_COLUMNS = (
    _RATE,
    _TREND,
    Column("money", "Tiền %", lambda row: _decimal(row.money.value)),
    Column("clocks", "Luật định", _clocks_cell),
    Column("old", "> 12 tháng", lambda row: _number(row.over_twelve_months)),
)
_PART_COLUMNS = (
    Column("docketed", "Thụ lý", lambda row: _number(row.docketed)),
    Column("enforceable", "Có điều kiện", lambda row: _number(row.enforceable)),
    Column("completed", "Xong", lambda row: _number(row.completed)),
    _RATE,
    _TREND,
)
