"""Sheets and pushed bodies of figures by period: read as meant, or refused with place, field and reason."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.base import WorkbookRefused
from connectors.observations import decimal_text, parse_observation_rows, parse_pushed, unit_words
from connectors.pushed_list import PushUnreadable
from data_access.observations import shipped_indicators
from domain.observations import ObservationRules

NOW = datetime(2026, 11, 23, 2, 40, tzinfo=UTC)
RULES = ObservationRules(shipped_indicators(), {"PHUVANG", "HUE"}, (), NOW)
WORDS = unit_words({"phuvang": "PHUVANG", "phu vang": "PHUVANG"}, ("HUE", "Thừa Thiên Huế", "Huế"))
HEAD = ["Mã chỉ tiêu", "Đơn vị", "Kỳ", "Tử số", "Mẫu số", "Giá trị", "Số liệu đến"]
ENTRY = {
    "indicator": "signature_documents",
    "unit": "PHUVANG",
    "period": "2026-10",
    "numerator": 3,
    "denominator": 4,
    "as_of": "2026-11-02T08:00:00+07:00",
}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("12", "12"), ("12,5", "12.5"), ("12.5", "12.5"), ("1.234.567", "1234567"), ("1.234.567,25", "1234567.25")]
    + [("1,234,567", "1234567"), ("0,123", "0.123"), (" ", ""), ("1 234 567", "1234567")],
)
def test_numbers_are_read_as_they_are_typed_here(typed: str, meant: str) -> None:
    assert decimal_text(typed) == meant


@pytest.mark.parametrize("typed", ["1.234", "12,345", "một", "1e9", "1.2.3", "--"])
def test_a_number_of_two_meanings_or_of_none_is_marked(typed: str) -> None:
    assert decimal_text(typed).startswith("?")


@given(number=st.integers(0, 10**12))
def test_a_whole_number_with_dots_or_without_is_the_same(number: int) -> None:
    dotted = f"{number:,}".replace(",", ".")
    assert decimal_text(str(number)) == str(number)
    assert decimal_text(dotted) in {str(number), f"?{dotted}"}
    assert (decimal_text(dotted) == str(number)) is (number < 1000 or number >= 10**6)


def test_a_sheet_keeps_its_good_rows_and_names_the_bad_ones() -> None:
    good = ["signature_documents", "Phú Vang", "2026-10", "3", "4", "", "02/11/2026 08:00"]
    whole = ["survey_awareness", "Thừa Thiên Huế", "2025", "412", "560", "", "2026-01-20"]
    rows = [HEAD, good, whole, [*good[:3], "5", *good[4:]], [*good[:3], "1.234", *good[4:]], [*good[:6], "hôm qua"]]
    parsed = parse_observation_rows(enumerate(rows, start=1), WORDS, RULES)
    assert [each.unit for each in parsed.observations] == ["PHUVANG", "HUE"]
    assert parsed.observations[0].as_of_at == datetime(2026, 11, 2, 1, tzinfo=UTC)
    assert [(each.reference, each.field) for each in parsed.refused] == [
        ("dòng 4", "Tử số"),
        ("dòng 5", "Tử số"),
        ("dòng 6", "Thời điểm số liệu"),
    ]
    assert parsed.refused[1].value == "1.234"


def test_a_sheet_without_its_head_is_refused() -> None:
    with pytest.raises(WorkbookRefused, match="Mã|Chỉ tiêu"):
        parse_observation_rows([(1, ["a", "b"])], WORDS, RULES)


def test_a_pushed_figure_is_read_exactly() -> None:
    body = json.dumps({"observations": [ENTRY, {**ENTRY, "numerator": "3.0", "denominator": 4.5}]})
    parsed = parse_pushed(body.encode(), WORDS, RULES)
    assert parsed.refused_count == 0
    assert parsed.observations[1].figures.denominator == Decimal("4.5")


@pytest.mark.parametrize(
    "wrong",
    [{"numerator": True}, {"numerator": None}, {"numerator": 1e40}, {"unit": ["PHUVANG"]}, {"as_of": 1762041600}]
    + [{"denominator": 0}, {"period": 2026}, {"indicator": {}}],
)
def test_a_pushed_figure_of_another_kind_is_refused_and_the_rest_stands(wrong: dict[str, object]) -> None:
    parsed = parse_pushed(json.dumps({"observations": [{**ENTRY, **wrong}, ENTRY, 7]}).encode(), WORDS, RULES)
    assert len(parsed.observations) == 1
    assert [each.reference for each in parsed.refused] == ["mục 1", "mục 3"]


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{}", b'{"observations": {}}', b"\xff", b"[" * 100_000, b'{"observations": [NaN]}']
)
def test_a_body_that_is_no_list_is_unreadable(body: bytes) -> None:
    with pytest.raises(PushUnreadable):
        parse_pushed(body, WORDS, RULES)


@given(
    body=st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(),
        lambda part: st.lists(part) | st.dictionaries(st.text(), part),
    )
)
def test_no_body_breaks_the_reader(body: object) -> None:
    parsed = parse_pushed(
        json.dumps({"observations": [body, ENTRY]}, allow_nan=True)
        .replace("NaN", "0")
        .replace("Infinity", "0")
        .encode(),
        WORDS,
        RULES,
    )
    assert parsed.rows_read == 2 and len(parsed.observations) == 1
