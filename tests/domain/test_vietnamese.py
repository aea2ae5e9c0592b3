from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.vietnamese import normalised

LETTERS = "aàáảãạăằắẳẵặâầấẩẫậbcdđeèéẻẽẹêềếểễệghiìíỉĩịklmnoòóỏõọôồốổỗộơờớởỡợpqrstuùúủũụưừứửữựvxyỳýỷỹỵ"
words = st.text(st.sampled_from(LETTERS + LETTERS.upper() + "0123456789 .,-/"), max_size=40)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Đơn vị ban hành", "don vi ban hanh"),
        ("  ĐƠN\u00a0VỊ \t ban\nhành: ", "don vi ban hanh"),
        ("Số; ngày; số tiền", "so; ngay; so tien"),
        ("Phường Hóa Châu", "phuong hoa chau"),
        ("Phường Hoá Châu", "phuong hoa chau"),
        ("46/QĐ-CTHADS", "46/qd-cthads"),
        ("\ufeffĐơn\u200b vị", "don vi"),
        ("（Ｔổng số）", "tong so"),
        ("", ""),
        (" ... ", ""),
    ],
)
def test_the_same_words_match_however_they_were_typed(typed: str, expected: str) -> None:
    assert normalised(typed) == expected


def test_different_letters_stay_different() -> None:
    assert normalised("Phú Vang") != normalised("Phú Vinh")
    assert normalised("Khu vực 1") != normalised("Khu vực 2")


@given(words)
def test_composed_and_decomposed_text_are_the_same_text(text: str) -> None:
    assert normalised(unicodedata.normalize("NFC", text)) == normalised(unicodedata.normalize("NFD", text))


@given(words)
def test_what_is_normalised_stays_as_it_is(text: str) -> None:
    assert normalised(normalised(text)) == normalised(text)


@given(words)
def test_no_diacritic_and_no_capital_remains(text: str) -> None:
    assert set(normalised(text)) <= set("abcdefghijklmnopqrstuvwxyz0123456789 .,-/")
