"""Reconciliations on a desk: which file, what differs unit by unit and column by column, what was not compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from dash import html
from dash.development.base_component import Component

from components import format as text
from domain.indicators import CATALOGUE
from domain.local_time import moment_words
from domain.reconciliation import NotCompared, Reconciliation, StatedDifference

SHOWN = 100


@dataclass(frozen=True, slots=True)
class ReconciledRow:
    """One kept comparison; `made_at` is aware UTC."""

    file_name: str
    made_at: datetime
    made_by: str
    found: Reconciliation


def reconciliation_list(rows: Sequence[ReconciledRow]) -> Component:
    """Comparisons of the period, newest first and open."""
    if not rows:
        return html.P("Chưa đối chiếu kỳ này với tệp nào.", className="desk-faint")
    return html.Div([_one(row, is_open=number == 0) for number, row in enumerate(rows)])


def _one(row: ReconciledRow, is_open: bool) -> Component:
    found = row.found
    verdict = f"{text.whole(found.difference_count)} ô khác" if found.difference_count else "khớp"
    words = f"{row.file_name}: {verdict} trong {text.whole(found.compared)} ô đối chiếu"
    by = f"{moment_words(row.made_at)}, {row.made_by}. So với: {found.basis}."
    return html.Details(
        [
            html.Summary([html.B(words), html.Small(by)]),
            _differences(found.differences, found.difference_count),
            _not_compared(found.not_compared, found.not_compared_count),
        ],
        open=is_open,
        className="form-differences form-reconciled",
    )


def _differences(found: Sequence[StatedDifference], count: int) -> Component | None:
    if not found:
        return None
    rows = [
        html.Tr(
            [
                html.Td(each.unit_name),
                html.Td(CATALOGUE[each.indicator].name),
                html.Td(text.whole(each.ours), className="desk-number"),
                html.Td(text.whole(each.theirs), className="desk-number"),
                html.Td(_signed(each.theirs - each.ours), className="desk-number"),
            ]
        )
        for each in found[:SHOWN]
    ]
    heads = ("Đơn vị", "Cột", "Hệ thống này", "Tệp đối chiếu", "Tệp trừ hệ thống")
    head = [html.Th(words, className="desk-number" if place > 1 else None) for place, words in enumerate(heads)]
    table = html.Table([html.Thead(html.Tr(head)), html.Tbody(rows)], className="desk-table")
    return html.Div([html.Div(table, className="desk-scroll"), _cut(min(SHOWN, len(found)), count)])


def _not_compared(found: Sequence[NotCompared], count: int) -> Component | None:
    if not found:
        return None
    items = [html.Li(f"{each.where}: {each.value or '(trống)'} – {each.reason}") for each in found[:SHOWN]]
    return html.Div(
        [
            html.H3(f"Không đối chiếu được: {text.whole(count)}"),
            html.Ul(items, className="form-left"),
            _cut(min(SHOWN, len(found)), count),
        ]
    )


def _cut(shown: int, count: int) -> Component | None:
    return html.P(f"Liệt kê {shown} trong {text.whole(count)}.", className="desk-hint") if count > shown else None


def _signed(value: int) -> str:
    return f"+{text.whole(value)}" if value > 0 else text.whole(value)
