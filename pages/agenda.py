"""/agenda: what falls due for whom, reckoned and entered; an empty frame."""

from __future__ import annotations

import dash
import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from access.current import somebody_now
from components import ids
from components.presses import press_stores
from domain.permissions import PEOPLE, ROLE_NAMES, Permission
from pages._desk import desk_card, desk_filter, desk_page

PATH = "/agenda"
TITLE = "Lịch công tác"

dash.register_page(
    __name__,
    path=PATH,
    name=TITLE,
    title=TITLE,
    permission=Permission.SEE_AGENDA,
    group="Báo cáo",
    icon="agenda",
    order=74,
)


def layout(**_address: str) -> Component:
    """The frame: the next ninety days, and the form of whoever may enter one."""
    principal = somebody_now()
    may_edit = principal is not None and principal.may(Permission.EDIT_AGENDA)
    links = [html.A("Đăng ký lịch (.ics)", href=f"{PATH}/subscribe", className="desk-button")]
    content = html.Div(
        [
            dcc.Store(id=ids.AGENDA_FILTER, data={}),
            press_stores(ids.AGENDA_PRESSED),
            desk_card("Đến hạn trong 90 ngày tới", ids.AGENDA_LIST, *links),
            _form() if may_edit else None,
        ],
        className="desk-stack",
    )
    return desk_page(PATH, TITLE, content, topics=("agenda", "observations", "programme"))


def _form() -> Component:
    roles = [{"label": "Mọi người", "value": "all"}]
    roles += [{"label": ROLE_NAMES[role], "value": role.value} for role in PEOPLE]
    return html.Section(
        [
            html.Div(html.H2("Ghi thêm một ngày"), className="desk-toolbar"),
            html.Div(
                [
                    desk_filter("Việc", dbc.Input(id=ids.AGENDA_TITLE, maxLength=160, autoComplete="off")),
                    desk_filter("Ngày", dbc.Input(id=ids.AGENDA_DAY, type="date")),
                    desk_filter("Của ai", dbc.Select(id=ids.AGENDA_ROLE, options=roles, value="all")),
                    desk_filter("Đơn vị", dbc.Select(id=ids.AGENDA_UNIT, options=[], value="all")),
                    desk_filter("Căn cứ", dbc.Input(id=ids.AGENDA_BASIS, maxLength=300, autoComplete="off")),
                    html.Button("Ghi", id=ids.AGENDA_ENTER, className="desk-button", type="button"),
                ],
                className="desk-filters",
            ),
            html.Div(id=ids.AGENDA_DONE, role="status"),
            html.Div(id=ids.AGENDA_WITHDRAWN, role="status"),
        ],
        className="desk-card",
    )
