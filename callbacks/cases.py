"""Cases on /cases and /units/CODE: the address is the filter; figures, comparison and list are drawn from it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from dash import Input, Output, State, callback, dcc
from dash.development.base_component import Component

from access.policy import policy
from callbacks import case_drawing as drawing
from callbacks import handler_drawing as handlers
from callbacks import restated_drawing as restated
from callbacks.asking import (
    asking,
    now,
    plain_text,
    said,
    short_unit_names,
    site,
)
from callbacks.case_answers import CASES, CaseAnswers
from callbacks.case_wishes import wanted_of
from callbacks.pulse import changed
from components import ids
from components.case_grid import ROWS_A_PAGE, grid_row
from components.desk_parts import desk_face, unfed_face
from data_access.cases import ListedCase, case_page
from data_access.scope import NotFound
from domain.cases import decision_name
from domain.indicators import CATALOGUE
from domain.local_time import moment_words
from domain.permissions import Permission

OPENED_CASES = 8
NOT_HERE = "Không có đơn vị này trong phạm vi của bạn."


Drawn = Callable[[CaseAnswers, object], tuple[Component | str, ...]]


def _answered(
    known: object, draw: Drawn, places: int = 1, is_first: bool = False, is_of_ended: bool = False
) -> tuple[Component | str, ...]:
    """The parts that `draw` makes of the answers to the address; words in the first where there are none, and of a unit
    that has ended, but for the part that is drawn of such (`is_of_ended`).

    The parts of the page are asked for apart, so that the first stand there while others are still reckoned.
    """
    with site().database.reading() as session:
        answers = CaseAnswers(session, asking(), site(), wanted_of(known), now())
        face = unfed_face(answers.source, "cases")
        if answers.source.as_of_at is not None:
            try:
                ended_on = answers.organisation.ended_on(answers.wanted.unit, answers.period.to_on)
                if ended_on is None or is_of_ended:
                    return draw(answers, known)
                # Asked for its scope alone: another's unit is not there, whether it has ended or not.
                assert answers.units is not None
                face = restated.ended_face(answers, ended_on)
            except NotFound:
                link = dcc.Link("Xem các đơn vị", href="/units", className="desk-button")
                face = desk_face("units", NOT_HERE.rstrip("."), "", link)
    # One face says it once: cards that have nothing in them are hidden.
    return (face if is_first else "", *("" for _ in range(places - 1)))


@callback(
    Output(ids.CASES_KPIS, "children"),
    Output(ids.CASES_NOTE, "children"),
    Output(ids.CASES_FLOW_CARD, "children"),
    Output(ids.CASES_COMPARED, "children"),
    Output(ids.CASES_GRID_HEAD, "children"),
    changed(CASES),
    changed("alarm_rules"),
    Input(ids.CASES_FILTER, "data"),
)
@policy(Permission.SEE_CASES)
def draw_cases(_version: object, _rules: object, known: object) -> tuple[Component | str, ...]:
    """The figures, the flow and the comparison."""
    return _answered(known, _figures, 5, is_first=True)


@callback(Output(ids.CASES_CLOCKS, "children"), changed(CASES), changed("alarm_rules"), Input(ids.CASES_FILTER, "data"))
@policy(Permission.SEE_CASES)
def draw_clocks(_version: object, _rules: object, known: object) -> Component | str:
    """Overdue statutory clocks."""
    return _answered(known, lambda answers, _known: (drawing.draw_clocks(answers),))[0]


@callback(Output(ids.CASES_SECOND, "children"), changed(CASES), changed("alarm_rules"), Input(ids.CASES_FILTER, "data"))
@policy(Permission.SEE_CASES)
def draw_year(_version: object, _rules: object, known: object) -> Component | str:
    """The cumulative curve."""
    return _answered(known, lambda answers, _known: (drawing.draw_curve(answers),))[0]


@callback(Output(ids.CASES_RESTATED, "children"), changed(CASES), Input(ids.CASES_FILTER, "data"))
@policy(Permission.SEE_CASES)
def draw_restated(_version: object, known: object) -> Component | str:
    """Before and after a reorganisation, where the page looks across one."""
    return _answered(known, lambda answers, _known: (restated.draw_circles(answers),), is_of_ended=True)[0]


@callback(
    Output(ids.CASES_HANDLERS, "children"), changed(CASES), changed("alarm_rules"), Input(ids.CASES_FILTER, "data")
)
@policy(Permission.SEE_CASES)
def draw_handlers(_version: object, _rules: object, known: object) -> Component | str:
    """Officers of a unit, or units."""
    return _answered(known, _handlers)[0]


@callback(Output(ids.CASES_MAP, "children"), changed(CASES), Input(ids.CASES_FILTER, "data"))
@policy(Permission.SEE_CASES)
def draw_map(_version: object, known: object) -> Component | str:
    """Districts or wards."""
    return _answered(known, lambda answers, _known: (drawing.draw_areas(answers),))[0]


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


def _figures(answers: CaseAnswers, _known: object) -> tuple[Component | str, ...]:
    return (
        drawing.standing([drawing.draw_kpis(answers)], answers),
        _note(answers),
        drawing.draw_flow(answers),
        drawing.draw_compared(answers, short_unit_names()),
        _list_head(answers),
    )


def _handlers(answers: CaseAnswers, known: object) -> tuple[Component | str, ...]:
    opened = said(known, "open")
    cases = _opened_cases(answers, opened) if opened else []
    return (handlers.draw_handlers(answers, short_unit_names(), said(known, "path"), opened, cases),)


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
    return handlers.opened_rows(_page(one, 0, OPENED_CASES, []), one.today, f"/cases{wanted.address()}#cases")


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
