"""/observations: figures by indicator, unit and period that other software, sheets or clerks state; an empty frame."""

from __future__ import annotations

import dash
import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from access.current import somebody_now
from access.principal import Principal
from components import ids
from domain.permissions import Permission
from pages._desk import desk_card, desk_filter, desk_page

PATH = "/observations"
TITLE = "Số liệu theo kỳ"

dash.register_page(
    __name__,
    path=PATH,
    name=TITLE,
    title=TITLE,
    permission=Permission.SEE_PROGRAMME,
    group="Báo cáo",
    icon="observations",
    order=72,
)


def layout(system: str = "", indicator: str = "", **_address: str) -> Component:
    """The frame; `?system=` and `?indicator=` say what callbacks fill it with."""
    principal = somebody_now()
    links = [html.A("Xuất Excel", id=ids.OBSERVATIONS_EXPORT, className="desk-button")]
    if principal is not None and principal.unit is None and principal.may(Permission.RECORD_OBSERVATIONS):
        links.append(html.A("Gửi tệp", href="/sources/upload", className="desk-button"))
    if principal is not None and principal.may(Permission.ADMINISTER):
        links.append(html.A("Thêm chỉ tiêu", href=f"{PATH}/indicators", className="desk-button"))
        links.append(html.A("Hệ thống gửi số liệu", href=f"{PATH}/senders", className="desk-button"))
    content = html.Div(
        [
            dcc.Location(id=ids.OBSERVATIONS_ADDRESS, refresh="callback-nav"),
            dcc.Store(id=ids.OBSERVATIONS_FILTER, data={"system": system[:64], "indicator": indicator[:64]}),
            html.Div(
                [
                    desk_filter("Phần mềm", dbc.Select(id=ids.OBSERVATIONS_SYSTEM, options=[])),
                    desk_filter("Chỉ tiêu", dbc.Select(id=ids.OBSERVATIONS_INDICATOR, options=[])),
                    *links,
                ],
                className="desk-filters",
            ),
            desk_card("Chỉ tiêu", ids.OBSERVATIONS_LIST),
            desk_card("Theo đơn vị, theo kỳ", ids.OBSERVATIONS_UNITS),
            _form(principal),
        ],
        className="desk-stack",
    )
    return desk_page(PATH, TITLE, content, topics=("observations", "periods"))


def _form(principal: Principal | None) -> Component | None:
    """What no software states is typed here, one figure at a time; the person's name and the time stay with it."""
    if principal is None or not principal.may(Permission.RECORD_OBSERVATIONS):
        return None

    def number(words: str, place: str) -> Component:
        return desk_filter(words, dbc.Input(id=place, type="text", maxLength=30, autoComplete="off"))

    return html.Section(
        [
            html.Div(html.H2("Nhập một số liệu (nơi chưa có phần mềm gửi)"), className="desk-toolbar"),
            html.Div(
                [
                    desk_filter("Chỉ tiêu", dbc.Select(id=ids.OBSERVATIONS_ENTRY_INDICATOR, options=[])),
                    desk_filter("Đơn vị", dbc.Select(id=ids.OBSERVATIONS_ENTRY_UNIT, options=[])),
                    number("Kỳ", ids.OBSERVATIONS_ENTRY_PERIOD),
                    number("Tử số", ids.OBSERVATIONS_ENTRY_NUMERATOR),
                    number("Mẫu số", ids.OBSERVATIONS_ENTRY_DENOMINATOR),
                    number("Giá trị", ids.OBSERVATIONS_ENTRY_VALUE),
                    html.Button("Lưu số liệu", id=ids.OBSERVATIONS_ENTRY_SAVE, className="desk-button", type="button"),
                ],
                className="desk-filters",
            ),
            html.Div(id=ids.OBSERVATIONS_ENTRY_DONE, role="status"),
        ],
        className="desk-card",
    )
