"""/software-systems/CODE: one software of the sector; an empty frame."""

from __future__ import annotations

import dash
from dash import dcc, html
from dash.development.base_component import Component

from access.current import somebody_now
from components import ids
from components.software_desk import PATH
from domain.permissions import Permission
from pages._desk import desk_card, desk_page
from pages.software_systems import TOPICS

# The one software whose money the cases keep too.
ACCOUNTING = "accounting"

dash.register_page(
    __name__,
    path_template="/software-systems/<code>",
    name="Một phần mềm",
    title="Phần mềm của ngành",
    permission=Permission.SEE_SOFTWARE,
)


def layout(code: str = "", **_address: str) -> Component:
    """The frame of one system; what is in it is the callbacks' question."""
    principal = somebody_now()
    beside = ()
    if principal is not None and principal.may(Permission.ANSWER_ALARMS):
        beside = (html.Button("Thử ngay", id=ids.SOFTWARE_TRY, className="desk-button", type="button"),)
    content = html.Div(
        [
            dcc.Store(id=ids.SOFTWARE_FILTER, data={"system": code[:40]}),
            html.Div(id=ids.SOFTWARE_TRIED),
            desk_card("Phần mềm", ids.SOFTWARE_ONE),
            desk_card("Phép kiểm tra", ids.SOFTWARE_PROBES),
            desk_card("Số liệu của phần mềm theo đơn vị", ids.SOFTWARE_STATED),
            *([_agreement()] if code == ACCOUNTING else []),
            html.Div(
                [
                    desk_card("Sẵn sàng theo tháng", ids.SOFTWARE_MONTHS),
                    desk_card("Các lần gián đoạn trong 12 tháng", ids.SOFTWARE_OUTAGES),
                ],
                className="desk-columns",
            ),
        ],
        className="desk-stack",
    )
    heading = html.Span(code, id=ids.SOFTWARE_NAME)
    trail = (dcc.Link("Phần mềm của ngành", href=PATH),)
    return desk_page(PATH, heading, content, topics=(*TOPICS, "cases"), trail=trail, beside=beside)


def _agreement() -> Component:
    return desk_card("Đối chiếu với tiền trong hồ sơ án", ids.SOFTWARE_AGREEMENT)
