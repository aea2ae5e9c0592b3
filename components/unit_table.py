"""The unit table: one row per unit joining every connected feed, abnormal units first, the quiet ones in grey.

Cells hold plain text and marks are CSS: see components/svg.py for why components are spared.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from dash import html
from dash.development.base_component import Component

from components import format as text
from components import panel as panels
from domain.alarms import Priority
from domain.attendance import UnitCounts
from domain.cameras import Coverage
from domain.freshness import SourceFacts
from domain.rates import RateComparison


@dataclass(frozen=True, slots=True)
class UnitRow:
    """What one unit shows. Counts are việc; a unit that never sent anything has None, not zero, everywhere.

    A row without a code is a part of a unit: it has no alarm of its own, so nothing of it is amber. `clock_limit` is
    the count from which overdue clocks are an alarm; `reports` are open field reports, their sign that of
    the worst alarm.
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
    reports: int | None = None
    reports_sign: Priority | None = None
    presence: UnitCounts | None = None
    cameras: Coverage | None = None

    @property
    def has_overdue_alarm(self) -> bool:
        """Whether so many statutory clocks are overdue that the list has an alarm for it."""
        if self.overdue_clocks is None or self.clock_limit is None:
            return False
        return self.overdue_clocks >= self.clock_limit

    @property
    def is_abnormal(self) -> bool:
        """Whether anything in the row is amber."""
        return (
            self.is_behind
            or self.has_fallen
            or self.has_overdue_alarm
            or self.reports_sign is not None
            or self.has_camera_alarm
        )

    @property
    def has_camera_alarm(self) -> bool:
        """Whether a camera is known to give no picture, or nothing is known of any."""
        found = self.cameras
        return found is not None and (found.failing > 0 or 0 < found.installed == found.unknown)

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
    """One column: its head, the width class, how a row's cell is drawn, and the feed it ages with when it is another
    than that of cases."""

    name: str
    title: str
    cell: Callable[[UnitRow], Component]
    feed: str = ""


UNIT = "Đơn vị"
PART = "Hình thức"


def unit_table(rows: Sequence[UnitRow], source: SourceFacts, feeds: Mapping[str, SourceFacts]) -> Component:
    """Units beside each other, in the order given; `feeds` are the connected ones by name. What only cases tell gives
    way to them."""
    joined = [column for column in _FEED_COLUMNS if column.feed in feeds]
    own = [column for column in _CASE_COLUMNS if not joined or column.name not in _GIVE_WAY]
    # With every feed there the names of the units must do without a head.
    return _table(UNIT if len(joined) < 3 else "", [*own, *joined], rows, source, feeds)


def part_table(rows: Sequence[UnitRow], source: SourceFacts) -> Component:
    """The parts of one unit, for a wall that shows that unit alone."""
    return _table(PART, _PART_COLUMNS, rows, source, {})


def _table(
    title: str,
    columns: Sequence[Column],
    rows: Sequence[UnitRow],
    source: SourceFacts,
    feeds: Mapping[str, SourceFacts],
) -> Component:
    head = [html.Th([title, panels.age(wording="head")]), *(html.Th(column.title) for column in columns)]
    return panels.panel(
        [
            html.Table(
                className="unit-table",
                children=[
                    html.Colgroup([html.Col(), *(html.Col(className=f"col-{column.name}") for column in columns)]),
                    html.Thead(html.Tr(head)),
                    html.Tbody([_row(columns, row, feeds) for row in rows]),
                ],
            )
        ],
        source,
        "panel--units",
    )


def _row(columns: Sequence[Column], row: UnitRow, feeds: Mapping[str, SourceFacts]) -> Component:
    own = [column for column in columns if not column.feed]
    if row.docketed is None:
        cells: list[Component] = [html.Td(text.NO_FIGURES, colSpan=len(own), className="is-silent")]
    else:
        cells = [column.cell(row) for column in own]
    cells += [_aged(column.cell(row), feeds[column.feed]) for column in columns if column.feed]
    return html.Tr([html.Td(row.name), *cells], className="is-abnormal" if row.is_abnormal else "is-quiet")


def _aged(cell: Component, source: SourceFacts) -> Component:
    """A cell that is as old as its own feed: pulling that plug ages this column and no other."""
    for name, value in panels.age_attributes(source).items():
        setattr(cell, name, value)
    return cell


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


def _reports_cell(row: UnitRow) -> Component:
    if row.reports_sign is None or row.reports is None:
        return _number(row.reports)
    mark = html.I(className=f"alarm-mark alarm-mark--{row.reports_sign.value}")
    return html.Td(
        [mark, html.Span(text.whole(row.reports))], className=f"is-signed is-signed--{row.reports_sign.value}"
    )


def _presence_cell(row: UnitRow) -> Component:
    counts = row.presence
    if counts is None or counts.present is None:
        return html.Td(text.UNKNOWN, className="is-unknown")
    if counts.expected and counts.not_due == counts.expected:
        return html.Td("ngoài giờ", className="is-unknown")
    return html.Td(f"{text.whole(counts.present)}/{text.whole(counts.expected)}")


def _cameras_cell(row: UnitRow) -> Component:
    found = row.cameras
    if found is None or not found.installed:
        return html.Td(text.UNKNOWN, className="is-unknown")
    if found.seen is None and not found.failing:
        return html.Td(f"?/{found.installed}", className="is-old-part")
    seen = f"{'?' if found.seen is None else found.seen}/{found.installed}"
    if not found.failing:
        return html.Td(seen)
    return html.Td([html.I(className="alarm-mark alarm-mark--2"), html.Span(seen)], className="is-signed is-warning")


_RATE = Column("rate", "Xong %", _rate_cell)
_TREND = Column("trend", "Cùng kỳ", _trend_cell)
_CASE_COLUMNS = (
    _RATE,
    _TREND,
    Column("money", "Tiền %", lambda row: _decimal(row.money.value)),
    Column("clocks", "Luật định", _clocks_cell),
    Column("old", "> 12 tháng", lambda row: _number(row.over_twelve_months)),
)
_GIVE_WAY = frozenset({"old", "money"})
_FEED_COLUMNS = (
    Column("reports", "Phản ánh", _reports_cell, "field_reports"),
    Column("presence", "Có mặt", _presence_cell, "attendance"),
    Column("cameras", "Camera", _cameras_cell, "cameras"),
)
_PART_COLUMNS = (
    Column("docketed", "Thụ lý", lambda row: _number(row.docketed)),
    Column("enforceable", "Có điều kiện", lambda row: _number(row.enforceable)),
    Column("completed", "Xong", lambda row: _number(row.completed)),
    _RATE,
    _TREND,
)
