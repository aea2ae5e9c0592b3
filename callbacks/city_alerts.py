"""Warnings of the city on /city-alerts, of the person's units."""

from __future__ import annotations

from datetime import timedelta

from dash import Input, Output, callback, html
from dash.development.base_component import Component

from access.policy import policy
from callbacks.asking import asking, now, said, short_unit_names, site
from callbacks.pulse import changed
from components import ids
from components.city_alert_desk import LOST, alert_axis, alert_card, alert_figures, alert_map, alert_table
from components.desk_parts import aged, unknown_yet
from data_access.city_alerts import desk_city_alert, desk_city_alerts
from data_access.limits import wall_limits_in_force
from data_access.scope import NotFound
from data_access.sources import source_by_name
from domain.city_alerts import SOURCE, worst_alerts_first
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
    if not found and source.as_of_at is None:
        return (unknown_yet(source),) * 5
    is_current = source.is_current(at)
    active = worst_alerts_first(each for each in found if each.is_active(at, hold)) if is_current else []
    one = one or (active[0] if active and not is_missing else None)
    names = short_unit_names()
    table = alert_table(found, names, hold, at, one.public_id if one else "", is_current)
    lost = html.P(LOST, className="desk-nothing")
    axis = alert_axis(found, hold, at) if is_current else lost
    drawn = alert_map(active, site().unit_map) if is_current else lost
    card = alert_card(one, names, hold, at, is_current) if one else _no_card(is_missing, is_current)
    figures = alert_figures(found, hold, at, source)
    return figures, *(aged([part], source) for part in (axis, drawn, table, card))


def _no_card(is_missing: bool, is_current: bool) -> Component:
    if is_missing:
        words = "Không có bản tin này trong phạm vi của bạn."
    else:
        words = "Không có cảnh báo nào đang hiệu lực." if is_current else LOST
    return html.P(words, className="desk-nothing")
