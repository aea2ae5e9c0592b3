"""Administrative judgments on a desk: figures, the flow of the year, units, the list with its clocks, one judgment's
time line. Numbers of judgments and kinds of body only, never a party."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from dash import dcc, html
from dash.development.base_component import Component

from components import format as text
from components.case_flow import FlowPart, FlowRow, rows_drawing
from components.desk_parts import aged, desk_figure, desk_figures
from domain.administrative_judgments import (
    DEBTOR_NAMES,
    EVENT_NAMES,
    JUDGMENT_CLOCK_NAMES,
    STATE_NAMES,
    AdministrativeJudgment,
    DatedEvent,
    JudgmentCheck,
    JudgmentClock,
    JudgmentCounts,
    JudgmentDue,
    JudgmentEvent,
    JudgmentFilter,
    JudgmentShowing,
    JudgmentStanding,
    judgment_checks,
    timeline,
)
from domain.freshness import SourceFacts
from domain.local_time import moment_words

PATH = "/administrative-judgments"
ROWS_SHOWN = 100
NO_REGISTER = "chưa có sổ"
NO_START = "chưa rõ ngày nhận bản án"
SAMPLE_TERM = "thời hạn mẫu"
SHOWING_NAMES = {
    JudgmentShowing.REMAINING: "Còn theo dõi",
    JudgmentShowing.OVERDUE: "Quá hạn",
    JudgmentShowing.ALL: "Tất cả của năm",
}
Names = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One line of the table by unit; None where its register never named a judgment, or nothing is known of last
    year."""

    name: str
    code: str
    counts: JudgmentCounts | None
    overdue: int
    last_year: JudgmentCounts | None


@dataclass(frozen=True, slots=True)
class JudgmentRow:
    """One line of the list, and where its judgment is told."""

    standing: JudgmentStanding
    href: str


def judgment_figures(line: UnitLine, unknown: int, source: SourceFacts) -> Component:
    """The year of one unit or of all in five figures; only what is overdue is amber."""
    counts, before = line.counts or JudgmentCounts(), line.last_year
    intake = f"năm trước {text.whole(counts.carried_over)} + mới {text.whole(counts.newly_registered)}"
    doubt = f"; {text.whole(unknown)} chưa tính được hạn" if unknown else ""
    return desk_figures(
        [
            desk_figure("Phải thi hành", text.whole(counts.to_enforce), f"{intake}; {_before(before, 'to_enforce')}"),
            desk_figure("Đã làm việc với các bên", text.whole(counts.worked), _before(before, "worked")),
            desk_figure("Có quyết định buộc thi hành", text.whole(counts.compelled), _before(before, "compelled")),
            desk_figure("Thi hành xong", text.whole(counts.completed), _before(before, "completed")),
            desk_figure("Quá hạn", text.whole(line.overdue), f"bản án có thời hạn đã qua{doubt}", line.overdue > 0),
        ],
        source,
    )


def judgment_flow(counts: JudgmentCounts, source: SourceFacts) -> Component:
    """From what the year began with to what is left; every row's parts are as long as the whole, and the identity that
    says so is printed below."""
    rows = (
        FlowRow(
            "Theo dõi",
            counts.to_enforce,
            (
                FlowPart(counts.carried_over, "stock", "năm trước chuyển sang"),
                FlowPart(counts.newly_registered, "new", "mới trong năm"),
            ),
        ),
        FlowRow(
            "Phải thi hành",
            counts.to_enforce,
            (
                FlowPart(counts.completed, "done", "xong"),
                FlowPart(counts.stopped, "lost", "hủy, hoãn, tạm đình chỉ"),
                FlowPart(counts.enforcing, "rest", "đang thi hành"),
            ),
        ),
    )
    split = (
        f"Hủy {text.whole(counts.cancelled)}, hoãn và tạm đình chỉ {text.whole(counts.paused)}; "
        f"còn theo dõi {text.whole(counts.remaining)}, chuyển kỳ sau."
    )
    checks = html.P([_check(check) for check in judgment_checks(counts)], className="form-checks")
    return aged([rows_drawing(rows, counts.to_enforce), checks, html.P(split, className="desk-hint")], source)


