"""Quy đổi qua đổi cơ cấu: what was added up for a comparison, and circles of units before and after side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from dash import html
from dash.development.base_component import Component

from components import format as text
from domain.indicators import CountedIn
from domain.statistics import Measure

OUT_OF_SCOPE = "ngoài phạm vi của bạn"
HEADS = ("Thụ lý", "Phải thi hành", "Có điều kiện", "Xong", "Tỷ lệ xong")


@dataclass(frozen=True, slots=True)
class RestatedRow:
    """A unit on one side of a reorganisation; None where its figures are not for this reader."""

    name: str
    measure: Measure | None


@dataclass(frozen=True, slots=True)
class RestatedCircle:
    """Units that passed cases on to each other, with their sums; `note` says why no single unit can be restated."""

    before: tuple[RestatedRow, ...]
    before_sum: Measure | None
    after: tuple[RestatedRow, ...]
    after_sum: Measure | None
    note: str


def restated_note(sentences: Sequence[str]) -> Component | None:
    """What a comparison adds up, or cannot."""
    if not sentences:
        return None
    return html.Div([html.P(sentence) for sentence in sentences], className="desk-hint restated-note")


def circles_table(
    circles: Sequence[RestatedCircle], before_on: date, after_on: date, counted_in: CountedIn
) -> Component:
    """Each circle: its units to the eve of the reorganisation with their sum, below them those of now with theirs."""
    unit = "việc" if counted_in is CountedIn.CASES else "tỷ đồng"
    heads = [html.Th(f"Đơn vị ({unit})"), *(html.Th(head, className="desk-number") for head in HEADS)]
    body: list[Component] = []
    for circle in circles:
        body += _side(circle.before, circle.before_sum, f"Trước, năm thống kê đến {text.day(before_on)}", counted_in)
        body += _side(circle.after, circle.after_sum, f"Sau, năm thống kê đến {text.day(after_on)}", counted_in)
        if circle.note:
            body.append(html.Tr(html.Td(circle.note, colSpan=len(HEADS) + 1), className="restated-split"))
    return html.Table([html.Thead(html.Tr(heads)), html.Tbody(body)], className="desk-table restated-table")


def _side(rows: Sequence[RestatedRow], whole: Measure | None, title: str, counted_in: CountedIn) -> list[Component]:
    head = html.Th(title, colSpan=len(HEADS) + 1, scope="rowgroup")
    parts: list[Component] = [html.Tr(head, className="restated-side")]
    parts += [_row(row.name, row.measure, counted_in) for row in rows]
    if len(rows) > 1:
        parts.append(_row(f"Cộng {len(rows)} đơn vị", whole, counted_in, is_sum=True))
    return parts


def _row(name: str, measure: Measure | None, counted_in: CountedIn, is_sum: bool = False) -> Component:
    if measure is None:
        cells = [html.Td(OUT_OF_SCOPE, colSpan=len(HEADS), className="desk-faint")]
    else:
        rate = measure.completion_rate
        counts = (measure.total_docketed, measure.to_enforce, measure.enforceable, measure.completed)
        shown = [_count(number, counted_in) for number in counts]
        shown.append(text.UNKNOWN if rate is None else text.percent(rate))
        cells = [html.Td(value, className="desk-number") for value in shown]
    return html.Tr([html.Th(name, scope="row"), *cells], className="restated-sum" if is_sum else None)


def _count(number: int, counted_in: CountedIn) -> str:
    return text.whole(number) if counted_in is CountedIn.CASES else text.decimal(Decimal(number) / text.BILLION, 2)
