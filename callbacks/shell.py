"""The part of the desk frame that changes: each source and how old its newest record is."""

from __future__ import annotations

from dash import Output, callback
from dash.development.base_component import Component

from access.policy import policy
from callbacks.asking import site
from callbacks.pulse import changed
from components import ids
from components.freshness_strip import freshness_strip
from components.shell import SOURCES_TOPIC
from data_access.sources import strip_sources
from domain.permissions import Permission


@callback(Output(ids.SHELL_SOURCES, "children"), changed(SOURCES_TOPIC))
@policy(Permission.SEE_SOURCES)
def draw_shell_sources(_version: object) -> Component:
    """The sources' chips, drawn again when a source answered or failed; live.js alone writes their ages."""
    with site().database.reading() as session:
        sources = strip_sources(session)
    return freshness_strip(sources, is_sample=False)
