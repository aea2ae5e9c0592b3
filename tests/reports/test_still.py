"""A still with who looks burnt in: in every part of it, on black, on white, and as a picture anybody can read."""

from __future__ import annotations

import struct
import zlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.bitmap_font import plain, written
from reports.still import png, watermarked

WORDS = "truong.phuvang 09:41:07 25/11/2026 PHUVANG-02"


def a_picture(value: int, height: int = 540, width: int = 960) -> np.ndarray:
    return np.full((height, width, 3), value, np.uint8)


@pytest.mark.parametrize("value", [0, 40, 128, 230, 255])
def test_no_part_of_a_picture_is_without_its_mark(value: int) -> None:
    picture = a_picture(value)
    marked = watermarked(picture, WORDS)
    changed = (marked.astype(int) - picture).any(axis=2)
    for top in range(0, 540 - 180, 60):
        for left in range(0, 960 - 240, 60):
            assert changed[top : top + 180, left : left + 240].any(), (top, left)
    assert (picture == value).all(), "the picture that came is left as it was"


def test_the_band_below_says_who_in_full() -> None:
    marked = watermarked(a_picture(128), WORDS)
    dots = written(WORDS, 2)
    band = marked[-dots.shape[0] - 4 : -4, 2 : 2 + dots.shape[1], 0] == 255
    assert (band == dots).all()


def test_the_longest_name_and_code_still_fit_and_what_does_not_is_refused() -> None:
    watermarked(a_picture(0), f"{'n' * 32} 09:41:07 25/11/2026 {'C' * 14}")
    with pytest.raises(ValueError, match="do not fit"):
        watermarked(a_picture(0), "x" * 100)


def test_different_people_and_times_leave_different_marks() -> None:
    marks = {png(watermarked(a_picture(90), f"{who} 09:41:0{at}")) for who in ("a", "b") for at in (1, 2)}
    assert len(marks) == 4


@given(st.text(max_size=20))
def test_any_name_can_be_written(text: str) -> None:
    assert written(text, 1).shape[0] == 7 and len(plain(text)) <= len(text)


def test_letters_are_told_apart() -> None:
    letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-./:?@_ "
    assert len({written(letter, 1).tobytes() for letter in letters}) == len(letters)
    assert plain("Trần Đức") == "TRAN DUC"


def test_a_png_is_read_back_as_it_was() -> None:
    picture = np.random.default_rng(7).integers(0, 256, (9, 13, 3), dtype=np.uint8)
    content = png(picture)
    assert content[:8] == b"\x89PNG\r\n\x1a\n"
    chunks, at = {}, 8
    while at < len(content):
        size, kind = struct.unpack(">I4s", content[at : at + 8])
        chunks[kind] = content[at + 8 : at + 8 + size]
        assert struct.unpack(">I", content[at + 8 + size : at + 12 + size])[0] == zlib.crc32(kind + chunks[kind])
        at += size + 12
    assert list(chunks) == [b"IHDR", b"IDAT", b"IEND"], "nothing about where it is from"
    assert struct.unpack(">II", chunks[b"IHDR"][:8]) == (13, 9)
    lines = np.frombuffer(zlib.decompress(chunks[b"IDAT"]), np.uint8).reshape(9, 1 + 13 * 3)
    assert (lines[:, 0] == 2).all()
    assert (np.cumsum(lines[:, 1:], axis=0, dtype=np.uint8).reshape(9, 13, 3) == picture).all()
