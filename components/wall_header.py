"""The header of every wall scene: emblem, title, structure banner, scene names, clock."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from components import svg
from components.attributes import data


def wall_title(title: str, banner: str, scenes: Sequence[str], current: str) -> Component:
    """Who this is, which structure the figures speak of, and which scene is shown."""
    return html.Div(
        className="wall-title",
        children=[
            svg.emblem(),
            html.Div(
                className="wall-name",
                children=[html.Strong(title), html.Span(banner, className="banner") if banner else None],
            ),
            html.Nav([html.Span(name, className="is-current" if name == current else "") for name in scenes]),
        ],
    )


def wall_clock() -> Component:
    """The clock of the server; React leaves both elements empty and live.js alone writes them."""
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
