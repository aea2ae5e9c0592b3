"""A briefing as Word and PDF: every number with its source, what is unknown in words, nothing lost between the two."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import docx
import pypdfium2
import pytest
from briefing_support import NOTHING, NOW, a_briefing, known_facts

from domain.briefing import BriefingFacts
from domain.briefing_schedule import BriefingKind
from reports.briefing import CHARTS, briefing_chart, briefing_document
from reports.pdf import pdf_bytes
from reports.word import word_bytes


def words_of_pdf(facts: BriefingFacts) -> str:
    file = pypdfium2.PdfDocument(pdf_bytes(briefing_document(a_briefing(facts)), NOW))
    texts = []
    for page in file:
        part = page.get_textpage()
        texts.append(part.get_text_range())
        part.close()
        page.close()
    file.close()
    return unicodedata.normalize("NFC", " ".join(" ".join(texts).split()))


def words_of_word(facts: BriefingFacts) -> str:
    file = docx.Document(BytesIO(word_bytes(briefing_document(a_briefing(facts)))))
    cells = [cell.text for table in file.tables for row in table.rows for cell in row.cells]
    return " ".join([*(paragraph.text for paragraph in file.paragraphs), *cells])


SAID_WHEN_KNOWN = (
    "22,26%",
    "22,19%",
    "+0,07 điểm",
    "+0,8",
    "Thi hành xong thêm 12 việc, 2,5 tỷ đồng; thụ lý mới 34 việc, từ ngày 25/11 đến 26/11/2026.",
    "Nguồn: Quản lý án, 09:43 26/11/2026",
    "Mới có số liệu của 2/3 đơn vị",
    "phát sinh 5, đã đóng 4",
    "nhận 9, xử lý xong 6; đang mở 21, quá hạn 1",
    "Tụ tập trước trụ sở, Phú Vang",
    "2 giờ",
    "chưa ai nhận",
    "Liệt kê 1 trong 14.",
    "Thời hạn luật định quá hạn: 7.",
    "Phú Vang 5; A Lưới 2",
    "Thời hạn mẫu",
    "1 ngày 2 giờ",
    "Rà soát án tín dụng",
    "66,7% (2/3 đơn vị)",
    "3.459",
    "Số liệu tạm tính. Dữ liệu mẫu",
)


@pytest.mark.parametrize("read", [words_of_pdf, words_of_word])
def test_everything_known_is_said_in_both_files(read: object) -> None:
    assert callable(read)
    words = read(known_facts())
    for each in SAID_WHEN_KNOWN:
        assert each in words, each
    assert "BẢN TIN SÁNG THI HÀNH ÁN DÂN SỰ" in words


@pytest.mark.parametrize("read", [words_of_pdf, words_of_word])
def test_what_is_not_known_is_said_and_is_never_zero(read: object) -> None:
    assert callable(read)
    words = read(NOTHING)
    assert words.count("chưa có số liệu") >= 7
    assert "Quản lý án, chưa kết nối" in words
    assert "0,0" not in words and "nan" not in words.lower() and "None" not in words
    assert "Dữ liệu mẫu" not in words


def test_the_weekly_one_is_signed_for_and_names_itself() -> None:
    words = words_of_pdf(known_facts(BriefingKind.WEEKLY))
    assert "BẢN TIN TUẦN" in words and "NGƯỜI DUYỆT" in words
    assert "NGƯỜI DUYỆT" not in words_of_pdf(known_facts())


def test_one_that_was_missed_says_that_it_is_late_and_a_damaged_one_says_so() -> None:
    facts = replace(known_facts(), appointment_at=NOW - timedelta(hours=3))
    assert "Lập muộn: lịch là 04:00 26/11/2026" in words_of_pdf(facts)
    assert "Lập muộn" not in words_of_pdf(replace(facts, appointment_at=NOW))
    damaged = replace(a_briefing(facts), is_whole=False)
    assert "không khớp mã băm" in str(briefing_document(damaged).blocks)


def test_a_new_statistical_year_is_not_compared_with_the_last() -> None:
    facts = known_facts()
    assert facts.figures is not None
    fresh = replace(facts.figures, is_new_year=True, cases=replace(facts.figures.cases, then=None))
    assert "Năm thống kê mới bắt đầu" in words_of_pdf(replace(facts, figures=fresh))


def test_charts_are_in_the_pdf_as_letters_and_in_word_as_described_pictures() -> None:
    facts = known_facts()
    assert "Tỷ lệ thi hành xong về việc theo đơn vị, Toàn tỉnh" in words_of_pdf(facts)
    file = docx.Document(BytesIO(word_bytes(briefing_document(a_briefing(facts)))))
    told = [shape._inline.docPr.get("descr") for shape in file.inline_shapes]
    assert len(told) == 2
    assert "Phú Vang 10,8%" in told[0] and "Nam Đông chưa có số liệu" in told[0]
    assert all(briefing_chart(facts, name) is not None for name in CHARTS)
    assert all(briefing_chart(NOTHING, name) is None for name in CHARTS)


def test_the_same_facts_are_the_same_pdf() -> None:
    document = briefing_document(a_briefing(known_facts()))
    assert pdf_bytes(document, NOW) == pdf_bytes(document, NOW)
