"""/wall: the empty frame of the wall; the worker draws its panels, live.js lays them in, wall.js turns the scenes."""

from __future__ import annotations

import dash
from dash.development.base_component import Component

from components.wall_frame import wall_frame
from domain.permissions import Permission

dash.register_page(
    __name__,
    path="/wall",
    name="Toàn cảnh",
    title="Trung tâm điều hành",
    permission=Permission.SEE_WALL,
    group="Theo dõi",
    icon="overview",
    order=10,
)


def layout(**_address: str) -> Component:
    """Every panel loading; what the address carries is ignored, the audience comes from who is asking."""
    return wall_frame()
