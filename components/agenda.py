"""The agenda on a desk: what falls due, day by day, for whom and on what basis."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby

from dash import html
from dash.development.base_component import Component

from components import format as text
from components import ids
from domain.agenda import AGENDA_NAMES, AgendaItem, AgendaKind
from domain.permissions import ROLE_NAMES

WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật")
SOON_DAYS = 3


def agenda_table(
    items: Sequence[AgendaItem], names: Mapping[str, str], today: date, may_edit: bool, missing: Sequence[int]
) -> Component:
    """The days in order; `missing` are years whose holidays nobody entered: working days of them are doubtful."""
    if not items:
        return html.P("Không có việc đến hạn trong khoảng này.", className="desk-nothing")
    heads = ("Ngày", "Việc", "Của ai", "Loại", "Căn cứ", "")
    rows = [
        row
        for on, of_day in groupby(items, key=lambda item: item.on)
        for row in _day(on, list(of_day), names, today, may_edit)
    ]
    table = html.Table(
        [html.Thead(html.Tr([html.Th(words) for words in heads])), html.Tbody(rows)],
        className="desk-table agenda-table",
    )
    years = ", ".join(str(year) for year in missing)
    note = html.P(
        f"Chưa có ngày nghỉ lễ năm {years}: hạn theo ngày làm việc có thể lệch.", className="desk-hint is-bad"
    )
    return html.Div([note, table] if missing else [table])


def left_words(on: date, today: date) -> str:
    """'hôm nay', 'ngày mai', 'còn 12 ngày', 'đã qua 2 ngày'."""
    left = (on - today).days
    if left < 0:
        return f"đã qua {-left} ngày"
    return ("hôm nay", "ngày mai")[left] if left < 2 else f"còn {left} ngày"


def _day(
    on: date, items: Sequence[AgendaItem], names: Mapping[str, str], today: date, may_edit: bool
) -> list[Component]:
    is_soon = 0 <= (on - today).days <= SOON_DAYS
    when = html.Td(
        [html.B(text.day(on)), html.Small(f"{WEEKDAYS[on.weekday()]}, {left_words(on, today)}")],
        rowSpan=len(items),
        className="is-soon" if is_soon else None,
    )
    return [
        html.Tr(
            [*([when] if at == 0 else []), *_item(item, names, may_edit)], className="is-first" if at == 0 else None
        )
        for at, item in enumerate(items)
    ]


def _item(item: AgendaItem, names: Mapping[str, str], may_edit: bool) -> list[Component]:
    whose = ROLE_NAMES[item.role] if item.role is not None else "Mọi người"
    unit = names.get(item.unit, item.unit) if item.unit else ""
    sample = html.Small("Dữ liệu mẫu, chờ cơ quan xác nhận") if item.is_sample else None
    may_withdraw = may_edit and item.kind is AgendaKind.ENTRY
    button = html.Button(
        "Bỏ", id=ids.agenda_withdraw(item.uid), className="desk-button desk-button--quiet", type="button"
    )
    return [
        html.Td(item.title),
        html.Td([whose, html.Small(unit) if unit else None]),
        html.Td(AGENDA_NAMES[item.kind]),
        html.Td([item.basis, sample]),
        html.Td(button if may_withdraw else None),
    ]
