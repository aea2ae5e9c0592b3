"""/software-systems: every software of the sector, whether it answers and how available it was; an empty frame."""

from __future__ import annotations

import dash
from dash import html
from dash.development.base_component import Component

from access.current import somebody_now
from components import ids
from components.software_desk import PATH
from domain.permissions import Permission
from pages._desk import desk_card, desk_page

TOPICS = ("software", "alarm_rules", "observations")

dash.register_page(
    __name__,
    path=PATH,
    name="Phần mềm của ngành",
    title="Phần mềm của ngành",
    permission=Permission.SEE_SOFTWARE,
    group="Theo dõi",
    icon="software",
    order=24,
)


def layout(**_address: str) -> Component:
    """Figures, one row for each system, those that were retired."""
    principal = somebody_now()
    links = []
    if principal is not None and principal.may(Permission.ADMINISTER):
        links.append(html.A("Thêm phần mềm", href=f"{PATH}/edit", className="desk-button"))
    content = html.Div(
        [
            html.Div(id=ids.SOFTWARE_FIGURES),
            desk_card("Tình trạng", ids.SOFTWARE_LIST, *links),
            html.Div(id=ids.SOFTWARE_RETIRED),
        ],
        className="desk-stack",
    )
    return desk_page(PATH, "Phần mềm của ngành", content, topics=TOPICS)
