"""/sources: how fresh every source is and what became of the files that arrived; an empty frame."""

from __future__ import annotations

import dash
from dash import html
from dash.development.base_component import Component

from access.current import somebody_now
from components import ids
from components.presses import press_stores
from components.source_tables import result_note
from domain.permissions import Permission
from pages._desk import desk_card, desk_page

PATH = "/sources"

dash.register_page(
    __name__,
    path=PATH,
    name="Nguồn dữ liệu",
    title="Nguồn dữ liệu",
    permission=Permission.SEE_SOURCES,
    group="Quản trị",
    icon="sources",
    order=80,
)


def layout(result: str = "", **_address: str) -> Component:
    """Two tables; `?result=sent` says what came of a file handed in a moment ago."""
    principal = somebody_now()
    links = [html.A("Tải tệp mẫu", href="/sources/template.xlsx", className="desk-button")]
    if principal is not None and principal.unit is None and principal.may(Permission.IMPORT_CASES):
        links.append(html.A("Gửi tệp", href="/sources/upload", className="desk-button desk-button--primary"))
    content = html.Div(
        [
            press_stores(ids.SOURCES_PRESSED),
            html.Div(result_note(result), id=ids.SOURCES_RESULT),
            desk_card("Nguồn dữ liệu", ids.SOURCES_LIST),
            desk_card("Tệp đã nhận và bản ghi bị từ chối", ids.SOURCES_FILES, *links),
        ]
    )
    return desk_page(PATH, "Nguồn dữ liệu", content, topics=("cases",))
