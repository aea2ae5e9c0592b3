"""/administration: the empty frame of users, screens and audit; later issues add their tabs here."""

from __future__ import annotations

import dash
import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from components import ids
from components.presses import press_stores
from domain.permissions import Permission
from pages._desk import desk_page

PATH = "/administration"
TABS = ("users", "screens", "audit")

dash.register_page(
    __name__,
    path=PATH,
    name="Quản trị",
    title="Quản trị",
    permission=Permission.ADMINISTER,
    group="Quản trị",
    icon="administration",
    order=90,
)


def layout(tab: str = "users", **_address: str) -> Component:
    """Three tabs; `?tab=audit` opens one of them, and `#CODE` the window that pairs the screen showing this code."""
    tabs = dbc.Tabs(
        id=ids.ADMINISTRATION_TABS,
        active_tab=tab if tab in TABS else TABS[0],
        children=[
            dbc.Tab(_users(), label="Người dùng", tab_id="users"),
            dbc.Tab(_screens(), label="Màn hình", tab_id="screens"),
            dbc.Tab(_audit(), label="Nhật ký", tab_id="audit"),
        ],
    )
    return desk_page(PATH, "Quản trị", tabs, topics=("screens", "screen_reports"))


def _users() -> Component:
    return html.Section(
        className="desk-card",
        children=[
            _toolbar(
                "Người dùng",
                html.A("Hệ thống được đọc số liệu", href=f"{PATH}/systems", className="desk-button"),
                _button(ids.USERS_ADD, "Thêm người dùng", primary=True),
            ),
            html.Div(_loading(), id=ids.USERS_LIST, className="desk-scroll"),
            html.Div(id=ids.USERS_WINDOW),
            dcc.Store(id=ids.USERS_CHANGED),
            press_stores(ids.USERS_PRESSED),
        ],
    )


def _screens() -> Component:
    return html.Section(
        className="desk-card",
        children=[
            _toolbar("Màn hình", _button(ids.SCREENS_ADD, "Ghép màn hình", primary=True)),
            html.Div(id=ids.SCREENS_ORDERED),
            html.Div(_loading(), id=ids.SCREENS_LIST, className="desk-scroll"),
            html.Div(id=ids.SCREENS_WINDOW),
            dcc.Store(id=ids.SCREENS_CHANGED),
            press_stores(ids.SCREENS_PRESSED),
            dcc.Location(id=ids.SCREENS_ADDRESS, refresh=False),
        ],
    )


def _audit() -> Component:
    buttons = [
        _button(ids.AUDIT_NEWEST, "Mới nhất"),
        _button(ids.AUDIT_OLDER, "Cũ hơn"),
        _button(ids.AUDIT_CHECK, "Kiểm tra toàn vẹn", primary=True),
    ]
    return html.Section(
        className="desk-card",
        children=[
            _toolbar("Nhật ký", *buttons),
            html.Div(id=ids.AUDIT_RESULT),
            html.Div(_loading(), id=ids.AUDIT_LIST, className="desk-scroll"),
            dcc.Store(id=ids.AUDIT_OLDEST_SHOWN),
        ],
    )


def _toolbar(title: str, *buttons: Component) -> Component:
    return html.Div([html.H2(title), *buttons], className="desk-toolbar")


def _button(button_id: str, words: str, primary: bool = False) -> Component:
    class_name = "desk-button desk-button--primary" if primary else "desk-button"
    return html.Button(words, id=button_id, className=class_name, type="button")


def _loading() -> Component:
    return html.P("Đang tải…", className="desk-nothing")
