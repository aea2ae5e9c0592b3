"""/public-services: requests to the public services from the province down to one service of one unit, by code."""

from __future__ import annotations

import dash
import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from components import ids
from domain.permissions import Permission
from domain.public_services import (
    ALL_STATES,
    CHANNEL_NAMES,
    ORIGIN_NAMES,
    STATE_NAMES,
    ServiceFilter,
)
from pages._desk import desk_card, desk_filter, desk_page

PATH = "/public-services"
EVERY = "*"

dash.register_page(
    __name__,
    path=PATH,
    name="Dịch vụ công",
    title="Dịch vụ công",
    permission=Permission.SEE_PUBLIC_SERVICES,
    group="Theo dõi",
    icon="public-services",
    order=24,
)

MONTHS = (("1", "Tháng này"), ("3", "3 tháng"), ("12", "12 tháng"))


def layout(**address: str) -> Component:
    """The frame; the filter in the address says what callbacks fill it with."""
    wanted = ServiceFilter.from_address(address)
    known = {
        **{"unit": wanted.unit, "service": wanted.service, "channel": wanted.channel, "origin": wanted.origin},
        **{"months": str(wanted.months), "state": wanted.state},
    }
    states = [{"label": "Mọi trạng thái", "value": ALL_STATES}, *_options(STATE_NAMES)]
    state = dbc.Select(id=ids.SERVICES_STATE, options=states, value=wanted.state)
    content = html.Div(
        [
            dcc.Location(id=ids.SERVICES_ADDRESS, refresh="callback-nav"),
            dcc.Store(id=ids.SERVICES_FILTER, data=known),
            _filters(wanted),
            html.Div(id=ids.SERVICES_TRAIL),
            html.Div(id=ids.SERVICES_FIGURES),
            html.Div(
                [
                    html.Div([desk_card("Theo dịch vụ", ids.SERVICES_BY_SERVICE)]),
                    html.Div(
                        [
                            desk_card("Theo kênh", ids.SERVICES_BY_CHANNEL),
                            desk_card("12 tháng tiếp nhận", ids.SERVICES_TREND, _trend_key()),
                        ]
                    ),
                ],
                className="desk-columns",
            ),
            desk_card("Theo đơn vị", ids.SERVICES_BY_UNIT),
            desk_card("Hồ sơ", ids.SERVICES_LIST, desk_filter("Trạng thái", state)),
        ],
        className="desk-stack",
    )
    return desk_page(PATH, "Dịch vụ công", content, topics=("public_services",))


def _filters(wanted: ServiceFilter) -> Component:
    channels = [{"label": "Mọi kênh", "value": EVERY}, *_options(CHANNEL_NAMES)]
    origins = [{"label": "Trong và ngoài tỉnh", "value": EVERY}, *_options(ORIGIN_NAMES)]
    months = [{"label": words, "value": value} for value, words in MONTHS]
    export = html.A(
        "Xuất Excel", id=ids.SERVICES_EXPORT, href=f"{PATH}/export.xlsx{wanted.address()}", className="desk-button"
    )
    return html.Div(
        [
            desk_filter("Đơn vị", dbc.Select(id=ids.SERVICES_UNIT, options=[], value=wanted.unit or EVERY)),
            desk_filter("Dịch vụ", dbc.Select(id=ids.SERVICES_SERVICE, options=[], value=wanted.service or EVERY)),
            desk_filter("Kênh", dbc.Select(id=ids.SERVICES_CHANNEL, options=channels, value=wanted.channel or EVERY)),
            desk_filter("Nơi ở", dbc.Select(id=ids.SERVICES_ORIGIN, options=origins, value=wanted.origin or EVERY)),
            desk_filter("Tiếp nhận", dbc.Select(id=ids.SERVICES_MONTHS, options=months, value=str(wanted.months))),
            export,
        ],
        className="desk-filters",
    )


def _trend_key() -> Component:
    return html.Span([html.I(className="service-key"), "trễ hoặc quá hạn"], className="desk-faint service-legend")


def _options(names: dict[str, str]) -> list[dict[str, str]]:
    return [{"label": words, "value": str(value)} for value, words in names.items()]