def unit_lines(lines: Sequence[UnitLine], total: UnitLine, wanted: JudgmentFilter, source: SourceFacts) -> Component:
    """Every unit beside the sum; one without a register is unknown, which is not none."""
    if not lines:
        return html.P("Đơn vị của bạn chưa có trong cơ cấu tổ chức của năm này.", className="desk-nothing")
    heads = (
        *("Đơn vị", "Năm trước", "Mới", "Phải thi hành", "Đã làm việc", "QĐ buộc", "Xong"),
        *("Hủy, hoãn, TĐC", "Đang thi hành", "Còn theo dõi", "Quá hạn", "Xong cùng kỳ"),
    )
    rows = [_unit_row(line, wanted) for line in lines]
    if len(lines) > 1:
        rows.append(_unit_row(total, wanted))
    head = [html.Th(words, className="desk-number" if place else None) for place, words in enumerate(heads)]
    return aged([html.Table([html.Thead(html.Tr(head)), html.Tbody(rows)], className="desk-table")], source)


def judgment_table(rows: Sequence[JudgmentRow], names: Names, chosen: str, day: date, source: SourceFacts) -> Component:
    """The list, worst first; each row leads to its judgment."""
    if not rows:
        return html.P("Không có bản án nào theo bộ lọc này.", className="desk-nothing")
    head = ("Số bản án", "Ngày bản án", "Đơn vị", "Bên phải thi hành", "Trạng thái", "Thời hạn", "Hạn cuối", "Còn lại")
    lines = [_judgment_row(row, names, row.href == chosen, day) for row in rows[:ROWS_SHOWN]]
    parts: list[Component] = [
        html.Table([html.Thead(html.Tr([html.Th(words) for words in head])), html.Tbody(lines)], className="desk-table")
    ]
    if len(rows) > ROWS_SHOWN:
        more = f"Hiện {ROWS_SHOWN} trong {text.whole(len(rows))} bản án; xuất Excel để lấy hết."
        parts.append(html.P(more, className="desk-faint"))
    return aged(parts, source)


def judgment_card(standing: JudgmentStanding, names: Names, day: date, stated_at: datetime, back: str) -> Component:
    """One judgment: what it is, how it stands, every event in its order."""
    judgment = standing.judgment
    compelled_on = judgment.first_on(JudgmentEvent.COMPELLED, day)
    facts = [
        ("Đơn vị theo dõi", names.get(judgment.unit, judgment.unit)),
        ("Ngày bản án", text.day(judgment.judged_on)),
        ("Bên phải thi hành", DEBTOR_NAMES[judgment.debtor]),
        ("Trạng thái", STATE_NAMES[standing.state]),
        *((_clock_title(clock.clock), f"{_due_words(clock)}, {_left(clock, day)}") for clock in standing.clocks),
        ("Sổ ghi đến", moment_words(stated_at)),
    ]
    if compelled_on is not None and standing.clocks:
        facts.insert(-1, ("Từ QĐ buộc", f"{text.whole((day - compelled_on).days)} ngày"))
    steps = [html.Li([_step_day(judgment.registered_on), html.Span("Nhận bản án, vào sổ theo dõi")])]
    steps += [html.Li([_step_day(event.on), html.Span(EVENT_NAMES[event.kind])]) for event in _told(judgment, day)]
    return html.Section(
        [
            html.Div(
                [html.H2(f"Bản án {judgment.reference}"), dcc.Link("Đóng", href=back, className="desk-button")],
                className="desk-toolbar",
            ),
            html.Div(
                [
                    html.Dl(
                        [part for name, words in facts for part in (html.Dt(name), html.Dd(words))],
                        className="desk-facts",
                    ),
                    html.Ol(steps, className="report-steps"),
                ],
                className="judgment-one",
            ),
        ],
        className="desk-card",
    )


