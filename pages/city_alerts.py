"""/city-alerts: what the city's monitoring centre warns of, on an axis of time, on the map, in a list."""

from __future__ import annotations

import dash
from dash import dcc, html
from dash.development.base_component import Component

from access.current import somebody_now
from components import ids
from components.city_alert_desk import PATH
from domain.permissions import Permission
from pages._desk import desk_card, desk_page

TITLE = "Cảnh báo của thành phố"

dash.register_page(
    __name__,
    path=PATH,
    name="Thành phố cảnh báo",
    title=TITLE,
    permission=Permission.SEE_ALARMS,
    group="Theo dõi",
    icon="city-alerts",
    order=21,
)


def layout(alert: str = "", **_address: str) -> Component:
    """The frame; `?alert=` says which one is open."""
    principal = somebody_now()
    links = []
    if principal is not None and principal.may(Permission.ADMINISTER):
        links.append(
            html.A("Kết nối danh sách CAP", href="/sources/connect?source=city_alerts", className="desk-button")
        )
        links.append(html.A("Hệ thống gửi vào", href="/observations/senders", className="desk-button"))
    content = html.Div(
        [
            dcc.Store(id=ids.CITY_ALERTS_FILTER, data={"alert": alert[:64]}),
            html.Div(id=ids.CITY_ALERTS_FIGURES),
            desk_card("Theo thời gian", ids.CITY_ALERTS_AXIS, *links),
            html.Div(
                [desk_card("Bản tin", ids.CITY_ALERTS_ONE), desk_card("Bản đồ", ids.CITY_ALERTS_MAP)],
                className="alert-pair",
            ),
            desk_card("Bản tin trong 30 ngày", ids.CITY_ALERTS_LIST),
        ],
        className="desk-stack",
    )
    return desk_page(PATH, TITLE, content, topics=("city_alerts",))
