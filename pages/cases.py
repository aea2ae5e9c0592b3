"""/cases: every case in the person's scope, by filters that stand in the address."""

from __future__ import annotations

import dash
from dash.development.base_component import Component

from domain.case_filters import CaseFilter
from domain.permissions import Permission
from pages._case_view import case_view, export_buttons
from pages._desk import desk_page

PATH = "/cases"

dash.register_page(
    __name__,
    path=PATH,
    name="Thi hành án",
    title="Thi hành án",
    permission=Permission.SEE_CASES,
    group="Phân tích",
    icon="cases",
    order=30,
)


def layout(**address: str) -> Component:
    """The frame; callbacks fill it from the filter, which is the address and nothing else."""
    wanted = CaseFilter.from_address(address)
    content = case_view(wanted, PATH, "", address.get("open", ""))
    return desk_page(
        PATH, "Thi hành án", content, topics=("cases", "alarm_rules", "jobs"), beside=export_buttons(wanted)
    )
