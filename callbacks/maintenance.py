"""Maintenance windows on /alarm-rules: announce one, see those that last or come, end one early."""

from __future__ import annotations

from typing import Any

from dash import Input, Output, State, callback, no_update

from access.policy import policy
from actions.announce_maintenance import WantedWindow, announce_maintenance, end_maintenance
from callbacks.asking import asking, now, options_of, plain_text, said, short_unit_names, site, unit_choices
from callbacks.pulse import changed
from components import ids
from components.administration_forms import note
from components.alarm_rule_forms import failure
from components.alarm_rule_tables import windows_table
from data_access.alarm_rules import load_alarm_rules
from data_access.maintenance import maintenance_windows, past_windows
from data_access.scope import NotFound
from data_access.software_systems import SOURCE as SOFTWARE
from data_access.software_systems import software_systems
from data_access.sources import all_sources
from domain.alarms import RuleRefused
from domain.local_time import local_day
from domain.permissions import Permission

EVERY = "*"


@callback(
    Output(ids.MAINTENANCE_UNIT, "options"),
    Output(ids.MAINTENANCE_WHAT, "options"),
    Input(ids.RULES_TABS, "id"),
)
@policy(Permission.EDIT_ALARM_RULES)
def offer_maintenance(_tabs: object) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """Units, and what of them can be hidden: a source, all alarms of cameras, or those of one rule."""
    units = options_of([(EVERY, "Mọi đơn vị"), *unit_choices()])
    return units, options_of(list(hideable().items()))


@callback(
    Output(ids.MAINTENANCE_LIST, "children"),
    Output(ids.MAINTENANCE_PAST, "children"),
    changed("alarm_rules"),
    Input(ids.RULES_TABS, "active_tab"),
)
@policy(Permission.EDIT_ALARM_RULES)
def draw_maintenance(_version: object, tab: object) -> Any:
    """What lasts or comes, and the last ones that are over."""
    if tab != "maintenance":
        return no_update, no_update
    at, names, subjects = now(), short_unit_names(), hideable()
    with site().database.reading() as session:
        lasting = maintenance_windows(session, asking(), site().organisation, at)
        over = past_windows(session, asking(), at)
    return windows_table(lasting, names, subjects, at), windows_table(over, names, subjects, at)


@callback(
    Output(ids.MAINTENANCE_RESULT, "children"),
    Input(ids.MAINTENANCE_ANNOUNCE, "n_clicks"),
    State(ids.MAINTENANCE_UNIT, "value"),
    State(ids.MAINTENANCE_WHAT, "value"),
    State(ids.MAINTENANCE_BEGINS, "value"),
    State(ids.MAINTENANCE_ENDS, "value"),
    State(ids.MAINTENANCE_REASON, "value"),
    prevent_initial_call=True,
)
@policy(Permission.EDIT_ALARM_RULES)
def on_announce(clicks: object, *typed: object) -> Any:
    """Announce work; the list is drawn anew by itself."""
    if not clicks:
        return no_update
    unit, *others = (plain_text(value) for value in typed)
    wanted = WantedWindow(unit.replace(EVERY, ""), *others)
    try:
        announce_maintenance(site().database, asking(), site().organisation, wanted, now())
    except RuleRefused as refused:
        return failure(str(refused))
    return note("Đã đặt lịch bảo trì, có ghi nhật ký. Cảnh báo an ninh khẩn cấp vẫn báo.")


@callback(
    Output(ids.MAINTENANCE_RESULT, "children", allow_duplicate=True),
    Input(ids.MAINTENANCE_PRESSED, "data"),
    prevent_initial_call=True,
)
@policy(Permission.EDIT_ALARM_RULES)
def on_maintenance_ended(pressed: object) -> Any:
    """End a window before its time; what it hid comes back at once if it still is true."""
    try:
        end_maintenance(site().database, asking(), said(pressed, "window"), now())
    except NotFound:
        return failure("Lịch bảo trì này không còn.")
    return note("Đã kết thúc lịch bảo trì, có ghi nhật ký.")


def hideable() -> dict[str, str]:
    """What a window can hide, with its words."""
    with site().database.reading() as session:
        sources = {f"source:{source.name}": f"Nguồn: {source.title}" for source in all_sources(session)}
        systems = software_systems(session, asking(), local_day(now())).values()
    groups = {"rules:camera_": "Mọi cảnh báo camera", "rules:report_": "Mọi cảnh báo phản ánh"}
    software = {f"source:{SOFTWARE}/{one.code}": f"Phần mềm: {one.name}" for one in systems if not one.is_retired}
    return {
        **sources,
        **software,
        **groups,
        **{f"rules:{code}": rule.name for code, rule in load_alarm_rules().items()},
    }
