"""Cases on /cases and /units/CODE: the address is the filter; figures, comparison and list are drawn from it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl

from dash import Input, Output, State, callback, ctx, dcc, no_update
from dash.development.base_component import Component

from access.policy import policy
from callbacks import case_drawing as drawing
from callbacks.asking import (
    asking,
    now,
    options_of,
    own_unit_choices,
    plain_text,
    said,
    short_unit_names,
    site,
)
from callbacks.case_answers import CASES, CaseAnswers
from callbacks.pulse import changed
from components import ids
from components.case_grid import ROWS_A_PAGE, grid_row
from components.desk_parts import desk_face, unfed_face
from data_access.cases import ListedCase, case_page, officer_codes
from data_access.scope import NotFound
from domain.case_filters import NOBODY, CaseFilter, periods_offered
from domain.cases import decision_name
from domain.indicators import CATALOGUE
from domain.local_time import local_day, moment_words
from domain.permissions import Permission

EVERY = "*"
OTHER_DAYS = "days"
OPENED_CASES = 8
NOT_HERE = "Không có đơn vị này trong phạm vi của bạn."
# Cards that a page without figures leaves empty, and therefore hidden: one face says it once.
NO_CARDS = ("",) * 6


@callback(
    Output(ids.CASES_PERIOD, "options"),
    Output(ids.CASES_PERIOD, "value"),
    Output(ids.CASES_UNIT, "options"),
    Output(ids.CASES_OFFICER, "options"),
    Output(ids.CASES_AREA, "options"),
    Input(ids.CASES_FILTER, "data"),
)
@policy(Permission.SEE_CASES)
def offer_filters(known: object) -> tuple[Any, ...]:
    """Periods by name, the units the person may see, officers of the unit asked for, areas of today."""
    wanted, today = wanted_of(known), local_day(now())
    periods = periods_offered(today)
    offered = [(f"{each.begins}|{each.ends}", each.words) for each in periods] + [(OTHER_DAYS, "Từ ngày đến ngày")]
    asked = f"{wanted.begins}|{wanted.ends}"
    officers: list[tuple[str, str]] = []
    if wanted.unit or asking().unit:
        with site().database.reading() as session:
            try:
                codes = officer_codes(session, asking(), site().organisation, wanted.unit, today)
            except NotFound:
                codes = []
        officers = [*((code, code) for code in codes), (NOBODY, drawing.UNKNOWN_OFFICER)]
    areas = [(area.code, area.name) for area in site().organisation.areas_on(today)]
    return (
        options_of(offered),
        asked if asked in dict(offered) else OTHER_DAYS,
        options_of([(EVERY, "Mọi đơn vị"), *own_unit_choices()]),
        options_of([(EVERY, "Mọi người"), *officers]),
        options_of([(EVERY, "Mọi địa bàn"), *areas]),
    )


@callback(
    Output(ids.CASES_ADDRESS, "href"),
    Input(ids.CASES_PERIOD, "value"),
    Input(ids.CASES_BEGINS, "value"),
    Input(ids.CASES_ENDS, "value"),
    Input(ids.CASES_UNIT, "value"),
    Input(ids.CASES_OFFICER, "value"),
    Input(ids.CASES_KIND, "value"),
    Input(ids.CASES_TYPE, "value"),
    Input(ids.CASES_BAND, "value"),
    Input(ids.CASES_CLASS, "value"),
    Input(ids.CASES_AREA, "value"),
    Input(ids.CASES_AGE, "value"),
    Input(ids.CASES_GROUP, "value"),
    Input(ids.CASES_FIGURE, "value"),
    State(ids.CASES_FILTER, "data"),
    prevent_initial_call=True,
)
@policy(Permission.SEE_CASES)
def on_filter(*values: object) -> Any:
    """Another filter is another address; another unit on a unit's page is that unit's page."""
    known = values[-1]
    before, chosen = wanted_of(known), ctx.triggered_id
    names = {
        ids.CASES_UNIT: "unit",
        ids.CASES_OFFICER: "officer",
        ids.CASES_KIND: "kind",
        ids.CASES_TYPE: "case_type",
        ids.CASES_BAND: "band",
        ids.CASES_CLASS: "case_class",
        ids.CASES_AREA: "area",
        ids.CASES_AGE: "age",
        ids.CASES_GROUP: "group",
        ids.CASES_FIGURE: "figure",
        ids.CASES_BEGINS: "begins",
        ids.CASES_ENDS: "ends",
    }
    value = plain_text(ctx.triggered[0]["value"]).replace(EVERY, "")
    if chosen == ids.CASES_PERIOD:
        if value == OTHER_DAYS or "|" not in value:
            return no_update
        begins, _, ends = value.partition("|")
        changes = {"begins": begins, "ends": ends}
    elif chosen in names:
        changes = {names[chosen]: value}
    else:
        return no_update
    if "unit" in changes and changes["unit"] != before.unit:
        changes["officer"] = ""
    after = CaseFilter.from_address({**_said(before), **changes})
    return no_update if after == before else _address(after, known)


@callback(
    Output(ids.CASES_NOTE, "children"),
    Output(ids.CASES_KPIS, "children"),
    Output(ids.CASES_FLOW_CARD, "children"),
    Output(ids.CASES_SECOND, "children"),
    Output(ids.CASES_COMPARED, "children"),
    Output(ids.CASES_HANDLERS, "children"),
    Output(ids.CASES_MAP, "children"),
    Output(ids.CASES_GRID_HEAD, "children"),
    changed(CASES),
    changed("alarm_rules"),
    Input(ids.CASES_FILTER, "data"),
)
@policy(Permission.SEE_CASES)
def draw_cases(_version: object, _rules: object, known: object) -> tuple[Component | str, ...]:
    """Everything above the list, from one reading of the database."""
    wanted, names = wanted_of(known), short_unit_names()
    with site().database.reading() as session:
        answers = CaseAnswers(session, asking(), site(), wanted, now())
        if answers.source.as_of_at is None:
            return ("", unfed_face(answers.source, "cases"), *NO_CARDS)
        try:
            opened = said(known, "open")
            cases = _opened_cases(answers, opened) if opened else []
            return (
                _note(answers),
                drawing.standing([drawing.draw_kpis(answers)], answers),
                drawing.draw_flow(answers),
                drawing.draw_curve(answers),
                drawing.draw_compared(answers, names),
                drawing.draw_handlers(answers, names, said(known, "path"), opened, cases),
                drawing.draw_areas(answers),
                _list_head(answers),
            )
        except NotFound:
            link = dcc.Link("Xem các đơn vị", href="/units", className="desk-button")
            return ("", desk_face("units", NOT_HERE.rstrip("."), "", link), *NO_CARDS)


@callback(
    Output(ids.CASES_GRID, "getRowsResponse"),
    Input(ids.CASES_GRID, "getRowsRequest"),
    State(ids.CASES_FILTER, "data"),
    prevent_initial_call=True,
)
@policy(Permission.SEE_CASES)
def draw_rows(request: object, known: object) -> dict[str, Any]:
    """A page of the list; the grid asks for it when somebody scrolls there."""
    first, sort = page_asked(request)
    wanted, names = wanted_of(known), short_unit_names()
    areas = {area.code: area.name for area in site().organisation.areas}
    with site().database.reading() as session:
        answers = CaseAnswers(session, asking(), site(), wanted, now())
        try:
            rows = _page(answers, first, ROWS_A_PAGE + 1, sort)
        except NotFound:
            rows = []
    shown = [_grid_row(row, names, areas) for row in rows[:ROWS_A_PAGE]]
    # One more than a page was asked for: whether it is there says whether the list goes on.
    last = None if len(rows) > ROWS_A_PAGE else first + len(shown)
    return {"rowData": shown, **({} if last is None else {"rowCount": last})}


def wanted_of(known: object) -> CaseFilter:
    """The filter of the page: its address, with the unit whose page it is."""
    wanted = CaseFilter.from_address(dict(parse_qsl(said(known, "query").lstrip("?"))))
    unit = said(known, "unit")
    return replace(wanted, unit=unit[:40]) if unit else wanted


def page_asked(request: object) -> tuple[int, list[tuple[str, bool]]]:
    """The first row the grid wants and how it sorts; what a browser sends may be anything."""
    if not isinstance(request, dict):
        return 0, []
    first = request.get("startRow")
    model = request.get("sortModel")
    sort = [
        (plain_text(part.get("colId")), part.get("sort") == "desc")
        for part in (model if isinstance(model, list) else [])
        if isinstance(part, dict)
    ]
    return (first if isinstance(first, int) and 0 <= first < 10_000_000 else 0), sort[:3]


def _address(wanted: CaseFilter, known: object) -> str:
    """The whole address of a filter: on a unit's page the unit is the path."""
    unit = said(known, "unit")
    if unit and wanted.unit:
        return f"{drawing.unit_href(wanted.unit)}{wanted.without('unit').address()}"
    if unit:
        return f"/cases{wanted.address()}"
    return f"{said(known, 'path') or '/cases'}{wanted.address()}"


