"""Rules, limits, terms and maintenance windows as tables: what is in force, since when, by whom, what is to come."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from dash import html
from dash.development.base_component import Component

from components import format as text
from components import ids
from components.administration_tables import Cell, buttons, nothing, table, tag
from components.desk_parts import instant
from domain.alarms import PRIORITY_NAMES, AlarmRule, LimitChange, MaintenanceWindow, RuleChange
from domain.deadlines import DeadlineRule, DeadlineUnit
from domain.limits import Limit
from domain.local_time import moment_words
from domain.permissions import ROLE_NAMES

UNIT_NAMES = {
    DeadlineUnit.DAYS: "ngày",
    DeadlineUnit.WORKING_DAYS: "ngày làm việc",
    DeadlineUnit.MONTHS: "tháng",
    DeadlineUnit.YEARS: "năm",
    DeadlineUnit.HOURS: "giờ",
}
SHIPPED = "Theo bản cài đặt"
Names = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class RuleLine:
    """A rule as it is today, the change it comes from, and the next one to come."""

    rule: AlarmRule
    since: RuleChange | None
    next: RuleChange | None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class LimitLine:
    """A limit as it is today, the change it comes from, and the next one to come."""

    limit: Limit
    since: LimitChange | None
    next: LimitChange | None


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a history: what was changed, from which day, why, by whom and when."""

    what: str
    to: str
    valid_from: date
    reason: str
    by: str
    at: datetime


def rules_table(lines: Sequence[RuleLine]) -> Component:
    """Every rule, in the order of the file."""
    heads = (
        "Quy tắc",
        "Mức độ",
        "Chờ báo",
        "Chờ hết",
        "Xác nhận",
        "Khoảng trễ",
        "Phụ trách",
        "Hiệu lực",
        "Sắp tới",
        "",
    )
    return table("alarm_rules-table", heads, [_rule_cells(line) for line in lines])


def limits_table(lines: Sequence[LimitLine]) -> Component:
    """Every limit, those of the wall first."""
    heads = ("Ngưỡng", "Giá trị", "Đơn vị", "Hiệu lực", "Sắp tới", "")
    return table("alarm_rules-limits-table", heads, [_limit_cells(line) for line in lines])


def terms_table(rules: Sequence[DeadlineRule], missing: Names, today: date) -> Component:
    """The term of each code in force today; `missing` are the codes without one and the last day they had one."""
    heads = ("Mã", "Thời hạn", "Tính từ", "Quy định", "Căn cứ", "Hiệu lực", "Tình trạng", "")
    return table("alarm_rules-terms-table", heads, [_term_cells(rule, missing, today) for rule in rules])


def history_table(table_id: str, entries: Sequence[Entry]) -> Component:
    """Decisions as they were written, newest first."""
    if not entries:
        return nothing("Cơ quan chưa thay đổi gì: đang dùng giá trị theo bản cài đặt.")
    heads = ("Ghi lúc", "Ai", "Nội dung", "Thành", "Hiệu lực từ", "Lý do")
    rows: list[list[Cell]] = [
        [
            instant(entry.at),
            entry.by,
            entry.what,
            entry.to,
            text.day(entry.valid_from),
            html.Span(entry.reason, className="desk-detail"),
        ]
        for entry in entries
    ]
    return table(table_id, heads, rows)


def windows_table(windows: Sequence[MaintenanceWindow], names: Names, subjects: Names, now: datetime) -> Component:
    """Announced work, with a button to end it; `subjects` are the words of what can be hidden."""
    if not windows:
        return nothing("Không có lịch bảo trì nào.")
    heads = ("Từ", "Đến", "Đơn vị", "Cảnh báo được ẩn", "Lý do", "Người đặt", "Trạng thái", "")
    rows: list[list[Cell]] = []
    for window in windows:
        is_over = window.over_at <= now
        state = tag("Đang bảo trì", "wait") if window.is_on(now) else tag("Sắp tới", "off")
        early = f"Kết thúc sớm bởi {window.ended_by}" if window.ended_at else "Hết giờ"
        ends = buttons(ids.maintenance_button, window.public_id, [("end", "Kết thúc sớm")])
        rows.append(
            [
                instant(window.begins_at),
                instant(window.over_at),
                names.get(window.unit, window.unit) if window.unit else "Mọi đơn vị",
                subjects.get(subject_of(window), subject_of(window)),
                html.Span(window.reason, className="desk-detail"),
                f"{window.announced_by}, {moment_words(window.announced_at)}",
                tag(early, "off") if is_over else state,
                None if is_over else ends,
            ]
        )
    return table("maintenance-past-table" if windows[0].over_at <= now else "maintenance-table", heads, rows)


