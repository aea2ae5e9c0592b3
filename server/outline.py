"""The map behind the sign-in form: units' borders as one inline SVG, coloured by the page's own stylesheet."""

from __future__ import annotations

import re

from domain.boundaries import UnitMap

# Only what a path is made of: the text goes into the page unescaped, and an official file may come from anywhere.
PATH = re.compile(r"[MmLlHhVvCcSsQqTtAaZz0-9eE ,.+-]*")


def outline_svg(unit_map: UnitMap | None) -> str:
    """The borders of a map; an empty text when there is none, and without any path that is not one."""
    if unit_map is None:
        return ""
    paths = "".join(
        f'<path d="{shape.path}"/>' for shape in unit_map.shapes if shape.path and PATH.fullmatch(shape.path)
    )
    return f'<svg viewBox="0 0 {unit_map.width:g} {unit_map.height:g}">{paths}</svg>'
