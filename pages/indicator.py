"""/indicators/ID: one number explained, under the filter that stands in the address."""

from __future__ import annotations

import dash
from dash import dcc, html
from dash.development.base_component import Component

from components import ids
from domain.case_filters import CaseFilter
from domain.permissions import Permission
from pages._desk import desk_page
from pages.indicators import PATH

dash.register_page(
    __name__,
    path_template="/indicators/<indicator>",
    name="Một chỉ tiêu",
    title="Giải thích con số",
    permission=Permission.SEE_CASES,
)


def layout(indicator: str = "", **address: str) -> Component:
    """The frame; the callback fills it."""
    wanted = CaseFilter.from_address(address)
    known = {"indicator": indicator[:60], "query": wanted.address(), "since": address.get("since", "")[:4]}
    content = html.Div(
        [
            dcc.Store(id=ids.INDICATOR_FILTER, data=known),
            html.Div(html.P("Đang tải số liệu…", className="desk-nothing"), id=ids.INDICATOR_ONE),
        ],
        className="desk-stack",
    )
    trail = (dcc.Link("Danh mục chỉ tiêu", href=PATH),)
    return desk_page(PATH, "Giải thích con số", content, topics=("cases", "alarm_rules"), trail=trail)
