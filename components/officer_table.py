"""Chấp hành viên: who handles how much and completes what share of it, coloured only beyond the funnel limit of so few.

Codes only: who a code is, no screen knows. The same table holds units where the view is of the whole province.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from dash import dcc, html
from dash.development.base_component import Component

from components import format as text
from components import svg
from components.bullet import SCALES, scale_name
from domain.funnel import FunnelLimits
from domain.indicators import CountedIn
from domain.statistics import Measure

SPARK_WIDTH, SPARK_HEIGHT = 92.0, 18.0
NOT_RECKONED = "không tính được"


@dataclass(frozen=True, slots=True)
class HandlerRow:
    """An officer (or a unit): what they handle, in việc or đồng, with the limits of chance and the last eight weeks.

    `href` opens or closes their cases, which stand in `cases` while they are open; `old` are việc over twelve months.
    """

    name: str
    measure: Measure
    completed_amount: int
    limits: FunnelLimits | None
    old: int
    weeks: tuple[int, ...]
    href: str
    is_open: bool = False
    cases: tuple[Component, ...] = ()

    @property
    def side(self) -> int:
        """-1 below the limits of chance, 1 above, 0 inside or unknown."""
        rate = self.measure.completion_rate
        return 0 if rate is None or self.limits is None else self.limits.side(rate)


def handler_table(rows: Sequence[HandlerRow], whole: HandlerRow, kind: str, counted_in: CountedIn) -> Component:
    """The rows in the order given and their sum; `kind` heads the first column."""
    rate = whole.measure.completion_rate
    marks = [rate, *(row.measure.completion_rate for row in rows)]
    highest = max([one for one in marks if one is not None], default=Decimal(0))
    scale = next((step for step in (30, *SCALES) if highest <= step), SCALES[-1])
    return html.Table(
        className="desk-table handler-table",
        children=[
            html.Thead(html.Tr([html.Th(head, className=name) for head, name in _heads(kind, scale, counted_in)])),
            html.Tbody([line for row in rows for line in _lines(row, rate, scale, counted_in)]),
            html.Tfoot(_total(whole, counted_in)),
        ],
    )


def _heads(kind: str, scale: int, counted_in: CountedIn) -> list[tuple[str, str]]:
    number = "desk-number"
    return [
        (kind, ""),
        ("Phải thi hành", number),
        ("Có điều kiện", number),
        ("Xong", number),
        (f"thang {scale_name(scale)}, vạch: chung", "handler-scale"),
        ("%", number),
        ("Giới hạn phễu", number),
        ("Thu, tỷ đồng" if counted_in is CountedIn.CASES else "Xong, việc", number),
        ("Trên 12 tháng", number),
        ("8 tuần", number),
        ("", number),
    ]


def _lines(row: HandlerRow, whole_rate: Decimal | None, scale: int, counted_in: CountedIn) -> list[Component]:
    rate, is_low = row.measure.completion_rate, row.side < 0
    # Of việc the limits are reckoned; where they cannot be, that is said. Of tiền there are none.
    limits = NOT_RECKONED if counted_in is CountedIn.CASES else text.UNKNOWN
    if row.limits is not None:
        limits = f"{text.decimal(row.limits.low)} – {text.decimal(row.limits.high)}"
    line = html.Tr(
        [
            html.Th(dcc.Link(row.name, href=row.href), scope="row"),
            *(_number(_said(value, counted_in)) for value in (row.measure.to_enforce, row.measure.enforceable)),
            _number(html.B(_said(row.measure.completed, counted_in))),
            html.Td(_bar(row, whole_rate, scale), className="has-bullet is-warning" if is_low else "has-bullet"),
            _number(html.B(text.UNKNOWN if rate is None else text.decimal(rate)), is_low),
            _number(limits, is_low),
            _number(
                text.decimal(Decimal(row.completed_amount) / text.BILLION, 2)
                if counted_in is CountedIn.CASES
                else text.whole(row.completed_amount)
            ),
            _number(text.whole(row.old)),
            html.Td(_spark(row.weeks), className="desk-number"),
            html.Td(
                dcc.Link("⌄" if row.is_open else "›", href=row.href, title="Xem các việc"), className="handler-open"
            ),
        ]
    )
    return [line, *row.cases]


def _total(whole: HandlerRow, counted_in: CountedIn) -> Component:
    rate = whole.measure.completion_rate
    amount = (
        text.decimal(Decimal(whole.completed_amount) / text.BILLION, 2)
        if counted_in is CountedIn.CASES
        else text.whole(whole.completed_amount)
    )
    cells = [_said(value, counted_in) for value in (whole.measure.to_enforce, whole.measure.enforceable)]
    return html.Tr(
        [
            html.Th(whole.name, scope="row"),
            *(_number(cell) for cell in cells),
            _number(_said(whole.measure.completed, counted_in)),
            html.Td(),
            _number(text.UNKNOWN if rate is None else text.decimal(rate)),
            html.Td(),
            _number(amount),
            _number(text.whole(whole.old)),
            html.Td(),
            html.Td(),
        ]
    )


def _number(value: Component | str, is_low: bool = False) -> Component:
    return html.Td(value, className="desk-number is-bad" if is_low else "desk-number")


def _said(value: int, counted_in: CountedIn) -> str:
    if counted_in is CountedIn.CASES:
        return text.whole(value)
    return text.decimal(Decimal(value) / text.BILLION, 2)


def _bar(row: HandlerRow, whole_rate: Decimal | None, scale: int) -> Component:
    """The rate on the shared scale, the band of chance behind it, the whole's rate as a tick."""
    drawn: list[Component | None] = []
    if row.limits is not None:
        low, high = row.limits.low, min(row.limits.high, Decimal(scale))
        drawn.append(
            svg.rectangle("bullet-band", _share(low, scale), 0, _share(max(high - low, Decimal(0)), scale), "100%")
        )
    rate = row.measure.completion_rate
    if rate is not None:
        drawn.append(svg.rectangle("bullet-measure", 0, 0, _share(rate, scale), "100%"))
    if whole_rate is not None:
        drawn.append(svg.rectangle("bullet-whole", _share(whole_rate, scale), 0, "2", "100%"))
    return svg.drawing("bullet bullet--band", drawn)


def _share(value: Decimal, scale: int) -> str:
    return f"{min(float(value), scale) * 100 / scale:.2f}%"


def _spark(weeks: Sequence[int]) -> Component | None:
    """What was completed week by week; nothing to draw without weeks."""
    if len(weeks) < 2:
        return None
    highest = max([*weeks, 1])
    step = SPARK_WIDTH / (len(weeks) - 1)
    points = [
        (place * step, SPARK_HEIGHT - 2 - (SPARK_HEIGHT - 4) * max(week, 0) / highest)
        for place, week in enumerate(weeks)
    ]
    x, y = points[-1]
    box = f"-1 0 {SPARK_WIDTH + 4:g} {SPARK_HEIGHT:g}"
    said = ", ".join(text.whole(week) for week in weeks)
    drawing = svg.drawing(
        "spark", [svg.polyline("spark-line", points), svg.circle("spark-end", x, y, 2.4)], viewBox=box
    )
    return html.Span(drawing, title=f"8 tuần gần nhất: {said}")
