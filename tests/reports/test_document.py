"""A document as Word and as PDF: the letters are the right ones, tables go over pages, nothing is lost."""

from __future__ import annotations

import unicodedata
from datetime import UTC, date, datetime
from io import BytesIO

import docx
import pypdfium2
import pytest

from reports.document import (
    MOTTO,
    NATION,
    Document,
    FactList,
    Grid,
    Heading,
    Letterhead,
    Paragraph,
    Signatures,
)
from reports.pdf import pdf_bytes
from reports.word import word_bytes

NOW = datetime(2026, 11, 26, 8, 0, tzinfo=UTC)
# Every letter of Vietnamese with every mark, small and large.
MARKED = "aăâeêioôơuưyđ"
LETTERS = sorted(
    {
        unicodedata.normalize("NFC", f"{base}{mark}")
        for base in MARKED
        for mark in ("", *"\u0300\u0301\u0303\u0309\u0323")
    }
)
ALPHABET = "".join(letter for letter in LETTERS if len(letter) == 1)
HEAD = Letterhead("Cục THADS tỉnh Thừa Thiên Huế", "Trung tâm điều hành", "Huế", date(2026, 2, 5))
DOCUMENT = Document(
    HEAD,
    "BIÊN BẢN BÀN GIAO CA TRỰC",
    "Ca của truc",
    [
        FactList([("Người trực", "truc")]),
        Heading("1. Cảnh báo"),
        Grid([("Mức", 20), ("Cảnh báo", 80)], [("Khẩn cấp", f"Tụ tập trước trụ sở, dòng {row}") for row in range(70)]),
        # What arrives decomposed is set composed; what cannot be seen is not set.
        Paragraph(unicodedata.normalize("NFD", f"{ALPHABET} {ALPHABET.upper()}") + "\x07"),
        Paragraph("Dữ liệu mẫu", is_note=True),
        Signatures([("Người giao ca", "Trực vận hành"), ("Người nhận ca", "Trực vận hành")]),
    ],
    "Biên bản X",
)


@pytest.fixture(scope="module")
def pages() -> list[str]:
    file = pypdfium2.PdfDocument(pdf_bytes(DOCUMENT, NOW))
    texts = [page.get_textpage().get_text_range() for page in file]
    file.close()
    return texts


def test_a_pdf_has_every_vietnamese_letter(pages: list[str]) -> None:
    text = unicodedata.normalize("NFC", "".join(pages))
    assert not set(ALPHABET + ALPHABET.upper()) - set(text)
    words = " ".join(text.split())
    for line in (NATION, MOTTO, "CỤC THADS TỈNH THỪA THIÊN HUẾ", "Huế, ngày 05 tháng 02 năm 2026", "NGƯỜI NHẬN CA"):
        assert line in words


def test_a_pdf_numbers_its_pages_from_the_second_and_repeats_the_head_of_a_table(pages: list[str]) -> None:
    assert len(pages) == 3
    assert [page.split()[0] for page in pages[1:]] == ["2", "3"]
    assert all("Biên bản X" in page for page in pages)
    assert all("Mức" in page for page in pages[:2])
    assert sum(page.count("Tụ tập trước trụ sở, dòng") for page in pages) == 70


def test_the_same_document_at_the_same_time_is_the_same_bytes() -> None:
    assert pdf_bytes(DOCUMENT, NOW) == pdf_bytes(DOCUMENT, NOW)


def test_a_word_file_has_the_same_words() -> None:
    file = docx.Document(BytesIO(word_bytes(DOCUMENT)))
    said = "\n".join(paragraph.text for paragraph in file.paragraphs)
    assert f"{ALPHABET} {ALPHABET.upper()}" in said and "BIÊN BẢN BÀN GIAO CA TRỰC" in said
    letterhead, grid, signatures = file.tables
    assert NATION in letterhead.rows[0].cells[1].text and "Huế, ngày 05 tháng 02" in letterhead.rows[0].cells[1].text
    assert len(grid.rows) == 71 and grid.rows[0].cells[1].text == "Cảnh báo"
    assert [cell.text.split("\n")[0] for cell in signatures.rows[0].cells] == ["NGƯỜI GIAO CA", "NGƯỜI NHẬN CA"]
    assert file.styles["Normal"].font.name == "Times New Roman"
