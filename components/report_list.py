"""The reports to look at first: coded subject and unit, never a citizen's words, and the time that is left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from dash import html
from dash.development.base_component import Component

from components import panel as panels
from components.alarm_list import mark
from components.due_clock import due_clock, due_words
from domain.alarms import report_priority
from domain.field_reports import FieldReport, urgency_order
from domain.freshness import SourceFacts

TITLE = "Cần xử lý trước"
NOTHING = "Không có phản ánh đang mở"
SHOWN = 7


def report_list(
    reports: Sequence[FieldReport], names: Mapping[str, str], soon: timedelta, now: datetime, source: SourceFacts
) -> Component:
    """The first seven, urgent ones first, then by due time; `names` are the short names of units by code."""
    opened = sorted((report for report in reports if report.is_open), key=urgency_order)
    rows = [_row(report, names, soon, now) for report in opened[:SHOWN]]
    note = f"{len(rows)} trong {len(opened)}" if len(opened) > SHOWN else "theo hạn"
    return panels.panel(
        [
            panels.heading(TITLE, note, panels.age(wording="head")),
            html.Div(rows or [html.P(NOTHING, className="alarm-nothing")], className="report-rows"),
        ],
        source,
        "panel--reports",
    )


def _row(report: FieldReport, names: Mapping[str, str], soon: timedelta, now: datetime) -> Component:
    priority = report_priority(report, soon, now)
    return html.Div(
        className="report-row",
        children=[
            mark(priority),
            html.Div([html.Span(report.title), html.Em(names.get(report.unit or "", "ngoài địa bàn"))]),
            html.Div(
                [due_clock(report.due_at, f"alarm-measure alarm-measure--{priority.value}"), due_words(report.due_at)]
            ),
        ],
    )
