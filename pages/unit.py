"""/units/CODE: everything about one unit on one page."""

from __future__ import annotations

from dataclasses import replace

import dash
from dash import dcc, html
from dash.development.base_component import Component

from components import ids
from domain.case_filters import CaseFilter
from domain.permissions import Permission
from pages._case_view import case_view, export_buttons
from pages._desk import desk_page
from pages.units import PATH

dash.register_page(
    __name__, path_template="/units/<code>", name="Một đơn vị", title="Đơn vị", permission=Permission.SEE_CASES
)
TOPICS = (
    "cases",
    "alarm_rules",
    "field_reports",
    "attendance",
    "reception",
    "cameras",
    "administrative_judgments",
    "alarms",
    "jobs",
)


def layout(code: str = "", **address: str) -> Component:
    """The frame of one unit; whether the person may see it is the callbacks' question."""
    code = code[:40]
    wanted = replace(CaseFilter.from_address(address), unit=code)
    content = case_view(
        wanted.without("unit"), f"{PATH}/{code}", code, address.get("open", ""), address.get("strip", "")
    )
    trail = (dcc.Link("Tỉnh", href=PATH),)
    heading = html.Span(code, id=ids.UNIT_NAME)
    return desk_page(PATH, heading, content, topics=TOPICS, trail=trail, beside=export_buttons(wanted))
