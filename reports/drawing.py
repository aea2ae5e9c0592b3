"""A drawing as plain shapes in millimetres, y downwards. Written as SVG, PDF and PNG elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from math import hypot

Point = tuple[float, float]
# Millimetres drawn and left out in a broken line.
BROKEN = (1.6, 1.1)


class Anchor(StrEnum):
    """Which end of the words stands at their place."""

    START = "start"
    MIDDLE = "middle"
    END = "end"


@dataclass(frozen=True, slots=True)
class Line:
    """A line through points; `is_broken` in dashes."""

    points: Sequence[Point]
    ink: str
    width: float = 0.25
    is_broken: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    """A filled rectangle."""

    left: float
    top: float
    width: float
    height: float
    ink: str


@dataclass(frozen=True, slots=True)
class Dot:
    """A filled circle."""

    x: float
    y: float
    radius: float
    ink: str


@dataclass(frozen=True, slots=True)
class Words:
    """Words whose base line lies at `y`; `size` is the height of the letters' square."""

    x: float
    y: float
    words: str
    size: float = 3.2
    ink: str = "#1b2733"
    anchor: Anchor = Anchor.START
    is_bold: bool = False
    is_slanted: bool = False


Shape = Line | Box | Dot | Words


@dataclass(frozen=True, slots=True)
class Drawing:
    """Shapes on white paper; `told` is the same in words, for whoever cannot see it."""

    width: float
    height: float
    shapes: Sequence[Shape]
    told: str


def framed(drawing: Drawing, margin: float) -> Drawing:
    """The same with white paper around it, for a file that stands alone."""
    shapes = [_moved(shape, margin) for shape in drawing.shapes]
    return Drawing(drawing.width + 2 * margin, drawing.height + 2 * margin, shapes, drawing.told)


def dashes(points: Sequence[Point]) -> Iterator[tuple[Point, Point]]:
    """The pieces of a broken line, for what can only draw whole ones; the pattern goes on around corners."""
    drawn, left = True, BROKEN[0]
    for (x, y), (to_x, to_y) in zip(points, points[1:], strict=False):
        length = hypot(to_x - x, to_y - y)
        done = 0.0
        while done < length:
            step = min(left, length - done)
            if drawn:
                yield _between(x, y, to_x, to_y, done / length), _between(x, y, to_x, to_y, (done + step) / length)
            done, left = done + step, left - step
            if left <= 1e-9:
                drawn = not drawn
                left = BROKEN[0] if drawn else BROKEN[1]


def _moved(shape: Shape, by: float) -> Shape:
    if isinstance(shape, Line):
        return replace(shape, points=[(x + by, y + by) for x, y in shape.points])
    if isinstance(shape, Box):
        return replace(shape, left=shape.left + by, top=shape.top + by)
    return replace(shape, x=shape.x + by, y=shape.y + by)


def _between(x: float, y: float, to_x: float, to_y: float, share: float) -> Point:
    return x + (to_x - x) * share, y + (to_y - y) * share
