"""Security on /security: the address is the filter; incidents and outcomes are written through actions."""

from __future__ import annotations

from typing import Any

from dash import Input, Output, State, callback, html, no_update
from dash.development.base_component import Component

from access.policy import policy
from access.principal import NotAllowed
from actions.record_security import IncidentRefused, WantedIncident, end_event, record_incident
from callbacks.asking import asking, now, options_of, own_unit_choices, plain_text, said, short_unit_names, site
from callbacks.pulse import changed
from components import ids
from components.security_desk import kind_options, security_card, security_figures, security_table
from data_access.scope import NotFound
from data_access.security import desk_security_events, security_event
from data_access.sources import source_by_name
from domain.local_time import local_day
from domain.permissions import Permission
from domain.security import SecurityFilter, summed_up

EVERY = "*"
SOURCES = ("security", "guard_log")


@callback(
    Output(ids.SECURITY_UNIT, "options"),
    Output(ids.SECURITY_KIND, "options"),
    Input(ids.SECURITY_FILTER, "data"),
)
@policy(Permission.SEE_SECURITY)
def offer_filters(_filter: object) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """The units the person may see, and every kind."""
    units = options_of([(EVERY, "Mọi đơn vị"), *own_unit_choices()])
    return units, options_of([(EVERY, "Mọi loại"), *kind_options()])


@callback(Output(ids.INCIDENT_UNIT, "options"), Input(ids.SECURITY_FILTER, "data"))
@policy(Permission.RECORD_SECURITY)
def offer_units(_filter: object) -> list[dict[str, str]]:
    """The units the person may write of."""
    return options_of(own_unit_choices())


@callback(
    Output(ids.SECURITY_ADDRESS, "search"),
    Input(ids.SECURITY_UNIT, "value"),
    Input(ids.SECURITY_KIND, "value"),
    Input(ids.SECURITY_DAYS, "value"),
    State(ids.SECURITY_FILTER, "data"),
    prevent_initial_call=True,
)
@policy(Permission.SEE_SECURITY)
def on_filter(unit: object, kind: object, days: object, known: object) -> Any:
    """Another filter is another address."""
    chosen = {"unit": unit, "kind": kind, "days": days}
    values = {name: plain_text(value).replace(EVERY, "") for name, value in chosen.items()}
    address = SecurityFilter.from_address(values).address()
    return no_update if address == _wanted(known).address() else address


@callback(
    Output(ids.SECURITY_FIGURES, "children"),
    Output(ids.SECURITY_LIST, "children"),
    Output(ids.SECURITY_ONE, "children"),
    changed("security"),
    changed("sources"),
    Input(ids.SECURITY_FILTER, "data"),
)
@policy(Permission.SEE_SECURITY)
def draw_security(_version: object, _sources: object, known: object) -> tuple[Component, Component, Component]:
    """Figures and list of the filter, and the event the address names."""
    at, wanted = now(), _wanted(known)
    with site().database.reading() as session:
        since = wanted.since(local_day(at))
        found = desk_security_events(session, asking(), site().organisation, since, at)
        sources = [source_by_name(session, name) for name in SOURCES]
    events = [event for event in found if wanted.admits(event)]
    is_live = any(source.is_current(at) for source in sources)
    names = short_unit_names()
    return (
        security_figures(summed_up(events), sources),
        security_table(events, names, wanted, is_live),
        _one(said(known, "event"), wanted, names),
    )


@callback(
    Output(ids.INCIDENT_RECORDED, "children"),
    Input(ids.INCIDENT_RECORD, "n_clicks"),
    State(ids.INCIDENT_UNIT, "value"),
    State(ids.INCIDENT_WHEN, "value"),
    State(ids.INCIDENT_KIND, "value"),
    State(ids.INCIDENT_OUTCOME, "value"),
    State(ids.INCIDENT_NOTE, "value"),
    prevent_initial_call=True,
)
@policy(Permission.RECORD_SECURITY)
def on_record(clicks: object, unit: object, when: object, kind: object, outcome: object, note: object) -> Any:
    """Write an incident; the list is drawn anew by itself."""
    if not clicks:
        return no_update
    wanted = WantedIncident(*(plain_text(value) for value in (unit, when, kind, outcome, note)))
    if not wanted.unit:
        return _failure("Chọn đơn vị.")
    try:
        record_incident(site().database, asking(), site().organisation, wanted, now())
    except IncidentRefused as refused:
        return _failure(str(refused))
    except NotAllowed:
        return _failure("Đơn vị này không thuộc phạm vi của bạn.")
    return html.P("Đã ghi sự kiện, có ghi nhật ký.", className="desk-verdict desk-verdict--whole", role="status")


@callback(
    Output(ids.SECURITY_ENDED, "children"),
    Input(ids.SECURITY_END, "n_clicks"),
    State(ids.SECURITY_OUTCOME, "value"),
    State(ids.SECURITY_FILTER, "data"),
    prevent_initial_call=True,
)
@policy(Permission.RECORD_SECURITY)
def on_end(clicks: object, outcome: object, known: object) -> Any:
    """Write how the event of the address ended."""
    if not clicks:
        return no_update
    try:
        asked = (site().database, asking(), site().organisation)
        end_event(*asked, said(known, "event"), plain_text(outcome), now())
    except IncidentRefused as refused:
        return _failure(str(refused))
    except NotFound:
        return _failure("Không có sự kiện này trong phạm vi của bạn.")
    return html.P("Đã ghi kết quả, có ghi nhật ký.", className="desk-verdict desk-verdict--whole", role="status")


def _one(event: str, wanted: SecurityFilter, names: dict[str, str]) -> Component:
    if not event:
        return html.P("Chọn một sự kiện trong danh sách.", className="desk-nothing")
    at = now()
    try:
        with site().database.reading() as session:
            since = wanted.since(local_day(at))
            found = security_event(session, asking(), site().organisation, event, since, at)
    except NotFound:
        return html.P("Không có sự kiện này trong phạm vi và thời gian đang xem.", className="desk-nothing")
    return security_card(found, names)


def _wanted(known: object) -> SecurityFilter:
    return SecurityFilter.from_address({name: said(known, name) for name in ("unit", "kind", "days")})


def _failure(words: str) -> Component:
    return html.P(words, className="desk-failure", role="alert")
