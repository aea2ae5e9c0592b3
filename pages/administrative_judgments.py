"""/administrative-judgments: what units monitor of judgments against public bodies, the year's flow, the clocks."""

from __future__ import annotations

import dash
import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from components import ids
from components.administrative_judgment_desk import PATH, SHOWING_NAMES
from domain.administrative_judgments import JudgmentFilter
from domain.permissions import Permission
from pages._desk import desk_card, desk_filter, desk_page

HEADING = "Theo dõi thi hành án hành chính"
TOPICS = ("administrative_judgments", "alarm_rules")
WAITING = html.P("Đang tải…", className="desk-nothing")
EVERY = "*"

dash.register_page(
    __name__,
    path=PATH,
    name="Án hành chính",
    title="Án hành chính",
    permission=Permission.SEE_ADMINISTRATIVE_JUDGMENTS,
    group="Theo dõi",
    icon="administrative-judgments",
    order=23,
)


def layout(judgment: str = "", **address: str) -> Component:
    """The frame; the filter in the address and `?judgment=` say what callbacks draw."""
    wanted = JudgmentFilter.from_address(address)
    known = {"query": wanted.address(), "judgment": judgment[:64]}
    showing = [{"label": words, "value": each.value} for each, words in SHOWING_NAMES.items()]
    year = str(wanted.year or "")
    filters = [
        desk_filter("Đơn vị", dbc.Select(id=ids.JUDGMENTS_UNIT, options=[], value=wanted.unit or EVERY)),
        desk_filter("Năm thống kê", dbc.Select(id=ids.JUDGMENTS_YEAR, options=[], value=year)),
        desk_filter("Danh sách", dbc.Select(id=ids.JUDGMENTS_SHOWING, options=showing, value=wanted.showing.value)),
        html.Div(id=ids.JUDGMENTS_EXPORTS, className="form-exports"),
    ]
    content = html.Div(
        [
            dcc.Location(id=ids.JUDGMENTS_ADDRESS, refresh="callback-nav"),
            dcc.Store(id=ids.JUDGMENTS_FILTER, data=known),
            html.Div(filters, className="desk-filters"),
            html.Div(WAITING, id=ids.JUDGMENTS_FIGURES),
            html.Div(id=ids.JUDGMENTS_ONE),
            desk_card("Từ theo dõi đến thi hành xong", ids.JUDGMENTS_FLOW),
            desk_card("Theo đơn vị", ids.JUDGMENTS_TABLE),
            desk_card("Danh sách bản án", ids.JUDGMENTS_LIST),
        ],
        className="desk-stack judgments",
    )
    return desk_page(PATH, HEADING, content, topics=TOPICS)
