"""What a person sees at an address where no page is; Dash finds it by its file name."""

from __future__ import annotations

import dash
from dash import dcc, html
from dash.development.base_component import Component

from domain.permissions import Permission
from pages._desk import desk_page

PATH = "/not-found"

dash.register_page(__name__, path=PATH, title="Không có trang này", permission=Permission.USE_DESK)


def layout(**_address: str) -> Component:
    """Say that nothing is here and lead back."""
    words = html.Div(
        className="desk-card desk-empty",
        children=[
            html.H2("Không có trang này"),
            html.P("Địa chỉ có thể đã đổi. Chọn một trang ở cột bên trái."),
            dcc.Link("Về trang của tôi", href="/", refresh=True, className="desk-button desk-button--primary"),
        ],
    )
    return desk_page(PATH, "Không có trang này", words)
