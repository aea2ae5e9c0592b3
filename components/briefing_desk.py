"""Briefings on a desk: work under way with its progress, the list of what was made, when the next ones are made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from urllib.parse import urlencode

from dash import dcc, html
from dash.development.base_component import Component

from components import ids
from components.desk_parts import instant
from components.job_lines import job_line
from domain.briefing_list import MADE_BY_ITSELF, BriefingLine
from domain.briefing_schedule import BRIEFING_NAMES, BriefingKind, BriefingSchedule
from domain.jobs import JOB_KIND_NAMES, DeskJob
from domain.local_time import moment_words

PATH = "/briefing"
WHOLE = "Toàn tỉnh"
# Not '', which a select shows as an empty field.
EVERY_VALUE, EVERY_SCOPE = "every", "Tất cả"
FILES = (("Tải Word", "briefing.docx"), ("Tải PDF", "briefing.pdf"))
CHART_FILES = (("Tải PNG", "chart.png"), ("Tải SVG", "chart.svg"))


def file_address(name: str, public_id: str, chart: str = "") -> str:
    """Where a file of a briefing is fetched."""
    said = {"briefing": public_id, **({"chart": chart} if chart else {})}
    return f"{PATH}/{name}?{urlencode(said)}"


def job_list(jobs: Sequence[DeskJob], names: Mapping[str, str]) -> Component | None:
    """Work asked for, newest first, with how far it is; what is open can be cancelled."""
    return html.Div([_job(job, names) for job in jobs], className="job-list") if jobs else None


def made_table(lines: Sequence[BriefingLine], names: Mapping[str, str], shown: str) -> Component:
    """What was made, newest first; `shown` is the one that is open on the page."""
    if not lines:
        return html.P("Chưa có bản tin nào.", className="desk-nothing")
    head = ("Lập lúc", "Loại", "Phạm vi", "Người lập", "Tệp")
    rows = [
        html.Tr(
            [
                html.Td(dcc.Link(moment_words(line.made_at), href=f"{PATH}?{urlencode({'briefing': line.public_id})}")),
                html.Td(BRIEFING_NAMES[line.kind]),
                html.Td(_scope(line.unit, names)),
                html.Td("theo lịch" if line.is_scheduled else line.made_by),
                html.Td(html.Span(file_links(line.public_id, small=True), className="desk-inline")),
            ],
            className="is-chosen" if line.public_id == shown else None,
        )
        for line in lines
    ]
    return html.Table(
        [html.Thead(html.Tr([html.Th(words) for words in head])), html.Tbody(rows)], className="desk-table"
    )


def file_links(public_id: str, small: bool = False) -> list[Component]:
    """Word and PDF of a briefing."""
    name = "desk-button desk-button--small" if small else "desk-button"
    return [html.A(words, href=file_address(file, public_id), className=name) for words, file in FILES]


def plan_list(
    schedules: Mapping[str, BriefingSchedule],
    coming: Mapping[str, Mapping[BriefingKind, datetime | None]],
    names: Mapping[str, str],
) -> Component:
    """When the next ones of the whole province ('') and of each unit are made by themselves, and who decided that."""
    if not schedules:
        return html.P("Chưa có lịch lập bản tin tự động.", className="desk-hint")
    lines = [_plan(schedule, _scope(unit, names), coming[unit]) for unit, schedule in schedules.items()]
    when = html.P("Bản tin sáng vào ngày làm việc, bản tin tuần vào thứ Hai, giờ Huế.", className="desk-hint")
    return html.Div([*lines, when])


def _plan(schedule: BriefingSchedule, scope: str, coming: Mapping[BriefingKind, datetime | None]) -> Component:
    if schedule.is_on:
        words: list[Component | str] = [f"{scope}, lập tự động: "]
        parts = [(BRIEFING_NAMES[kind], at) for kind, at in coming.items() if at is not None]
        for number, (name, at) in enumerate(parts):
            words += ["; " if number else "", f"{name} ", instant(at)]
        words.append(".")
    else:
        words = [f"{scope}: không lập tự động."]
    by = schedule.decided_by
    if schedule.decided_at is not None and by and by != MADE_BY_ITSELF:
        words += [f" {by} quyết định lúc ", instant(schedule.decided_at), "."]
    return html.P(words, className="desk-hint")


def _job(job: DeskJob, names: Mapping[str, str]) -> Component:
    made = dcc.Link("Xem", href=f"{PATH}?{urlencode({'briefing': job.result})}", className="duty-line")
    title = f"{JOB_KIND_NAMES[job.kind]}, {_scope(job.unit, names)}"
    return job_line(title, job, ids.job_button(job.public_id), made)


def _scope(unit: str, names: Mapping[str, str]) -> str:
    return names.get(unit, unit) if unit else WHOLE
