"""The software of the sector on the wall: one cell a system, its state in words beside its mark."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from dash import html
from dash.development.base_component import Component

from components import format as text
from components import panel as panels
from domain.freshness import SourceFacts
from domain.local_time import since_words
from domain.software_systems import DOWN, STATE_NAMES, UP, HealthState, SystemStanding

NOT_WATCHED = "Chưa khai báo cách kiểm tra"
# What fits a cell of the wall.
SHORT_NAMES = {HealthState.CUT: "Đứt đường chung"}
CELLS = 8


def software_panel(
    title: str, modifier: str, standings: Sequence[SystemStanding], source: SourceFacts, now: datetime
) -> Component:
    """Systems in the agency's order, those that fail first; how many answer stands in the head."""
    answering = sum(one.state in UP for one in standings)
    ordered = sorted(standings, key=lambda one: one.state not in DOWN)
    more = len(ordered) - CELLS
    note = f"{answering}/{len(standings)} đang trả lời" + (
        f" · {more} phần mềm khác ở trang chi tiết" if more > 0 else ""
    )
    return panels.panel(
        [
            panels.heading(title, note, panels.age(wording="head")),
            html.Div([_cell(one, now) for one in ordered[:CELLS]], className="software-cells"),
        ],
        source,
        modifier,
    )


def _cell(one: SystemStanding, now: datetime) -> Component:
    is_down = one.state in DOWN
    words = SHORT_NAMES.get(one.state, STATE_NAMES[one.state]) if one.is_watched else NOT_WATCHED
    if is_down and one.since is not None:
        words = f"{words} từ {since_words(one.since, now)}"
    kind = "down" if is_down else "up" if one.state in UP and one.is_watched else "unknown"
    tone = "is-warning" if is_down else "" if kind == "up" else "is-old-part"
    return html.Div(
        [
            html.I(className=f"software-mark software-mark--{kind}"),
            html.Span(one.system.name, className="software-name"),
            html.Em(words, className=tone or None),
        ],
        className="software-cell",
    )


def empty_software(title: str, modifier: str, source: SourceFacts) -> Component:
    """Before the first pass."""
    return panels.empty_face(title, modifier, text.NO_FIGURES if source.configured else text.NOT_CONNECTED)
