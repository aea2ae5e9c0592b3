"""The strip at the foot of every wall scene: each source and how old its newest record is."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from components import panel as panels
from components.attributes import data
from domain.freshness import FRESHNESS_NAMES, Freshness, SourceFacts

SAMPLE = "Dữ liệu mẫu"
DOUBTFUL = "nghi ngờ"


def freshness_strip(
    sources: Sequence[SourceFacts], is_sample: bool, doubtful: frozenset[str] = frozenset()
) -> Component:
    """One chip per source in catalogue order; the sample label stands at the right wherever figures are invented.

    `doubtful` names the sources of which a file is held because too much would vanish.
    """
    chips: list[Component] = [_chip(source, source.name in doubtful) for source in sources]
    return html.Div(className="freshness-strip", children=[*chips, _sample(is_sample)])


def far_freshness_strip(sources: Sequence[SourceFacts], is_sample: bool, doubtful: frozenset[str]) -> Component:
    """How many of all sources are up to date (counted by live.js), and the chips of connected ones that are not, as
    many as fit whole: the count says how many there are."""
    connected = [_chip(source, source.name in doubtful) for source in sources if source.configured]
    return html.Div(
        className="freshness-strip freshness-strip--far",
        children=[
            html.Span(className="fresh-count", **data(fresh=len(sources))),
            html.Div(connected, className="far-chips"),
            _sample(is_sample),
        ],
    )


def _sample(is_sample: bool) -> Component | None:
    return html.Span(SAMPLE, className="sample") if is_sample else None


def _chip(source: SourceFacts, is_doubtful: bool) -> Component:
    attributes = panels.age_attributes(source)
    doubt = html.Em(DOUBTFUL) if is_doubtful else None
    kind = "chip chip--doubtful" if is_doubtful else "chip"
    if attributes:
        said = [html.I(className="age-mark"), html.B(source.title), html.Span(**data(age="chip")), doubt]
        return html.Div(className=kind, children=[part for part in said if part is not None], **attributes)
    state = Freshness.NEVER if source.configured else Freshness.NOT_CONFIGURED
    return html.Div(
        className=f"chip chip--{state.value.replace('_', '-')}",
        children=[html.I(className="age-mark"), html.B(source.title), html.Span(FRESHNESS_NAMES[state])],
    )
