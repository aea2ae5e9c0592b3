"""/programme: the pledges of the plan, each with target, where we stand, since when and on what; an empty frame."""

from __future__ import annotations

import dash
import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from access.current import somebody_now
from components import ids
from domain.permissions import Permission
from pages._desk import desk_card, desk_filter, desk_page

PATH = "/programme"
TITLE = "Cam kết của Đề án"

dash.register_page(
    __name__,
    path=PATH,
    name=TITLE,
    title=TITLE,
    permission=Permission.SEE_PROGRAMME,
    group="Theo dõi",
    icon="programme",
    order=18,
)


def layout(pledge: str = "", **_address: str) -> Component:
    """The frame; `?pledge=` opens one."""
    principal = somebody_now()
    may_decide = principal is not None and principal.may(Permission.DECIDE_TARGETS)
    detail = desk_card("Một cam kết theo đơn vị", ids.PROGRAMME_DETAIL)
    content = html.Div(
        [
            dcc.Store(id=ids.PROGRAMME_FILTER, data={"pledge": pledge[:64]}),
            html.Div(id=ids.PROGRAMME_COUNTS),
            *([detail] if pledge else []),
            _form() if may_decide and pledge else None,
            desk_card(
                "Từng cam kết",
                ids.PROGRAMME_PLEDGES,
                dcc.Link("Nhập số liệu khảo sát", href="/observations?system=-", className="desk-button"),
                html.A("Xuất Excel", href=f"{PATH}/export.xlsx", className="desk-button"),
            ),
            *([] if pledge else [detail]),
        ],
        className="desk-stack",
    )
    return desk_page(PATH, TITLE, content, topics=("programme", "observations", "cameras", "reception", "attendance"))


def _form() -> Component:
    """A target changes from a day on, with its reason; what held before stays on record."""
    return html.Section(
        [
            html.Div(html.H2("Đặt mức của cam kết này"), className="desk-toolbar"),
            html.Div(
                [
                    desk_filter("Mức, % (để trống: không nêu)", dbc.Input(id=ids.PROGRAMME_TARGET, maxLength=8)),
                    desk_filter("Từ ngày", dbc.Input(id=ids.PROGRAMME_FROM, type="date")),
                    desk_filter("Căn cứ", dbc.Input(id=ids.PROGRAMME_REASON, maxLength=300)),
                    html.Button("Đặt mức", id=ids.PROGRAMME_DECIDE, className="desk-button", type="button"),
                ],
                className="desk-filters",
            ),
            html.Div(id=ids.PROGRAMME_DECIDED, role="status"),
        ],
        className="desk-card",
    )
