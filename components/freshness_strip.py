"""The strip at the foot of every wall scene: each source and how old its newest record is."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from components import panel as panels
from components.attributes import data
from domain.freshness import FRESHNESS_NAMES, Freshness, SourceFacts

SAMPLE = "Dữ liệu mẫu"


def freshness_strip(sources: Sequence[SourceFacts], is_sample: bool) -> Component:
    """One chip per source in catalogue order; the sample label stands at the right wherever figures are invented."""
    chips: list[Component] = [_chip(source) for source in sources]
    return html.Div(
        className="freshness-strip", children=[*chips, html.Span(SAMPLE, className="sample") if is_sample else None]
    )


def _chip(source: SourceFacts) -> Component:
    attributes = panels.age_attributes(source)
    if attributes:
        return html.Div(
            className="chip",
            children=[html.I(className="age-mark"), html.B(source.title), html.Span(**data(age="chip"))],
            **attributes,
        )
    state = Freshness.NEVER if source.configured else Freshness.NOT_CONFIGURED
    return html.Div(
        className=f"chip chip--{state.value.replace('_', '-')}",
        children=[html.I(className="age-mark"), html.B(source.title), html.Span(FRESHNESS_NAMES[state])],
    )
