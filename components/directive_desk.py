"""Directives on a desk: counts, the list with its deadlines, one directive with its time line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from dash import dcc, html
from dash.development.base_component import Component

from components import format as text
from components.desk_parts import desk_figure, instant
from domain.directives import (
    ORIGIN_NAMES,
    STATE_NAMES,
    STEP_NAMES,
    Directive,
    DirectiveCounts,
    DirectiveFilter,
    DirectiveRecord,
    deadline_words,
)
from domain.local_time import moment_words
from domain.permissions import ROLE_NAMES

PATH = "/directives"
ROWS_SHOWN = 200
Names = Mapping[str, str]


def directive_figures(counts: DirectiveCounts) -> Component:
    """What the person's units owe."""
    figures = [
        desk_figure("Đang thực hiện", text.whole(counts.open), "chưa kết thúc"),
        desk_figure("Sắp đến hạn", text.whole(counts.due_soon), "trong 3 ngày"),
        desk_figure("Quá hạn", text.whole(counts.overdue), "chưa trả lời", counts.overdue > 0),
        desk_figure("Chờ chấp nhận", text.whole(counts.awaiting), "đơn vị đã trả lời"),
    ]
    return html.Div(figures, className="desk-figures")


def directive_table(found: Sequence[Directive], names: Names, wanted: DirectiveFilter, today: date) -> Component:
    """The list, those not ended first, each row leading to its directive."""
    if not found:
        return html.P("Không có chỉ đạo nào theo bộ lọc này.", className="desk-nothing")
    head = ("Hạn trả lời", "Thời hạn", "Chỉ đạo", "Đơn vị", "Căn cứ", "Giao lúc", "Trạng thái")
    rows = [_row(each, names, wanted, today) for each in found[:ROWS_SHOWN]]
    table = html.Table(
        [html.Thead(html.Tr([html.Th(words) for words in head])), html.Tbody(rows)], className="desk-table"
    )
    more = f"Hiện {ROWS_SHOWN} trong {text.whole(len(found))} chỉ đạo; xuất Excel để lấy hết."
    return html.Div([table, html.P(more, className="desk-faint")] if len(found) > ROWS_SHOWN else table)


def directive_card(directive: Directive, records: Sequence[DirectiveRecord], names: Names, today: date) -> Component:
    """One directive: what was asked, by when, the answer, and every step."""
    clock = deadline_words(directive, today)
    due = f"{directive.due_on:%d/%m/%Y}" + (f" ({clock})" if clock else "")
    origin = ORIGIN_NAMES[directive.origin] + (f": {directive.reference}" if directive.reference else "")
    facts = [
        ("Đơn vị", names.get(directive.unit, directive.unit)),
        ("Nội dung", directive.detail or text.UNKNOWN),
        ("Căn cứ", origin),
        ("Giao", f"{directive.issued_by}, {moment_words(directive.issued_at)}"),
        ("Hạn trả lời", due),
        ("Trạng thái", STATE_NAMES[directive.state]),
        ("Trả lời", directive.answer or text.UNKNOWN),
    ]
    lines = [
        html.Tr(
            [
                html.Td(instant(each.at)),
                html.Td(f"{each.actor} ({ROLE_NAMES[each.role]})"),
                html.Td(STEP_NAMES[each.step]),
                html.Td(each.words, className="desk-detail"),
            ]
        )
        for each in records
    ]
    return html.Div(
        [
            html.Div(html.H2(directive.title), className="desk-toolbar"),
            html.Dl(
                [part for name, words in facts for part in (html.Dt(name), html.Dd(words))], className="desk-facts"
            ),
            html.Table(html.Tbody(lines), className="desk-table"),
        ]
    )


def state_options() -> list[tuple[str, str]]:
    """Every state as (value, words)."""
    return [(state.value, words) for state, words in STATE_NAMES.items()]


def _row(directive: Directive, names: Names, wanted: DirectiveFilter, today: date) -> Component:
    late = "desk-time is-bad" if directive.is_overdue(today) else "desk-time"
    return html.Tr(
        [
            html.Td(html.Span(f"{directive.due_on:%d/%m/%Y}", className="desk-time")),
            html.Td(html.Span(deadline_words(directive, today) or text.UNKNOWN, className=late)),
            html.Td(dcc.Link(directive.title, href=f"{PATH}{wanted.address(directive=directive.public_id)}")),
            html.Td(names.get(directive.unit, directive.unit)),
            html.Td(ORIGIN_NAMES[directive.origin]),
            html.Td(instant(directive.issued_at)),
            html.Td(STATE_NAMES[directive.state]),
        ]
    )