def _said(wanted: CaseFilter) -> dict[str, str]:
    return dict(parse_qsl(wanted.address().lstrip("?")))


def _page(answers: CaseAnswers, first: int, number: int, sort: list[tuple[str, bool]]) -> list[ListedCase]:
    return case_page(
        answers.session,
        answers.principal,
        answers.organisation,
        answers.wanted,
        answers.period,
        answers.regime,
        first,
        number,
        sort,
    )


def _grid_row(row: ListedCase, names: dict[str, str], areas: dict[str, str]) -> dict[str, str]:
    values = {name: getattr(row, name) for name in row.__slots__}
    values |= {
        "name": decision_name(row.number, row.decided_on),
        "unit_name": names.get(row.unit, row.unit),
        "area_name": areas.get(row.area or "", row.area or ""),
    }
    return grid_row(values)


def _opened_cases(answers: CaseAnswers, officer: str) -> list[Component]:
    """The oldest cases of an officer that are still being enforced, below the row, and the way to all of them."""
    wanted = replace(answers.wanted, officer=officer, figure="enforceable_carried_forward")
    one = CaseAnswers(answers.session, answers.principal, answers.site, wanted, answers.now)
    return drawing.opened_rows(_page(one, 0, OPENED_CASES, []), one.today, f"/cases{wanted.address()}#cases")


def _note(answers: CaseAnswers) -> str:
    at = answers.source.as_of_at
    assert at is not None
    state = "tạm tính" if answers.period.to_on == answers.today else f"kỳ đến {answers.period.to_on:%d/%m/%Y}, tạm tính"
    sample = " · Dữ liệu mẫu" if answers.site.is_sample else ""
    return f"Số liệu án đến {moment_words(at)} · {state}{sample}"


def _list_head(answers: CaseAnswers) -> Component:
    """What the list holds and how many việc that figure says."""
    field = answers.wanted.figure or "total_docketed"
    indicator = CATALOGUE[f"{field}_cases"]
    name = indicator.name.removesuffix(" về việc")
    return drawing.list_heading(name, indicator.count(answers.figures), answers.wanted)
