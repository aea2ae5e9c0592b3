"""What the pages of cases have in common: filters that are the address, the places a callback fills, the list."""

from __future__ import annotations

import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from components import ids
from components.case_grid import case_grid
from components.presses import press_stores
from domain.case_filters import AGE_NAMES, VALUE_BANDS, Against, Age, CaseFilter
from domain.cases import (
    CASE_CLASS_NAMES,
    CASE_GROUP_NAMES,
    CASE_KIND_NAMES,
    CASE_TYPE_NAMES,
    CaseClass,
    CaseGroup,
    CaseKind,
    CaseType,
)
from domain.indicators import CATALOGUE, CountedIn

EVERY = "*"
OTHER_DAYS = "days"
EXPORT_PLACES = (ids.CASES_EXPORT_SAID, ids.CASES_EXPORT_CANCELLED, ids.CASES_EXPORT_JOBS)


def case_view(wanted: CaseFilter, path: str, shown_unit: str, opened: str, strip: str = "") -> Component:
    """Everything below the top bar. `shown_unit` is the unit of a unit's page, '' on the page of all cases; `opened` is
    the officer whose cases stand open; `strip` is '24h' for the last day by hours."""
    known = {"query": wanted.address(), "path": path, "unit": shown_unit, "open": opened[:40]}
    return html.Div(
        [
            dcc.Location(id=ids.CASES_ADDRESS, refresh="callback-nav"),
            dcc.Store(id=ids.CASES_FILTER, data=known),
            press_stores(ids.CASES_VIEW_PRESSED, ids.CASES_EXPORT_PRESSED),
            dcc.Store(id=ids.UNIT_FILTER, data={"unit": shown_unit, "strip": strip[:8]}) if shown_unit else None,
            _filters(wanted, shown_unit),
            html.Div(id=ids.CASES_CHIPS),
            html.Div([html.Div(id=each) for each in EXPORT_PLACES], className="case-exports"),
            html.Div(_loading(), id=ids.UNIT_TODAY) if shown_unit else None,
            html.Div(
                [html.Div(_loading(), id=ids.CASES_KPIS), html.Div(id=ids.CASES_CLOCKS)],
                className="kpi-row",
            ),
            html.Div(_cards(bool(shown_unit)), className="case-columns"),
            html.Section(id=ids.CASES_RESTATED, className="desk-card"),
            html.Section(_loading(), id=ids.CASES_HANDLERS, className="desk-card"),
            html.Div(
                [
                    html.Section(_loading(), id=ids.CASES_SECOND, className="desk-card") if shown_unit else None,
                    html.Section(_loading(), id=ids.CASES_MAP, className="desk-card"),
                ],
                className="case-halves" if shown_unit else None,
            ),
            html.Section(
                [html.Div(id=ids.CASES_GRID_HEAD), case_grid(ids.CASES_GRID)], className="desk-card", id="cases"
            ),
        ],
        className="desk-stack case-view",
    )


def export_buttons(wanted: CaseFilter) -> tuple[Component, Component]:
    """The list as a workbook: at once, or made in the background where it is long; a callback shows one of them."""
    link = html.A(
        "Xuất Excel", id=ids.CASES_EXPORT, href=f"/cases/export.xlsx{wanted.address()}", className="desk-button"
    )
    make = html.Button("Lập Excel", id=ids.CASES_EXPORT_MAKE, type="button", className="desk-button", hidden=True)
    return link, make


def _cards(is_unit: bool) -> list[Component]:
    """Flow, the year or the thirty days, comparison."""
    middle = ids.UNIT_STRIPS if is_unit else ids.CASES_SECOND
    return [
        html.Section(_loading(), id=place, className="desk-card")
        for place in (ids.CASES_FLOW_CARD, middle, ids.CASES_COMPARED)
    ]


