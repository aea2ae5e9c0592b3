"""/console: the alarms that need a person, one of them in full, and what stands around it."""

from __future__ import annotations

import dash
import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from access.current import somebody_now
from components import ids
from components.attributes import data
from components.console_answers import answer_bar, call_row, key_hints, note_box, picked_banner, sound_button
from components.presses import press_stores
from domain.console import PATH, ConsoleFilter
from domain.permissions import Permission
from pages._desk import desk_page

dash.register_page(
    __name__,
    path=PATH,
    name="Cảnh báo",
    title="Cảnh báo",
    permission=Permission.SEE_ALARMS,
    group="Theo dõi",
    icon="alarms",
    order=20,
)


def layout(**address: str) -> Component:
    """The frame of three columns. What a person types stands beside what is drawn anew, so that nothing typed is lost;
    without the right to answer there is nothing to type into."""
    wanted = ConsoleFilter.from_address(address)
    principal = somebody_now()
    # Nobody asks when Dash itself looks at the page: it is then shown every part there is.
    may_answer = principal is None or principal.may(Permission.ANSWER_ALARMS)
    content = html.Div(
        [
            dcc.Store(id=ids.CONSOLE_FILTER, data={"tab": wanted.tab.value, "alarm": wanted.alarm}),
            dcc.Store(id=ids.CONSOLE_SEEN),
            dcc.Store(id=ids.CONSOLE_PICKED),
            press_stores(ids.CONSOLE_PRESSED),
            html.Div(
                [html.Div(id=ids.CONSOLE_HEAD), html.Div(id=ids.CONSOLE_DUTY, role="status"), sound_button()],
                className="console-head",
            ),
            html.Div([_list(may_answer), _detail(may_answer), _context()], className="console-columns"),
        ],
        className="console",
    )
    return desk_page(
        PATH, "Cảnh báo", content, topics=("alarm_rules", "alarms", "cameras", "cases", "duty", "field_reports")
    )


def _list(may_answer: bool) -> Component:
    search = dbc.Input(id=ids.CONSOLE_SEARCH, type="search", maxlength=80, placeholder="Tìm cảnh báo, đơn vị")
    return html.Section(
        [
            html.Nav(id=ids.CONSOLE_TABS, className="console-tabs", **{"aria-label": "Ngăn cảnh báo"}),
            html.Label(
                [html.Span("Tìm trong danh sách", className="console-unseen"), search], className="console-search"
            ),
            html.Div(id=ids.CONSOLE_MAINTENANCE, role="status"),
            html.Div(id=ids.CONSOLE_TERMS, role="status"),
            html.Div(html.P("Đang tải…", className="desk-nothing"), id=ids.CONSOLE_LIST, className="console-rows"),
            key_hints(may_answer),
        ],
        className="desk-card console-list",
        **{"aria-label": "Danh sách cảnh báo"},
    )


def _detail(may_answer: bool) -> Component:
    return html.Section(
        [
            html.Div(html.P("Đang tải…", className="desk-nothing console-none"), id=ids.CONSOLE_ONE),
            picked_banner() if may_answer else None,
            answer_bar() if may_answer else None,
            html.Div(id=ids.CONSOLE_SAID, role="status") if may_answer else None,
            html.Div(id=ids.CONSOLE_FACTS),
            call_row() if may_answer else None,
            html.Div(id=ids.CONSOLE_LIFE),
            note_box() if may_answer else None,
        ],
        className="desk-card console-detail",
        **{"aria-label": "Chi tiết cảnh báo"} | data(console="detail"),
    )


def _context() -> Component:
    return html.Aside(
        [
            html.Div(id=ids.CONSOLE_CONTEXT),
            html.Div(id=ids.CONSOLE_MAP),
            html.Div(id=ids.CONSOLE_TRIAGED, role="status"),
            html.Div(id=ids.CONSOLE_TRIAGE),
        ],
        className="console-context",
        **{"aria-label": "Bối cảnh"},
    )
