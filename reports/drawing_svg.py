"""A drawing as SVG text: letters stay letters, with the typeface named that the PDF carries."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from reports.document import printable
from reports.drawing import BROKEN, Box, Dot, Drawing, Line, Shape, Words

TYPEFACES = "'Liberation Serif','Times New Roman',serif"


def svg_bytes(drawing: Drawing) -> bytes:
    """The file; nothing in it is fetched from anywhere."""
    told = escape(printable(drawing.told))
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{drawing.width:g}mm" height="{drawing.height:g}mm" '
        f'viewBox="0 0 {drawing.width:g} {drawing.height:g}" role="img" font-family={quoteattr(TYPEFACES)}>',
        f"<title>{told}</title>",
        f'<rect width="{drawing.width:g}" height="{drawing.height:g}" fill="#ffffff"/>',
        *(_shape(shape) for shape in drawing.shapes),
        "</svg>",
    ]
    return "\n".join(lines).encode()


def _shape(shape: Shape) -> str:
    if isinstance(shape, Line):
        points = " ".join(f"{x:.2f},{y:.2f}" for x, y in shape.points)
        broken = f' stroke-dasharray="{BROKEN[0]:g} {BROKEN[1]:g}"' if shape.is_broken else ""
        return (
            f'<polyline points="{points}" fill="none" stroke={quoteattr(shape.ink)} '
            f'stroke-width="{shape.width:g}" stroke-linejoin="round"{broken}/>'
        )
    if isinstance(shape, Box):
        return (
            f'<rect x="{shape.left:.2f}" y="{shape.top:.2f}" width="{shape.width:.2f}" height="{shape.height:.2f}" '
            f"fill={quoteattr(shape.ink)}/>"
        )
    if isinstance(shape, Dot):
        return f'<circle cx="{shape.x:.2f}" cy="{shape.y:.2f}" r="{shape.radius:g}" fill={quoteattr(shape.ink)}/>'
    return _words(shape)


def _words(shape: Words) -> str:
    face = (' font-weight="bold"' if shape.is_bold else "") + (' font-style="italic"' if shape.is_slanted else "")
    return (
        f'<text x="{shape.x:.2f}" y="{shape.y:.2f}" font-size="{shape.size:g}" fill={quoteattr(shape.ink)} '
        f'text-anchor="{shape.anchor.value}"{face}>{escape(printable(shape.words))}</text>'
    )