def clock_words(clock: JudgmentDue | None) -> str:
    """'tự nguyện thi hành', '' when none runs."""
    return "" if clock is None else JUDGMENT_CLOCK_NAMES[clock.clock]


def _told(judgment: AdministrativeJudgment, day: date) -> list[DatedEvent]:
    return [event for event in timeline(judgment) if event.on <= day]


def _step_day(on: date) -> Component:
    return html.Time(text.day(on), dateTime=on.isoformat())


def _clock_title(clock: JudgmentClock) -> str:
    name = JUDGMENT_CLOCK_NAMES[clock]
    return name[0].upper() + name[1:]


def _before(counts: JudgmentCounts | None, field: str) -> str:
    return f"cùng kỳ {text.UNKNOWN if counts is None else text.whole(getattr(counts, field))}"


def _check(check: JudgmentCheck) -> Component:
    mark = "✓" if check.holds else "✗ SAI"
    return html.Span(
        [f"{check.words[0].upper()}{check.words[1:]} {mark} ", html.Small(f"({check.numbers})")],
        className="form-check" if check.holds else "form-check is-bad",
    )


def _unit_row(line: UnitLine, wanted: JudgmentFilter) -> Component:
    address = JudgmentFilter(line.code, wanted.year, wanted.showing).address()
    name = html.Td(dcc.Link(line.name, href=f"{PATH}{address}") if line.code else html.B(line.name))
    chosen = "is-chosen" if line.code and line.code == wanted.unit else None
    counts = line.counts
    if counts is None:
        return html.Tr([name, html.Td(NO_REGISTER, colSpan=11, className="desk-faint")], className=chosen)
    written: Callable[[int], str] = text.whole
    numbers = (
        *(counts.carried_over, counts.newly_registered, counts.to_enforce, counts.worked, counts.compelled),
        *(counts.completed, counts.stopped, counts.enforcing, counts.remaining),
    )
    cells = [html.Td(written(number), className="desk-number") for number in numbers]
    late = html.Span(written(line.overdue), className="is-bad" if line.overdue else None)
    before = text.UNKNOWN if line.last_year is None else written(line.last_year.completed)
    cells += [html.Td(late, className="desk-number"), html.Td(before, className="desk-number")]
    return html.Tr([name, *cells], className=chosen)


def _judgment_row(row: JudgmentRow, names: Names, is_chosen: bool, day: date) -> Component:
    judgment, clock = row.standing.judgment, row.standing.first
    late = clock is not None and clock.is_overdue(day)
    return html.Tr(
        [
            html.Td(dcc.Link(judgment.reference, href=row.href)),
            html.Td(text.day(judgment.judged_on), className="desk-time"),
            html.Td(names.get(judgment.unit, judgment.unit)),
            html.Td(DEBTOR_NAMES[judgment.debtor]),
            html.Td(STATE_NAMES[row.standing.state]),
            html.Td(clock_words(clock)),
            html.Td("" if clock is None else _due_words(clock), className="desk-time"),
            html.Td(html.Span("" if clock is None else _left(clock, day), className="is-bad" if late else None)),
        ],
        className="is-chosen" if is_chosen else None,
    )


def _due_words(clock: JudgmentDue) -> str:
    if clock.due_on is not None:
        return text.day(clock.due_on) + (f" ({SAMPLE_TERM})" if clock.is_sample else "")
    return NO_START if clock.started_on is None else text.NO_RULE


def _left(clock: JudgmentDue, day: date) -> str:
    if clock.due_on is None:
        return text.UNKNOWN
    days = (clock.due_on - day).days
    if days == 0:
        return "đến hạn hôm nay"
    return f"quá hạn {text.whole(-days)} ngày" if days < 0 else f"còn {text.whole(days)} ngày"
