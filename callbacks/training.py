"""Training, outreach and equipment on /training: the address says the year and whose register is listed."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from dash import Input, Output, State, callback, no_update
from dash.development.base_component import Component

from access.policy import policy
from callbacks.asking import (
    asking,
    chosen_unit,
    now,
    options_of,
    own_unit_choices,
    plain_text,
    said,
    short_unit_names,
    site,
)
from callbacks.pulse import changed
from components import ids
from components.desk_parts import aged, unknown_yet
from components.equipment_desk import equipment_figures, line_table, office_table
from components.training_desk import session_table, training_figures, training_table
from data_access.equipment import equipment_register, load_equipment_needs, offices
from data_access.sources import source_by_name
from data_access.training import newest_tests, training_by_unit, training_sessions
from domain.equipment import equipped_offices
from domain.local_time import local_day
from domain.permissions import Permission
from domain.training import sessions_of, training_counts, training_year

PATH = "/training"
YEARS_OFFERED = 3


@callback(
    Output(ids.TRAINING_UNIT, "options"),
    Output(ids.TRAINING_UNIT, "value"),
    Output(ids.TRAINING_YEAR, "options"),
    Output(ids.TRAINING_YEAR, "value"),
    Output(ids.TRAINING_EXPORT, "href"),
    Output(ids.EQUIPMENT_EXPORT, "href"),
    Input(ids.TRAINING_FILTER, "data"),
)
@policy(Permission.SEE_TRAINING)
def offer_filters(known: object) -> tuple[Any, ...]:
    """The units the person may see, the last years and the next; what the address says is chosen, and taken away."""
    this_year, year = local_day(now()).year, _year(known)
    years = [(str(each), str(each)) for each in range(this_year + 1, this_year + 1 - YEARS_OFFERED, -1)]
    training = f"{PATH}/export.xlsx?{urlencode({'year': year})}"
    units = options_of(own_unit_choices())
    return units, chosen_unit(known), options_of(years), str(year), training, f"{PATH}/equipment.xlsx"


@callback(
    Output(ids.TRAINING_ADDRESS, "search"),
    Input(ids.TRAINING_UNIT, "value"),
    Input(ids.TRAINING_YEAR, "value"),
    State(ids.TRAINING_FILTER, "data"),
    prevent_initial_call=True,
)
@policy(Permission.SEE_TRAINING)
def on_filter(unit: object, year: object, known: object) -> Any:
    """Another unit or year is another address."""
    wanted = {"unit": plain_text(unit), "year": plain_text(year)}
    if wanted == {"unit": chosen_unit(known), "year": str(_year(known))}:
        return no_update
    return f"?{urlencode(wanted)}"


@callback(
    Output(ids.TRAINING_FIGURES, "children"),
    Output(ids.TRAINING_UNITS, "children"),
    Output(ids.TRAINING_SESSIONS, "children"),
    changed("training"),
    changed("sources"),
    Input(ids.TRAINING_FILTER, "data"),
)
@policy(Permission.SEE_TRAINING)
def draw_training(_version: object, _sources: object, known: object) -> tuple[Component, Component, Component]:
    """The year of all units of the person."""
    at, year = now(), _year(known)
    today = local_day(at)
    with site().database.reading() as session:
        asked = (session, asking(), site().organisation)
        parts = training_sessions(*asked, year, at)
        tests = newest_tests(*asked, at)
        by_unit = training_by_unit(*asked, year, at)
        source = source_by_name(session, "training")
    if source.as_of_at is None:
        return unknown_yet(source), unknown_yet(source), unknown_yet(source)
    told = [test for test in tests.values() if test is not None]
    figures = training_figures(training_counts(parts, told, today), len(tests) - len(told), source)
    units = training_table(by_unit, short_unit_names())
    return figures, aged([units], source), aged([session_table(sessions_of(parts), today)], source)


@callback(
    Output(ids.EQUIPMENT_FIGURES, "children"),
    Output(ids.EQUIPMENT_UNITS, "children"),
    Output(ids.EQUIPMENT_LINES, "children"),
    changed("equipment"),
    changed("sources"),
    Input(ids.TRAINING_FILTER, "data"),
)
@policy(Permission.SEE_TRAINING)
def draw_equipment(_version: object, _sources: object, known: object) -> tuple[Component, Component, Component]:
    """Every office of the person against the needs, and the register of the chosen unit."""
    unit, at, needs = chosen_unit(known), now(), load_equipment_needs()
    with site().database.reading() as session:
        asked = (session, asking(), site().organisation, at)
        found, register = offices(*asked), equipment_register(*asked)
        source = source_by_name(session, "equipment")
    if source.as_of_at is None:
        return unknown_yet(source), unknown_yet(source), unknown_yet(source)
    return (
        equipment_figures(equipped_offices(found), found, source),
        aged([office_table(found, needs, short_unit_names())], source),
        aged([line_table([item for item in register if item.unit == unit])], source),
    )


def _year(known: object) -> int:
    return training_year(said(known, "year"), local_day(now()))
