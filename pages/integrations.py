"""/integrations: who is told outside, what they did not take, who tells us; an empty frame."""

from __future__ import annotations

import dash
from dash import html
from dash.development.base_component import Component

from access.current import somebody_now
from components import ids
from components.integrations_desk import PATH
from domain.permissions import Permission
from pages._desk import desk_card, desk_page

TITLE = "Liên thông"

dash.register_page(
    __name__,
    path=PATH,
    name=TITLE,
    title=TITLE,
    permission=Permission.SEE_SOURCES,
    group="Quản trị",
    icon="integrations",
    order=82,
)


def layout(**_address: str) -> Component:
    """Figures, four tables, examples; an administrator finds the form of the receivers."""
    principal = somebody_now()
    receivers, senders = [], [html.A("Nguồn dữ liệu", href="/sources", className="desk-button")]
    if principal is not None and principal.may(Permission.ADMINISTER):
        receivers.append(html.A("Đăng ký, đổi khóa, dừng", href=f"{PATH}/receivers", className="desk-button"))
        senders.insert(0, html.A("Hệ thống gửi số liệu", href="/observations/senders", className="desk-button"))
    content = html.Div(
        [
            html.Div(id=ids.INTEGRATIONS_FIGURES),
            desk_card("Gửi ra ngoài: nơi nhận sự kiện", ids.INTEGRATIONS_RECEIVERS, *receivers),
            html.Div(id=ids.INTEGRATIONS_TRIED, role="status"),
            desk_card("Sự kiện đã thôi gửi", ids.INTEGRATIONS_DEAD),
            html.Div(id=ids.INTEGRATIONS_REPLAYED, role="status"),
            desk_card("Gửi vào đây: hệ thống và nguồn đã kết nối", ids.INTEGRATIONS_SENDERS, *senders),
            desk_card("Hỏi dữ liệu: tài khoản hệ thống", ids.INTEGRATIONS_ACCOUNTS),
            desk_card("Cho kỹ sư của hệ thống khác", ids.INTEGRATIONS_EXAMPLES),
        ],
        className="desk-stack",
    )
    return desk_page(PATH, TITLE, content, topics=("outbox", "observations"))
