"""The one heartbeat of the desks: a callback taking `changed(topic)` runs again only when that topic's version moved.

No callback is registered here. A page puts `components.pulse.pulse_stores(topic, ...)` into its layout, live.js writes
the versions it hears on the stream, and nothing on a desk ever polls.
"""

from __future__ import annotations

from dash import Input

from components import ids


def changed(topic: str) -> Input:
    """The input that fires when the data version of `topic` moves; its value is the version."""
    return Input(ids.pulse(topic), "data")
