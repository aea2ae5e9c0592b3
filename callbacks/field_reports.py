"""Field reports on /field-reports: the address is the filter; all is drawn from it and from the newest version."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl

from dash import Input, Output, State, callback, html, no_update
from dash.development.base_component import Component

from access.policy import policy
from actions.place_report import PlaceRefused, place_report
from callbacks.asking import (
    asking,
    now,
    options_of,
    own_unit_choices,
    plain_text,
    said,
    short_unit_names,
    site,
    unit_choices,
)
from callbacks.pulse import changed
from components import ids
from components.desk_parts import unknown_yet
from components.report_desk import OUTSIDE, repeated_places_table, report_card, report_figures, report_table
from components.report_map import report_map
from data_access.field_report_rules import load_report_rules
from data_access.field_reports import listed_reports, report_detail
from data_access.limits import wall_limits_in_force
from data_access.scope import NotFound
from data_access.sources import source_by_name
from domain.local_time import local_day
from domain.permissions import Permission
from domain.report_filters import NOWHERE, ReportFilter, Showing, repeated_places, summary_of

EVERY = "*"


@callback(
    Output(ids.REPORTS_UNIT, "options"),
    Output(ids.REPORTS_SUBJECT, "options"),
    Input(ids.REPORTS_FILTER, "data"),
)
@policy(Permission.SEE_FIELD_REPORTS)
def offer_filters(_filter: object) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """The units the person may see, and the agency's subjects."""
    units = [(EVERY, "Mọi đơn vị"), *own_unit_choices(), (NOWHERE, OUTSIDE)]
    subjects = [(EVERY, "Mọi nội dung"), *((one.code, one.title) for one in load_report_rules().subjects.values())]
    return options_of(units), options_of(subjects)


@callback(
    Output(ids.REPORTS_ADDRESS, "search"),
    Input(ids.REPORTS_SHOWING, "value"),
    Input(ids.REPORTS_UNIT, "value"),
    Input(ids.REPORTS_SUBJECT, "value"),
    Input(ids.REPORTS_DAYS, "value"),
    State(ids.REPORTS_FILTER, "data"),
    prevent_initial_call=True,
)
@policy(Permission.SEE_FIELD_REPORTS)
def on_filter(showing: object, unit: object, subject: object, days: object, known: object) -> Any:
    """Another filter is another address."""
    chosen = {"showing": showing, "unit": unit, "subject": subject, "days": days}
    values = {name: plain_text(value).replace(EVERY, "") for name, value in chosen.items()}
    address = ReportFilter.from_address({**values, "place": _wanted(known).place}).address()
    return no_update if address == _wanted(known).address() else address


@callback(
    Output(ids.REPORTS_FIGURES, "children"),
    Output(ids.REPORTS_MAP, "children"),
    Output(ids.REPORTS_PLACES, "children"),
    Output(ids.REPORTS_LIST, "children"),
    changed("field_reports"),
    changed("sources"),
    Input(ids.REPORTS_FILTER, "data"),
    Input(ids.REPORTS_PLACED, "data"),
    changed("alarm_rules"),
)
@policy(Permission.SEE_FIELD_REPORTS)
def draw_reports(
    _version: object, _sources: object, known: object, _placed: object, _rules: object
) -> tuple[Component, ...]:
    """Figures, map, places and list of what the address asks for."""
    wanted, at = _wanted(known), now()
    with site().database.reading() as session:
        reports = listed_reports(session, asking(), site().organisation, wanted, at)
        # What was in time and what citizens thought is of closed ones too, whatever the list shows.
        period = listed_reports(session, asking(), site().organisation, replace(wanted, showing=Showing.ALL), at)
        source = source_by_name(session, "field_reports")
        soon = wall_limits_in_force(session, local_day(at)).report_soon
    if source.as_of_at is None:
        return tuple(unknown_yet(source) for _ in range(4))
    names = short_unit_names()
    return (
        report_figures(summary_of(period, at), source),
        report_map(reports, site().unit_map, at),
        repeated_places_table(repeated_places(reports), names, wanted),
        report_table(reports, names, soon, at, wanted.address()),
    )


@callback(
    Output(ids.REPORTS_ONE, "children"),
    changed("field_reports"),
    Input(ids.REPORTS_FILTER, "data"),
    Input(ids.REPORTS_PLACED, "data"),
)
@policy(Permission.SEE_FIELD_REPORTS)
def draw_report(_version: object, known: object, _placed: object) -> Component:
    """The report the address names."""
    public_id = said(known, "report")
    if not public_id:
        return html.P("Chọn một phản ánh trong danh sách.", className="desk-nothing")
    try:
        with site().database.reading() as session:
            detail = report_detail(session, asking(), site().organisation, public_id, now())
    except NotFound:
        return html.P("Không có phản ánh này trong phạm vi của bạn.", className="desk-nothing")
    may_place = asking().may(Permission.PLACE_FIELD_REPORTS)
    return report_card(detail, short_unit_names(), now(), unit_choices(), may_place)


@callback(
    Output(ids.REPORTS_PLACED, "data"),
    Input(ids.REPORT_PRESSED, "data"),
    State(ids.REPORT_UNIT, "value"),
    prevent_initial_call=True,
)
@policy(Permission.PLACE_FIELD_REPORTS)
def on_place(pressed: object, unit: object) -> Any:
    """Name the handling unit of the report whose button was pressed."""
    at, report = now(), said(pressed, "report")
    try:
        place_report(site().database, asking(), site().organisation, report, plain_text(unit), at)
    except (PlaceRefused, NotFound):
        return no_update
    return at.timestamp()


def _wanted(known: object) -> ReportFilter:
    return ReportFilter.from_address(dict(parse_qsl(said(known, "query").removeprefix("?"))))
