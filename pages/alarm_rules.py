"""/alarm-rules: rules and limits of alarms, announced work and dated terms, each from a day on and with a reason."""

from __future__ import annotations

import dash
import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from components import ids
from components.presses import press_stores
from domain.permissions import Permission
from pages._desk import desk_card, desk_filter, desk_page

PATH = "/alarm-rules"
TABS = ("rules", "limits", "maintenance", "terms")

dash.register_page(
    __name__,
    path=PATH,
    name="Quy tắc cảnh báo",
    title="Quy tắc cảnh báo",
    permission=Permission.EDIT_ALARM_RULES,
    group="Quản trị",
    icon="alarms",
    order=91,
)


def layout(tab: str = "rules", **_address: str) -> Component:
    """Four tabs; `?tab=terms` opens one of them. The window for a change is drawn by a callback."""
    rules = [desk_card("Quy tắc", ids.RULES_LIST), desk_card("Thay đổi đã ghi", ids.RULES_HISTORY)]
    limits = [desk_card("Ngưỡng", ids.RULES_LIMITS), desk_card("Thay đổi đã ghi", ids.RULES_LIMIT_HISTORY)]
    terms = [desk_card("Thời hạn luật định", ids.RULES_TERMS), desk_card("Đã nhập", ids.RULES_TERM_HISTORY)]
    tabs = dbc.Tabs(
        id=ids.RULES_TABS,
        active_tab=tab if tab in TABS else TABS[0],
        children=[
            dbc.Tab(html.Div(rules, className="desk-stack"), label="Quy tắc", tab_id="rules"),
            dbc.Tab(html.Div(limits, className="desk-stack"), label="Ngưỡng", tab_id="limits"),
            dbc.Tab(html.Div(_maintenance(), className="desk-stack"), label="Lịch bảo trì", tab_id="maintenance"),
            dbc.Tab(html.Div(terms, className="desk-stack"), label="Thời hạn luật định", tab_id="terms"),
        ],
    )
    presses = press_stores(ids.RULES_PRESSED, ids.MAINTENANCE_PRESSED)
    content = html.Div([presses, html.Div(id=ids.RULES_SAVED), tabs, html.Div(id=ids.RULES_WINDOW)])
    return desk_page(PATH, "Quy tắc cảnh báo", content, topics=("alarm_rules",))


def _maintenance() -> list[Component]:
    """The form stands beside what is drawn anew, so that words being typed are not lost."""
    moment = {"type": "text", "maxlength": 16, "autocomplete": "off"}
    form = [
        desk_filter("Đơn vị", dbc.Select(id=ids.MAINTENANCE_UNIT, options=[], value="*")),
        desk_filter("Nguồn hoặc loại cảnh báo", dbc.Select(id=ids.MAINTENANCE_WHAT, options=[])),
        desk_filter(
            "Từ; để trống là ngay", dbc.Input(id=ids.MAINTENANCE_BEGINS, placeholder="08:00 30/11/2026", **moment)
        ),
        desk_filter("Đến", dbc.Input(id=ids.MAINTENANCE_ENDS, placeholder="11:30 30/11/2026", **moment)),
        desk_filter(
            "Lý do, không ghi họ tên",
            dbc.Input(
                id=ids.MAINTENANCE_REASON, type="text", maxlength=160, autocomplete="off", class_name="desk-wide"
            ),
        ),
        html.Button("Đặt lịch", id=ids.MAINTENANCE_ANNOUNCE, className="desk-button", type="button"),
    ]
    announce = html.Section(
        [
            html.Div(html.H2("Đặt lịch bảo trì"), className="desk-toolbar"),
            html.Div(form, className="desk-filters"),
            html.Div(id=ids.MAINTENANCE_RESULT),
        ],
        className="desk-card",
    )
    return [
        announce,
        desk_card("Đang và sắp bảo trì", ids.MAINTENANCE_LIST),
        desk_card("Đã kết thúc", ids.MAINTENANCE_PAST),
    ]
