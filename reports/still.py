"""One picture of a camera with who looks and when burnt into it, as a PNG. It is made for one pair of eyes and kept
nowhere."""

from __future__ import annotations

import struct
import zlib

import numpy as np
from numpy.typing import NDArray

from reports.bitmap_font import HIGH, plain, written

SCALE = 2
# How strongly the repeated lines lie over the picture; the band below is opaque.
_OVER = 0.35
_STEP = 90
Picture = NDArray[np.uint8]


def watermarked(picture: Picture, words: str) -> Picture:
    """A copy of a picture (height, width, 3: red, green, blue) with the words in a band below and in rows all over it,
    so that no part of it can be cut out without them; refuses words that would not fit (ValueError)."""
    marked = picture.copy()
    height, width, _ = marked.shape
    band = written(words, SCALE)
    if band.shape[1] + 2 * SCALE > width or band.shape[0] + 4 * SCALE + _STEP > height:
        raise ValueError(f"{len(plain(words))} letters do not fit into {width} x {height}")
    small = written(f"{words}   ", SCALE)
    for number, top in enumerate(range(10, height - HIGH * SCALE, _STEP)):
        row = np.roll(np.tile(small, width // small.shape[1] + 2), -number * 97, axis=1)[:, :width]
        part = marked[top : top + row.shape[0]]
        part[row] = (part[row] * (1 - _OVER) + 255 * _OVER).astype(np.uint8)
        # A dark edge below each dot: white alone would vanish on a white wall.
        below = np.roll(row, 1, axis=0) & ~row
        part[below] = (part[below] * (1 - _OVER)).astype(np.uint8)
    foot = marked[height - band.shape[0] - 4 * SCALE :]
    foot[:] = 0
    foot[2 * SCALE : 2 * SCALE + band.shape[0], SCALE : SCALE + band.shape[1]][band] = 255
    return marked


def png(picture: Picture) -> bytes:
    """A picture (height, width, 3) as PNG, without a word about where it is from."""
    height, width, _ = picture.shape
    # Each line is told as its difference from the one above (filter 2), which packs better.
    above = np.vstack([np.zeros((1, width, 3), np.uint8), picture[:-1]])
    lines = (picture - above).reshape(height, width * 3)
    raw = np.hstack([np.full((height, 1), 2, np.uint8), lines]).tobytes()
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(raw, 4)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, content) for kind, content in parts)


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