def maintenance_line(
    windows: Sequence[MaintenanceWindow], names: Names, subjects: Names, now: datetime
) -> Component | None:
    """What is hidden now and until when, in one line for the console; None when nothing is."""
    said = []
    for window in windows:
        if window.is_on(now):
            unit = names.get(window.unit, window.unit) if window.unit else "mọi đơn vị"
            what = subjects.get(subject_of(window), subject_of(window))
            said.append(f"{what}, {unit}, đến {moment_words(window.over_at)}")
    return html.P("Đang bảo trì: " + "; ".join(said), className="desk-faint") if said else None


def subject_of(window: MaintenanceWindow) -> str:
    """What a window hides, as a select names it."""
    return f"source:{window.source}" if window.source else f"rules:{window.rules}"


def span_words(span: timedelta) -> str:
    """'90 giây', '2 phút', '1 giờ'."""
    seconds = int(span.total_seconds())
    for size, word in ((3600, "giờ"), (60, "phút")):
        if seconds and seconds % size == 0:
            return f"{seconds // size} {word}"
    return f"{seconds} giây"


def number_words(value: Decimal) -> str:
    """A limit as people write it: 2 or 2,5."""
    return f"{value.normalize():f}".replace(".", ",")


def term_words(rule: DeadlineRule) -> str:
    """'10 ngày', '6 tháng'."""
    return f"{rule.quantity} {UNIT_NAMES[rule.unit]}"


def _rule_cells(line: RuleLine) -> list[Cell]:
    rule = line.rule
    code = html.Small(f"{rule.code} · {rule.procedure}" if rule.procedure else rule.code)
    name = [html.B(rule.name), code]
    if not rule.is_on:
        name.append(tag(f"Đã tắt: {rule.reason}", "wait"))
    margin = f"{number_words(rule.hysteresis)} {line.unit}" if rule.hysteresis else text.UNKNOWN
    return [
        html.Div(name, className="desk-two"),
        PRIORITY_NAMES[rule.priority] if rule.priority else "theo điều kiện",
        span_words(rule.on_delay),
        span_words(rule.off_delay),
        "phải" if rule.latches else "không",
        margin,
        ROLE_NAMES[rule.owner],
        _since(line.since, rule.status),
        _next(line.next, ""),
        buttons(ids.rule_button, rule.code, [("rule", "Sửa")]),
    ]


def _limit_cells(line: LimitLine) -> list[Cell]:
    limit, coming = line.limit, line.next
    return [
        html.Div([html.B(limit.name), html.Small(limit.code)], className="desk-two"),
        number_words(limit.value),
        limit.unit,
        _since(line.since, limit.status),
        _next(coming, f"{number_words(coming.value)} {limit.unit}" if coming else ""),
        buttons(ids.rule_button, limit.code, [("limit", "Sửa")]),
    ]


def _term_cells(rule: DeadlineRule, missing: Names, today: date) -> list[Cell]:
    is_missing = rule.code in missing
    ended = tag("chưa có thời hạn hiệu lực", "wait")
    since = f"từ {text.day(rule.valid_from)}"
    begins = f"{since}, sắp tới" if rule.valid_from > today else since
    status = tag("Dữ liệu mẫu", "wait") if rule.is_sample else tag(STATUS_WORDS.get(rule.status, rule.status), "off")
    return [
        rule.code,
        rule.name,
        rule.counted_from,
        ended if is_missing else term_words(rule),
        html.Span(rule.legal_basis, className="desk-detail"),
        missing[rule.code] if is_missing else begins,
        None if is_missing else status,
        buttons(ids.rule_button, rule.code, [("term", "Nhập thời hạn")]),
    ]


STATUS_WORDS = {"verified": "Đã đối chiếu văn bản", "unverified": "Chưa đối chiếu văn bản"}


def _since(change: RuleChange | LimitChange | None, status: str) -> Component:
    """Since when and by whom; what nobody has changed is as it was shipped, and says what it is."""
    if change is None:
        return html.Div([SHIPPED, html.Small(status)], className="desk-two")
    words = f"{change.by}, ghi {moment_words(change.at)}"
    return html.Div([f"từ {text.day(change.valid_from)}", html.Small(words)], className="desk-two")


def _next(change: RuleChange | LimitChange | None, value: str) -> Component | str:
    if change is None:
        return text.UNKNOWN
    said = " · ".join(part for part in (value, change.by) if part)
    return html.Div([f"từ {text.day(change.valid_from)}", html.Small(said)], className="desk-two")
