"""/cameras: how each camera stands, its ladder, its month; one picture for a moment for who may look, kept nowhere."""

from __future__ import annotations

import dash
import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from access.current import somebody_now
from components import ids
from components.attributes import data
from domain.permissions import Permission
from pages._desk import desk_card, desk_filter, desk_page

PATH = "/cameras"
WHY = "Lý do (bắt buộc với nơi tiếp dân, nơi hạn chế)"

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
    principal = somebody_now()
    may_look = principal is not None and principal.may(Permission.LOOK_AT_CAMERAS)
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
            desk_card("Chi tiết camera", ids.CAMERAS_ONE),
            _still(camera) if camera and may_look else None,
            desk_card("Danh sách", ids.CAMERAS_LIST),
        ],
        className="desk-stack",
    )
    return desk_page(PATH, "Camera", content, topics=("cameras",))


def _still(camera: str) -> Component:
    """What assets/33_still.js asks with and shows in."""
    reason = dbc.Input(id=ids.CAMERAS_REASON, type="text", maxlength=200, class_name="desk-wide")
    button = html.Button("Xem ảnh hiện tại", type="button", className="desk-button", **data(**{"still-part": "button"}))
    words = "Mỗi lần xem là một dòng nhật ký; ảnh có tên người xem, không lưu, tự ẩn sau 30 giây."
    return html.Section(
        [
            html.Div(html.H2("Ảnh hiện tại"), className="desk-toolbar"),
            html.Div(
                [desk_filter("Lý do (bắt buộc với nơi tiếp dân, nơi hạn chế)", reason), button],
                className="desk-filters",
            ),
            html.P(words, className="desk-faint", **data(**{"still-part": "words"})),
            html.Div(className="still-box", **data(**{"still-part": "box"})),
        ],
        className="desk-card",
        **data(still=camera),
    )