def _filters(wanted: CaseFilter, shown_unit: str) -> Component:
    more = [
        _select(ids.CASES_TYPE, "Loại án", _named(CaseType, CASE_TYPE_NAMES), wanted.case_type),
        _select(ids.CASES_BAND, "Giá trị", [(band.code, band.name) for band in VALUE_BANDS.values()], wanted.band),
        _select(ids.CASES_CLASS, "Phân loại (danh sách)", _named(CaseClass, CASE_CLASS_NAMES), wanted.case_class),
        _select(ids.CASES_AREA, "Địa bàn", [], wanted.area),
        _select(ids.CASES_AGE, "Tuổi án", _named(Age, AGE_NAMES), wanted.age),
        _select(ids.CASES_GROUP, "Nhóm", _named(CaseGroup, CASE_GROUP_NAMES), wanted.group),
        _select(ids.CASES_FIGURE, "Các việc của số (danh sách)", _figures(), wanted.figure),
        *_days(wanted),
        _against(wanted),
        _saved_views(),
    ]
    # Closed, it still says what it narrows: a figure of a part must not pass for the whole.
    narrowed = wanted.without("officer", "kind").words()
    return html.Div(
        [
            _select(ids.CASES_PERIOD, "Kỳ", [], ""),
            _select(ids.CASES_UNIT, "Đơn vị", [], shown_unit or wanted.unit),
            _select(ids.CASES_OFFICER, "Chấp hành viên", [], wanted.officer),
            _select(ids.CASES_KIND, "Hình thức", _named(CaseKind, CASE_KIND_NAMES), wanted.kind),
            _switch(wanted),
            html.Details(
                [
                    html.Summary(f"Lọc: {narrowed}" if narrowed else "+ Lọc", className="desk-button"),
                    html.Div(more, className="case-more"),
                ],
                className="case-more-box is-narrowed" if narrowed else "case-more-box",
            ),
            html.Span(id=ids.CASES_NOTE, className="desk-note"),
        ],
        className="desk-filters",
    )


def _against(wanted: CaseFilter) -> Component:
    """What the period is compared with."""
    offered = [
        {"label": "Cùng kỳ năm trước", "value": EVERY},
        {"label": "Kỳ liền trước", "value": Against.PREVIOUS.value},
    ]
    select = dbc.Select(id=ids.CASES_AGAINST, options=offered, value=wanted.against or EVERY)
    return html.Label([html.Span("So với"), select], className="desk-filter")


def _days(wanted: CaseFilter) -> list[Component]:
    """Two days for a period without a name; the callback shows them only then."""
    return [
        html.Label(
            [html.Span(words), dcc.Input(id=field, type="date", value=value, debounce=True, className="form-control")],
            className="desk-filter",
        )
        for field, words, value in (
            (ids.CASES_BEGINS, "Từ ngày", wanted.begins),
            (ids.CASES_ENDS, "Đến ngày", wanted.ends),
        )
    ]


def _switch(wanted: CaseFilter) -> Component:
    """Việc or tiền: two links, so that each is an address of its own."""
    links = [
        dcc.Link(
            words,
            href=wanted.address(counted_in=value) or "?",
            className="switch-part is-current" if wanted.measure is counted_in else "switch-part",
        )
        for words, value, counted_in in (("Việc", "", CountedIn.CASES), ("Tiền", "amount", CountedIn.AMOUNT))
    ]
    return html.Div(links, className="switch", role="group")


def _saved_views() -> Component:
    return html.Div(
        [
            html.Span("Góc nhìn đã lưu", className="desk-hint"),
            html.Div(id=ids.CASES_VIEWS, className="case-saved"),
            html.Div(
                [
                    dcc.Input(
                        id=ids.CASES_VIEW_NAME,
                        type="text",
                        maxLength=60,
                        placeholder="Tên góc nhìn",
                        className="form-control",
                    ),
                    html.Button("Lưu góc nhìn", id=ids.CASES_VIEW_SAVE, type="button", className="desk-button"),
                    html.Span(id=ids.CASES_VIEW_SAID, className="desk-hint"),
                ],
                className="desk-inline",
            ),
        ],
        className="case-views",
    )


def _figures() -> list[tuple[str, str]]:
    return [
        (one.field, one.name.removesuffix(" về việc"))
        for one in CATALOGUE.values()
        if one.counted_in is CountedIn.CASES and one.unit == "việc" and one.field != "reduced"
    ]


def _named(kinds: type[CaseType | CaseClass | CaseKind | CaseGroup | Age], names: object) -> list[tuple[str, str]]:
    assert isinstance(names, dict)
    return [(kind.value, names[kind]) for kind in kinds if kind in names]


def _select(select_id: str, words: str, options: list[tuple[str, str]], value: str) -> Component:
    offered = [{"label": name, "value": code} for code, name in [(EVERY, "Tất cả"), *options]]
    return html.Label(
        [html.Span(words), dbc.Select(id=select_id, options=offered, value=value or EVERY)], className="desk-filter"
    )


def _loading() -> Component:
    return html.P("Đang tải số liệu…", className="desk-nothing")
