"""A plain document of the administration: letterhead, title, paragraphs, facts, tables, drawings, places to sign.

What is in it, once; reports/word.py and reports/pdf.py lay it out, both after Nghị định 30/2020/NĐ-CP: A4, its margins,
a serif type, agency at the left, national title at the right, page numbers at the top from the second page on.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from reports.drawing import Drawing

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
TO_SIGN = "(Ký, ghi rõ họ tên)"
# Millimetres: within what the decree allows, the same in both files.
MARGIN_TOP, MARGIN_BOTTOM, MARGIN_LEFT, MARGIN_RIGHT = 20, 20, 30, 15
PAGE_SHORT, PAGE_LONG = 210, 297
# The agency's share of the width beside the national title.
LETTERHEAD_SHARE = 76 / 165


@dataclass(frozen=True, slots=True)
class Letterhead:
    """`agency` stands above `office`, which issues the paper; `place` and `on` under the motto."""

    agency: str
    office: str
    place: str
    on: date

    @property
    def date_words(self) -> str:
        """'Huế, ngày 05 tháng 02 năm 2026': days below ten and the first two months with a nought."""
        month = f"{self.on.month:02}" if self.on.month < 3 else str(self.on.month)
        return f"{self.place}, ngày {self.on.day:02} tháng {month} năm {self.on.year}"


@dataclass(frozen=True, slots=True)
class Heading:
    """A numbered or plain heading of a part."""

    words: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; `is_note` is small and slanted."""

    words: str
    is_note: bool = False


@dataclass(frozen=True, slots=True)
class FactList:
    """Names with what is known of each, one line each."""

    facts: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table; `columns` are (head, share of the width), those from `numbers_from` on stand at the right of their cell.
    Its head is repeated on every page."""

    columns: Sequence[tuple[str, int]]
    rows: Sequence[Sequence[str]]
    size: int = 11
    numbers_from: int = 1_000


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing over the whole width of the text; lines and letters in a PDF, an image with words beside it in Word."""

    drawing: Drawing


@dataclass(frozen=True, slots=True)
class Signatures:
    """Places to sign, beside each other: (what the person does here, in which role)."""

    places: Sequence[tuple[str, str]]


Block = Heading | Paragraph | FactList | Grid | Picture | Signatures


@dataclass(frozen=True, slots=True)
class Document:
    """What a person takes away on paper; `footnote` stands at the foot of every page; a wide table lies on its side."""

    letterhead: Letterhead
    title: str
    subtitle: str
    blocks: Sequence[Block]
    footnote: str = ""
    is_landscape: bool = False


def printable(words: str) -> str:
    """Text as both writers set it: one code point a letter, as the fonts have it, and nothing that cannot be seen."""
    composed = unicodedata.normalize("NFC", words)
    return "".join(letter if letter.isprintable() else " " for letter in composed)
