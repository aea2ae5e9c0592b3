"""The sector's software on /software-systems and one of them: drawn anew when a pass found something."""

from __future__ import annotations

from typing import Any

from dash import Input, Output, State, callback, html, no_update
from dash.development.base_component import Component

from access.policy import policy
from access.vault import Vault
from actions.probe_services import probe_now
from callbacks.asking import asking, now, said, site
from callbacks.pulse import changed
from components import ids
from components.desk_parts import unknown_yet
from components.software_desk import PATH, SoftwareLine, software_figures, software_table
from components.software_detail import (
    SoftwareSeen,
    months_table,
    outages_table,
    probes_table,
    system_facts,
    tried_words,
)
from data_access.limits import wall_limits_in_force
from data_access.software_systems import SOURCE, software_systems, system_changes, system_year, system_years
from data_access.sources import source_by_name
from domain.local_time import local_day
from domain.permissions import Permission

NOT_HERE = "Không có phần mềm này."


@callback(
    Output(ids.SOFTWARE_FIGURES, "children"),
    Output(ids.SOFTWARE_LIST, "children"),
    Output(ids.SOFTWARE_RETIRED, "children"),
    changed("software"),
    changed("alarm_rules"),
)
@policy(Permission.SEE_SOFTWARE)
def draw_software(_version: object, _rules: object) -> tuple[Component, Component, Component | None]:
    """Every system as it stands now, with its last twelve months."""
    at = now()
    with site().database.reading() as session:
        years = system_years(session, asking(), at)
        systems = software_systems(session, asking(), local_day(at))
        source = source_by_name(session, SOURCE)
        soon = wall_limits_in_force(session, local_day(at)).certificate_soon
    lines = [SoftwareLine(one.standing, one.months, one.maintenance) for one in years]
    figures = unknown_yet(source) if source.as_of_at is None else software_figures(lines, source)
    retired = [one for one in systems.values() if one.is_retired]
    return figures, software_table(lines, soon, at), _retired(retired)


@callback(
    Output(ids.SOFTWARE_NAME, "children"),
    Output(ids.SOFTWARE_ONE, "children"),
    Output(ids.SOFTWARE_PROBES, "children"),
    Output(ids.SOFTWARE_MONTHS, "children"),
    Output(ids.SOFTWARE_OUTAGES, "children"),
    changed("software"),
    changed("alarm_rules"),
    Input(ids.SOFTWARE_FILTER, "data"),
)
@policy(Permission.SEE_SOFTWARE)
def draw_system(_version: object, _rules: object, known: object) -> tuple[Any, ...]:
    """The one system the address names."""
    at, code = now(), said(known, "system")
    with site().database.reading() as session:
        year = system_year(session, asking(), code, at)
        changes = [one for one in system_changes(session, asking()) if one.code == code]
        source = source_by_name(session, SOURCE)
        soon = wall_limits_in_force(session, local_day(at)).certificate_soon
    if year is None:
        return "Không có", *(html.P(NOT_HERE, className="desk-nothing") for _ in range(4))
    may_edit = asking().may(Permission.ADMINISTER)
    seen = SoftwareSeen(year.standing, year.maintenance, changes, may_edit)
    return (
        year.standing.system.name,
        system_facts(seen, source, soon, at),
        probes_table(year.standing.probes, code, may_edit and not year.standing.system.is_retired, soon, at),
        months_table(year.months),
        outages_table(year.outages),
    )


@callback(
    Output(ids.SOFTWARE_TRIED, "children"),
    Input(ids.SOFTWARE_TRY, "n_clicks"),
    State(ids.SOFTWARE_FILTER, "data"),
    prevent_initial_call=True,
)
@policy(Permission.ANSWER_ALARMS)
def on_try(clicks: object, known: object) -> Any:
    """Ask the system at once; the page is drawn anew by itself."""
    if not clicks:
        return no_update
    vault = Vault(site().sources_key)
    return tried_words(probe_now(site().database, asking(), vault, site().watched, said(known, "system"), now()))


def _retired(systems: list[Any]) -> Component | None:
    """Those that were retired: their history stays."""
    if not systems:
        return None
    names = [html.Li(html.A(one.name, href=f"{PATH}/{one.code}")) for one in systems]
    return html.Section(
        [html.Div(html.H2("Đã ngừng"), className="desk-toolbar"), html.Ul(names)], className="desk-card"
    )
