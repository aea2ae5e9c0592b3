"""Briefings on /briefing: asked for as a job, told how far it is, shown, listed; the schedules are decided here too."""

from __future__ import annotations

from typing import Any

from dash import Input, Output, State, callback, html, no_update
from dash.development.base_component import Component

from access.policy import policy
from actions.make_briefing import ask_briefing
from actions.plan_briefings import change_schedule
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
from components.briefing_desk import EVERY_SCOPE, EVERY_VALUE, WHOLE, job_list, made_table, plan_list
from data_access.briefing import PROVINCE, briefing_by_id, briefings, schedules_in_force
from data_access.jobs import own_jobs
from data_access.scope import NotFound, visible_units
from data_access.working_days import load_working_calendar
from domain.briefing_list import opened_first
from domain.briefing_schedule import (
    NOTHING_PLANNED,
    BriefingKind,
    BriefingRefused,
    BriefingSchedule,
    next_appointment,
    typed_schedule,
)
from domain.jobs import JobKind, JobRefused
from domain.local_time import local_day, moment_words
from domain.permissions import Permission

ELSEWHERE = "Không có bản tin này trong phạm vi của bạn."
NOTHING_YET = "Chưa có bản tin nào. Bấm “Lập bản tin” để lập ngay."
PROVINCE_VALUE = "all"


@callback(
    Output(ids.BRIEFING_UNIT, "options"),
    Output(ids.BRIEFING_UNIT, "value"),
    Output(ids.BRIEFING_LISTED, "options"),
    Input(ids.BRIEFING_FILTER, "data"),
)
@policy(Permission.SEE_BRIEFING)
def offer_scopes(_known: object) -> tuple[Options, str, Options]:
    """What a briefing can be made of, and of what those that were made can be listed."""
    offered, first = _scopes()
    return offered, first, [*options_of([(EVERY_VALUE, EVERY_SCOPE)]), *offered]


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
    Input(ids.BRIEFING_LISTED, "value"),
)
@policy(Permission.SEE_BRIEFING)
def draw_briefings(_version: object, known: object, listed: object) -> tuple[Component, Component]:
    """The briefing of the address, else the newest; and the list, of every scope or of one."""
    at, asked = now(), (asking(), site().organisation)
    about = _chosen(listed) if listed and listed != EVERY_VALUE else None
    with site().database.reading() as session:
        lines = briefings(session, *asked, at, about)
        sees_whole = visible_units(*asked, local_day(at)) is None
        wanted = said(known, "briefing") or opened_first(lines, sees_whole and about is None)
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
    asked = (site().database, asking(), site().organisation, plain_text(kind))
    try:
        ask_briefing(*asked, _chosen(unit), now())
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
    schedules, calendar, at = _schedules(), load_working_calendar(), now()
    coming = {
        unit: {kind: next_appointment(kind, schedule, calendar, at) for kind in BriefingKind}
        for unit, schedule in schedules.items()
    }
    return plan_list(schedules, coming, short_unit_names())


@callback(
    Output(ids.BRIEFING_PLANNED, "options"), Output(ids.BRIEFING_PLANNED, "value"), Input(ids.BRIEFING_FILTER, "data")
)
@policy(Permission.EDIT_BRIEFING)
def offer_planned(_known: object) -> tuple[Options, str]:
    """Whose schedule can be decided."""
    return _scopes()


@callback(
    Output(ids.BRIEFING_MORNING, "value"),
    Output(ids.BRIEFING_WEEKLY, "value"),
    Output(ids.BRIEFING_MAKES_MORNING, "value"),
    Output(ids.BRIEFING_MAKES_WEEKLY, "value"),
    Input(ids.BRIEFING_PLANNED, "value"),
)
@policy(Permission.EDIT_BRIEFING)
def offer_schedule(planned: object) -> tuple[str, str, bool, bool]:
    """The schedule in force of whom it is about, to be changed; what nobody decided about is not made."""
    schedule = _schedules().get(_chosen(planned), NOTHING_PLANNED)
    made = [kind in schedule.kinds for kind in (BriefingKind.MORNING, BriefingKind.WEEKLY)]
    return f"{schedule.morning_at:%H:%M}", f"{schedule.weekly_at:%H:%M}", made[0], made[1]


@callback(
    Output(ids.BRIEFING_DECIDED, "children"),
    Input(ids.BRIEFING_DECIDE, "n_clicks"),
    State(ids.BRIEFING_PLANNED, "value"),
    State(ids.BRIEFING_MORNING, "value"),
    State(ids.BRIEFING_WEEKLY, "value"),
    State(ids.BRIEFING_MAKES_MORNING, "value"),
    State(ids.BRIEFING_MAKES_WEEKLY, "value"),
    prevent_initial_call=True,
)
@policy(Permission.EDIT_BRIEFING)
def on_decide(
    clicks: object, planned: object, morning: object, weekly: object, makes_morning: object, makes_weekly: object
) -> Any:
    """Decide one schedule."""
    if not clicks:
        return no_update
    at = now()
    try:
        typed = (plain_text(morning), plain_text(weekly), makes_morning is True, makes_weekly is True)
        schedule = typed_schedule(*typed)
    except BriefingRefused as refused:
        return _failure(str(refused))
    unit = _chosen(planned)
    change_schedule(site().database, asking(), site().organisation, unit, schedule, at)
    words = f"Đã lưu lịch của {short_unit_names().get(unit, WHOLE)} lúc {moment_words(at)}, có ghi nhật ký."
    return html.P(words, className="desk-verdict desk-verdict--whole", role="status")


def _scopes() -> tuple[Options, str]:
    """The province for whoever sees it, and the units the person may see, the first chosen; the agency above them
    stands for all."""
    root = site().organisation.root_on(local_day(now()))
    above = root.code if root else ""
    whole = [(PROVINCE_VALUE, WHOLE)] if asking().unit in (None, above) else []
    offered = [*whole, *(each for each in own_unit_choices() if each[0] != above)]
    return options_of(offered), offered[0][0] if offered else ""


def _chosen(scope: object) -> str:
    wanted = plain_text(scope)
    return PROVINCE if wanted == PROVINCE_VALUE else wanted


def _schedules() -> dict[str, BriefingSchedule]:
    with site().database.reading() as session:
        return schedules_in_force(session, asking(), site().organisation, now())


def _failure(words: str) -> Component:
    return html.P(words, className="desk-failure", role="alert")
