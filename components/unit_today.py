"""Hôm nay tại đơn vị: one line with what is open there now, each part as old as its own source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dash import dcc, html
from dash.development.base_component import Component

from components import panel as panels
from domain.freshness import SourceFacts


@dataclass(frozen=True, slots=True)
class TodayPart:
    """One source: its figure as text, what qualifies it, where it is worked; the marks colour only the abnormal."""

    title: str
    value: str
    source: SourceFacts | None
    href: str
    notes: tuple[Component, ...] = ()


def today_line(parts: Sequence[TodayPart]) -> Component:
    """The parts beside each other."""
    return html.Section([html.Strong("Hôm nay tại đơn vị"), *map(_part, parts)], className="desk-card today-line")


def note(words: str, is_urgent: bool = False, is_bad: bool = False) -> Component:
    """What qualifies a figure; marked only where it is abnormal."""
    if not (is_urgent or is_bad):
        return html.Span(words, className="today-note")
    mark = html.I(className=f"alarm-mark{' alarm-mark--1' if is_urgent else ''}")
    return html.Span([mark, words], className="is-urgent" if is_urgent else "is-bad")


def _part(part: TodayPart) -> Component:
    aged = panels.age_attributes(part.source) if part.source else {}
    age = panels.age(wording="head") if part.source and aged else None
    return html.Div(
        [dcc.Link(part.title, href=part.href), html.B(part.value), *part.notes, *([age] if age else [])],
        className="desk-aged today-part",
        **aged,
    )
