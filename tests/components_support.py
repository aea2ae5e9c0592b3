"""Reading component trees in tests: their words, their classes, what they tell live.js."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from dash.development.base_component import Component

from domain.freshness import FreshnessLimits, SourceFacts

AT = datetime(2026, 11, 23, 1, 38, tzinfo=UTC)
LIMITS = FreshnessLimits(timedelta(minutes=10), timedelta(minutes=30), timedelta(hours=2))


def a_source(**changes: Any) -> SourceFacts:
    """The case system, connected, its newest record at 08:38 in Huế."""
    values: dict[str, Any] = {
        "name": "cases",
        "title": "Quản lý án",
        "configured": True,
        "limits": LIMITS,
        "last_success_at": AT,
        "newest_record_at": AT,
    }
    return SourceFacts(**(values | changes))


def parts(tree: Any) -> Iterator[Component]:
    """Every component of a tree, parents first."""
    if isinstance(tree, Component):
        yield tree
        yield from parts(getattr(tree, "children", None))
    elif isinstance(tree, list | tuple):
        for child in tree:
            yield from parts(child)


def words(tree: Any) -> str:
    """The text a reader sees, pieces separated by one space."""
    if isinstance(tree, Component):
        return words(getattr(tree, "children", None))
    if isinstance(tree, list | tuple):
        return " ".join(filter(None, (words(child) for child in tree)))
    return "" if tree is None else str(tree)


def of_class(tree: Any, name: str) -> list[Component]:
    """Every component that carries a CSS class."""
    return [part for part in parts(tree) if name in (getattr(part, "className", None) or "").split()]


def told(part: Any, name: str) -> Any:
    """What a component tells live.js and ages.js under data-<name>; None when nothing."""
    return getattr(part, f"data-{name}", None)
