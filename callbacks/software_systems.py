"""The sector's software on /software-systems and one of them: drawn anew when a pass found something."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from dash import Input, Output, State, callback, html, no_update
from dash.development.base_component import Component
from sqlalchemy.orm import Session

from access.policy import policy
from access.vault import Vault
from actions.probe_services import AskedTooOften, probe_now
from callbacks.asking import asking, now, own_unit_choices, said, short_unit_names, site
from callbacks.pulse import changed
from components import ids
from components.desk_parts import unknown_yet
from components.money_agreement import NOTHING, agreement_table
from components.software_desk import PATH, SoftwareLine, software_figures, software_table
from components.software_detail import (
    SoftwareSeen,
    months_table,
    outages_table,
    probes_table,
    system_facts,
    tried_words,
)
from components.software_figures import FigureColumn, figures_by_unit, stated_figures
from data_access.cases import money_by_unit
from data_access.counters import counted_units
from data_access.limits import wall_limits_in_force
from data_access.observations import observed_indicators
from data_access.observed_boards import ObservedBoard, observed_boards
from data_access.scope import case_units_seen
from data_access.software_systems import SOURCE, software_systems, system_changes, system_year, system_years
from data_access.sources import source_by_name
from data_access.statistical_form import unit_name_on
from domain.local_time import local_day
from domain.money_agreement import AgreedMoney, agreement_lines
from domain.observations import Observation
from domain.permissions import Permission

NOT_HERE = "Không có phần mềm này."


@callback(
    Output(ids.SOFTWARE_FIGURES, "children"),
    Output(ids.SOFTWARE_LIST, "children"),
    Output(ids.SOFTWARE_RETIRED, "children"),
    changed("software"),
    changed("alarm_rules"),
    changed("observations"),
)
@policy(Permission.SEE_SOFTWARE)
def draw_software(*_versions: object) -> tuple[Component, Component, Component | None]:
    """Every system as it stands now, with its last twelve months."""
    at = now()
    with site().database.reading() as session:
        years = system_years(session, asking(), at)
        systems = software_systems(session, asking(), local_day(at))
        source = source_by_name(session, SOURCE)
        soon = wall_limits_in_force(session, local_day(at)).certificate_soon
        columns = figure_columns(session, at)
    lines = [
        SoftwareLine(
            one.standing, one.months, one.maintenance, stated_figures(_of_system(columns, one.standing.system.code))
        )
        for one in years
    ]
    figures = unknown_yet(source) if source.as_of_at is None else software_figures(lines, source)
    retired = [one for one in systems.values() if one.is_retired]
    return figures, software_table(lines, soon, at), _retired(retired)


@callback(
    Output(ids.SOFTWARE_NAME, "children"),
    Output(ids.SOFTWARE_ONE, "children"),
    Output(ids.SOFTWARE_PROBES, "children"),
    Output(ids.SOFTWARE_MONTHS, "children"),
    Output(ids.SOFTWARE_OUTAGES, "children"),
    Output(ids.SOFTWARE_STATED, "children"),
    changed("software"),
    changed("alarm_rules"),
    changed("observations"),
    Input(ids.SOFTWARE_FILTER, "data"),
)
@policy(Permission.SEE_SOFTWARE)
def draw_system(_version: object, _rules: object, _stated: object, known: object) -> tuple[Any, ...]:
    """The one system the address names."""
    at, code = now(), said(known, "system")
    with site().database.reading() as session:
        year = system_year(session, asking(), code, at)
        changes = [one for one in system_changes(session, asking()) if one.code == code]
        source = source_by_name(session, SOURCE)
        soon = wall_limits_in_force(session, local_day(at)).certificate_soon
        columns = _of_system(figure_columns(session, at), code)
    if year is None:
        return "Không có", *(html.P(NOT_HERE, className="desk-nothing") for _ in range(5))
    may_edit = asking().may(Permission.ADMINISTER)
    seen = SoftwareSeen(year.standing, year.maintenance, changes, may_edit, stated_figures(columns))
    return (
        year.standing.system.name,
        system_facts(seen, source, soon, at),
        probes_table(seen, soon, at),
        months_table(year.months),
        outages_table(year.outages),
        figures_by_unit(columns, _units(), "/observations"),
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
    here, vault = site(), Vault(site().sources_key)
    asked = (here.database, asking(), vault, here.watched, said(known, "system"), now(), here.software_tries)
    try:
        return tried_words(probe_now(*asked))
    except AskedTooOften as refused:
        return html.P(str(refused), className="desk-verdict", role="status")


@callback(
    Output(ids.SOFTWARE_AGREEMENT, "children"),
    changed("observations"),
    changed("cases"),
    Input(ids.SOFTWARE_FILTER, "data"),
)
@policy(Permission.SEE_SOFTWARE)
def draw_agreement(_observed: object, _cases: object, _known: object) -> Component:
    """The newest whole month that the accounting software states, beside the money of the cases of its days."""
    at, codes = now(), [money.value for money in AgreedMoney]
    asked = (asking(), site().organisation)
    with site().database.reading() as session:
        boards = observed_boards(session, *asked, codes, at)
        stated_in = {period for board in boards for _, period in board.known if period.last_on < local_day(at)}
        if not stated_in:
            return html.P(NOTHING, className="desk-nothing")
        period = max(stated_in)
        cases = source_by_name(session, "cases")
        recorded = money_by_unit(session, *asked, (period.first_on, period.last_on), at)
        known = counted_units(session, *asked, period.last_on)
    found = {
        (unit, AgreedMoney(board.indicator.code)): each
        for board in boards
        for (unit, of), each in board.known.items()
        if of == period
    }
    stated = {place: int(each.figures.figure) for place, each in found.items()}
    units = case_units_seen(*asked, period.last_on)
    names = {unit: unit_name_on(site().organisation, unit, period.last_on) for unit in units}
    lines = agreement_lines(units, stated, recorded, known)
    oldest_at = min((each.as_of_at for each in found.values()), default=None)
    return agreement_table(lines, names, period.name, oldest_at, cases)


def figure_columns(session: Session, at: datetime) -> list[FigureColumn]:
    """Every indicator that some software states, within the units the person may see."""
    catalogue = observed_indicators(session)
    codes = [each.code for each in catalogue.values() if each.system]
    return [_column(board) for board in observed_boards(session, asking(), site().organisation, codes, at)]


def _column(board: ObservedBoard) -> FigureColumn:
    by_unit: dict[str, Observation] = {}
    for period in board.periods:
        for code, _ in board.units:
            if code not in by_unit and (code, period) in board.known:
                by_unit[code] = board.known[code, period]
    return FigureColumn(board.indicator, by_unit, board.newest, board.owed, board.owing)


def _of_system(columns: list[FigureColumn], system: str) -> list[FigureColumn]:
    return [one for one in columns if one.indicator.system == system]


def _units() -> list[tuple[str, str]]:
    """The units the person may see, by their short names."""
    short = short_unit_names()
    return [(code, short.get(code, name)) for code, name in own_unit_choices()]


def _retired(systems: list[Any]) -> Component | None:
    """Those that were retired: their history stays."""
    if not systems:
        return None
    names = [html.Li(html.A(one.name, href=f"{PATH}/{one.code}")) for one in systems]
    return html.Section(
        [html.Div(html.H2("Đã ngừng"), className="desk-toolbar"), html.Ul(names)], className="desk-card"
    )
