"""A drawing as a PNG for Word and for slides: painted at twice the size with the typeface of the PDF, then brought
down, so that slanted lines are smooth."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from reports.document import printable
from reports.drawing import Anchor, Box, Dot, Drawing, Line, Point, Shape, Words, dashes

FONTS = Path(__file__).resolve().parent / "fonts"
# Dots a millimetre in the file: 300 to the inch, sharp on paper.
DOTS = 12
_OVERSIZE = 2
_SCALE = DOTS * _OVERSIZE
_ANCHORS = {Anchor.START: "ls", Anchor.MIDDLE: "ms", Anchor.END: "rs"}


def png_bytes(drawing: Drawing) -> bytes:
    """The file; the same drawing is the same picture."""
    large = Image.new("RGB", (round(drawing.width * _SCALE), round(drawing.height * _SCALE)), "#ffffff")
    pen = ImageDraw.Draw(large)
    for shape in drawing.shapes:
        _paint(pen, shape)
    picture = large.resize((round(drawing.width * DOTS), round(drawing.height * DOTS)), Image.Resampling.LANCZOS)
    content = BytesIO()
    picture.quantize(128, dither=Image.Dither.NONE).save(content, "PNG", optimize=True, dpi=(304.8, 304.8))
    return content.getvalue()


def _paint(pen: ImageDraw.ImageDraw, shape: Shape) -> None:
    if isinstance(shape, Line):
        width = max(1, round(shape.width * _SCALE))
        pieces = dashes(shape.points) if shape.is_broken else [shape.points]
        for piece in pieces:
            pen.line([_dots(point) for point in piece], fill=shape.ink, width=width, joint="curve")
    elif isinstance(shape, Box):
        corner = _dots((shape.left, shape.top))
        pen.rectangle([corner, _dots((shape.left + shape.width, shape.top + shape.height))], fill=shape.ink)
    elif isinstance(shape, Dot):
        pen.circle(_dots((shape.x, shape.y)), shape.radius * _SCALE, fill=shape.ink)
    else:
        _write(pen, shape)


def _write(pen: ImageDraw.ImageDraw, shape: Words) -> None:
    face = "Bold" if shape.is_bold else "Italic" if shape.is_slanted else "Regular"
    font = _font(face, round(shape.size * _SCALE))
    place = _dots((shape.x, shape.y))
    pen.text(place, printable(shape.words), fill=shape.ink, font=font, anchor=_ANCHORS[shape.anchor])


@lru_cache(maxsize=16)
def _font(face: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONTS / f"LiberationSerif-{face}.ttf", size)


def _dots(point: Point) -> Point:
    return point[0] * _SCALE, point[1] * _SCALE
