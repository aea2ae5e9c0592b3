"""/duty: who is on duty, taking over, handing over, and every sheet that was handed over."""

from __future__ import annotations

import dash
import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from access.current import somebody_now
from components import ids
from domain.permissions import Permission
from pages._desk import desk_card, desk_filter, desk_page

PATH = "/duty"
WAITING = html.P("Đang tải…", className="desk-nothing")

dash.register_page(
    __name__,
    path=PATH,
    name="Ca trực",
    title="Ca trực",
    permission=Permission.SEE_ALARMS,
    group="Theo dõi",
    icon="duty",
    order=23,
)


def layout(sheet: str = "", **_address: str) -> Component:
    """The frame; `?sheet=` names the hand-over that is opened."""
    principal = somebody_now()
    takes = principal is not None and principal.may(Permission.TAKE_DUTY)
    content = html.Div(
        [
            dcc.Store(id=ids.DUTY_FILTER, data={"sheet": sheet[:64]}),
            _on(takes),
            html.Section(html.Div(WAITING, id=ids.DUTY_SHEET, className="desk-scroll"), className="desk-card")
            if sheet
            else None,
            _draft() if takes else None,
            desk_card("Biên bản đã bàn giao", ids.DUTY_SHEETS),
        ],
        className="desk-stack",
    )
    return desk_page(PATH, "Ca trực", content, topics=("duty", "alarms", "directives"))


def _on(takes: bool) -> Component:
    take = html.Div(
        html.Button("Nhận ca", id=ids.DUTY_TAKE, className="desk-button desk-button--primary", type="button"),
        id=ids.DUTY_TAKE_FORM,
        hidden=True,
    )
    return html.Section(
        [
            html.Div([html.H2("Đang trực"), take if takes else None], className="desk-toolbar"),
            html.Div(WAITING, id=ids.DUTY_ON, className="desk-scroll"),
            _close_form() if takes else None,
            html.Div(id=ids.DUTY_SAID) if takes else None,
        ],
        className="desk-card",
    )


def _close_form() -> Component:
    """For a colleague's shift that is overdue."""
    fields = [
        desk_filter("Ca chưa bàn giao", dbc.Select(id=ids.DUTY_CLOSE_SHIFT, options=[])),
        desk_filter(
            "Ghi chú cho ca sau; không ghi họ tên",
            dbc.Input(id=ids.DUTY_CLOSE_NOTE, type="text", maxlength=1000, class_name="duty-note"),
        ),
        html.Button("Lập biên bản thay", id=ids.DUTY_CLOSE, className="desk-button", type="button"),
    ]
    return html.Div(html.Div(fields, className="desk-filters duty-form"), id=ids.DUTY_CLOSE_FORM, hidden=True)


def _draft() -> Component:
    """The form stands beside what is drawn anew, so that a note being typed is not lost."""
    fields = [
        desk_filter(
            "Ghi chú cho ca sau; không ghi họ tên",
            dbc.Input(id=ids.DUTY_NOTE, type="text", maxlength=1000, class_name="duty-note"),
        ),
        html.Button("Bàn giao ca", id=ids.DUTY_HAND_OVER, className="desk-button desk-button--primary", type="button"),
    ]
    return html.Div(
        html.Section(
            [
                html.Div(html.H2("Bàn giao ca đang trực"), className="desk-toolbar"),
                html.Div(fields, className="desk-filters duty-form"),
                html.P("Biên bản đã bàn giao không sửa được.", className="desk-hint"),
                html.Div(WAITING, id=ids.DUTY_DRAFT, className="desk-scroll"),
            ],
            className="desk-card",
        ),
        id=ids.DUTY_FORM,
        hidden=True,
    )
