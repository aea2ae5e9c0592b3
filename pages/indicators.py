"""/indicators: the catalogue of every number; each leads to its explanation."""

from __future__ import annotations

import dash
from dash import html
from dash.development.base_component import Component

from components.explanation import catalogue_view
from domain.permissions import Permission
from pages._desk import desk_page

PATH = "/indicators"

dash.register_page(
    __name__,
    path=PATH,
    name="Danh mục chỉ tiêu",
    title="Danh mục chỉ tiêu",
    permission=Permission.SEE_CASES,
    group="Báo cáo",
    icon="indicators",
    order=78,
)


def layout(**_address: str) -> Component:
    """The whole catalogue; it is the same for everybody."""
    content = html.Section(html.Div(catalogue_view(), className="desk-scroll"), className="desk-card")
    return desk_page(PATH, "Danh mục chỉ tiêu", content)
