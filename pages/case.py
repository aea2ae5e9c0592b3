"""/cases/ID: the life of one case, its clocks, its money."""

from __future__ import annotations

import dash
from dash import dcc, html
from dash.development.base_component import Component

from components import ids
from domain.permissions import Permission
from pages._desk import desk_page
from pages.cases import PATH

dash.register_page(
    __name__,
    path_template="/cases/<public_id>",
    name="Một việc",
    title="Việc thi hành án",
    permission=Permission.SEE_CASES,
)


def layout(public_id: str = "", **_address: str) -> Component:
    """The frame of one case; the callback fills it."""
    content = html.Div(
        [
            dcc.Store(id=ids.CASE_FILTER, data={"case": public_id[:64]}),
            html.Div(html.P("Đang tải số liệu…", className="desk-nothing"), id=ids.CASE_ONE),
        ],
        className="desk-stack",
    )
    # The callback names the decision; a screen reader hears the case, not the kind of page.
    heading = html.Span("Việc thi hành án", id=ids.CASE_NAME)
    trail = (dcc.Link("Thi hành án", href=PATH),)
    return desk_page(PATH, heading, content, topics=("cases", "alarm_rules"), trail=trail)
