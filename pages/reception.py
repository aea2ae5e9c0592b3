"""/reception: the day by unit, a unit's queue, month and register, and the form of an office without a system."""

from __future__ import annotations

import dash
import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from access.current import somebody_now
from components import ids
from domain.permissions import Permission
from domain.reception import OUTCOME_NAMES, PURPOSE_NAMES, VisitOutcome, VisitPurpose
from pages._desk import desk_card, desk_filter, desk_page

PATH = "/reception"

dash.register_page(
    __name__,
    path=PATH,
    name="Tiếp công dân",
    title="Tiếp công dân",
    permission=Permission.SEE_RECEPTION,
    group="Phân tích",
    icon="reception",
    order=55,
)


def layout(unit: str = "", month: str = "", **_address: str) -> Component:
    """The frame; `?unit=` and `?month=2026-11` say what callbacks fill it with."""
    principal = somebody_now()
    may_record = principal is not None and principal.may(Permission.RECORD_RECEPTION)
    content = html.Div(
        [
            dcc.Location(id=ids.RECEPTION_ADDRESS, refresh="callback-nav"),
            dcc.Store(id=ids.RECEPTION_FILTER, data={"unit": unit[:40], "month": month[:7]}),
            html.Div(id=ids.RECEPTION_FIGURES),
            desk_card("Hôm nay theo đơn vị", ids.RECEPTION_DAY),
            html.Div(
                [
                    desk_filter("Đơn vị", dbc.Select(id=ids.RECEPTION_UNIT, options=[], value=unit[:40])),
                    desk_filter("Tháng", dbc.Select(id=ids.RECEPTION_MONTH, options=[], value=month[:7])),
                    html.A("Xuất Excel", id=ids.RECEPTION_EXPORT, className="desk-button"),
                ],
                className="desk-filters",
            ),
            _form() if may_record else None,
            desk_card("Lượt hôm nay", ids.RECEPTION_VISITS),
            desk_card("Tháng theo đơn vị", ids.RECEPTION_TABLE),
            desk_card("Sổ khiếu nại, tố cáo", ids.RECEPTION_REGISTER),
        ],
        className="desk-stack",
    )
    return desk_page(PATH, "Tiếp công dân", content, topics=("reception", "alarm_rules"))


def _form() -> Component:
    """For offices without a queue system; what is typed here counts like what a system sends."""
    purposes = [{"label": words, "value": purpose.value} for purpose, words in PURPOSE_NAMES.items()]
    outcomes = [{"label": words, "value": outcome.value} for outcome, words in OUTCOME_NAMES.items()]
    leaders = [{"label": "Không", "value": "no"}, {"label": "Có", "value": "yes"}]
    return html.Section(
        [
            html.Div(html.H2("Ghi lượt tiếp (nơi chưa có máy lấy số)"), className="desk-toolbar"),
            html.Div(
                [
                    desk_filter(
                        "Nội dung",
                        dbc.Select(id=ids.RECEPTION_PURPOSE, options=purposes, value=VisitPurpose.INFORMATION.value),
                    ),
                    desk_filter(
                        "Số người", dbc.Input(id=ids.RECEPTION_PEOPLE, type="number", value=1, min=1, max=2000)
                    ),
                    desk_filter("Lãnh đạo tiếp", dbc.Select(id=ids.RECEPTION_LEADER, options=leaders, value="no")),
                    html.Button("Lấy số, chờ", id=ids.RECEPTION_TICKET, className="desk-button", type="button"),
                    html.Button("Tiếp ngay", id=ids.RECEPTION_RECEIVE, className="desk-button", type="button"),
                ],
                className="desk-filters",
            ),
            html.Div(
                [
                    desk_filter("Lượt đang chờ, đang tiếp", dbc.Select(id=ids.RECEPTION_OPEN, options=[])),
                    html.Button("Gọi", id=ids.RECEPTION_CALL, className="desk-button", type="button"),
                    desk_filter(
                        "Kết quả",
                        dbc.Select(id=ids.RECEPTION_OUTCOME, options=outcomes, value=VisitOutcome.ANSWERED.value),
                    ),
                    html.Button("Kết thúc", id=ids.RECEPTION_END, className="desk-button", type="button"),
                ],
                className="desk-filters",
            ),
            html.Div(id=ids.RECEPTION_DONE),
        ],
        className="desk-card",
    )
