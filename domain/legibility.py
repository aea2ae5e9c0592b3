"""How large a text looks from where people stand, and which wall layout is honest there (screens.md 1.3).

ISO 9241-3 as quoted there: 20 to 22 minutes of arc preferred, 16 the least. One rem is 1/192 of the picture's width, so
the answer does not depend on how many pixels a screen has.
"""

from __future__ import annotations

import math
from enum import StrEnum

CAP_HEIGHT_EM = 0.728  # Inter, measured in its font file
REMS_ACROSS = 192
LEAST_ARC_MINUTES = 16.0
DENSE_BODY_REM = 2.6
FAR_TEXT_REM = 5.2
MILLIMETRES_PER_INCH = 25.4
# A picture is 16:9: its width is this share of its diagonal.
WIDTH_OF_DIAGONAL = 16 / math.hypot(16, 9)


class Layout(StrEnum):
    """Bố cục: `dense` shows everything to people near by, `far` six figures, the map and what burns."""

    DENSE = "dense"
    FAR = "far"


def arc_minutes(text_rem: float, diagonal_inches: float, distance_m: float) -> float:
    """The height of a capital letter of this size, in minutes of arc, seen from a distance (metres).

    Raises ValueError unless diagonal and distance are above zero.
    """
    if diagonal_inches <= 0 or distance_m <= 0:
        raise ValueError("a screen has a diagonal and a distance above zero")
    width_m = diagonal_inches * MILLIMETRES_PER_INCH / 1000 * WIDTH_OF_DIAGONAL
    height_m = text_rem * CAP_HEIGHT_EM * width_m / REMS_ACROSS
    return math.degrees(2 * math.atan(height_m / (2 * distance_m))) * 60


def layout_for(diagonal_inches: float, distance_m: float) -> Layout:
    """The dense layout where its body text has 16 minutes of arc, else the far one."""
    dense = arc_minutes(DENSE_BODY_REM, diagonal_inches, distance_m)
    return Layout.DENSE if dense >= LEAST_ARC_MINUTES else Layout.FAR


def farthest_m(layout: Layout, diagonal_inches: float) -> float:
    """From how far (metres) the layout's smallest important text still has 16 minutes of arc."""
    text_rem = DENSE_BODY_REM if layout is Layout.DENSE else FAR_TEXT_REM
    width_m = diagonal_inches * MILLIMETRES_PER_INCH / 1000 * WIDTH_OF_DIAGONAL
    height_m = text_rem * CAP_HEIGHT_EM * width_m / REMS_ACROSS
    return height_m / (2 * math.tan(math.radians(LEAST_ARC_MINUTES / 60) / 2))
