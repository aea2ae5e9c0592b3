"""The stores by which a callback hears which button of a list was pressed, though the list is drawn anew meanwhile."""

from __future__ import annotations

from dash import dcc, html
from dash.development.base_component import Component

from components.attributes import data


def press_stores(*stores: str) -> Component:
    """One store per kind of button; presses.js finds them by the data-presses attribute and writes into them the id of
    the button that was pressed.

    Were the buttons themselves the inputs, a list drawn anew while the answer is under way would have Dash ask again
    with nothing pressed and throw the answer away.
    """
    return html.Div([dcc.Store(id=store) for store in stores], hidden=True, **data(presses=" ".join(stores)))
