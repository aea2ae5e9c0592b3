"""Figures by period on /observations: the address says software and indicator; what no software states is typed."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from dash import Input, Output, State, callback, html, no_update
from dash.development.base_component import Component

from access.policy import policy
from actions.import_observations import record_observation
from callbacks.asking import asking, now, options_of, own_unit_choices, plain_text, said, site, unit_name
from callbacks.pulse import changed
from components import ids
from components.observed_figures import BY_HAND, OwedLine, figure_words, owed_table, periods_table
from data_access.observations import observed_indicators
from data_access.observed_boards import observed_board, observed_boards
from data_access.software_systems import listed_systems
from domain.local_time import local_day
from domain.observations import LENGTH_EXAMPLES, ObservationRefused, ObservedIndicator
from domain.permissions import Permission

PATH = "/observations"
ALL, NONE = "*", "-"


@callback(
    Output(ids.OBSERVATIONS_SYSTEM, "options"),
    Output(ids.OBSERVATIONS_SYSTEM, "value"),
    Output(ids.OBSERVATIONS_INDICATOR, "options"),
    Output(ids.OBSERVATIONS_INDICATOR, "value"),
    Output(ids.OBSERVATIONS_EXPORT, "href"),
    Input(ids.OBSERVATIONS_FILTER, "data"),
    changed("observations"),
)
@policy(Permission.SEE_PROGRAMME)
def offer_observation_filters(known: object, _version: object) -> Any:
    """Every software of the catalogue, and the indicators of the chosen one."""
    system, indicator = _chosen(known)
    with site().database.reading() as session:
        catalogue = observed_indicators(session)
        names = {each.code: each.name for each in listed_systems(session, local_day(now())).values()}
    systems = dict.fromkeys(each.system for each in catalogue.values())
    offered = [(ALL, "Tất cả"), *((code or NONE, names.get(code, code or BY_HAND)) for code in systems)]
    indicators = [(each.code, each.name) for each in catalogue.values() if _is_of(each, system)]
    chosen = indicator if indicator in dict(indicators) else ""
    export = f"{PATH}/export.xlsx?{urlencode({'indicator': chosen})}" if chosen else f"{PATH}/export.xlsx"
    return options_of(offered), system or ALL, options_of([(ALL, "Chọn chỉ tiêu"), *indicators]), chosen or ALL, export


@callback(
    Output(ids.OBSERVATIONS_ADDRESS, "search"),
    Input(ids.OBSERVATIONS_SYSTEM, "value"),
    Input(ids.OBSERVATIONS_INDICATOR, "value"),
    State(ids.OBSERVATIONS_FILTER, "data"),
    prevent_initial_call=True,
)
@policy(Permission.SEE_PROGRAMME)
def on_observation_filter(system: object, indicator: object, known: object) -> Any:
    """Another software or indicator is another address."""
    wanted = tuple("" if value == ALL else plain_text(value) for value in (system, indicator))
    if wanted == _chosen(known):
        return no_update
    kept = {name: value for name, value in zip(("system", "indicator"), wanted, strict=True) if value}
    return f"?{urlencode(kept)}" if kept else ""


@callback(Output(ids.OBSERVATIONS_LIST, "children"), changed("observations"), Input(ids.OBSERVATIONS_FILTER, "data"))
@policy(Permission.SEE_PROGRAMME)
def draw_observation_list(_version: object, known: object) -> Component:
    """Every indicator of the chosen software: what is newest, what is owed."""
    system, _ = _chosen(known)
    with site().database.reading() as session:
        codes = [each.code for each in observed_indicators(session).values() if _is_of(each, system)]
        boards = observed_boards(session, asking(), site().organisation, codes, now())
    return owed_table([OwedLine(one.indicator, one.owed, one.newest, len(one.owing)) for one in boards], PATH)


@callback(Output(ids.OBSERVATIONS_UNITS, "children"), changed("observations"), Input(ids.OBSERVATIONS_FILTER, "data"))
@policy(Permission.SEE_PROGRAMME)
def draw_observation_units(_version: object, known: object) -> Component:
    """The chosen indicator by unit and period."""
    _, indicator = _chosen(known)
    if not indicator:
        return html.P("Chọn một chỉ tiêu để xem từng đơn vị, từng kỳ.", className="desk-nothing")
    with site().database.reading() as session:
        board = observed_board(session, asking(), site().organisation, indicator, now())
    if board is None:
        return html.P("Không có chỉ tiêu này.", className="desk-nothing")
    table = periods_table(
        board.indicator,
        board.periods,
        board.units,
        board.known,
        board.totals,
        board.overdue,
        unit_name(asking().unit),
    )
    return html.Div([html.P(f"{board.indicator.name}: {board.indicator.meaning}.", className="desk-hint"), table])


@callback(
    Output(ids.OBSERVATIONS_ENTRY_INDICATOR, "options"),
    Output(ids.OBSERVATIONS_ENTRY_UNIT, "options"),
    Input(ids.OBSERVATIONS_FILTER, "data"),
)
@policy(Permission.RECORD_OBSERVATIONS)
def offer_observation_entry(_known: object) -> Any:
    """What may be typed: every indicator; the person's units, and the whole for whoever sees all of it."""
    with site().database.reading() as session:
        catalogue = observed_indicators(session)
    units = own_unit_choices()
    root = site().organisation.root_on(local_day(now()))
    if asking().unit is None and root is not None:
        units = [(root.code, f"{root.name} (một số chung)"), *units]
    names = [(each.code, f"{each.name}, kỳ như {LENGTH_EXAMPLES[each.length]}") for each in catalogue.values()]
    return options_of(names), options_of(units)


@callback(
    Output(ids.OBSERVATIONS_ENTRY_DONE, "children"),
    Input(ids.OBSERVATIONS_ENTRY_SAVE, "n_clicks"),
    State(ids.OBSERVATIONS_ENTRY_INDICATOR, "value"),
    State(ids.OBSERVATIONS_ENTRY_UNIT, "value"),
    State(ids.OBSERVATIONS_ENTRY_PERIOD, "value"),
    State(ids.OBSERVATIONS_ENTRY_NUMERATOR, "value"),
    State(ids.OBSERVATIONS_ENTRY_DENOMINATOR, "value"),
    State(ids.OBSERVATIONS_ENTRY_VALUE, "value"),
    prevent_initial_call=True,
)
@policy(Permission.RECORD_OBSERVATIONS)
def on_observation_saved(clicks: object, *typed: object) -> Any:
    """Store one figure, or say what is wrong with it."""
    if not clicks:
        return no_update
    names = ("indicator", "unit", "period", "numerator", "denominator", "value")
    texts = {name: plain_text(value) for name, value in zip(names, typed, strict=True)}
    try:
        stored = record_observation(site().database, asking(), site().organisation, texts, now())
    except ObservationRefused as refused:
        return html.P(str(refused), className="desk-failure", role="alert")
    with site().database.reading() as session:
        indicator = observed_indicators(session)[stored.indicator]
    words = f"Đã lưu {indicator.name}, {stored.period.name}: {figure_words(indicator, stored.figures)}. Có ghi nhật ký."
    return html.P(words, className="desk-verdict desk-verdict--whole", role="status")


def _chosen(known: object) -> tuple[str, str]:
    """Software and indicator of the address, '' for all and for none."""
    return said(known, "system"), said(known, "indicator")


def _is_of(indicator: ObservedIndicator, system: str) -> bool:
    return not system or indicator.system == ("" if system == NONE else system)
