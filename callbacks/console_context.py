"""What stands around the alarm on /console: cameras, map, reports to be given to a unit, the duty desk's number."""

from __future__ import annotations

from typing import Any

from dash import Input, Output, State, callback, html, no_update
from dash.development.base_component import Component

from access.policy import policy
from actions.enter_duty_phone import enter_duty_phone
from actions.place_report import PlaceRefused, place_report
from callbacks.asking import asking, now, plain_text, said, short_unit_names, site
from callbacks.maintenance import hideable
from callbacks.pulse import changed
from components import ids
from components.alarm_rule_tables import maintenance_line
from components.console_answers import phone_words
from components.console_context import alarm_map, clocks_without_term, stands_still, triage_queue, unit_cameras
from components.duty_desk import duty_line
from data_access.alarms import alarms_listed
from data_access.cameras import camera_standing
from data_access.cases import overdue_clocks
from data_access.deadlines import deadline_rules
from data_access.duty import on_duty
from data_access.duty_limits import load_duty_limits
from data_access.duty_phones import duty_phone
from data_access.field_reports import listed_reports
from data_access.maintenance import maintenance_windows
from data_access.scope import NotFound
from data_access.sources import source_by_name
from data_access.undecided import undecided_since
from domain.alarms import signs_by_unit
from domain.duty_phones import PhoneRefused
from domain.local_time import local_day
from domain.permissions import Permission
from domain.report_filters import ReportFilter, to_triage


@callback(
    Output(ids.CONSOLE_CONTEXT, "children"),
    Input(ids.CONSOLE_SEEN, "data"),
    changed("cameras"),
)
@policy(Permission.SEE_ALARMS)
def draw_context(seen: object, _version: object) -> Component | None:
    """The cameras of the unit of the alarm, for whoever may see cameras."""
    at, unit = now(), said(seen, "unit")
    if not unit or not asking().may(Permission.SEE_CAMERAS):
        return None
    with site().database.reading() as session:
        standing = camera_standing(session, asking(), site().organisation, at)
        source = source_by_name(session, "cameras")
    cameras = [(camera, standing.state_of(camera)) for camera in standing.cameras if camera.unit == unit]
    members = said(seen, "members").split(",")
    return unit_cameras(short_unit_names().get(unit, unit), unit, cameras, source, members)


@callback(
    Output(ids.CONSOLE_DUTY, "children"),
    Output(ids.CONSOLE_MAINTENANCE, "children"),
    Input(ids.CONSOLE_FILTER, "data"),
    changed("duty"),
    changed("alarm_rules"),
    changed("sources"),
)
@policy(Permission.SEE_ALARMS)
def draw_shift(*_changed: object) -> tuple[Component, list[Component]]:
    """Who is on duty; that the list stands still, and what announced work hides now."""
    at = now()
    with site().database.reading() as session:
        shifts = on_duty(session, asking(), site().organisation, at)
        windows = maintenance_windows(session, asking(), site().organisation, at)
        since = undecided_since(session)
    line = maintenance_line(windows, short_unit_names(), hideable(), at) if windows else None
    notes = [*([stands_still(since)] if since else []), *([line] if line else [])]
    return duty_line(shifts, at, load_duty_limits(local_day(at))), notes


@callback(
    Output(ids.CONSOLE_TERMS, "children"),
    Input(ids.CONSOLE_FILTER, "data"),
    changed("cases"),
    changed("alarm_rules"),
)
@policy(Permission.SEE_ALARMS)
def draw_terms(*_changed: object) -> Component | None:
    """The statutory clocks of the person's units that nothing can be told of, and for who may enter a term the way."""
    at = now()
    with site().database.reading() as session:
        rules = deadline_rules(session, site().is_sample)
        counts = overdue_clocks(session, asking(), site().organisation, local_day(at), rules)
    return clocks_without_term(counts, asking().may(Permission.EDIT_ALARM_RULES))


@callback(
    Output(ids.CONSOLE_MAP, "children"),
    Input(ids.CONSOLE_SEEN, "data"),
    changed("alarms"),
)
@policy(Permission.SEE_ALARMS)
def draw_alarm_map(seen: object, _version: object) -> Component:
    """Where urgent and high alarms of the units the person may see are open."""
    with site().database.reading() as session:
        standing = alarms_listed(session, asking(), site().organisation, now())
    signs = signs_by_unit(alarm for alarm in standing if alarm.is_open)
    return alarm_map(signs, site().unit_map, said(seen, "unit"))


@callback(
    Output(ids.CONSOLE_TRIAGE, "children"),
    changed("field_reports"),
    Input(ids.CONSOLE_TRIAGED, "children"),
)
@policy(Permission.SEE_ALARMS)
def draw_triage(_version: object, _given: object) -> Component | None:
    """Field reports nobody deals with yet, for whoever may see field reports."""
    if not asking().may(Permission.SEE_FIELD_REPORTS):
        return None
    with site().database.reading() as session:
        reports = listed_reports(session, asking(), site().organisation, ReportFilter(), now())
        source = source_by_name(session, "field_reports")
    may_place = asking().may(Permission.PLACE_FIELD_REPORTS)
    return triage_queue(to_triage(reports), short_unit_names(), source, may_place)


@callback(
    Output(ids.CONSOLE_TRIAGED, "children"),
    Input(ids.CONSOLE_PRESSED, "data"),
    prevent_initial_call=True,
)
@policy(Permission.PLACE_FIELD_REPORTS)
def on_triage(pressed: object) -> Any:
    """Give one report to the unit that was suggested, as the button said when it was pressed."""
    report, unit = said(pressed, "report"), said(pressed, "unit")
    try:
        place_report(site().database, asking(), site().organisation, report, unit, now())
    except (PlaceRefused, NotFound):
        return html.P(
            "Không giao được: phản ánh hoặc đơn vị không còn trong phạm vi.", className="desk-failure", role="alert"
        )
    return html.P(f"Đã giao cho {short_unit_names().get(unit, unit)}, có ghi nhật ký.", className="console-done")


@callback(
    Output(ids.CONSOLE_PHONE, "children"),
    Input(ids.CONSOLE_SEEN, "data"),
    Input(ids.CONSOLE_PHONE_SAID, "children"),
)
@policy(Permission.ANSWER_ALARMS)
def draw_phone(seen: object, _entered: object) -> Component:
    """The number of the duty desk of the unit of the alarm."""
    with site().database.reading() as session:
        return phone_words(duty_phone(session, asking(), site().organisation, said(seen, "unit"), now()))


@callback(
    Output(ids.CONSOLE_PHONE_SAID, "children"),
    Output(ids.CONSOLE_PHONE_NEW, "value"),
    Input(ids.CONSOLE_PHONE_SAVE, "n_clicks"),
    State(ids.CONSOLE_PHONE_NEW, "value"),
    State(ids.CONSOLE_SEEN, "data"),
    prevent_initial_call=True,
)
@policy(Permission.ANSWER_ALARMS)
def on_phone(clicks: object, typed: object, seen: object) -> tuple[Any, Any]:
    """Enter the number of the duty desk of the unit of the alarm."""
    if not clicks:
        return no_update, no_update
    unit = said(seen, "unit")
    try:
        enter_duty_phone(site().database, asking(), site().organisation, unit, plain_text(typed), now())
    except PhoneRefused as refused:
        return html.P(str(refused), className="desk-failure", role="alert"), no_update
    except NotFound:
        return html.P("Cảnh báo này không thuộc một đơn vị của bạn.", className="desk-failure", role="alert"), no_update
    return html.P("Đã ghi số trực ban.", className="console-done"), ""
