"""A drawing set into a page of a PDF as lines and letters, never as a picture: it stays sharp and can be searched."""

from __future__ import annotations

from fpdf import FPDF

from reports.document import printable
from reports.drawing import BROKEN, Anchor, Box, Dot, Drawing, Line, Shape, Words

POINTS_A_MILLIMETRE = 72 / 25.4
BLACK = "#000000"


def draw_into(paper: FPDF, drawing: Drawing, typeface: str, left: float, top: float) -> None:
    """Draw with the upper left corner there; colours, widths and dashes are as before afterwards."""
    for shape in drawing.shapes:
        _draw(paper, shape, typeface, left, top)
    paper.set_draw_color(BLACK)
    paper.set_fill_color("#ffffff")
    paper.set_text_color(BLACK)


def _draw(paper: FPDF, shape: Shape, typeface: str, left: float, top: float) -> None:
    if isinstance(shape, Line):
        paper.set_draw_color(shape.ink)
        paper.set_line_width(shape.width)
        if shape.is_broken:
            paper.set_dash_pattern(*BROKEN)
        paper.polyline([(left + x, top + y) for x, y in shape.points])
        paper.set_dash_pattern()
    elif isinstance(shape, Box):
        paper.set_fill_color(shape.ink)
        paper.rect(left + shape.left, top + shape.top, shape.width, shape.height, "F")
    elif isinstance(shape, Dot):
        paper.set_fill_color(shape.ink)
        paper.circle(left + shape.x, top + shape.y, shape.radius, "F")
    else:
        _write(paper, shape, typeface, left, top)


def _write(paper: FPDF, shape: Words, typeface: str, left: float, top: float) -> None:
    face = "B" if shape.is_bold else "I" if shape.is_slanted else ""
    paper.set_font(typeface, face, shape.size * POINTS_A_MILLIMETRE)
    paper.set_text_color(shape.ink)
    words = printable(shape.words)
    share = {Anchor.START: 0.0, Anchor.MIDDLE: 0.5, Anchor.END: 1.0}[shape.anchor]
    paper.text(left + shape.x - share * paper.get_string_width(words), top + shape.y, words)
