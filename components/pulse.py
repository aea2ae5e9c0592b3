"""The stores by which a desk page hears that its data changed."""

from __future__ import annotations

from dash import dcc, html
from dash.development.base_component import Component

from components import ids
from components.attributes import data


def pulse_stores(*topics: str) -> Component:
    """One store per topic; live.js finds them by the data-pulse attribute and writes the topic's version into them."""
    return html.Div([dcc.Store(id=ids.pulse(topic)) for topic in topics], hidden=True, **data(pulse=" ".join(topics)))
