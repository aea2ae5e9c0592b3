"""Briefings on /briefing: asked for as a job, told how far it is, shown, listed; the schedule is decided here too."""

from __future__ import annotations

from typing import Any

from dash import Input, Output, State, callback, html, no_update
from dash.development.base_component import Component

from access.policy import policy
from actions.make_briefing import ask_briefing, change_schedule
from actions.work_jobs import cancel_job
from callbacks.asking import (
    Options,
    asking,
    now,
    options_of,
    own_unit_choices,
    plain_text,
    said,
    short_unit_names,
    site,
)
from callbacks.briefing_drawing import briefing_paper
from callbacks.pulse import changed
from components import ids
from components.briefing_desk import WHOLE, job_list, made_table, plan_words
from data_access.briefing import briefing_by_id, briefings, schedule_in_force
from data_access.jobs import own_jobs
from data_access.scope import NotFound
from data_access.working_days import load_working_calendar
from domain.briefing_schedule import BriefingKind, BriefingRefused, next_appointment
from domain.jobs import JobKind, JobRefused
from domain.local_time import local_day, moment_words
from domain.permissions import Permission

ELSEWHERE = "Không có bản tin này trong phạm vi của bạn."
NOTHING_YET = "Chưa có bản tin nào. Bấm “Lập bản tin” để lập ngay."
PROVINCE_VALUE = "all"


@callback(Output(ids.BRIEFING_UNIT, "options"), Output(ids.BRIEFING_UNIT, "value"), Input(ids.BRIEFING_FILTER, "data"))
@policy(Permission.SEE_BRIEFING)
def offer_scopes(_known: object) -> tuple[Options, str]:
    """The province for whoever sees it, and the units the person may see; the agency above them stands for all."""
    root = site().organisation.root_on(local_day(now()))
    above = root.code if root else ""
    whole = [(PROVINCE_VALUE, WHOLE)] if asking().unit in (None, above) else []
    offered = [*whole, *(each for each in own_unit_choices() if each[0] != above)]
    return options_of(offered), offered[0][0] if offered else ""


@callback(Output(ids.BRIEFING_JOBS, "children"), changed("jobs"), Input(ids.BRIEFING_FILTER, "data"))
@policy(Permission.SEE_BRIEFING)
def draw_jobs(_version: object, _known: object) -> Component | None:
    """What the person asked for and how far it is."""
    with site().database.reading() as session:
        jobs = own_jobs(session, asking(), JobKind.BRIEFING, now())
    return job_list(jobs[:3], short_unit_names())


@callback(
    Output(ids.BRIEFING_ONE, "children"),
    Output(ids.BRIEFING_MADE, "children"),
    changed("briefing"),
    Input(ids.BRIEFING_FILTER, "data"),
)
@policy(Permission.SEE_BRIEFING)
def draw_briefings(_version: object, known: object) -> tuple[Component, Component]:
    """The briefing of the address, else the newest; and the list."""
    at, asked = now(), (asking(), site().organisation)
    with site().database.reading() as session:
        lines = briefings(session, *asked, at)
        wanted = said(known, "briefing") or (lines[0].public_id if lines else "")
        try:
            shown = briefing_paper(briefing_by_id(session, *asked, wanted, at)) if wanted else None
        except NotFound:
            shown = html.P(ELSEWHERE, className="desk-nothing")
    return shown or html.P(NOTHING_YET, className="desk-nothing"), made_table(lines, short_unit_names(), wanted)


@callback(
    Output(ids.BRIEFING_SAID, "children"),
    Input(ids.BRIEFING_MAKE, "n_clicks"),
    State(ids.BRIEFING_KIND, "value"),
    State(ids.BRIEFING_UNIT, "value"),
    prevent_initial_call=True,
)
@policy(Permission.SEE_BRIEFING)
def on_make(clicks: object, kind: object, unit: object) -> Any:
    """Queue a briefing; the worker makes it."""
    if not clicks:
        return no_update
    wanted = plain_text(unit)
    asked = (site().database, asking(), site().organisation, plain_text(kind))
    try:
        ask_briefing(*asked, "" if wanted == PROVINCE_VALUE else wanted, now())
    except (BriefingRefused, JobRefused) as refused:
        return _failure(str(refused))
    return None


@callback(
    Output(ids.BRIEFING_CANCELLED, "children"),
    Input(ids.JOBS_PRESSED, "data"),
    prevent_initial_call=True,
)
@policy(Permission.SEE_BRIEFING)
def on_cancel(pressed: object) -> Any:
    """Cancel own work: at once while it waits, between two steps while it runs."""
    try:
        cancel_job(site().database, asking(), said(pressed, "job"), now())
    except JobRefused as refused:
        return _failure(str(refused))
    except NotFound:
        return _failure("Không có công việc này trong số những việc bạn yêu cầu.")
    return None


@callback(Output(ids.BRIEFING_PLAN, "children"), changed("briefing"), Input(ids.BRIEFING_FILTER, "data"))
@policy(Permission.SEE_BRIEFING)
def draw_plan(_version: object, _known: object) -> Component:
    """When the next ones are made by themselves."""
    with site().database.reading() as session:
        schedule = schedule_in_force(session)
    calendar, at = load_working_calendar(), now()
    return plan_words(schedule, {kind: next_appointment(kind, schedule, calendar, at) for kind in BriefingKind})


@callback(
    Output(ids.BRIEFING_MORNING, "value"),
    Output(ids.BRIEFING_WEEKLY, "value"),
    Output(ids.BRIEFING_IS_ON, "value"),
    Input(ids.BRIEFING_FILTER, "data"),
)
@policy(Permission.EDIT_BRIEFING)
def offer_schedule(_known: object) -> tuple[str, str, bool]:
    """The schedule in force, to be changed."""
    with site().database.reading() as session:
        schedule = schedule_in_force(session)
    return f"{schedule.morning_at:%H:%M}", f"{schedule.weekly_at:%H:%M}", schedule.is_on


@callback(
    Output(ids.BRIEFING_DECIDED, "children"),
    Input(ids.BRIEFING_DECIDE, "n_clicks"),
    State(ids.BRIEFING_MORNING, "value"),
    State(ids.BRIEFING_WEEKLY, "value"),
    State(ids.BRIEFING_IS_ON, "value"),
    prevent_initial_call=True,
)
@policy(Permission.EDIT_BRIEFING)
def on_decide(clicks: object, morning: object, weekly: object, is_on: object) -> Any:
    """Decide the schedule."""
    if not clicks:
        return no_update
    at = now()
    try:
        change_schedule(site().database, asking(), plain_text(morning), plain_text(weekly), is_on is True, at)
    except BriefingRefused as refused:
        return _failure(str(refused))
    words = f"Đã lưu lịch lúc {moment_words(at)}, có ghi nhật ký."
    return html.P(words, className="desk-verdict desk-verdict--whole", role="status")


def _failure(words: str) -> Component:
    return html.P(words, className="desk-failure", role="alert")
