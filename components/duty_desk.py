"""Duty on a desk: who is on, what a hand-over says, the sheets handed over, and the line for the console's head."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from urllib.parse import urlencode

from dash import dcc, html
from dash.development.base_component import Component

from components import format as text
from components.alarm_list import mark
from components.desk_parts import desk_figure, instant
from domain.alarms import OUTCOME_NAMES, PRIORITY_NAMES, STATE_NAMES, AlarmOutcome, Priority
from domain.console import ConsoleFilter
from domain.duty import DutyLimits, DutyShift, HandOver, HandOverAlarm, HandOverFacts, span_words
from domain.freshness import FRESHNESS_NAMES
from domain.local_time import moment_words, since_words

PATH = "/duty"
NOBODY = "Chưa có người nhận ca"
NONE = html.P("Không có.", className="desk-faint")
Names = Mapping[str, str]
Rows = list[list[Component | str]]


def duty_line(shifts: Sequence[DutyShift], now: datetime, limits: DutyLimits) -> Component:
    """'Đang trực: truc (từ 07:00)' as a link to /duty, for the head of the console."""
    said = [
        f"{each.person} (từ {since_words(each.started_at, now)}"
        + (", chưa bàn giao)" if each.is_overdue(now, limits) else ")")
        for each in shifts
    ]
    words = f"Đang trực: {', '.join(said)}" if said else NOBODY
    return dcc.Link(words, href=PATH, className="duty-line")


def duty_now(
    shifts: Sequence[DutyShift], last: HandOver | None, names: Names, now: datetime, limits: DutyLimits
) -> Component:
    """Who is on, and the newest hand-over with its note."""
    rows = [
        html.Tr(
            [
                html.Td(html.B(each.person)),
                html.Td(names.get(each.unit, each.unit) if each.unit else "Toàn tỉnh"),
                html.Td(["từ ", instant(each.started_at)]),
                html.Td(_standing(each, now, limits)),
            ]
        )
        for each in shifts
    ]
    on = html.Table(html.Tbody(rows), className="desk-table") if rows else html.P(NOBODY + ".", className="desk-faint")
    if last is None:
        return html.Div([on, html.P("Chưa có biên bản bàn giao nào.", className="desk-faint")])
    words = f"Bàn giao gần nhất: ca của {last.person}, {moment_words(last.ended_at)}"
    note = html.P(last.note, className="report-words") if last.note else None
    return html.Div(
        [on, html.P(dcc.Link(words, href=sheet_address(last.public_id)), className="desk-hint duty-last"), note]
    )


def sheet_table(sheets: Sequence[HandOver], received: Mapping[str, Sequence[DutyShift]]) -> Component:
    """The sheets handed over, newest first."""
    if not sheets:
        return html.P("Chưa có biên bản bàn giao nào.", className="desk-nothing")
    head = ("Bàn giao lúc", "Ca của", "Nhận ca lúc", "Đang mở", "Tạm ẩn", "Đã đóng", "Người nhận", "")
    rows = [
        html.Tr(
            [
                html.Td(dcc.Link(moment_words(each.ended_at), href=sheet_address(each.public_id))),
                html.Td(each.person),
                html.Td(instant(each.started_at)),
                html.Td(text.whole(each.facts.alarm_count)),
                html.Td(text.whole(each.facts.shelved_count)),
                html.Td(text.whole(each.facts.closed_count)),
                html.Td(_receivers(received.get(each.public_id, ()))),
                html.Td(f"{each.written_by} lập thay" if each.is_for_other else ""),
            ]
        )
        for each in sheets
    ]
    return html.Table(
        [html.Thead(html.Tr([html.Th(words) for words in head])), html.Tbody(rows)], className="desk-table"
    )


def sheet_card(sheet: HandOver, received: Sequence[DutyShift]) -> Component:
    """One sheet as it was handed over, with its files."""
    files = [
        html.A(words, href=f"{PATH}/sheet.{ending}?{urlencode({'sheet': sheet.public_id})}", className="desk-button")
        for words, ending in (("Tải Word", "docx"), ("Tải PDF", "pdf"))
    ]
    heading = f"Ca của {sheet.person}, {moment_words(sheet.started_at)} đến {moment_words(sheet.ended_at)}"
    facts = [("Đã nhận ca", _receivers(received)), ("Cùng trực", ", ".join(sheet.facts.others_on) or "không có")]
    if sheet.is_for_other:
        facts.insert(0, ("Lập thay", f"{sheet.written_by}, do ca quá thời hạn mà chưa bàn giao"))
    lines = [part for name, words in facts for part in (html.Dt(name), html.Dd(words))]
    return html.Div(
        [
            html.Div([html.H2(heading), *files], className="desk-toolbar"),
            html.Dl(lines, className="desk-facts"),
            hand_over_facts(sheet.facts, sheet.ended_at),
            html.H3("Ghi chú cho ca sau"),
            html.P(sheet.note, className="report-words") if sheet.note else NONE,
        ]
    )


def hand_over_facts(facts: HandOverFacts, at: datetime) -> Component:
    """What a sheet says; ages are those at `at`, which the sheet names."""
    urgent = facts.priorities[Priority.URGENT]
    figures = [
        desk_figure("Đang mở", text.whole(facts.alarm_count), f"{urgent} khẩn cấp", urgent > 0),
        desk_figure("Tạm ẩn", text.whole(facts.shelved_count), "có lý do và giờ trở lại"),
        desk_figure("Ẩn theo nguyên nhân", text.whole(facts.suppressed), "gộp vào cảnh báo gốc"),
        desk_figure("Đã đóng trong ca", text.whole(facts.closed_count), "từ lúc nhận ca"),
        desk_figure("Nguồn cũ, mất", text.whole(len(facts.sources)), "số liệu không còn mới", bool(facts.sources)),
    ]
    return html.Div(
        [
            html.P(f"Tình hình lúc {moment_words(at)}.", className="desk-hint"),
            html.Div(figures, className="desk-figures duty-figures"),
            html.H3("Cảnh báo đang mở"),
            _alarms(facts, at),
            html.H3("Cảnh báo tạm ẩn"),
            _shelved(facts),
            html.H3("Cảnh báo đã đóng trong ca"),
            _closed(facts),
            html.H3("Nguồn dữ liệu cũ, mất nguồn"),
            _sources(facts, at),
            html.H3("Chỉ đạo sắp đến hạn, quá hạn"),
            _directives(facts),
        ]
    )


def sheet_address(public_id: str) -> str:
    """Where one sheet is opened."""
    return f"{PATH}?{urlencode({'sheet': public_id})}"


def alarm_link(alarm: HandOverAlarm) -> Component:
    """The title, leading to the alarm on the console."""
    return dcc.Link(alarm.title, href=ConsoleFilter(alarm=alarm.public_id).address())


def _standing(shift: DutyShift, now: datetime, limits: DutyLimits) -> Component:
    if shift.is_overdue(now, limits):
        return html.Span(
            f"chưa bàn giao, quá {span_words(limits.hand_over_within)}", className="desk-tag desk-tag--wait"
        )
    return html.Span("đang trực", className="desk-tag desk-tag--on")


def _receivers(received: Sequence[DutyShift]) -> str:
    return "; ".join(f"{each.person}, {moment_words(each.started_at)}" for each in received) or "chưa có"


def _alarms(facts: HandOverFacts, at: datetime) -> Component:
    rows: Rows = [
        [
            _priority(each),
            alarm_link(each),
            each.unit_name,
            STATE_NAMES[each.state],
            each.owner or text.UNKNOWN,
            span_words(at - each.acknowledged_at) if each.acknowledged_at else "chưa xác nhận",
        ]
        for each in facts.alarms
    ]
    head = ("", "Cảnh báo", "Đơn vị", "Trạng thái", "Người giữ", "Đã xác nhận được")
    return _table(head, rows, facts.alarm_count)


def _shelved(facts: HandOverFacts) -> Component:
    rows: Rows = [
        [_priority(each), alarm_link(each), each.unit_name, each.reason or text.UNKNOWN, instant(each.until_at)]
        for each in facts.shelved
    ]
    return _table(("", "Cảnh báo", "Đơn vị", "Lý do", "Đến khi"), rows, facts.shelved_count)


def _closed(facts: HandOverFacts) -> Component:
    rows: Rows = [
        [
            _priority(each),
            alarm_link(each),
            each.unit_name,
            OUTCOME_NAMES[AlarmOutcome(each.outcome)] if each.outcome in set(AlarmOutcome) else "Tự hết",
            instant(each.closed_at),
        ]
        for each in facts.closed
    ]
    return _table(("", "Cảnh báo", "Đơn vị", "Kết quả", "Đóng lúc"), rows, facts.closed_count)


def _sources(facts: HandOverFacts, at: datetime) -> Component:
    rows: Rows = [
        [
            each.title,
            FRESHNESS_NAMES[each.freshness],
            instant(each.as_of_at),
            span_words(at - each.as_of_at) if each.as_of_at else text.UNKNOWN,
        ]
        for each in facts.sources
    ]
    return _table(("Nguồn", "Tình trạng", "Số liệu lúc", "Đã cũ"), rows, len(rows))


def _directives(facts: HandOverFacts) -> Component:
    rows: Rows = [
        [
            dcc.Link(each.title, href=f"/directives?{urlencode({'directive': each.public_id})}"),
            each.unit_name,
            text.day(each.due_on),
            html.Span("quá hạn", className="is-bad") if each.is_overdue else "sắp đến hạn",
        ]
        for each in facts.directives
    ]
    return _table(("Chỉ đạo", "Đơn vị", "Hạn trả lời", "Thời hạn"), rows, len(rows))


def _priority(alarm: HandOverAlarm) -> Component:
    return html.Span(mark(alarm.priority), title=PRIORITY_NAMES[alarm.priority])


def _table(head: Sequence[str], rows: Sequence[Sequence[Component | str]], count: int) -> Component:
    if not rows:
        return NONE
    # A column without a head holds a mark.
    kinds = ["" if words else "desk-mark" for words in head]
    cells = [[html.Td(cell, className=kind) for cell, kind in zip(row, kinds, strict=True)] for row in rows]
    body = html.Tbody([html.Tr(row) for row in cells])
    table = html.Table([html.Thead(html.Tr([html.Th(words) for words in head])), body], className="desk-table")
    more = f"Liệt kê {text.whole(len(rows))} trong {text.whole(count)}."
    return html.Div([table, html.P(more, className="desk-faint")] if count > len(rows) else table)
