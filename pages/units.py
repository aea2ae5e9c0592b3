"""/units: every unit the person may see, beside each other, and the way to each."""

from __future__ import annotations

import dash
from dash import dcc, html
from dash.development.base_component import Component

from components import ids
from domain.permissions import Permission
from pages._desk import desk_card, desk_page

PATH = "/units"

dash.register_page(
    __name__,
    path=PATH,
    name="Đơn vị",
    title="Đơn vị",
    permission=Permission.SEE_CASES,
    group="Theo dõi",
    icon="units",
    order=15,
)


def layout(**_address: str) -> Component:
    """The frame; the callback fills it."""
    content = html.Div(
        [dcc.Store(id=ids.UNITS_FILTER), desk_card("Các đơn vị", ids.UNITS_LIST)], className="desk-stack"
    )
    return desk_page(PATH, "Đơn vị", content, topics=("cases", "field_reports", "attendance", "cameras", "alarms"))
