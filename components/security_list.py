"""Today's security events on the wall: time, what, how it ended, unit. Coded words only: no picture, no name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from dash import html
from dash.development.base_component import Component

from components import format as text
from components import panel as panels
from components.alarm_list import mark
from domain.alarms import Priority
from domain.freshness import SourceFacts

TITLE = "Sự kiện an ninh hôm nay"
NOTHING = "Không có sự kiện"
NOT_KNOWN = "Chưa rõ: nguồn không còn trả lời"
SHOWN = 7


@dataclass(frozen=True, slots=True)
class SecurityLine:
    """One event as a wall may tell of it; `outcome` is how it ended, '' where nobody says, `priority` None when nothing
    is left to do."""

    at: datetime
    title: str
    outcome: str
    unit_name: str
    priority: Priority | None


def security_list(
    lines: Sequence[SecurityLine],
    source: SourceFacts,
    told_by: Sequence[str],
    not_told_by: Sequence[str],
    is_live: bool,
) -> Component:
    """The newest seven. `told_by` and `not_told_by` name who tells of events and who does not; none is "không có" only
    while somebody tells."""
    ordered = sorted(lines, key=lambda line: line.at, reverse=True)
    rows = [_row(line) for line in ordered[:SHOWN]]
    words = NOTHING if is_live else NOT_KNOWN
    more = html.Span(f"{SHOWN} trong {len(lines)}") if len(lines) > SHOWN else None
    partly = html.Em(_partly(told_by, not_told_by)) if not_told_by else None
    return panels.panel(
        [
            panels.heading(TITLE, panels.age(wording="head")),
            html.Div([each for each in (partly, more) if each], className="security-part") if partly or more else None,
            html.Div(rows or [html.P(words, className="alarm-nothing")], className="security-rows"),
        ],
        source,
        "panel--security",
    )


def _partly(told_by: Sequence[str], not_told_by: Sequence[str]) -> str:
    """'mới có camera, thiếu sổ trực' while only some of them tell."""
    lacking = f"thiếu {', '.join(not_told_by)}"
    return f"mới có {', '.join(told_by)}, {lacking}" if told_by else lacking


def _below(line: SecurityLine) -> str:
    return f"{line.unit_name} · {line.outcome}" if line.outcome else line.unit_name


def _row(line: SecurityLine) -> Component:
    sign = mark(line.priority) if line.priority is not None else html.I(className="security-done")
    return html.Div(
        [
            sign,
            html.Time(text.clock_time(line.at)),
            html.Div([html.Span(line.title), html.Em(_below(line))]),
        ],
        className="security-row" if line.priority is not None else "security-row is-done",
    )
