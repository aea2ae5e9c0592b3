"""A panel and its four faces: loading, empty, stale, failed. It always shows one of them.

The stale face is drawn by the browser itself: a panel carries the instant its figures speak of and the limits of their
source, and live.js alone writes the age and the face, so that they stay true when the server is dead.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

from components import format as text
from components.attributes import data
from domain.freshness import SourceFacts

Children = Sequence[Component | str | None]


def age_attributes(source: SourceFacts) -> dict[str, Any]:
    """What live.js needs to age a panel: the instant in milliseconds and the limits in seconds.

    Empty when the source has no record yet: nothing can be aged, and the panel says so in words.
    """
    if not source.configured or source.as_of_at is None:
        return {}
    limits = source.limits
    return data(
        at=text.milliseconds(source.as_of_at),
        late=round(limits.late_for.total_seconds()),
        stale=round(limits.stale_for.total_seconds()),
        lost=round(limits.lost_for.total_seconds()),
    )


def age(source: SourceFacts | None = None, coverage: str = "", wording: str = "panel") -> Component:
    """The line that says how old a panel is, after what it covers or (covering everything) the source's name.

    `wording` is "panel", "head" where a column head leaves less room, or "far" where letters are large. The
    element with data-age is drawn empty; ages.js alone writes into it.
    """
    said = coverage or (source.title if source is not None else "")
    name = html.Span(f"{said} ·") if said else None
    parts = [html.I(className="age-mark"), name, html.Span(**data(age=wording))]
    return html.Span(className="age", children=[part for part in parts if part is not None])


def panel(children: Children, source: SourceFacts | None = None, modifier: str = "") -> Component:
    """A panel's root; with a source it ages."""
    return html.Div(
        className=f"panel {modifier}".rstrip(),
        children=[child for child in children if child is not None],
        **(age_attributes(source) if source else {}),
    )


def heading(title: str, *notes: Component | str | None) -> Component:
    """The first line of a panel: what it is, and at the right what qualifies it."""
    shown = [note for note in notes if note is not None]
    return html.Div(className="panel-heading", children=[html.Span(title), html.Span(shown, className="panel-note")])


def loading_face(title: str, modifier: str = "") -> Component:
    """Before the first figures arrive."""
    return _face(title, "đang tải số liệu", f"panel--loading {modifier}")


def empty_face(title: str, modifier: str = "", words: str = text.NO_FIGURES) -> Component:
    """There is a source, and it has said nothing yet."""
    return _face(title, words, f"panel--empty {modifier}")


def failed_face(title: str, incident: str, modifier: str = "") -> Component:
    """Drawing this panel failed; the incident code finds the error in the log."""
    return _face(title, f"Không tải được · mã sự cố {incident}", f"panel--failed {modifier}")


def _face(title: str, words: str, modifier: str) -> Component:
    return panel([heading(title), html.Div(className="panel-words", children=words)], modifier=modifier.rstrip())
