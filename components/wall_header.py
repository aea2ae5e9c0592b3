"""The header of a wall: emblem, title, structure banner, scene names, clock; and the banner of a lost server."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from components import svg
from components.attributes import data
from domain.screens import SceneEntry


def wall_title(title: str, banner: str) -> Component:
    """Who this is, and which structure the figures speak of."""
    return html.Div(
        className="wall-title",
        children=[
            svg.emblem(),
            html.Div(
                className="wall-name",
                children=[html.Strong(title), html.Span(banner, className="banner") if banner else None],
            ),
        ],
    )


def scene_names(scenes: Sequence[SceneEntry]) -> Component:
    """The scenes of a layout; wall.js marks the one on the glass, moves the line below it and says when it is held."""
    return html.Nav(
        [
            *(
                html.Span([entry.title, html.I()], **data(goto=entry.name, dwell=entry.dwell_seconds))
                for entry in scenes
            ),
            html.Em(**data(rotation="held")),
        ]
    )


def wall_clock() -> Component:
    """The clock of the server; both elements are drawn empty and ages.js alone writes them."""
    return html.Div(className="wall-clock", children=[html.B(**data(clock="time")), html.Span(**data(clock="day"))])


def link_banner() -> Component:
    """The full-width banner of a lost server; hidden until live.js marks the document, which also writes its words."""
    return html.Div(
        className="link-banner",
        role="alert",
        children=[
            html.I(className="age-mark"),
            html.B(**data(link="lost")),
            html.Span(**data(link="shown")),
            html.Span(className="link-count", **data(link="count")),
        ],
    )
