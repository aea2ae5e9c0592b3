"""Alarms on /console: one drawing of list and detail from one reading, and every answer through AnswerAlarms."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from dash import Input, Output, State, callback, ctx, html, no_update
from dash.development.base_component import Component
from sqlalchemy.orm import Session

from access.policy import policy
from actions.answer_alarm import AnswerAlarms
from callbacks.asking import asking, now, options_of, own_unit_choices, plain_text, said, short_unit_names, site
from callbacks.pulse import changed
from components import ids
from components.attributes import data
from components.console_detail import (
    NONE_CHOSEN,
    NOT_FOUND,
    AlarmSeen,
    alarm_facts,
    alarm_heading,
    alarm_life,
    no_alarm,
)
from components.console_list import ConsoleView, console_head, console_rows, console_tabs
from data_access.alarm_rules import limits_now, rules_in_force
from data_access.alarms import alarm_by_id, alarms_listed, closed_alarms, raised_since, records_of
from data_access.field_reports import report_detail
from data_access.scope import NotFound
from data_access.sources import source_of_alarm
from domain.alarms import FIELD_REPORTS, Alarm, AlarmRefused
from domain.console import ConsoleFilter, ConsoleTab, alarms_of_tab, matching, tab_counts
from domain.local_time import local_day
from domain.permissions import Permission
from domain.report_filters import ReportDetail

RATE_MINUTES, FLOOD_MINUTES, CLOSED_DAYS = 15, 10, 7
MOST_PICKED = 200
Answer = Callable[[AnswerAlarms, str, int, datetime], Alarm]
CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{1,39}")
MINUTES = {ids.CONSOLE_SHELVE_SHORT: 30, ids.CONSOLE_SHELVE: 120, ids.CONSOLE_SHELVE_LONG: 480}
DONE = "Đã ghi, có ghi nhật ký."
TYPED = (
    ids.CONSOLE_UNIT,
    ids.CONSOLE_PERSON,
    ids.CONSOLE_REASON,
    ids.CONSOLE_OUTCOME,
    ids.CONSOLE_WORDS,
    ids.CONSOLE_NOTE,
)
# Which of what was typed each answer has used up.
USED = {
    ids.CONSOLE_ASSIGN: {ids.CONSOLE_UNIT, ids.CONSOLE_PERSON},
    **dict.fromkeys(MINUTES, {ids.CONSOLE_REASON}),
    ids.CONSOLE_SETTLE: {ids.CONSOLE_OUTCOME, ids.CONSOLE_WORDS},
    ids.CONSOLE_NOTED: {ids.CONSOLE_NOTE},
}
# What may be answered for several alarms at once.
TOGETHER = frozenset({ids.CONSOLE_ACKNOWLEDGE, ids.CONSOLE_ASSIGN, ids.CONSOLE_SETTLE, *MINUTES})
BUTTONS = (ids.CONSOLE_ACKNOWLEDGE, ids.CONSOLE_RESUME, ids.CONSOLE_CALL, *USED)


@callback(Output(ids.CONSOLE_UNIT, "options"), Input(ids.CONSOLE_FILTER, "data"))
@policy(Permission.ANSWER_ALARMS)
def offer_units(_filter: object) -> list[dict[str, str]]:
    """The units the person may give an alarm to."""
    return options_of([("", "Chọn đơn vị"), *own_unit_choices()])


@callback(
    Output(ids.CONSOLE_HEAD, "children"),
    Output(ids.CONSOLE_TABS, "children"),
    Output(ids.CONSOLE_LIST, "children"),
    Output(ids.CONSOLE_ONE, "children"),
    Output(ids.CONSOLE_FACTS, "children"),
    Output(ids.CONSOLE_LIFE, "children"),
    Output(ids.CONSOLE_SEEN, "data"),
    changed("alarms"),
    changed("sources"),
    Input(ids.CONSOLE_FILTER, "data"),
    Input(ids.CONSOLE_SEARCH, "value"),
    State(ids.CONSOLE_SEEN, "data"),
)
@policy(Permission.SEE_ALARMS)
def draw_console(_version: object, _sources: object, known: object, words: object, seen: object) -> tuple[Any, ...]:
    """List and detail. Without an alarm in the address the one that was shown stays: a new one on top of the list
    never takes the place of what somebody is reading."""
    at, wanted, who = now(), _wanted(known), asking().name
    with site().database.reading() as session:
        asked = (session, asking(), site().organisation)
        standing = alarms_listed(*asked, at)
        lasted = closed_alarms(*asked, at - timedelta(days=CLOSED_DAYS), at) if wanted.tab is ConsoleTab.CLOSED else []
        shown = alarms_of_tab(lasted or standing, wanted.tab, who)
        rate = raised_since(*asked, at - timedelta(minutes=RATE_MINUTES), at)
        recent = raised_since(*asked, at - timedelta(minutes=FLOOD_MINUTES), at)
        chosen = wanted.alarm or said(seen, "alarm") or (shown[0].public_id if shown else "")
        found = _seen(session, chosen, at)
        sources = {name: source_of_alarm(session, name, at) for name in {alarm.source for alarm in (*standing, *shown)}}
    names = short_unit_names()
    view = ConsoleView(
        wanted=ConsoleFilter(wanted.tab, chosen),
        alarms=matching(shown, plain_text(words), names),
        names=names,
        sources=sources,
        is_flood=wanted.tab is ConsoleTab.OPEN and recent >= limits_now(site().database, at).flood_count,
        is_search=bool(plain_text(words).strip()),
        may_answer=asking().may(Permission.ANSWER_ALARMS) and wanted.tab in (ConsoleTab.OPEN, ConsoleTab.MINE),
    )
    head = console_head(standing, rate, RATE_MINUTES)
    tabs = console_tabs(tab_counts(standing, who), wanted.tab)
    return head, tabs, console_rows(view), *_detail(found, chosen, standing, view, at)


@callback(
    Output(ids.CONSOLE_SAID, "children"),
    *(Output(field, "value") for field in TYPED),
    *(Input(button, "n_clicks") for button in BUTTONS),
    *(State(field, "value") for field in TYPED),
    State(ids.CONSOLE_FILTER, "data"),
    State(ids.CONSOLE_SEEN, "data"),
    State(ids.CONSOLE_PICKED, "data"),
    prevent_initial_call=True,
)
@policy(Permission.ANSWER_ALARMS)
def on_answer(*sent: object) -> tuple[Any, ...]:
    """Write one answer to the alarm that was shown, or to each of those picked; what was typed is emptied only when
    all is written."""
    clicks, (*values, known, seen, picked) = sent[: len(BUTTONS)], sent[len(BUTTONS) :]
    button = str(ctx.triggered_id)
    if button not in BUTTONS or not clicks[BUTTONS.index(button)]:
        return (no_update,) * (1 + len(TYPED))
    typed = {field: plain_text(value) for field, value in zip(TYPED, values, strict=True)}
    try:
        answer = _answer(button, typed)
        those = _picked(picked) if button in TOGETHER else ()
        refusals = _written(answer, those or (_shown(known, seen),))
    except AlarmRefused as refused:
        return _failure(str(refused)), *(no_update for _ in TYPED)
    if refusals:
        done = f"Đã ghi {len(those) - len(refusals)}/{len(those)}. " if those else ""
        return _failure(done + " ".join(refusals)), *(no_update for _ in TYPED)
    used = USED.get(button, set())
    words = f"Đã ghi cho {len(those)} cảnh báo, có ghi nhật ký." if those else DONE
    return _answered(words, "console-done"), *("" if field in used else no_update for field in TYPED)


def _written(answer: Answer, those: Sequence[tuple[str, int]]) -> list[str]:
    """Give the answer to each alarm as it was seen; why it was not written for those for which it was not."""
    answers, at, refusals = AnswerAlarms(site().database, asking(), site().organisation), now(), []
    for alarm, revision in those:
        try:
            answer(answers, alarm, revision, at)
        except AlarmRefused as refused:
            refusals.append(f"{_called(alarm, at)}: {refused}" if len(those) > 1 else str(refused))
        except NotFound:
            refusals.append(NOT_FOUND)
    return refusals


def _called(alarm: str, at: datetime) -> str:
    """An alarm by its title and unit."""
    with site().database.reading() as session:
        found = alarm_by_id(session, asking(), site().organisation, alarm, at)
    return f"{found.title}, {found.unit_name}"


def _picked(picked: object) -> tuple[tuple[str, int], ...]:
    """The alarms that are answered together, each with the revision that was on the screen when it was picked."""
    found = picked if isinstance(picked, list) else []
    pairs = [(said(one, "alarm"), one.get("revision")) for one in found if isinstance(one, dict)]
    return tuple((alarm, revision) for alarm, revision in pairs if alarm and isinstance(revision, int))[:MOST_PICKED]


def _answer(button: str, typed: dict[str, str]) -> Answer:
    """What a button asks for, with what was typed."""
    words = [typed[field] for field in TYPED]
    unit, person, reason, outcome, result, line = words
    if button == ids.CONSOLE_ACKNOWLEDGE:
        return lambda answers, alarm, revision, at: answers.acknowledge(alarm, revision, "", at)
    if button == ids.CONSOLE_ASSIGN:
        whom = _whom(unit, person)
        return lambda answers, alarm, revision, at: answers.assign(alarm, revision, whom, at)
    if button in MINUTES:
        return lambda answers, alarm, revision, at: answers.shelve(alarm, revision, reason, MINUTES[button], at)
    if button == ids.CONSOLE_SETTLE:
        return lambda answers, alarm, revision, at: answers.settle(alarm, revision, outcome, result, at)
    if button == ids.CONSOLE_NOTED:
        return lambda answers, alarm, revision, at: answers.note(alarm, revision, line, at)
    if button == ids.CONSOLE_RESUME:
        return lambda answers, alarm, revision, at: answers.resume(alarm, revision, at)
    return lambda answers, alarm, revision, at: answers.call(alarm, revision, at)


def _whom(unit: str, person: str) -> str:
    """A person by code or sign-in name, else a unit the person may see; never a name in words."""
    if person.strip():
        if not CODE.fullmatch(person.strip()):
            raise AlarmRefused("Ghi mã cán bộ (CHV-07) hoặc tên đăng nhập, không ghi họ tên.")
        return person.strip()
    if unit and unit not in dict(own_unit_choices()):
        raise AlarmRefused("Đơn vị này không thuộc phạm vi của bạn.")
    return unit


def _shown(known: object, seen: object) -> tuple[str, int]:
    """The alarm and the revision on the screen; refused while the screen still shows another one than was chosen."""
    shown = said(seen, "alarm")
    revision = seen.get("revision") if isinstance(seen, dict) else None
    if not shown or not isinstance(revision, int) or _wanted(known).alarm not in ("", shown):
        raise AlarmRefused("Chưa hiện xong cảnh báo vừa chọn; chưa ghi gì, thử lại.")
    return shown, revision


def _seen(session: Session, chosen: str, at: datetime) -> AlarmSeen | None:
    if not chosen:
        return None
    try:
        alarm = alarm_by_id(session, asking(), site().organisation, chosen, at)
    except NotFound:
        return None
    rule = rules_in_force(session, local_day(at)).get(alarm.rule)
    source, records = source_of_alarm(session, alarm.source, at), records_of(session, asking(), alarm)
    may_direct = asking().may(Permission.ISSUE_DIRECTIVES)
    return AlarmSeen(alarm, records, rule, source, _report_of(session, alarm, at), may_direct)


def _report_of(session: Session, alarm: Alarm, at: datetime) -> ReportDetail | None:
    """The field report an alarm is about, for whoever may see it."""
    if alarm.source != FIELD_REPORTS or not alarm.subject or not asking().may(Permission.SEE_FIELD_REPORTS):
        return None
    try:
        return report_detail(session, asking(), site().organisation, alarm.subject, at)
    except NotFound:
        return None


def _detail(
    found: AlarmSeen | None, chosen: str, standing: tuple[Alarm, ...], view: ConsoleView, at: datetime
) -> tuple[Any, ...]:
    """The parts of the detail, and what was shown."""
    if found is None:
        return no_alarm(NOT_FOUND if chosen else NONE_CHOSEN), None, None, None
    alarm = found.alarm
    others = [
        each for each in standing if each.unit == alarm.unit and each.public_id != alarm.public_id and each.is_open
    ]
    shown = {
        "alarm": alarm.public_id,
        "revision": alarm.revision,
        "unit": alarm.unit,
        "members": ",".join(alarm.members),
    }
    parts = alarm_heading(found), alarm_facts(found, view.names), alarm_life(found, others, view, at)
    return *parts, shown


def _wanted(known: object) -> ConsoleFilter:
    return ConsoleFilter.from_address({name: said(known, name) for name in ("tab", "alarm")})


def _failure(words: str) -> Component:
    return _answered(words, "desk-failure")


def _answered(words: str, name: str) -> Component:
    """What came of an answer; keyboard.js lets go of what was picked when it sees it."""
    role = "alert" if name == "desk-failure" else "status"
    return html.P(words, className=name, role=role, **data(answered="yes"))
