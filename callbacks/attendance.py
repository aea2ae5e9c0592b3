"""Attendance on /attendance: the address says unit and month; days are derived anew from what is stored."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from dash import Input, Output, State, callback, html, no_update
from dash.development.base_component import Component

from access.policy import policy
from access.principal import NotAllowed
from actions.correct_attendance import CorrectionRefused, correct_day
from callbacks.asking import (
    address_of,
    asking,
    chosen_month,
    chosen_unit,
    now,
    plain_text,
    site,
    unit_and_month,
    unit_choices,
)
from callbacks.pulse import changed
from components import ids
from components.attendance_desk import (
    NO_LIST,
    PersonLine,
    day_table,
    month_table,
    participation_table,
    people_table,
)
from components.desk_parts import aged, unknown_yet
from data_access.attendance import StaffDay, presence_on, staff_days, staff_month
from data_access.field_reports import handled_by_code
from data_access.sources import source_by_name
from domain.attendance import ABSENCE_NAMES, LEAVE_NAMES, DayStatus, days_of
from domain.local_time import local_day
from domain.participation import participation_by_unit
from domain.permissions import Permission

PATH = "/attendance"


@callback(
    Output(ids.ATTENDANCE_UNIT, "options"),
    Output(ids.ATTENDANCE_UNIT, "value"),
    Output(ids.ATTENDANCE_MONTH, "options"),
    Output(ids.ATTENDANCE_MONTH, "value"),
    Output(ids.ATTENDANCE_EXPORT, "href"),
    Input(ids.ATTENDANCE_FILTER, "data"),
)
@policy(Permission.SEE_ATTENDANCE)
def offer_filters(known: object) -> Any:
    """The units the person may see and the last twelve months; what the address says is chosen, and taken away."""
    return unit_and_month(known, PATH)


@callback(
    Output(ids.ATTENDANCE_ADDRESS, "search"),
    Input(ids.ATTENDANCE_UNIT, "value"),
    Input(ids.ATTENDANCE_MONTH, "value"),
    State(ids.ATTENDANCE_FILTER, "data"),
    prevent_initial_call=True,
)
@policy(Permission.SEE_ATTENDANCE)
def on_filter(unit: object, month: object, known: object) -> Any:
    """Another unit or month is another address."""
    return address_of(unit, month, known) or no_update


@callback(Output(ids.ATTENDANCE_DAY, "children"), changed("attendance"), changed("sources"))
@policy(Permission.SEE_ATTENDANCE)
def draw_day(_version: object, _sources: object) -> Component:
    """Every unit of the person today."""
    with site().database.reading() as session:
        day = presence_on(session, asking(), site().organisation, local_day(now()), now())
        source = source_by_name(session, "attendance")
    if source.as_of_at is None:
        return unknown_yet(source)
    return aged([day_table(day.units, day.total, dict(unit_choices()))], source)


@callback(
    Output(ids.ATTENDANCE_PEOPLE, "children"),
    Output(ids.ATTENDANCE_TABLE, "children"),
    changed("attendance"),
    changed("field_reports"),
    Input(ids.ATTENDANCE_FILTER, "data"),
)
@policy(Permission.SEE_ATTENDANCE)
def draw_unit(_version: object, _reports: object, known: object) -> tuple[Component, Component]:
    """The people of the chosen unit today, and their month."""
    unit, first, at = chosen_unit(known), chosen_month(known), now()
    with site().database.reading() as session:
        today = staff_days(session, asking(), site().organisation, local_day(at), at)
        month = staff_month(session, asking(), site().organisation, unit, first, at)
        handled = handled_by_code(session, asking(), site().organisation, at).get(unit)
        source = source_by_name(session, "attendance")
    people = [_line(person, handled) for person in today if person.unit == unit]
    tables = people_table(people), month_table(month, days_of(first, local_day(at)))
    return tables if source.as_of_at is None else (aged([tables[0]], source), aged([tables[1]], source))


@callback(Output(ids.ATTENDANCE_REPORTS, "children"), changed("attendance"), changed("field_reports"))
@policy(Permission.SEE_ATTENDANCE)
def draw_participation(_version: object, _reports: object) -> Component:
    """How many of the staff of every unit deal with field reports."""
    at = now()
    with site().database.reading() as session:
        today = staff_days(session, asking(), site().organisation, local_day(at), at)
        handled = handled_by_code(session, asking(), site().organisation, at)
        source = source_by_name(session, "field_reports")
    if source.as_of_at is None:
        return unknown_yet(source)
    staff: dict[str, frozenset[str]] = {}
    for person in today:
        staff[person.unit] = staff.get(person.unit, frozenset()) | {person.code}
    if not staff:
        return html.P(NO_LIST, className="desk-nothing")
    return aged([participation_table(participation_by_unit(staff, handled), dict(unit_choices()))], source)


@callback(Output(ids.ATTENDANCE_CODE, "options"), changed("attendance"), Input(ids.ATTENDANCE_FILTER, "data"))
@policy(Permission.CORRECT_ATTENDANCE)
def offer_codes(_version: object, known: object) -> list[dict[str, str]]:
    """The codes of the chosen unit."""
    with site().database.reading() as session:
        today = staff_days(session, asking(), site().organisation, local_day(now()), now())
    return [{"label": each.code, "value": each.code} for each in today if each.unit == chosen_unit(known)]


@callback(
    Output(ids.ATTENDANCE_CORRECTED, "children"),
    Input(ids.ATTENDANCE_CORRECT, "n_clicks"),
    State(ids.ATTENDANCE_CODE, "value"),
    State(ids.ATTENDANCE_ON, "value"),
    State(ids.ATTENDANCE_STATUS, "value"),
    State(ids.ATTENDANCE_REASON, "value"),
    State(ids.ATTENDANCE_FILTER, "data"),
    prevent_initial_call=True,
)
@policy(Permission.CORRECT_ATTENDANCE)
def on_correct(clicks: object, code: object, on: object, status: object, reason: object, known: object) -> Any:
    """Say what somebody's day was; the tables are drawn anew by themselves."""
    if not clicks:
        return no_update
    day, word = _day(plain_text(on)), plain_text(status)
    if day is None or word not in set(DayStatus):
        return html.P("Ghi ngày theo dạng dd/mm/yyyy và chọn tình trạng.", className="desk-failure", role="alert")
    person = (chosen_unit(known), plain_text(code))
    try:
        asked = (site().database, asking(), site().organisation)
        correct_day(*asked, person, day, DayStatus(word), plain_text(reason), now())
    except CorrectionRefused as refused:
        return html.P(str(refused), className="desk-failure", role="alert")
    except NotAllowed:
        return html.P("Không có mã này trong phạm vi của bạn vào ngày đó.", className="desk-failure", role="alert")
    return html.P("Đã điều chỉnh, có ghi nhật ký.", className="desk-verdict desk-verdict--whole", role="status")


def _line(person: StaffDay, handled: Mapping[str, int] | None) -> PersonLine:
    why = ""
    if person.overlay is not None:
        why = LEAVE_NAMES[person.overlay.leave] if person.overlay.leave else ABSENCE_NAMES[person.overlay.kind]
    if person.correction is not None:
        why = f"Điều chỉnh: {person.correction.reason}"
    # One touch is an arrival; that it is the last one too says nothing.
    last_at = person.last_at if person.last_at != person.first_at else None
    reports = None if handled is None else handled.get(person.code, 0)
    return PersonLine(person.code, person.status, person.first_at, last_at, why, reports)


def _day(words: str) -> date | None:
    try:
        return datetime.strptime(words.strip(), "%d/%m/%Y").date()  # noqa: DTZ007 a calendar day of Huế
    except ValueError:
        return None
