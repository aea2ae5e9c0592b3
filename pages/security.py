"""/security: events of cameras, guard logs and desks, how each ended, and the form for an incident."""

from __future__ import annotations

import dash
import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from access.current import somebody_now
from components import ids
from components.security_desk import outcome_options
from domain.permissions import Permission
from domain.security import KIND_NAMES, REPORTABLE, SecurityFilter
from pages._desk import desk_card, desk_filter, desk_page

PATH = "/security"

dash.register_page(
    __name__,
    path=PATH,
    name="An ninh",
    title="An ninh",
    permission=Permission.SEE_SECURITY,
    group="Phân tích",
    icon="security",
    order=65,
)

DAYS = (("1", "Hôm nay"), ("7", "7 ngày"), ("30", "30 ngày"))


def layout(event: str = "", **address: str) -> Component:
    """The frame; the filter in the address and `?event=` say what callbacks fill it with."""
    wanted = SecurityFilter.from_address(address)
    principal = somebody_now()
    may_record = principal is not None and principal.may(Permission.RECORD_SECURITY)
    days = [{"label": words, "value": value} for value, words in DAYS]
    known = {"unit": wanted.unit, "kind": wanted.kind, "days": str(wanted.days), "event": event[:64]}
    content = html.Div(
        [
            dcc.Location(id=ids.SECURITY_ADDRESS, refresh="callback-nav"),
            dcc.Store(id=ids.SECURITY_FILTER, data=known),
            html.Div(
                [
                    desk_filter("Đơn vị", dbc.Select(id=ids.SECURITY_UNIT, options=[], value=wanted.unit or "*")),
                    desk_filter("Loại", dbc.Select(id=ids.SECURITY_KIND, options=[], value=wanted.kind or "*")),
                    desk_filter("Thời gian", dbc.Select(id=ids.SECURITY_DAYS, options=days, value=str(wanted.days))),
                    html.A(
                        "Xuất Excel",
                        id=ids.SECURITY_EXPORT,
                        href=f"{PATH}/export.xlsx{wanted.address()}",
                        className="desk-button",
                    ),
                ],
                className="desk-filters",
            ),
            html.Div(id=ids.SECURITY_FIGURES),
            _incident_form() if may_record else None,
            _event_card(may_record and bool(event)),
            desk_card("Danh sách", ids.SECURITY_LIST),
        ],
        className="desk-stack",
    )
    return desk_page(PATH, "An ninh", content, topics=("security",))


def _event_card(may_end: bool) -> Component:
    """The form stands beside what is drawn anew, so that a choice is not lost when something else happens."""
    outcomes = dbc.Select(id=ids.SECURITY_OUTCOME, options=outcome_options())
    button = html.Button("Ghi kết quả", id=ids.SECURITY_END, className="desk-button", type="button")
    return html.Section(
        [
            html.Div(html.H2("Chi tiết sự kiện"), className="desk-toolbar"),
            html.Div(html.P("Đang tải…", className="desk-nothing"), id=ids.SECURITY_ONE),
            html.Div([desk_filter("Kết quả xử lý", outcomes), button], className="desk-filters") if may_end else None,
            html.Div(id=ids.SECURITY_ENDED),
        ],
        className="desk-card",
    )


def _incident_form() -> Component:
    kinds = [{"label": KIND_NAMES[kind], "value": kind.value} for kind in REPORTABLE]
    when = dbc.Input(id=ids.INCIDENT_WHEN, type="text", maxlength=20, placeholder="08:27 24/11/2026")
    note = dbc.Input(id=ids.INCIDENT_NOTE, type="text", maxlength=300, class_name="desk-wide")
    outcomes = dbc.Select(id=ids.INCIDENT_OUTCOME, options=outcome_options(), value="open")
    return html.Section(
        [
            html.Div(html.H2("Ghi một sự kiện"), className="desk-toolbar"),
            html.Div(
                [
                    desk_filter("Thời điểm", when),
                    desk_filter("Đơn vị", dbc.Select(id=ids.INCIDENT_UNIT, options=[])),
                    desk_filter("Loại", dbc.Select(id=ids.INCIDENT_KIND, options=kinds)),
                    desk_filter("Kết quả", outcomes),
                    desk_filter("Ghi chú nội bộ, không ghi họ tên", note),
                    html.Button("Ghi sự kiện", id=ids.INCIDENT_RECORD, className="desk-button", type="button"),
                ],
                className="desk-filters",
            ),
            html.Div(id=ids.INCIDENT_RECORDED),
        ],
        className="desk-card",
    )
