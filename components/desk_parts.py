"""Parts every desk page draws alike: figures with their age, a moment, a table's empty words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from dash import dcc, html
from dash.development.base_component import Component

from components import format as text
from components import panel as panels
from domain.freshness import SourceFacts
from domain.local_time import moment_words


def desk_figure(title: str, value: str, note: str, is_bad: bool = False) -> Component:
    """One figure and what it counts."""
    return html.Div([html.Span(title), html.B(value, className="is-bad" if is_bad else None), html.Small(note)])


def desk_figures(figures: Sequence[Component], source: SourceFacts) -> Component:
    """Figures of one source beside each other, as old as it is."""
    return aged([html.Div(list(figures), className="desk-figures")], source)


def aged(children: Sequence[Component], source: SourceFacts) -> Component:
    """What stands on one source, with its name and age; ages.js writes the age and greys what is old."""
    return html.Div([*children, panels.age(source)], className="desk-aged", **panels.age_attributes(source))


def unknown_yet(source: SourceFacts) -> Component:
    """A source that has never said anything: nothing is known, which is not none."""
    words = text.NO_FIGURES if source.configured else text.NOT_CONNECTED
    return html.P(f"{source.title}: {words}.", className="desk-nothing")


def desk_face(icon: str, title: str, words: str, *links: Component) -> Component:
    """In place of figures: what there is not, why, and where to go on. `icon` is a file in assets/icons."""
    return html.Div(
        [html.I(className=f"icon icon--{icon}"), html.H2(title), html.P(words) if words else None, *links],
        className="desk-face",
        role="status",
    )


def unfed_face(source: SourceFacts, icon: str) -> Component:
    """A whole page that stands on a source which has never said anything."""
    link = dcc.Link("Xem nguồn dữ liệu", href="/sources", className="desk-button")
    if source.configured:
        return desk_face(icon, f"{source.title} chưa có số liệu", "Nguồn đã khai báo, chưa gửi số liệu lần nào.", link)
    words = "Chưa nạp việc nào, nên chưa có gì để tính; chưa có khác với bằng không."
    return desk_face(icon, f"{source.title} chưa kết nối", words, link)


def instant(at: datetime | None) -> Component:
    """A moment, or a dash."""
    return html.Span(moment_words(at) if at else text.UNKNOWN, className="desk-time")
