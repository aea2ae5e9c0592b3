"""The desk frame around a page, with exactly the navigation the person may open; the underscore hides it from Dash."""

from __future__ import annotations

from collections.abc import Sequence

import dash
from dash import html
from dash.development.base_component import Component
from flask import current_app

from access.current import somebody_now
from access.principal import Principal
from components.shell import DeskFrame, NavigationItem, desk_frame
from domain.permissions import ROLE_NAMES, Permission


def desk_page(
    path: str,
    heading: Component | str,
    content: Component,
    note: str = "",
    topics: Sequence[str] = (),
    trail: Sequence[Component] = (),
    beside: Sequence[Component] = (),
) -> Component:
    """`content` inside the frame of whoever is asking; without anybody (Dash's own set-up) the frame is empty."""
    principal = somebody_now()
    frame = DeskFrame(
        title=dash.get_app().title,
        footnote=current_app.config.get("DESK_FOOTNOTE", ""),
        person=principal.name if principal else "",
        role=ROLE_NAMES[principal.role] if principal else "",
        navigation=navigation_of(principal) if principal else (),
        may_search=principal is not None and principal.may(Permission.SEE_CASES),
    )
    return desk_frame(frame, path, heading, content, note, topics, trail, beside)


def desk_card(title: str, panel: str, *links: Component) -> Component:
    """A card whose inside a callback draws."""
    return html.Section(
        className="desk-card",
        children=[
            html.Div([html.H2(title), *links], className="desk-toolbar"),
            html.Div(html.P("Đang tải…", className="desk-nothing"), id=panel, className="desk-scroll"),
        ],
    )


def desk_filter(words: str, control: Component) -> Component:
    """A control with its words above it."""
    return html.Label([html.Span(words), control], className="desk-filter")


def navigation_of(principal: Principal) -> tuple[NavigationItem, ...]:
    """The pages with a `group` that the principal may open, in their order.

    A page joins by register_page(..., permission=..., group="Quản trị", icon="administration", order=...).
    """
    return tuple(
        NavigationItem(page["group"], page["name"], page["relative_path"], page["icon"])
        for page in dash.page_registry.values()
        if page.get("group") and principal.may(page["permission"])
    )
