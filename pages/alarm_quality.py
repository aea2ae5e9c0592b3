"""/alarm-quality: whether the alarms can be worked: load, flood, split, waiting, rules that raise most."""

from __future__ import annotations

import dash
from dash import dcc, html
from dash.development.base_component import Component

from components import ids
from components.alarm_quality import period_links
from domain.alarm_quality import QualityPeriod
from domain.permissions import Permission
from pages._desk import desk_card, desk_page

PATH = "/alarm-quality"

dash.register_page(
    __name__,
    path=PATH,
    name="Chất lượng cảnh báo",
    title="Chất lượng cảnh báo",
    permission=Permission.SEE_ALARMS,
    group="Phân tích",
    icon="alarm-quality",
    order=68,
)


def layout(**address: str) -> Component:
    """The frame; the period in the address says what callbacks draw. It is reckoned when opened and when asked again,
    not with every alarm: thirty days are much to read."""
    period = QualityPeriod.from_address(address)
    export = html.A("Xuất Excel", href=f"{PATH}/export.xlsx?period={period.value}", className="desk-button")
    again = html.Button("Tính lại", id=ids.ALARM_QUALITY_AGAIN, className="desk-button", type="button")
    content = html.Div(
        [
            dcc.Store(id=ids.ALARM_QUALITY_FILTER, data={"period": period.value}),
            html.Div([period_links(period), again, export], className="desk-filters"),
            html.Div(html.P("Đang tải…", className="desk-nothing"), id=ids.ALARM_QUALITY_FIGURES),
            html.Div(
                [
                    html.Div(
                        [
                            desk_card("Tỷ lệ theo mức", ids.ALARM_QUALITY_SPLIT),
                            desk_card("Thời gian xử lý", ids.ALARM_QUALITY_TIMES),
                        ]
                    ),
                    desk_card("Mười quy tắc nhiều cảnh báo nhất", ids.ALARM_QUALITY_RULES),
                ],
                className="desk-columns",
            ),
            desk_card("Cảnh báo đứng lâu", ids.ALARM_QUALITY_STANDING),
        ],
        className="desk-stack",
    )
    return desk_page(PATH, "Chất lượng cảnh báo", content)
