"""One case: what it is, where it stands, its life as a timeline, its clocks, its money, its lines in the ledger."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from dash import dcc, html
from dash.development.base_component import Component

from components import format as text
from components import svg
from domain.case_filters import NOBODY_NAME
from domain.cases import (
    CASE_CLASS_NAMES,
    CASE_GROUP_NAMES,
    CASE_KIND_NAMES,
    CASE_TYPE_NAMES,
    DOCKETED,
    REDUCED,
    CaseClass,
    CaseRecord,
    ClassInterval,
    decision_name,
)
from domain.local_time import moment_words

DAYS_A_YEAR = 365.25


@dataclass(frozen=True, slots=True)
class FactLine:
    """A dated fact as a person reads it; `is_withdrawn` says that a later file took it back as wrong."""

    on: date
    words: str
    amount: int | None
    origin: str
    is_withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class ClockLine:
    """A statutory clock of the case: what is owed, since when, until when; None where no rule is in force."""

    words: str
    started_on: date
    due_on: date | None
    note: str = ""


def case_head(
    record: CaseRecord, now: ClassInterval, unit: Component, area: str, completed: int, today: date
) -> Component:
    """What the case is, as facts beside each other."""
    left = max(record.amount_due - completed, 0)
    age = (today - record.docketed_on).days
    groups = ", ".join(CASE_GROUP_NAMES[group] for group in sorted(record.groups))
    facts: list[tuple[str, Component | str]] = [
        ("Quyết định", f"{decision_name(record.key.number, record.decided_on)}, ngày {text.day(record.decided_on)}"),
        ("Đang thi hành", unit),
        ("Chấp hành viên", now.officer or NOBODY_NAME),
        ("Phân loại", html.B(f"{CASE_CLASS_NAMES[now.case_class]} từ {text.day(now.from_on)}")),
        ("Hình thức, loại án", f"{CASE_KIND_NAMES[record.kind]}, {CASE_TYPE_NAMES[record.case_type].lower()}"),
        ("Nhóm", groups or "không thuộc nhóm nào"),
        ("Địa bàn", area or text.UNKNOWN),
        ("Thụ lý", f"{text.day(record.docketed_on)}, {text.whole(age)} ngày trước"),
        ("Phải thi hành", text.exact_money(record.amount_due) if record.amount_due else "không phải tiền"),
        ("Đã xong", text.exact_money(completed)),
        ("Còn lại", text.exact_money(left)),
    ]
    return html.Dl(
        [part for name, value in facts for part in (html.Dt(name), html.Dd(value))], className="desk-facts case-facts"
    )


def life_line(intervals: Sequence[ClassInterval], today: date) -> Component:
    """The classes of the case one after the other on one axis, from docketing to today."""
    first = intervals[0].from_on
    whole = max((today - first).days, 1)
    drawn: list[Component | None] = []
    named: list[Component] = []
    for one in intervals:
        ends_on = min(one.to_on or today, today)
        if one.from_on > today:
            continue
        begins = 100 * (one.from_on - first).days / whole
        width = max(100 * (ends_on - one.from_on).days / whole, 0.6)
        drawn.append(svg.rectangle(f"life life--{_tone(one.case_class)}", f"{begins:.2f}%", 0, f"{width:.2f}%", "100%"))
        until = text.day(one.to_on) if one.to_on and one.to_on <= today else "nay"
        named.append(
            html.Li(
                [
                    html.I(className=f"life-key life--{_tone(one.case_class)}"),
                    html.Span(f"{text.day(one.from_on)} – {until}", className="desk-time"),
                    html.B(CASE_CLASS_NAMES[one.case_class]),
                    html.Span(f"{one.officer or NOBODY_NAME}, {_length(one.from_on, ends_on)}", className="desk-faint"),
                ]
            )
        )
    axis = html.P([html.Span(text.day(first)), html.Span(f"hôm nay {text.day(today)}")], className="strip-axis")
    return html.Div([svg.drawing("life-line", drawn), axis, html.Ul(named, className="life-list")])


def fact_table(lines: Sequence[FactLine], empty: str) -> Component:
    """Dated facts, oldest first; what was taken back stays readable and is struck through."""
    if not lines:
        return html.P(empty, className="desk-nothing")
    rows = [
        html.Tr(
            [
                html.Td(text.day(line.on), className="desk-time"),
                html.Td(html.Del(line.words) if line.is_withdrawn else line.words),
                html.Td(text.whole(line.amount) if line.amount is not None else text.UNKNOWN, className="desk-number"),
                html.Td(line.origin, className="desk-detail"),
            ]
        )
        for line in lines
    ]
    head = html.Thead(
        html.Tr(
            [html.Th("Ngày"), html.Th("Nội dung"), html.Th("Số tiền, đồng", className="desk-number"), html.Th("Nguồn")]
        )
    )
    return html.Table([head, html.Tbody(rows)], className="desk-table")


def clock_table(lines: Sequence[ClockLine], today: date) -> Component:
    """The clocks that run now; amber only where one is over."""
    if not lines:
        return html.P(
            "Không có thời hạn luật định nào đang chạy theo sổ việc, quyết định và thu chi.", className="desk-nothing"
        )
    rows = [
        html.Tr(
            [
                html.Td(line.words),
                html.Td(f"từ {text.day(line.started_on)}", className="desk-time"),
                html.Td(text.day(line.due_on) if line.due_on else text.NO_RULE, className="desk-time"),
                html.Td(_left(line.due_on, today)),
                html.Td(line.note, className="desk-faint"),
            ]
        )
        for line in lines
    ]
    return html.Table(html.Tbody(rows), className="desk-table")


def ledger_table(entries: Sequence[tuple[date, str, int, int]], fields: Mapping[str, str]) -> Component:
    """What the case moved in the figures: day, column, việc, đồng."""
    rows = [
        html.Tr(
            [
                html.Td(text.day(day), className="desk-time"),
                html.Td(fields.get(counted, counted)),
                html.Td(f"{'+' if cases > 0 else ''}{text.whole(cases)}" if cases else "0", className="desk-number"),
                html.Td(f"{'+' if amount > 0 else ''}{text.whole(amount)}" if amount else "0", className="desk-number"),
            ]
        )
        for day, counted, cases, amount in entries
    ]
    head = html.Thead(
        html.Tr(
            [
                html.Th("Ngày"),
                html.Th("Cột của biểu"),
                html.Th("Việc", className="desk-number"),
                html.Th("Đồng", className="desk-number"),
            ]
        )
    )
    return html.Table([head, html.Tbody(rows)], className="desk-table")


def counted_names() -> dict[str, str]:
    """What the columns of the ledger are called."""
    names = {one.value: name for one, name in CASE_CLASS_NAMES.items()}
    return {**names, DOCKETED: "Thụ lý", REDUCED: "Giảm nghĩa vụ"}


def case_origin(file_name: str, recorded_at: datetime) -> str:
    """Where a fact is known from."""
    return f"{file_name}, nạp {moment_words(recorded_at)}"


def case_card(title: str, inside: Component, note: str = "") -> Component:
    """A card of the page."""
    head = html.Div([html.H2(title), html.Small(note)], className="desk-toolbar")
    return html.Section([head, html.Div(inside, className="desk-scroll")], className="desk-card")


def unit_link(name: str, code: str) -> Component:
    """The unit that handles the case."""
    return dcc.Link(name, href=f"/units/{code}")


def stated_words(file_name: str, stated_at: datetime) -> str:
    """From which file the attributes are."""
    return f"Tệp đầu tiên {file_name}; nêu lại lần cuối theo số liệu đến {moment_words(stated_at)}"


def _left(due_on: date | None, today: date) -> Component:
    if due_on is None:
        return html.Span(text.UNKNOWN)
    days = (due_on - today).days
    if days < 0:
        return html.Span(f"quá hạn {text.whole(-days)} ngày", className="is-bad")
    return html.Span("hết hạn hôm nay" if days == 0 else f"còn {text.whole(days)} ngày")


def _length(from_on: date, to_on: date) -> str:
    days = (to_on - from_on).days
    if days >= 2 * DAYS_A_YEAR:
        return f"{days / DAYS_A_YEAR:.1f} năm".replace(".", ",")
    return f"{days // 30} tháng" if days >= 60 else f"{days} ngày"


def _tone(case_class: CaseClass) -> str:
    if case_class in (CaseClass.ENFORCEABLE, CaseClass.POSTPONED_BY_CONSENT):
        return "working"
    if case_class in (CaseClass.COMPLETED, CaseClass.TERMINATED):
        return "done"
    if case_class in (CaseClass.NOT_ENFORCEABLE, CaseClass.SEPARATE_REGISTER):
        return "waiting"
    return "other"
