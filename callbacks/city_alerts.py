"""Warnings of the city on /city-alerts, of the person's units."""

from __future__ import annotations

from datetime import timedelta

from dash import Input, Output, callback, html
from dash.development.base_component import Component

from access.policy import policy
from callbacks.asking import asking, now, said, short_unit_names, site
from callbacks.pulse import changed
from components import ids
from components.city_alert_desk import alert_axis, alert_card, alert_figures, alert_map, alert_table
from components.desk_parts import unknown_yet
from data_access.city_alerts import desk_city_alert, desk_city_alerts
from data_access.limits import wall_limits_in_force
from data_access.scope import NotFound
from data_access.sources import source_by_name
from domain.city_alerts import SOURCE, CityAlert, worst_alerts_first
from domain.local_time import local_day
from domain.permissions import Permission

LOOK_BACK = timedelta(days=30)


@callback(
    Output(ids.CITY_ALERTS_FIGURES, "children"),
    Output(ids.CITY_ALERTS_AXIS, "children"),
    Output(ids.CITY_ALERTS_MAP, "children"),
    Output(ids.CITY_ALERTS_LIST, "children"),
    Output(ids.CITY_ALERTS_ONE, "children"),
    changed("city_alerts"),
    changed("sources"),
    Input(ids.CITY_ALERTS_FILTER, "data"),
)
@policy(Permission.SEE_ALARMS)
def draw_city_alerts(_version: object, _sources: object, known: object) -> tuple[Component, ...]:
    """Figures, axis, map, list, and the one the address names or else the worst that holds."""
    at, organisation, chosen = now(), site().organisation, said(known, "alert")
    with site().database.reading() as session:
        source = source_by_name(session, SOURCE)
        hold = wall_limits_in_force(session, local_day(at)).city_alert_hold
        found = desk_city_alerts(session, asking(), organisation, at - LOOK_BACK, at)
        one = None
        is_missing = False
        if chosen:
            try:
                one = desk_city_alert(session, asking(), organisation, chosen, at)
            except NotFound:
                is_missing = True
    active = worst_alerts_first(each for each in found if each.is_active(at, hold))
    one = one or (active[0] if active and not is_missing else None)
    names = short_unit_names()
    unit_map = site().unit_map
    table = alert_table(found, names, hold, at, one.public_id if one else "")
    if not found and source.as_of_at is None:
        nothing = unknown_yet(source)
        return nothing, nothing, alert_map([], unit_map), nothing, nothing
    figures, axis = alert_figures(found, hold, at, source), alert_axis(found, hold, at)
    return figures, axis, alert_map(active, unit_map), table, _card(one, is_missing, names, hold)


def _card(one: CityAlert | None, is_missing: bool, names: dict[str, str], hold: timedelta) -> Component:
    if is_missing:
        return html.P("Không có bản tin này trong phạm vi của bạn.", className="desk-nothing")
    if one is None:
        return html.P("Không có cảnh báo nào đang hiệu lực.", className="desk-nothing")
    return alert_card(one, names, hold, now())
