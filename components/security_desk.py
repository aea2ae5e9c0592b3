"""Security on a desk: figures of a filter, the list, and one event with how it ended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dash import dcc, html
from dash.development.base_component import Component

from components import format as text
from components.alarm_list import mark
from components.desk_parts import aged, desk_figure, instant, unknown_yet
from domain.freshness import SourceFacts
from domain.local_time import moment_words
from domain.security import (
    KIND_NAMES,
    ORIGIN_NAMES,
    OUTCOME_NAMES,
    SHIFT_NAMES,
    EventOrigin,
    SecurityEvent,
    SecurityFilter,
    SecuritySummary,
    security_priority,
)

PATH = "/security"
ROWS_SHOWN = 200
OURS = " (giờ hệ thống nhận)"
Names = Mapping[str, str]


def security_figures(summary: SecuritySummary, sources: Sequence[SourceFacts]) -> Component:
    """Counts of a filter; an origin that never told anything has a dash and no zero, each source its own age."""
    if not summary.number and all(source.as_of_at is None for source in sources):
        return html.Div([unknown_yet(source) for source in sources])
    by_name = {source.name: source for source in sources}
    figures = [
        desk_figure("Sự kiện", text.whole(summary.number), "theo bộ lọc"),
        desk_figure("Chưa xong", text.whole(summary.open), "chưa xử lý hoặc mới tiếp nhận", summary.open > 0),
        desk_figure("Từ camera", _of(summary, EventOrigin.CAMERA, by_name["security"]), "camera và đầu ghi"),
        desk_figure("Từ sổ trực", _of(summary, EventOrigin.GUARD_LOG, by_name["guard_log"]), "tệp của ca trực"),
        desk_figure("Người trực nhập", text.whole(summary.by_origin[EventOrigin.DESK]), "ở trang này"),
    ]
    ages = [_age(source) for source in sources]
    return html.Div([html.Div(figures, className="desk-figures"), html.Div(ages, className="desk-inline")])


def security_table(events: Sequence[SecurityEvent], names: Names, wanted: SecurityFilter, is_live: bool) -> Component:
    """The list, newest first, each row leading to its event."""
    if not events:
        return html.P(_nothing(is_live), className="desk-nothing")
    head = ("", "Lúc", "Sự kiện", "Đơn vị", "Nguồn", "Camera, ca", "Kết quả")
    rows = [_row(event, names, wanted) for event in events[:ROWS_SHOWN]]
    table = html.Table(
        [html.Thead(html.Tr([html.Th(words) for words in head])), html.Tbody(rows)], className="desk-table"
    )
    more = f"Hiện {ROWS_SHOWN} trong {text.whole(len(events))} sự kiện; xuất Excel để lấy hết."
    return html.Div([table, html.P(more, className="desk-faint")] if len(events) > ROWS_SHOWN else table)


def security_card(event: SecurityEvent, names: Names) -> Component:
    """One event: what is known of it, and how it ended."""
    facts = [
        ("Đơn vị", names.get(event.unit, event.unit)),
        ("Lúc", _when(event)),
        ("Nguồn", f"{ORIGIN_NAMES[event.origin]}, nhận lúc {moment_words(event.received_at)}"),
        ("Camera, ca", _place(event) or text.UNKNOWN),
        ("Kết quả", OUTCOME_NAMES[event.outcome]),
        ("Ghi chú", event.note or text.UNKNOWN),
    ]
    return html.Div(
        [
            html.Div(html.H2(event.title), className="desk-toolbar"),
            html.Dl(
                [part for name, words in facts for part in (html.Dt(name), html.Dd(words))], className="desk-facts"
            ),
        ]
    )


def outcome_options() -> list[dict[str, str]]:
    """How an event may have ended, as a select takes them."""
    return [{"label": words, "value": outcome.value} for outcome, words in OUTCOME_NAMES.items()]


def _row(event: SecurityEvent, names: Names, wanted: SecurityFilter) -> Component:
    priority = security_priority(event)
    state = "desk-time is-bad" if event.is_open else "desk-time"
    return html.Tr(
        [
            html.Td(mark(priority) if priority is not None else None, className="desk-mark"),
            html.Td(instant(event.last_at)),
            html.Td(dcc.Link(event.title, href=f"{PATH}{wanted.address(event=event.public_id)}")),
            html.Td(names.get(event.unit, event.unit)),
            html.Td(ORIGIN_NAMES[event.origin]),
            html.Td(_place(event), className="desk-detail"),
            html.Td(html.Span(OUTCOME_NAMES[event.outcome], className=state)),
        ]
    )


def _of(summary: SecuritySummary, origin: EventOrigin, source: SourceFacts) -> str:
    count = summary.by_origin[origin]
    return text.whole(count) if count or source.as_of_at is not None else text.UNKNOWN


def _age(source: SourceFacts) -> Component:
    return unknown_yet(source) if source.as_of_at is None else aged([], source)


def _nothing(is_live: bool) -> str:
    return "Không có sự kiện nào theo bộ lọc này." if is_live else "Chưa rõ: không nguồn nào đang trả lời."


def _when(event: SecurityEvent) -> str:
    ours = OURS if event.is_time_ours else ""
    if event.count == 1:
        return f"{moment_words(event.happened_at)}{ours}"
    return f"từ {moment_words(event.happened_at)} đến {moment_words(event.last_at)}, {event.count} lần báo{ours}"


def _place(event: SecurityEvent) -> str:
    shift = SHIFT_NAMES[event.shift] if event.shift else ""
    return ", ".join(part for part in (event.camera, shift) if part)


def kind_options() -> list[tuple[str, str]]:
    """Every kind as (value, words)."""
    return [(kind.value, words) for kind, words in KIND_NAMES.items()]
