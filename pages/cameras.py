"""/cameras: how every camera stands, its ladder and its month; no picture is shown or kept."""

from __future__ import annotations

import dash
import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from components import ids
from domain.permissions import Permission
from pages._desk import desk_card, desk_filter, desk_page

PATH = "/cameras"

dash.register_page(
    __name__,
    path=PATH,
    name="Camera",
    title="Camera",
    permission=Permission.SEE_CAMERAS,
    group="Phân tích",
    icon="cameras",
    order=60,
)


def layout(unit: str = "", camera: str = "", **_address: str) -> Component:
    """The frame; `?unit=` and `?camera=` say what callbacks fill it with."""
    unit, camera = unit[:40], camera[:64]
    export = f"{PATH}/export.xlsx{f'?unit={unit}' if unit else ''}"
    content = html.Div(
        [
            dcc.Location(id=ids.CAMERAS_ADDRESS, refresh="callback-nav"),
            dcc.Store(id=ids.CAMERAS_FILTER, data={"unit": unit, "camera": camera}),
            html.Div(
                [
                    desk_filter("Đơn vị", dbc.Select(id=ids.CAMERAS_UNIT, options=[], value=unit or "*")),
                    html.A("Xuất Excel", href=export, className="desk-button"),
                ],
                className="desk-filters",
            ),
            html.Div(id=ids.CAMERAS_FIGURES),
            desk_card("Một camera", ids.CAMERAS_ONE),
            desk_card("Danh sách", ids.CAMERAS_LIST),
        ],
        className="desk-stack",
    )
    return desk_page(PATH, "Camera", content, topics=("cameras",))
