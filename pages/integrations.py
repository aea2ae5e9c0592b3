"""/integrations: who is told outside, what they did not take, who tells us; an empty frame."""

from __future__ import annotations

import dash
from dash import html
from dash.development.base_component import Component
from flask import current_app

from access.current import somebody_now
from access.principal import Principal
from components import ids
from components.embed_desk import embed_form
from components.integrations_desk import PATH
from components.presses import press_stores
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
        senders.insert(0, html.A("Hệ thống gửi vào", href="/observations/senders", className="desk-button"))
    content = html.Div(
        [
            press_stores(ids.INTEGRATIONS_TRY_PRESSED, ids.INTEGRATIONS_REPLAY_PRESSED, ids.INTEGRATIONS_END_PRESSED),
            html.Div(id=ids.INTEGRATIONS_FIGURES),
            desk_card("Gửi ra ngoài: nơi nhận sự kiện", ids.INTEGRATIONS_RECEIVERS, *receivers),
            html.Div(id=ids.INTEGRATIONS_TRIED, role="status"),
            desk_card("Sự kiện đã thôi gửi", ids.INTEGRATIONS_DEAD),
            html.Div(id=ids.INTEGRATIONS_REPLAYED, role="status"),
            desk_card("Gửi vào đây: hệ thống và nguồn đã kết nối", ids.INTEGRATIONS_SENDERS, *senders),
            desk_card("Hỏi dữ liệu: tài khoản hệ thống", ids.INTEGRATIONS_ACCOUNTS),
            desk_card("Màn hình nhúng trong hệ thống khác", ids.INTEGRATIONS_EMBEDS),
            _embedding(principal),
            desk_card("Cho kỹ sư của hệ thống khác", ids.INTEGRATIONS_EXAMPLES),
        ],
        className="desk-stack",
    )
    return desk_page(PATH, TITLE, content, topics=("outbox", "observations"))


def _embedding(principal: Principal | None) -> Component:
    """The form of an administrator, and what came of it."""
    may_change = principal is not None and principal.may(Permission.ADMINISTER)
    origin = current_app.config.get("EMBED_ORIGIN", "")
    form = html.Section(embed_form(origin), className="desk-card") if may_change else None
    return html.Div(
        [
            form,
            html.Div(id=ids.INTEGRATIONS_EMBEDDED, role="status"),
            html.Div(id=ids.INTEGRATIONS_ENDED, role="status"),
        ],
        className="desk-stack",
    )
