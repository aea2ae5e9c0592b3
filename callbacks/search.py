"""The search of the top bar: units, officers' codes, decision numbers, each a link to where it stands."""

from __future__ import annotations

from urllib.parse import urlencode

from dash import Input, Output, callback, html
from dash.development.base_component import Component

from access.policy import policy
from callbacks.asking import asking, now, plain_text, short_unit_names, site
from components import ids
from data_access.cases import find
from domain.case_filters import NOBODY_NAME
from domain.local_time import local_day
from domain.permissions import Permission


@callback(Output(ids.SEARCH_FOUND, "children"), Input(ids.SEARCH_ASKED, "data"), prevent_initial_call=True)
@policy(Permission.SEE_CASES)
def draw_found(typed: object) -> Component | str:
    """What fits the words; nothing for no words, and a sentence where nothing fits."""
    words = plain_text(typed).strip()
    if not words:
        return ""
    with site().database.reading() as session:
        found = find(session, asking(), site().organisation, words, local_day(now()))
    if found.is_nothing:
        return html.P("Không có đơn vị, mã cán bộ hay số quyết định nào như vậy trong phạm vi của bạn.", role="status")
    names = short_unit_names()
    links = [html.A([html.B(unit.name), html.Span("đơn vị")], href=f"/units/{unit.code}") for unit in found.units]
    links += [
        html.A(
            [html.B(one.officer), html.Span(f"chấp hành viên, {names.get(one.unit, one.unit)}")],
            href=f"/cases?{urlencode({'unit': one.unit, 'officer': one.officer})}",
        )
        for one in found.officers
    ]
    links += [
        html.A(
            [
                html.B(one.name),
                html.Span(f"{names.get(one.unit, one.unit)}, {one.officer or NOBODY_NAME}, {one.decided_on:%d/%m/%Y}"),
            ],
            href=f"/cases/{one.public_id}",
        )
        for one in found.cases
    ]
    return html.Nav(links)
