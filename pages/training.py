"""/training: training and outreach of a year, and the equipment of the offices."""

from __future__ import annotations

import dash
import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from components import ids
from domain.permissions import Permission
from pages._desk import desk_card, desk_filter, desk_page

PATH = "/training"

dash.register_page(
    __name__,
    path=PATH,
    name="Đào tạo, thiết bị",
    title="Đào tạo và trang thiết bị",
    permission=Permission.SEE_TRAINING,
    group="Theo dõi",
    icon="training",
    order=26,
)


def layout(unit: str = "", year: str = "", **_address: str) -> Component:
    """The frame; `?unit=` and `?year=2026` say what callbacks fill it with."""
    content = html.Div(
        [
            dcc.Location(id=ids.TRAINING_ADDRESS, refresh="callback-nav"),
            dcc.Store(id=ids.TRAINING_FILTER, data={"unit": unit[:40], "year": year[:4]}),
            html.Div(
                [
                    html.H2("Đào tạo và truyền thông", className="training-group"),
                    desk_filter("Năm", dbc.Select(id=ids.TRAINING_YEAR, options=[], value=year[:4])),
                    html.A("Xuất Excel đào tạo", id=ids.TRAINING_EXPORT, className="desk-button"),
                ],
                className="desk-filters",
            ),
            html.Div(id=ids.TRAINING_FIGURES),
            desk_card("Theo đơn vị", ids.TRAINING_UNITS),
            desk_card("Buổi đào tạo, truyền thông", ids.TRAINING_SESSIONS),
            html.Div(
                [
                    html.H2("Trang thiết bị", className="training-group"),
                    html.A("Xuất Excel thiết bị", id=ids.EQUIPMENT_EXPORT, className="desk-button"),
                ],
                className="desk-filters",
            ),
            html.Div(id=ids.EQUIPMENT_FIGURES),
            desk_card("Trụ sở theo nhu cầu", ids.EQUIPMENT_UNITS),
            desk_card(
                "Sổ trang thiết bị",
                ids.EQUIPMENT_LINES,
                desk_filter("Đơn vị", dbc.Select(id=ids.TRAINING_UNIT, options=[], value=unit[:40])),
            ),
        ],
        className="desk-stack",
    )
    return desk_page(PATH, "Đào tạo và trang thiết bị", content, topics=("training", "equipment"))
