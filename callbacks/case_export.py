"""The list of /cases and /units/CODE as a workbook: short ones at once, long ones as work of the worker."""

from __future__ import annotations

from typing import Any

from dash import Input, Output, State, callback, html, no_update
from dash.development.base_component import Component

from access.policy import policy
from access.principal import NotAllowed
from actions.make_case_workbook import LONG_ROWS, ask_case_workbook
from actions.report_cases import case_rows_expected
from actions.work_jobs import cancel_job
from callbacks.asking import asking, now, said, site
from callbacks.case_answers import CASES
from callbacks.case_wishes import wanted_of
from callbacks.pulse import changed
from components import format as text
from components import ids
from components.job_lines import job_line
from data_access.jobs import own_jobs
from data_access.scope import NotFound
from domain.jobs import JOB_KIND_NAMES, DeskJob, JobKind, JobRefused
from domain.permissions import Permission

SHOWN = 2


@callback(
    Output(ids.CASES_EXPORT, "hidden"),
    Output(ids.CASES_EXPORT_MAKE, "hidden"),
    Output(ids.CASES_EXPORT_MAKE, "children"),
    changed(CASES),
    Input(ids.CASES_FILTER, "data"),
)
@policy(Permission.SEE_CASES)
def offer_export(_version: object, known: object) -> tuple[bool, bool, str]:
    """A link for a short list, a button for a long one."""
    try:
        number = case_rows_expected(site().database, asking(), site().organisation, wanted_of(known), now())
    except (NotFound, NotAllowed):
        number = 0
    is_long = number > LONG_ROWS
    return is_long, not is_long, f"Lập Excel ({text.whole(number)} việc)"


@callback(Output(ids.CASES_EXPORT_JOBS, "children"), changed("jobs"), Input(ids.CASES_FILTER, "data"))
@policy(Permission.SEE_CASES)
def draw_export_jobs(_version: object, _known: object) -> Component | str:
    """The workbooks the person asked for and how far they are."""
    with site().database.reading() as session:
        jobs = own_jobs(session, asking(), JobKind.CASE_WORKBOOK, now())[:SHOWN]
    return html.Div([_line(job) for job in jobs], className="job-list") if jobs else ""


@callback(
    Output(ids.CASES_EXPORT_SAID, "children"),
    Input(ids.CASES_EXPORT_MAKE, "n_clicks"),
    State(ids.CASES_FILTER, "data"),
    prevent_initial_call=True,
)
@policy(Permission.SEE_CASES)
def on_make_export(clicks: object, known: object) -> Any:
    """Queue the workbook of the address."""
    if not clicks:
        return no_update
    try:
        ask_case_workbook(site().database, asking(), site().organisation, wanted_of(known), now())
    except JobRefused as refused:
        return _failure(str(refused))
    except NotFound:
        return _failure("Không có đơn vị này trong phạm vi của bạn.")
    return ""


@callback(
    Output(ids.CASES_EXPORT_CANCELLED, "children"),
    Input(ids.CASES_EXPORT_PRESSED, "data"),
    prevent_initial_call=True,
)
@policy(Permission.SEE_CASES)
def on_cancel_export(pressed: object) -> Any:
    """Cancel own work: at once while it waits, between two steps while it runs."""
    try:
        cancel_job(site().database, asking(), said(pressed, "job"), now())
    except JobRefused as refused:
        return _failure(str(refused))
    except NotFound:
        return _failure("Không có công việc này trong số những việc bạn yêu cầu.")
    return ""


def _line(job: DeskJob) -> Component:
    made = html.A(f"Tải về ({job.words})", href=f"/cases/made.xlsx?workbook={job.result}", className="duty-line")
    return job_line(JOB_KIND_NAMES[job.kind], job, ids.export_job_button(job.public_id), made)


def _failure(words: str) -> Component:
    return html.P(words, className="desk-failure", role="alert")
