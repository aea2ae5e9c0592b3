"""/attendance: the day by unit, one unit's people by code, their month, and the correction of a day."""

from __future__ import annotations

import dash
import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from access.current import somebody_now
from components import ids
from domain.attendance import SAYABLE, STATUS_NAMES
from domain.permissions import Permission
from pages._desk import desk_card, desk_filter, desk_page

PATH = "/attendance"

dash.register_page(
    __name__,
    path=PATH,
    name="Chấm công",
    title="Chấm công",
    permission=Permission.SEE_ATTENDANCE,
    group="Phân tích",
    icon="attendance",
    order=50,
)


def layout(unit: str = "", month: str = "", **_address: str) -> Component:
    """The frame; `?unit=` and `?month=2026-11` say what callbacks fill it with."""
    principal = somebody_now()
    may_correct = principal is not None and principal.may(Permission.CORRECT_ATTENDANCE)
    content = html.Div(
        [
            dcc.Location(id=ids.ATTENDANCE_ADDRESS, refresh="callback-nav"),
            dcc.Store(id=ids.ATTENDANCE_FILTER, data={"unit": unit[:40], "month": month[:7]}),
            desk_card("Hôm nay theo đơn vị", ids.ATTENDANCE_DAY),
            html.Div(
                [
                    desk_filter("Đơn vị", dbc.Select(id=ids.ATTENDANCE_UNIT, options=[], value=unit[:40])),
                    desk_filter("Tháng", dbc.Select(id=ids.ATTENDANCE_MONTH, options=[], value=month[:7])),
                    html.A("Xuất Excel", id=ids.ATTENDANCE_EXPORT, className="desk-button"),
                ],
                className="desk-filters",
            ),
            desk_card("Cán bộ hôm nay, theo mã", ids.ATTENDANCE_PEOPLE),
            desk_card("Bảng tháng", ids.ATTENDANCE_TABLE),
            desk_card("Tham gia xử lý phản ánh, 30 ngày", ids.ATTENDANCE_REPORTS),
            _correction() if may_correct else None,
        ],
        className="desk-stack",
    )
    return desk_page(PATH, "Chấm công", content, topics=("attendance", "field_reports"))


def _correction() -> Component:
    statuses = [{"label": STATUS_NAMES[status], "value": status.value} for status in SAYABLE]
    return html.Section(
        [
            html.Div(html.H2("Điều chỉnh một ngày"), className="desk-toolbar"),
            html.Div(
                [
                    desk_filter("Mã", dbc.Select(id=ids.ATTENDANCE_CODE, options=[])),
                    desk_filter("Ngày (dd/mm/yyyy)", dbc.Input(id=ids.ATTENDANCE_ON, type="text", maxlength=10)),
                    desk_filter("Tình trạng", dbc.Select(id=ids.ATTENDANCE_STATUS, options=statuses)),
                    desk_filter("Lý do", dbc.Input(id=ids.ATTENDANCE_REASON, type="text", maxlength=300)),
                    html.Button("Điều chỉnh", id=ids.ATTENDANCE_CORRECT, className="desk-button", type="button"),
                ],
                className="desk-filters",
            ),
            html.Div(id=ids.ATTENDANCE_CORRECTED),
        ],
        className="desk-card",
    )
