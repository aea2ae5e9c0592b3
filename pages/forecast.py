"""/forecast: where the statistical year will end, how far to the target, what more a week would change; how well such
a forecast did in earlier years is printed below it."""

from __future__ import annotations

from decimal import Decimal

import dash
import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from components import format as text
from components import ids
from components.attributes import data
from domain.indicators import CountedIn
from domain.permissions import Permission
from domain.year_path import MORE_STEP, MOST_MORE, ForecastFilter
from pages._desk import desk_card, desk_filter, desk_page

PATH = "/forecast"
EVERY = "*"
WAITING = html.P("Đang tải…", className="desk-nothing")
COUNTED_NAMES = {CountedIn.CASES: "Việc", CountedIn.AMOUNT: "Tiền"}

dash.register_page(
    __name__,
    path=PATH,
    name="Dự báo",
    title="Dự báo cuối năm",
    permission=Permission.SEE_CASES,
    group="Phân tích",
    icon="forecast",
    order=34,
)


def layout(**address: str) -> Component:
    """The frame; callbacks fill it from the filter, which is the address, and from the slider."""
    wanted = ForecastFilter.from_address(address)
    content = html.Div(
        [
            dcc.Location(id=ids.FORECAST_ADDRESS, refresh="callback-nav"),
            dcc.Store(id=ids.FORECAST_FILTER, data={"query": wanted.address()}),
            html.Div(_filters(wanted), className="desk-filters"),
            html.Div(WAITING, id=ids.FORECAST_FIGURES),
            html.Div(
                [desk_card("Lũy kế, dự báo và đường tới chỉ tiêu", ids.FORECAST_CHART), _what_if(wanted)],
                className="desk-columns forecast-columns",
            ),
            desk_card("Theo đơn vị", ids.FORECAST_UNITS),
            desk_card("Đối chiếu với các năm trước", ids.FORECAST_BACK_TEST),
        ],
        className="desk-stack",
    )
    return desk_page(PATH, "Dự báo cuối năm", content, topics=("cases", "alarm_rules"))


def _filters(wanted: ForecastFilter) -> list[Component]:
    unit = [{"label": wanted.unit or "Toàn tỉnh", "value": wanted.unit or EVERY}]
    counted = [{"label": words, "value": each.value} for each, words in COUNTED_NAMES.items()]
    return [
        desk_filter("Đơn vị", dbc.Select(id=ids.FORECAST_UNIT, options=unit, value=wanted.unit or EVERY)),
        desk_filter("Tính theo", dbc.Select(id=ids.FORECAST_MEASURE, options=counted, value=wanted.counted_in.value)),
        html.A("Xuất Excel", href=f"{PATH}/export.xlsx{wanted.address()}", className="desk-button"),
    ]


def _what_if(wanted: ForecastFilter) -> Component:
    slider = dcc.Slider(
        id=ids.FORECAST_MORE,
        min=0,
        max=MOST_MORE,
        step=1,
        value=wanted.more,
        marks={value: _mark(value, wanted.counted_in) for value in range(0, MOST_MORE + 1, 25)},
        updatemode="mouseup",
    )
    what = "tỷ đồng" if wanted.counted_in is CountedIn.AMOUNT else "việc"
    return html.Section(
        [
            html.Div(html.H2(f"Nếu mỗi tuần xong thêm … {what}"), className="desk-toolbar"),
            html.Div(slider, className="forecast-slider", **data(slider=f"Số {what} xong thêm mỗi tuần")),
            html.Div(WAITING, id=ids.FORECAST_WHAT_IF),
        ],
        className="desk-card",
    )


def _mark(steps: int, counted_in: CountedIn) -> str:
    """Việc as they are, đồng in tỷ."""
    amount = Decimal(steps * MORE_STEP[counted_in])
    return str(steps) if counted_in is CountedIn.CASES else text.decimal(amount / text.BILLION)
