"""A tile for six metres: one label with its age, one very large value, one line of words."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from components import format as text
from components import panel as panels
from components.kpi_tile import edge, pace_sentence
from domain.alarms import Priority
from domain.freshness import SourceFacts
from domain.rates import RateComparison

TILE = "far-tile"


def far_rate_tile(title: str, rate: RateComparison, source: SourceFacts, coverage: str = "") -> Component:
    """A rate and how it stands to the pace."""
    if rate.value is None:
        return _tile(title, source, "", text.NOTHING_ENFORCEABLE)
    # One line of large letters: that a figure is only of a part comes before how it stands.
    return _tile(title, source, text.decimal(rate.value), coverage or _pace(rate), "%", is_warning=rate.is_behind)


def _pace(rate: RateComparison) -> str:
    """'chậm 1,6 điểm' beside its mark, else the whole sentence."""
    return pace_sentence(rate).replace("chậm tiến độ", "chậm")


def far_count_tile(
    title: str, count: int, words: str, source: SourceFacts, is_warning: bool, priority: Priority = Priority.HIGH
) -> Component:
    """A count and what it counts."""
    return _tile(title, source, text.whole(count), words, is_warning=is_warning, priority=priority)


def far_words_tile(title: str, words: str, source: SourceFacts | None = None) -> Component:
    """A figure that is not there, in words: not connected, nothing yet, no rule in force."""
    return _tile(title, source, "", words)


def _tile(
    title: str,
    source: SourceFacts | None,
    value: str,
    words: str,
    unit: str = "",
    is_warning: bool = False,
    priority: Priority = Priority.HIGH,
) -> Component:
    figure = html.Div([value, html.Small(unit)] if unit else value, className="figure far-value")
    line = html.P(
        [html.I(className=f"alarm-mark alarm-mark--{priority.value}"), words] if is_warning else words,
        className="far-words",
    )
    age = panels.age(wording="far") if source is not None else None
    return panels.panel(
        [panels.heading(title, age), figure if value else None, line],
        source,
        f"{TILE}{edge(priority) if is_warning else ''}",
    )
