"""Who is at work, unit beside unit: counts that add up, nobody's name and no mark per person."""

from __future__ import annotations

from collections.abc import Mapping

from dash import html
from dash.development.base_component import Component

from components import format as text
from components import panel as panels
from domain.attendance import UnitCounts
from domain.freshness import SourceFacts

TITLE = "Có mặt theo đơn vị"
NOT_DUE = "chưa đến giờ"
HEAD = ("Có mặt", "Công tác", "Nghỉ phép", "Mất dữ liệu")


def presence_table(
    units: Mapping[str, UnitCounts | None], total: UnitCounts | None, names: Mapping[str, str], source: SourceFacts
) -> Component:
    """Rows in the order given, the sum below. A unit whose terminal is silent says so; it is never absent."""
    silent = sum(counts is not None and counts.unknown > 0 for counts in units.values())
    note = html.Span(f"mất dữ liệu: {silent} đơn vị", className="is-old-part" if silent else None)
    rows = [_row(names.get(code, code), counts) for code, counts in units.items()]
    whole = [_row("Cộng", total, "presence-sum")] if total is not None and len(rows) > 1 else []
    head = html.Tr([html.Th("Đơn vị"), *(html.Th(words) for words in HEAD)])
    return panels.panel(
        [
            panels.heading(TITLE, note, panels.age(wording="head")),
            html.Table([html.Thead(head), html.Tbody([*rows, *whole])], className="presence-table"),
        ],
        source,
        "panel--presence",
    )


def _row(name: str, counts: UnitCounts | None, class_name: str = "") -> Component:
    if counts is None:
        return html.Tr([html.Td(name), html.Td("chưa có danh sách", colSpan=4, className="is-silent")])
    cells = [
        html.Td(_share(counts)),
        html.Td(text.whole(counts.trip + counts.field_duty)),
        html.Td(text.whole(counts.leave)),
        html.Td(text.whole(counts.unknown), className="is-old-part" if counts.unknown else None),
    ]
    return html.Tr([html.Td(name), *cells], className=class_name or None)


def _share(counts: UnitCounts) -> list[Component | str]:
    if counts.expected and counts.not_due == counts.expected:
        return [html.Span(NOT_DUE)]
    present = text.UNKNOWN if counts.present is None else text.whole(counts.present)
    return [html.B(present), f" / {text.whole(counts.expected)}"]
