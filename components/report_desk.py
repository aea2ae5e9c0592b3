"""Field reports on a desk: figures of a filter, the list, places that repeat, and the time line of one report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal

import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from components import format as text
from components import ids
from components.administration_forms import Options, select_options
from components.alarm_list import mark
from components.desk_parts import desk_figure, desk_figures, instant
from domain.alarms import report_priority
from domain.field_reports import STATE_NAMES, FieldReport
from domain.freshness import SourceFacts
from domain.local_time import moment_words
from domain.report_filters import DeskReport, RepeatedPlace, ReportDetail, ReportFilter, ReportSummary

PATH = "/field-reports"
OUTSIDE = "ngoài địa bàn"
ROWS_SHOWN = 200
UNIT_BY = {"agency": "theo nguồn", "map": "theo bản đồ", "manual": "do người trực chỉ định", "": ""}
DUE_BY = {"source": "hạn của nguồn", "term": "hạn theo quy định mẫu", "": "chưa có hạn"}
Names = Mapping[str, str]


def report_figures(summary: ReportSummary, source: SourceFacts) -> Component:
    """Five figures, each with its denominator; a dash where nothing can be said."""
    in_time, satisfied = _share(summary.in_time, summary.fell_due), _share(summary.satisfied, summary.rated)
    handling = f"{text.hours(_half_hours(summary.handling))} giờ" if summary.handling is not None else text.UNKNOWN
    figures = [
        desk_figure("Phản ánh", text.whole(summary.number), f"{text.whole(summary.open)} đang mở"),
        desk_figure("Quá hạn", text.whole(summary.overdue), "đang mở, đã qua hạn", is_bad=summary.overdue > 0),
        desk_figure("Đúng hạn", in_time, f"của {text.whole(summary.fell_due)} đã đến hạn"),
        desk_figure("Thời gian xử lý", handling, "trung vị, từ tiếp nhận đến đóng"),
        desk_figure("Hài lòng", satisfied, f"của {text.whole(summary.rated)} ý kiến"),
    ]
    return desk_figures(figures, source)


def report_table(reports: Sequence[DeskReport], names: Names, soon: timedelta, now: datetime, here: str) -> Component:
    """The list, each row leading to its report; says how many there are when not all are shown."""
    if not reports:
        return html.P("Không có phản ánh nào theo bộ lọc này.", className="desk-nothing")
    head = ("", "Nội dung", "Đơn vị", "Trạng thái", "Tiếp nhận", "Hạn xử lý", "Còn lại", "Mã nguồn")
    rows = [_row(item, names, soon, now, here) for item in reports[:ROWS_SHOWN]]
    table = html.Table(
        [html.Thead(html.Tr([html.Th(words) for words in head])), html.Tbody(rows)], className="desk-table"
    )
    rest = len(reports) - ROWS_SHOWN
    more = html.P(
        f"Hiện {ROWS_SHOWN} trong {text.whole(len(reports))} phản ánh; xuất Excel để lấy hết.", className="desk-faint"
    )
    return html.Div([table, more] if rest > 0 else table)


def repeated_places_table(places: Sequence[RepeatedPlace], names: Names, wanted: ReportFilter) -> Component:
    """Places with three reports and more; each leads to its reports."""
    if not places:
        return html.P("Không có vị trí nào từ ba phản ánh trở lên.", className="desk-nothing")
    head = ("Vị trí (vĩ độ, kinh độ)", "Đơn vị", "Hay gặp nhất", "Lần cuối", "Số")
    rows = [
        html.Tr(
            [
                html.Td(dcc.Link(item.place, href=f"{PATH}{wanted.at_place(item.place).address()}")),
                html.Td(_unit(item.unit, names)),
                html.Td(item.subject),
                html.Td(instant(item.latest_at)),
                html.Td(text.whole(item.number), className="desk-number"),
            ]
        )
        for item in places[:12]
    ]
    heads = [html.Th(words, className="desk-number" if words == "Số" else None) for words in head]
    return html.Table([html.Thead(html.Tr(heads)), html.Tbody(rows)], className="desk-table")


def report_card(detail: ReportDetail, names: Names, now: datetime, units: Options, may_place: bool) -> Component:
    """One report: what it is, its time line, what the citizen wrote, and who handles it."""
    report = detail.desk.report
    due = moment_words(report.due_at) if report.due_at else text.UNKNOWN
    facts = [
        ("Đơn vị", f"{_unit(report.unit, names)} {UNIT_BY.get(detail.desk.unit_by, '')}".strip()),
        (
            "Hạn xử lý",
            f"{due} · {DUE_BY.get(detail.desk.due_by, '')}",
        ),
        ("Mã tại nguồn", detail.desk.external_id),
        ("Hài lòng", f"{detail.desk.satisfaction} trên 5" if detail.desk.satisfaction else text.UNKNOWN),
    ]
    return html.Div(
        [
            html.Div(
                [html.H2(report.title), html.Span(_left(report, now), className=_left_class(report, now))],
                className="desk-toolbar",
            ),
            html.Dl(
                [part for name, words in facts for part in (html.Dt(name), html.Dd(words))], className="desk-facts"
            ),
            _time_line(detail),
            html.Blockquote(detail.description or "Không có nội dung.", className="report-words"),
            _place_form(report, units) if may_place else None,
        ]
    )


def _time_line(detail: ReportDetail) -> Component:
    received = (detail.desk.report.requested_at, "Công dân gửi")
    # A source that says the same state again has told nothing new.
    told = [
        (at, STATE_NAMES[state])
        for number, (at, state) in enumerate(detail.events)
        if number == 0 or state is not detail.events[number - 1][1]
    ]
    steps = [received, *told]
    return html.Ol(
        [html.Li([html.Time(moment_words(at)), html.Span(words)]) for at, words in sorted(steps)],
        className="report-steps",
    )


def _place_form(report: FieldReport, units: Options) -> Component:
    return html.Div(
        [
            dbc.Select(id=ids.REPORT_UNIT, options=select_options(units), value=report.unit or ""),
            html.Button(
                "Chỉ định đơn vị", id=ids.place_button(report.public_id), className="desk-button", type="button"
            ),
        ],
        className="desk-inline",
    )


def _row(item: DeskReport, names: Names, soon: timedelta, now: datetime, here: str) -> Component:
    report = item.report
    link = dcc.Link(report.title, href=f"{PATH}{here}{'&' if here else '?'}report={report.public_id}")
    return html.Tr(
        [
            html.Td(mark(report_priority(report, soon, now)) if report.is_open else None),
            html.Td(link),
            html.Td(_unit(report.unit, names)),
            html.Td(STATE_NAMES[report.state]),
            html.Td(instant(report.requested_at)),
            html.Td(instant(report.due_at)),
            html.Td(html.Span(_left(report, now), className=_left_class(report, now))),
            html.Td(html.Code(item.external_id)),
        ]
    )


def _left(report: FieldReport, now: datetime) -> str:
    if not report.is_open:
        return "đã đóng"
    if report.due_at is None:
        return "chưa có hạn"
    left = report.due_at - now
    minutes = int(abs(left).total_seconds() // 60)
    words = f"{minutes // 60} giờ {minutes % 60:02d}" if minutes < 48 * 60 else f"{minutes // 1440} ngày"
    return f"quá {words}" if left < timedelta(0) else f"còn {words}"


def _left_class(report: FieldReport, now: datetime) -> str:
    return "desk-time is-bad" if report.is_overdue(now) else "desk-time"


def _share(part: int, whole: int) -> str:
    return text.percent(Decimal(part * 100) / whole) if whole else text.UNKNOWN


def _half_hours(span: timedelta) -> timedelta:
    return timedelta(minutes=round(span.total_seconds() / 1800) * 30)


def _unit(code: str | None, names: Names) -> str:
    return names.get(code, code) if code else OUTSIDE
