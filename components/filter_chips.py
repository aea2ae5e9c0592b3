"""What a page is narrowed to, above it: each part a chip that leads to the address without it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component


@dataclass(frozen=True, slots=True)
class FilterChip:
    """One part of a filter in words; `href` is the address without it."""

    words: str
    href: str


def filter_chips(chips: Sequence[FilterChip], href: str) -> Component | str:
    """The chips, and with two or more of them the address `href` without any; '' where nothing narrows the page."""
    if not chips:
        return ""
    parts: list[Component] = [html.Span("Đang lọc", className="desk-hint"), *map(_chip, chips)]
    if len(chips) > 1:
        parts.append(dcc.Link("Bỏ tất cả", href=href, className="chip-all"))
    spoken: dict[str, Any] = {"aria-label": "Bộ lọc đang dùng"}
    return html.Div(parts, className="filter-chips", role="group", **spoken)


def _chip(chip: FilterChip) -> Component:
    name = f"Bỏ lọc: {chip.words}"
    unspoken: dict[str, Any] = {"aria-hidden": "true"}
    cross = html.Span("×", **unspoken)
    return html.Span(dcc.Link([chip.words, cross], href=chip.href, title=name, className="filter-chip"))
