"""The text of a drawn component."""

from __future__ import annotations


def words(component: object) -> str:
    """All text of a component, in order."""
    if component is None:
        return ""
    if isinstance(component, str | int):
        return str(component)
    if isinstance(component, list | tuple):
        return "".join(words(each) for each in component)
    return words(getattr(component, "children", ""))
