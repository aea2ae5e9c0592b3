"""What an operator answers an alarm with: buttons, their forms, the note box; keyboard.js clicks the same buttons."""

from __future__ import annotations

from typing import Any

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from components import ids
from components.attributes import data
from domain.alarms import OUTCOME_NAMES
from domain.duty_phones import DutyPhone, dialled
from domain.local_time import moment_words

KEYS = (("↑ ↓", "chọn"), ("X", "xác nhận"), ("G", "giao"), ("H", "tạm ẩn"), ("/", "tìm"), ("?", "phím"))
ANSWERING = frozenset({"X", "G", "H", "V", "1 … 4"})
HELP = (
    ("↑ ↓", "cảnh báo trước, sau"),
    ("X", "xác nhận cảnh báo đang xem"),
    ("G", "mở phần giao việc"),
    ("H", "mở phần tạm ẩn"),
    ("V", "chọn thêm cảnh báo đang xem, trả lời cùng lúc"),
    ("1 … 4", "giao phản ánh chờ phân loại theo gợi ý"),
    ("/", "tìm trong danh sách"),
    ("Ctrl Enter", "ghi ghi chú"),
    ("Esc", "rời ô nhập, đóng phần đang mở"),
)


def answer_bar() -> Component:
    """Acknowledge, assign, shelve, bring back, close; the forms open below their own button."""
    people = {"maxlength": 40, "placeholder": "CHV-07 hoặc tên đăng nhập"}
    reason = dbc.Input(id=ids.CONSOLE_REASON, type="text", maxlength=300, placeholder="Vì sao tạm ẩn")
    words = dbc.Input(id=ids.CONSOLE_WORDS, type="text", maxlength=300, placeholder="Đã làm gì, không ghi họ tên")
    return html.Div(
        [
            _button("Xác nhận", ids.CONSOLE_ACKNOWLEDGE, "acknowledge", " desk-button--primary"),
            _form(
                "Giao việc",
                "assign",
                _field("Đơn vị", dbc.Select(id=ids.CONSOLE_UNIT, options=[], value="")),
                _field("Hoặc một người, theo mã", dbc.Input(id=ids.CONSOLE_PERSON, type="text", **people)),
                _button("Giao", ids.CONSOLE_ASSIGN, "give", " desk-button--primary"),
            ),
            _form(
                "Tạm ẩn",
                "shelve",
                _field("Lý do", reason),
                html.Div(
                    [
                        _button("30 phút", ids.CONSOLE_SHELVE_SHORT, "short"),
                        _button("2 giờ", ids.CONSOLE_SHELVE, "longer"),
                        _button("8 giờ", ids.CONSOLE_SHELVE_LONG, "longer"),
                    ],
                    className="desk-inline",
                ),
                html.Small("Cảnh báo tự hiện lại khi hết thời gian. Mức khẩn cấp: 30 phút."),
            ),
            _button("Bỏ tạm ẩn", ids.CONSOLE_RESUME, "resume"),
            _form(
                "Đóng",
                "settle",
                _field("Kết quả", dbc.Select(id=ids.CONSOLE_OUTCOME, options=outcome_options(), value="")),
                _field("Nội dung", words),
                _button("Ghi kết quả", ids.CONSOLE_SETTLE, "result", " desk-button--primary"),
                html.Small("Cảnh báo còn điều kiện sẽ đóng khi điều kiện hết."),
            ),
        ],
        className="console-answers",
    )


def picked_banner() -> Component:
    """How many alarms are answered together; keyboard.js fills and shows it."""
    clear = html.Button("Bỏ chọn", type="button", className="desk-button desk-button--small", **data(picked="clear"))
    return html.Div([html.Span(**data(picked="words")), clear], className="console-picked", hidden=True, role="status")


def sound_button() -> Component:
    """Off until a person presses it: a browser lets nothing sound before."""
    pressed: dict[str, Any] = {"aria-pressed": "false", "title": "Báo bằng tiếng khi có cảnh báo khẩn cấp mới"}
    return html.Button(
        "Tiếng báo: tắt", id=ids.CONSOLE_SOUND, type="button", className="desk-button desk-button--small", **pressed
    )


def call_row() -> Component:
    """Below the steps: the duty desk with its number, that it was called, and the number itself to be put right."""
    number = dbc.Input(id=ids.CONSOLE_PHONE_NEW, type="text", maxlength=30, placeholder="0234 382 1234")
    form = _form(
        "Sửa số",
        "phone",
        _field("Số trực ban của đơn vị, không ghi số riêng của ai", number),
        _button("Ghi số", ids.CONSOLE_PHONE_SAVE, "number", " desk-button--primary"),
        html.Div(id=ids.CONSOLE_PHONE_SAID, role="status"),
    )
    button = _button("Gọi, ghi nhật ký", ids.CONSOLE_CALL, "call", " desk-button--small")
    return html.Div(
        [html.B("Trực ban đơn vị"), html.Span(id=ids.CONSOLE_PHONE), form, button], className="console-call"
    )


def phone_words(phone: DutyPhone | None) -> Component:
    """The number as a link that a soft phone dials, or that none was entered."""
    if phone is None:
        return html.Span("chưa có số")
    entered = f"{phone.entered_by} ghi {moment_words(phone.entered_at)}"
    return html.A(phone.number, href=f"tel:{dialled(phone.number)}", title=entered)


def note_box() -> Component:
    """A line for the life of the alarm."""
    box = dbc.Input(id=ids.CONSOLE_NOTE, type="text", maxlength=300, placeholder="Ghi chú xử lý, không ghi họ tên")
    return html.Div(
        [
            html.Label([html.Span("Ghi chú xử lý", className="console-unseen"), box]),
            html.Kbd("Ctrl Enter"),
            _button("Ghi", ids.CONSOLE_NOTED, "note", " desk-button--small"),
        ],
        className="console-note",
    )


def key_hints(may_answer: bool) -> Component:
    """The keys in one line, all of them behind '?'."""
    shown = [(key, words) for key, words in KEYS if may_answer or key not in ANSWERING]
    hints = [part for key, words in shown for part in (*(html.Kbd(one) for one in key.split()), html.Span(words))]
    keys = [
        part for key, words in HELP if may_answer or key not in {*ANSWERING, "Ctrl Enter"} for part in _key(key, words)
    ]
    return html.Details([html.Summary(hints), html.Dl(keys)], className="console-keys", **data(answer="help"))


def outcome_options() -> list[dict[str, str]]:
    """How an alarm may have been dealt with, none chosen first."""
    chosen = [{"label": words, "value": outcome.value} for outcome, words in OUTCOME_NAMES.items()]
    return [{"label": "Chọn kết quả", "value": ""}, *chosen]


def _key(key: str, words: str) -> tuple[Component, Component]:
    return html.Dt(html.Kbd(key)), html.Dd(words)


def _button(words: str, button: str, answer: str, more: str = "") -> Component:
    return html.Button(words, id=button, type="button", className=f"desk-button{more}", **data(answer=answer))


def _form(words: str, answer: str, *parts: Component) -> Component:
    summary = html.Summary(words, className="desk-button")
    mark: dict[str, Any] = data(answer=answer)
    return html.Details([summary, html.Div(list(parts))], className=f"console-form console-form--{answer}", **mark)


def _field(words: str, control: Component) -> Component:
    return html.Label([html.Span(words), control], className="desk-filter")
