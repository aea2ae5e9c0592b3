"""The windows of /alarm-rules: a rule, a limit or a term with the day from which it holds, its reason and a preview."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from components import format as text
from components import ids
from components.administration_forms import Window, field, question, select_options
from components.alarm_rule_tables import UNIT_NAMES, number_words, term_words
from domain.alarms import PRIORITY_NAMES, AlarmRule, Replay
from domain.deadlines import DeadlineRule
from domain.limits import Limit
from domain.permissions import PEOPLE, ROLE_NAMES

RULES = Window(ids.RULES_CONFIRM, ids.RULES_CANCEL, ids.RULES_CHOSEN)
YES_NO = [("yes", "Phải xác nhận"), ("no", "Không cần, tự đóng khi hết")]
ON_OFF = [("on", "Bật"), ("off", "Tắt: cảnh báo bị ẩn, lý do hiện ở chỗ cảnh báo")]


def rule_window(rule: AlarmRule, limit: Limit | None, today: date, seen: int, coming: str = "") -> Component:
    """Everything of a rule that can be changed; `limit` is the one its hysteresis lies under, `coming` says what is
    decided for later."""
    hint = f"Chỉ hết khi thấp hơn {number_words(limit.value)} {limit.unit} từng này." if limit else ""
    margin = _text(ids.RULES_HYSTERESIS, number_words(rule.hysteresis), 8, is_off=limit is None)
    priorities = [("0", "Theo điều kiện"), *((str(int(key)), name) for key, name in PRIORITY_NAMES.items())]
    owners = [(role.value, ROLE_NAMES[role]) for role in PEOPLE]
    fields = [
        _row(
            field("Chờ trước khi báo (giây)", _text(ids.RULES_ON_DELAY, _seconds(rule.on_delay.total_seconds()), 6)),
            field("Chờ trước khi hết (giây)", _text(ids.RULES_OFF_DELAY, _seconds(rule.off_delay.total_seconds()), 6)),
            field("Khoảng trễ của ngưỡng", margin, hint or "Quy tắc này không có ngưỡng đếm được."),
        ),
        _row(
            field("Mức độ", _select(ids.RULES_PRIORITY, priorities, str(int(rule.priority or 0)))),
            field("Khi tự hết", _select(ids.RULES_LATCHES, YES_NO, "yes" if rule.latches else "no")),
            field("Phụ trách", _select(ids.RULES_OWNER, owners, rule.owner)),
        ),
        field(
            "Việc cần làm, mỗi dòng một việc",
            dbc.Textarea(id=ids.RULES_TASKS, value="\n".join(rule.tasks), rows=4, maxlength=1700),
        ),
        _row(
            field("Quy trình", _text(ids.RULES_PROCEDURE, rule.procedure, 40)),
            field("Căn cứ", _text(ids.RULES_BASIS, rule.legal_basis, 160)),
            field("Tình trạng", _select(ids.RULES_IS_ON, ON_OFF, "on" if rule.is_on else "off")),
        ),
        *_day_and_reason(today),
    ]
    return _asked("rule", rule.code, seen, f"Sửa quy tắc: {rule.name}", coming, [*fields, *_preview()])


def limit_window(limit: Limit, today: date, seen: int, coming: str = "") -> Component:
    """A limit and its value."""
    kind = "số nguyên" if limit.is_whole else "số"
    hint = f"{kind}, nhiều nhất {number_words(limit.most)} {limit.unit}"
    entry = field(f"Giá trị ({limit.unit})", _text(ids.RULES_VALUE, number_words(limit.value), 10), hint)
    fields = [entry, *_day_and_reason(today), *_preview()]
    return _asked("limit", limit.code, seen, "Sửa ngưỡng", f"{limit.name}. {coming}", fields)


def term_window(rule: DeadlineRule, statuses: Sequence[str], first_on: date) -> Component:
    """A new term of a code; `first_on` is the first day it may hold from."""
    fields = [
        _row(
            field("Thời hạn", _text(ids.RULES_QUANTITY, str(rule.quantity), 5)),
            field("Đơn vị tính", _select(ids.RULES_UNIT, list(UNIT_NAMES.items()), rule.unit)),
            field("Tình trạng", _select(ids.RULES_STATUS, [(each, each) for each in statuses], statuses[0])),
        ),
        field("Căn cứ pháp lý", _text(ids.RULES_BASIS, "", 160)),
        *_day_and_reason(first_on),
    ]
    words = (
        f"{rule.name}, tính từ {rule.counted_from}. Quy định trước: {term_words(rule)}, {rule.legal_basis}. "
        "Việc đã xong trước ngày hiệu lực giữ quy định cũ."
    )
    return _asked("term", rule.code, 0, f"Nhập thời hạn {rule.code}", words, fields)


def preview_words(replay: Replay) -> Component:
    """What the change would have meant; where the records do not tell, that in words and no number."""
    lines: list[Component] = []
    if replay.period and replay.as_wanted is not None:
        told = f"{replay.period} quy tắc này sẽ báo {text.whole(replay.as_wanted)} {replay.counted}"
        lines.append(html.B(f"{told} (hiện tại: {text.whole(replay.as_it_is)})."))
    elif replay.period:
        lines.append(html.B(f"{replay.period} đã báo {text.whole(replay.as_it_is)} {replay.counted}."))
    lines += [html.Small(note) for note in replay.notes]
    return html.Div(lines, className="desk-two desk-verdict desk-verdict--whole", role="status")


def failure(words: str) -> Component:
    """Why nothing was done."""
    return html.P(words, className="desk-failure", role="alert")


def _asked(kind: str, code: str, seen: int, title: str, words: str, fields: Sequence[Component]) -> Component:
    chosen = {"action": kind, "code": code, "seen": str(seen)}
    return question(RULES, title, words, chosen, "Lưu", fields, is_wide=True)


def _day_and_reason(first_on: date) -> list[Component]:
    day = field("Hiệu lực từ ngày", _text(ids.RULES_FROM, f"{first_on:%d/%m/%Y}", 10))
    return [_row(day, field("Lý do, không ghi họ tên", _text(ids.RULES_REASON, "", 160)), count=2)]


def _preview() -> list[Component]:
    button = html.Button("Xem trước", id=ids.RULES_PREVIEW, className="desk-button desk-button--small", type="button")
    return [html.Div([button], className="desk-inline"), html.Div(id=ids.RULES_PREVIEWED)]


def _row(*fields: Component, count: int = 3) -> Component:
    return html.Div(list(fields), className=f"desk-row desk-row--{count}")


def _text(field_id: str, value: str, longest: int, is_off: bool = False) -> Component:
    entry: Component = dbc.Input(
        id=field_id, type="text", value=value, maxlength=longest, autocomplete="off", disabled=is_off
    )
    return entry


def _select(field_id: str, choices: Sequence[tuple[str, str]], value: str) -> Component:
    entry: Component = dbc.Select(id=field_id, options=select_options(choices), value=value)
    return entry


def _seconds(seconds: float) -> str:
    return str(int(seconds))
