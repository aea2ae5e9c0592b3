"""/deadlines: every statutory clock that runs, by unit, by day and by việc; the filter stands in the address."""

from __future__ import annotations

import dash
import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from components import ids
from components.deadline_radar import WINDOW_NAMES, clock_title
from domain.deadline_radar import ClockFilter
from domain.deadlines import Clock
from domain.permissions import Permission
from pages._desk import desk_card, desk_filter, desk_page

PATH = "/deadlines"
EVERY = "*"
WAITING = html.P("Đang tải…", className="desk-nothing")

dash.register_page(
    __name__,
    path=PATH,
    name="Thời hạn",
    title="Thời hạn luật định",
    permission=Permission.SEE_CASES,
    group="Phân tích",
    icon="deadlines",
    order=32,
)


def layout(**address: str) -> Component:
    """The frame; callbacks fill it from the filter, which is the address and nothing else."""
    wanted = ClockFilter.from_address(address)
    content = html.Div(
        [
            dcc.Location(id=ids.RADAR_ADDRESS, refresh="callback-nav"),
            dcc.Store(id=ids.RADAR_FILTER, data={"query": wanted.address()}),
            html.Div(_filters(wanted), className="desk-filters"),
            html.Div(WAITING, id=ids.RADAR_FIGURES),
            html.Div(
                [desk_card("Ngày đến hạn", ids.RADAR_MONTH), desk_card("Theo đơn vị", ids.RADAR_UNITS)],
                className="desk-columns deadline-columns",
            ),
            desk_card("Danh sách việc", ids.RADAR_LIST),
        ],
        className="desk-stack",
    )
    return desk_page(PATH, "Thời hạn luật định", content, topics=("cases", "alarm_rules"))


def _filters(wanted: ClockFilter) -> list[Component]:
    clocks = [{"label": "Mọi thời hạn", "value": EVERY}]
    clocks += [{"label": clock_title(clock), "value": clock.value} for clock in Clock]
    windows = [{"label": words, "value": window.value} for window, words in WINDOW_NAMES.items()]
    unit = [{"label": wanted.unit or "Mọi đơn vị", "value": wanted.unit or EVERY}]
    return [
        desk_filter("Đơn vị", dbc.Select(id=ids.RADAR_UNIT, options=unit, value=wanted.unit or EVERY)),
        desk_filter(
            "Thời hạn",
            dbc.Select(id=ids.RADAR_CLOCK, options=clocks, value=wanted.clock.value if wanted.clock else EVERY),
        ),
        desk_filter("Đến hạn", dbc.Select(id=ids.RADAR_WINDOW, options=windows, value=wanted.window.value)),
        _chosen(f"Ngày {wanted.day:%d/%m/%Y}", wanted.turned(day=None)) if wanted.day else None,
        _chosen(wanted.officer, wanted.turned(officer="")) if wanted.officer else None,
        html.A("Xuất Excel", href=f"{PATH}/export.xlsx{wanted.address()}", className="desk-button"),
    ]


def _chosen(words: str, without: ClockFilter) -> Component:
    return dcc.Link(f"{words} ×", href=f"{PATH}{without.address()}", className="desk-button")
