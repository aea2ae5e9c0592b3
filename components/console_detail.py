"""One alarm of the console in full: what it is, what has to be done, what has happened, what else its unit has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from dash import dcc, html
from dash.development.base_component import Component

from components import format as text
from components import panel as panels
from components.alarm_list import mark
from components.attributes import data
from components.console_list import ConsoleView, console_row, measure_words, state_words
from components.due_clock import due_clock, due_words
from domain.alarms import (
    CAMERAS,
    FIELD_REPORTS,
    OUTCOME_NAMES,
    PRIORITY_NAMES,
    STEP_NAMES,
    Alarm,
    AlarmOutcome,
    AlarmRecord,
    AlarmRule,
    AlarmState,
    AlarmStep,
)
from domain.freshness import SourceFacts
from domain.local_time import local_day, moment_words
from domain.report_filters import ReportDetail
from domain.software_systems import SOFTWARE

NONE_CHOSEN = "Chọn một cảnh báo trong danh sách."
NOT_FOUND = "Không có cảnh báo này trong phạm vi của bạn."
# The page of each source that has one of its own.
BEHIND = {
    "cameras": ("Mở camera của đơn vị", "/cameras"),
    "attendance": ("Mở chấm công của đơn vị", "/attendance"),
    "reception": ("Mở tiếp công dân của đơn vị", "/reception"),
    "security": ("Mở an ninh của đơn vị", "/security"),
    "administrative_judgments": ("Mở án hành chính của đơn vị", "/administrative-judgments"),
}
ALARMING = frozenset({AlarmStep.RAISED, AlarmStep.REARMED})


@dataclass(frozen=True, slots=True)
class AlarmSeen:
    """One alarm with its life, its rule (None where there is none any more), the source it is judged from, the field
    report it is about, and whether who looks may issue directives."""

    alarm: Alarm
    records: Sequence[AlarmRecord]
    rule: AlarmRule | None
    source: SourceFacts
    report: ReportDetail | None = None
    may_direct: bool = False


def no_alarm(words: str = NONE_CHOSEN) -> Component:
    """Instead of an alarm; the buttons are hidden with it."""
    return html.P(words, className="desk-nothing console-none")


def alarm_heading(seen: AlarmSeen) -> Component:
    """Mark, title, unit and source; at the right the due clock, or the measure."""
    alarm = seen.alarm
    if alarm.due_at is not None and alarm.state is not AlarmState.NORMAL:
        how_bad = [due_clock(alarm.due_at), due_words(alarm.due_at)]
    elif alarm.measure is not None:
        number, _, counted = measure_words(alarm).partition(" ")
        how_bad = [html.B(number), html.Small(counted)]
    else:
        how_bad = []
    priority = html.Span(f"{PRIORITY_NAMES[alarm.priority]}. ", className="console-unseen")
    return html.Header(
        [
            mark(alarm.priority),
            html.Div([html.H2([priority, alarm.title]), html.P(f"{alarm.unit_name} · {seen.source.title}")]),
            html.Div(how_bad, className=f"console-measure console-measure--{alarm.priority.value}"),
        ],
        className="console-heading",
        **data(state=alarm.state.value, priority=alarm.priority.value) | panels.age_attributes(seen.source),
    )


def alarm_facts(seen: AlarmSeen, names: Mapping[str, str]) -> Component:
    """What is known of it, and the steps its rule asks for."""
    return html.Div(
        [
            html.Dl(
                [part for name, words in _facts(seen, names) for part in (html.Dt(name), html.Dd(words))],
                className="desk-facts",
            ),
            _links(seen),
            _to_do(seen.rule),
        ]
    )


def alarm_life(seen: AlarmSeen, others: Sequence[Alarm], view: ConsoleView, now: datetime) -> Component:
    """Every record, newest first, and the other alarms of the unit."""
    lines = [_line(record, view.names, now) for record in seen.records]
    rows = [console_row(alarm, view, can_pick=False) for alarm in others]
    return html.Div(
        [
            html.H3("Diễn biến"),
            html.Ol(lines, className="console-life"),
            html.H3("Cùng đơn vị"),
            html.Div(rows, className="console-others")
            if rows
            else html.P("Không có cảnh báo nào khác.", className="desk-faint"),
        ]
    )


def _facts(seen: AlarmSeen, names: Mapping[str, str]) -> list[tuple[str, str]]:
    alarm = seen.alarm
    outcome = OUTCOME_NAMES[AlarmOutcome(alarm.outcome)] if alarm.outcome else ""
    who = f"{alarm.acknowledged_by}, {moment_words(alarm.acknowledged_at)}" if alarm.acknowledged_at else ""
    hidden = ""
    if alarm.state is AlarmState.SHELVED and alarm.shelved_until:
        hidden = f"đến {moment_words(alarm.shelved_until)}, {alarm.shelved_by}: {alarm.shelved_reason}"
    facts = [
        ("Nội dung", seen.report.description if seen.report else ""),
        ("Mã phản ánh", seen.report.desk.external_id if seen.report else ""),
        ("Trạng thái", state_words(alarm, names)),
        ("Mức", PRIORITY_NAMES[alarm.priority]),
        ("Phát lúc", moment_words(alarm.raised_at) if alarm.raised_at else text.UNKNOWN),
        ("Thời hạn", moment_words(alarm.due_at) if alarm.due_at else ""),
        # Cameras have codes that people know; the keys of reports, events and sites say nothing to anybody.
        ("Gồm", ", ".join(alarm.members) if alarm.source == CAMERAS else ""),
        ("Xác nhận", who),
        ("Giao cho", names.get(alarm.assigned_to, alarm.assigned_to)),
        ("Tạm ẩn", hidden),
        ("Nguyên nhân", alarm.cause if alarm.state is AlarmState.SUPPRESSED else ""),
        ("Kết quả", outcome),
        ("Đóng lúc", moment_words(alarm.closed_at) if alarm.closed_at else ""),
        ("Căn cứ", seen.rule.legal_basis if seen.rule else ""),
    ]
    return [(name, words) for name, words in facts if words]


def _links(seen: AlarmSeen) -> Component:
    """Where what lies behind it can be seen, and for a leader the way to a directive."""
    alarm = seen.alarm
    found = [(words, path) for words, path in (_behind(alarm),) if path]
    if seen.may_direct:
        asked = {"unit": alarm.unit, "origin": "alarm", "reference": alarm.public_id, "title": alarm.title}
        found.append(("Ra chỉ đạo", f"/directives?{urlencode(asked)}"))
    return html.Nav([dcc.Link(words, href=path) for words, path in found], className="console-links")


def _behind(alarm: Alarm) -> tuple[str, str]:
    if alarm.source == FIELD_REPORTS and alarm.subject:
        return "Mở phản ánh", f"/field-reports?{urlencode({'report': alarm.subject})}"
    if alarm.rule == "import_held" or alarm.rule.startswith("source_"):
        return "Mở nguồn dữ liệu", "/sources"
    if alarm.source == SOFTWARE:
        return "Mở phần mềm của ngành", f"/software-systems/{alarm.subject}".rstrip("/")
    words, path = BEHIND.get(alarm.source, ("", ""))
    return words, f"{path}?{urlencode({'unit': alarm.unit})}" if path else ""


def _to_do(rule: AlarmRule | None) -> Component:
    if rule is None:
        return html.P("Quy tắc của cảnh báo này không còn trong danh mục.", className="desk-faint")
    return html.Section(
        [
            html.Div([html.H3("Việc cần làm"), html.Small(f"quy trình {rule.procedure}")]),
            html.Ol([html.Li(task) for task in rule.tasks]),
        ],
        className="console-todo",
    )


def _line(record: AlarmRecord, names: Mapping[str, str], now: datetime) -> Component:
    words = names.get(record.words, record.words)
    said = " · ".join(part for part in (record.actor, words) if part)
    same_day = local_day(record.at) == local_day(now)
    at = text.clock_time(record.at) if same_day else moment_words(record.at)
    name = "is-alarm" if record.step in ALARMING else None
    return html.Li([html.Time(at), html.Div([STEP_NAMES[record.step], html.Small(said)])], className=name)
