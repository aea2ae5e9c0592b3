"""Places that show a scene of the wall inside another system, on /integrations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from components import ids
from components.desk_parts import instant
from components.integrations_desk import desk_rows, message
from domain.local_time import moment_words
from domain.screens import EMBEDDABLE_SCENES, SCENE_CATALOGUE

TITLES = {entry.name: entry.title for entry in SCENE_CATALOGUE}
NOWHERE = "Chưa cho trang nào nhúng: đặt EMBED_ORIGIN là nguồn gốc (https://…) của trang bên ngoài."


@dataclass(frozen=True, slots=True)
class EmbedLine:
    """One place: its scene, who allowed it, whether its address was used, when it last renewed its right."""

    public_id: str
    scene: str
    created_by: str
    created_at: datetime
    expires_at: datetime
    exchanged_at: datetime | None
    seen_at: datetime | None


def embed_form(origin: str) -> Component:
    """What an administrator makes an address with; without an origin, what is missing."""
    if not origin:
        return html.P(NOWHERE, className="desk-hint")
    options = [{"label": f"{entry.title} ({entry.name})", "value": entry.name} for entry in EMBEDDABLE_SCENES]
    choice = dbc.Select(id=ids.INTEGRATIONS_SCENE, options=options, value=EMBEDDABLE_SCENES[0].name)
    return html.Div(
        [
            html.Label([html.Span("Cảnh"), choice], className="desk-filter"),
            html.Button("Tạo địa chỉ nhúng", id=ids.INTEGRATIONS_EMBED, className="desk-button", type="button"),
            html.Span(["Chỉ trang của ", html.Code(origin), " nhúng được."], className="desk-hint"),
        ],
        className="desk-filters",
    )


def embed_address(address: str, until: datetime) -> Component:
    """A new address, shown once."""
    words = f"Dùng một lần, trước {moment_words(until)}; đặt làm src của iframe."
    shown = html.Div(
        [html.Code(address), dcc.Clipboard(content=address, title="Sao chép")], className="integrations-address"
    )
    return html.Div([message(words, is_good=True), shown])


def embeds_table(lines: Sequence[EmbedLine], may_change: bool) -> Component:
    """Every place that shows a scene, or may soon."""
    if not lines:
        return html.P("Không nơi nào đang nhúng.", className="desk-nothing")
    heads = ("Cảnh", "Người cấp", "Cấp lúc", "Tình trạng", "Thấy lần cuối", "Hết hạn", "")
    rows: list[list[Component | str | None]] = []
    for one in lines:
        place = ids.integrations_end(one.public_id)
        button = html.Button("Thu hồi", id=place, className="desk-button desk-button--small", type="button")
        rows.append(
            [
                html.B(TITLES.get(one.scene, one.scene)),
                one.created_by,
                instant(one.created_at),
                "đang hiển thị được" if one.exchanged_at else "chờ mở địa chỉ",
                instant(one.seen_at),
                instant(one.expires_at),
                html.Div(button if may_change else None, className="desk-actions"),
            ]
        )
    return desk_rows(heads, rows)
