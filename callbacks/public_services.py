"""Public services on /public-services: the address is the filter; figures, tables and list are of it alone."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from dash import Input, Output, State, callback, no_update
from dash.development.base_component import Component

from access.policy import policy
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
    unit_name,
)
from callbacks.pulse import changed
from components import ids
from components.desk_parts import aged, unknown_yet
from components.public_services_desk import (
    channel_table,
    drill_trail,
    request_table,
    service_figures,
    service_table,
    trend,
    unit_table,
)
from data_access.public_services import (
    counts_by_channel,
    counts_by_service,
    counts_by_unit,
    listed_requests,
    months_of_services,
    overdue_requests,
    public_services,
    service_counts,
)
from data_access.sources import source_by_name
from domain.permissions import Permission
from domain.public_services import ServiceFilter

EVERY = "*"
SOURCE = "public_services"
FIELDS = ("unit", "service", "channel", "origin", "months", "state")


@callback(
    Output(ids.SERVICES_UNIT, "options"),
    Output(ids.SERVICES_SERVICE, "options"),
    changed("public_services"),
    Input(ids.SERVICES_FILTER, "data"),
)
@policy(Permission.SEE_PUBLIC_SERVICES)
def offer_filters(_version: object, known: object) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """The units the person may see, and the catalogue; a code of the address that is in neither stays chosen."""
    with site().database.reading() as session:
        services = {code: service.title for code, service in public_services(session).items()}
    wanted = _wanted(known).service
    if wanted and wanted not in services:
        services[wanted] = wanted
    units = options_of([(EVERY, "Mọi đơn vị"), *own_unit_choices()])
    return units, options_of([(EVERY, "Mọi dịch vụ"), *services.items()])


@callback(
    Output(ids.SERVICES_ADDRESS, "search"),
    Input(ids.SERVICES_UNIT, "value"),
    Input(ids.SERVICES_SERVICE, "value"),
    Input(ids.SERVICES_CHANNEL, "value"),
    Input(ids.SERVICES_ORIGIN, "value"),
    Input(ids.SERVICES_MONTHS, "value"),
    Input(ids.SERVICES_STATE, "value"),
    State(ids.SERVICES_FILTER, "data"),
    prevent_initial_call=True,
)
@policy(Permission.SEE_PUBLIC_SERVICES)
def on_filter(*sent: object) -> Any:
    """Another filter is another address."""
    *chosen, known = sent
    values = {name: plain_text(value).replace(EVERY, "") for name, value in zip(FIELDS, chosen, strict=True)}
    address = ServiceFilter.from_address(values).address()
    return no_update if address == _wanted(known).address() else address or "?"


@callback(
    Output(ids.SERVICES_TRAIL, "children"),
    Output(ids.SERVICES_FIGURES, "children"),
    Output(ids.SERVICES_BY_SERVICE, "children"),
    Output(ids.SERVICES_BY_CHANNEL, "children"),
    Output(ids.SERVICES_TREND, "children"),
    Output(ids.SERVICES_BY_UNIT, "children"),
    changed("public_services"),
    changed("sources"),
    Input(ids.SERVICES_FILTER, "data"),
)
@policy(Permission.SEE_PUBLIC_SERVICES)
def draw_services(_version: object, _sources: object, known: object) -> tuple[Component, ...]:
    """What the filter amounts to, in six figures and by everything it can be told apart by."""
    wanted, at = _wanted(known), now()
    with site().database.reading() as session:
        asked = (session, asking(), site().organisation, wanted, at)
        source, services = source_by_name(session, SOURCE), public_services(session)
        counts = service_counts(*asked)
        overdue = overdue_requests(*asked)
        by_service, by_channel, by_unit = counts_by_service(*asked), counts_by_channel(*asked), counts_by_unit(*asked)
        months = months_of_services(*asked)
    names = short_unit_names()
    scope = asking().unit
    below = replace(wanted, unit="") if wanted.unit == scope else wanted
    where = drill_trail(unit_name(scope), below, dict(unit_choices()), services)
    if counts is None:
        return (where, *(unknown_yet(source) for _ in range(5)))
    return (
        where,
        service_figures(counts, overdue, source),
        aged([service_table(by_service, services, wanted)], source),
        aged([channel_table(by_channel, wanted)], source),
        aged([trend(months)], source),
        aged([unit_table(by_unit, names, wanted)], source),
    )


@callback(
    Output(ids.SERVICES_LIST, "children"),
    changed("public_services"),
    Input(ids.SERVICES_FILTER, "data"),
)
@policy(Permission.SEE_PUBLIC_SERVICES)
def draw_requests(_version: object, known: object) -> Component:
    """The requests of the filter in the state that is chosen."""
    at = now()
    with site().database.reading() as session:
        found = listed_requests(session, asking(), site().organisation, _wanted(known), at)
        source, services = source_by_name(session, SOURCE), public_services(session)
    if source.as_of_at is None:
        return unknown_yet(source)
    return request_table(found, short_unit_names(), services, at, source)


def _wanted(known: object) -> ServiceFilter:
    return ServiceFilter.from_address({name: said(known, name) for name in FIELDS})
