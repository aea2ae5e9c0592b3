"""Single cells: every form an agency types, and what is refused with which reason."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.case_workbook.cells import (
    CellProblem,
    PersonalCell,
    amount_due,
    day_of_serial,
    decision_number,
    fact_day,
    officer_code,
    plain_text,
    read_amount,
    read_day,
    read_mark,
    shown_text,
)

ANY_CELL = st.one_of(
    st.text(max_size=80),
    st.text(alphabet=st.characters(categories=("Cs", "Cc", "Nd", "Lu")), max_size=20),
    st.floats(),
    st.integers(),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
)
THE_DAY = date(2025, 10, 5)


@pytest.mark.parametrize(
    "cell",
    [
        date(2025, 10, 5),
        datetime(2025, 10, 5, 16, 30),
        45935,
        45935.75,
        20251005,
        20251005.0,
        "05/10/2025",
        "5/10/2025",
        "5/10/25",
        "05-10-2025",
        "05.10.2025",
        " 05 / 10 / 2025 ",
        "2025-10-05",
        "2025/10/5",
        "2025-10-05T07:45:00",
        "2025-10-05 07:45",
        "05/10/2025 00:00:00",
        "ngày 05/10/2025",
        "Ngày 5 tháng 10 năm 2025",
        "05\u00a0/10/2025",
        "０５／１０／２０２５",
        "'05/10/2025",
        "45935",
        "20251005",
        "Ngày 5 tháng 10 năm 2025",
    ],
)
def test_a_day_is_read_from_every_form_in_use(cell: object) -> None:
    assert read_day(cell) == THE_DAY


@pytest.mark.parametrize(
    "cell",
    [
        "",
        "-",
        "10/2025",
        "31/02/2025",
        "10/31/2025",
        "hôm qua",
        "05/10/20255",
        "5/10/025",
        "x" * 500,
        True,
        time(3),
        "1e9",
    ]
    + [float("nan"), float("inf"), -1.0, 0.0, 60.0, 1e300, timedelta(days=3), "05/10/2025 sáng", "٠٥/١٠/٢٠٢٥"],
)
def test_what_is_no_day_is_refused(cell: object) -> None:
    with pytest.raises(CellProblem):
        read_day(cell)


def test_two_digit_years_belong_to_the_century_around_us() -> None:
    assert read_day("1/2/69") == date(2069, 2, 1)
    assert read_day("1/2/98") == date(1998, 2, 1)


def test_serials_jump_over_the_day_that_excel_invented() -> None:
    assert day_of_serial(1) == date(1900, 1, 1)
    assert day_of_serial(59) == date(1900, 2, 28)
    assert day_of_serial(61) == date(1900, 3, 1)
    with pytest.raises(CellProblem):
        day_of_serial(60)


def test_a_fact_lies_between_1990_and_tomorrow() -> None:
    read = fact_day(date(2026, 11, 23))
    assert read("24/11/2026") == date(2026, 11, 24)
    assert read("01/01/1990") == date(1990, 1, 1)
    with pytest.raises(CellProblem, match="tương lai"):
        read("25/11/2026")
    with pytest.raises(CellProblem, match="trước năm 1990"):
        read("31/12/1989")
    with pytest.raises(CellProblem, match="trước năm 1990"):
        read(59.0)


@pytest.mark.parametrize(
    ("cell", "amount"),
    [
        (1234567, 1234567),
        (1234567.0, 1234567),
        ("1234567", 1234567),
        ("1.234.567", 1234567),
        ("1,234,567", 1234567),
        ("1 234 567", 1234567),
        ("1\u00a0234\u202f567", 1234567),
        ("1'234'567", 1234567),
        ("1.234.567,00", 1234567),
        ("1,234,567.00", 1234567),
        ("1234567,0", 1234567),
        ("1234567.00", 1234567),
        ("150.000đ", 150000),
        ("150.000 đ", 150000),
        ("1.250.000.000 đồng", 1250000000),
        ("1.250.000.000 ĐỒNG", 1250000000),
        ("150.000đồng", 150000),
        ("VND 150.000", 150000),
        ("150,000 VNĐ", 150000),
        ("150.000 ₫", 150000),
        ("１．２３４．５６７", 1234567),
        ("(1.000)", -1000),
        ("-1000", -1000),
        ("−1.000", -1000),
        ("(1.000) đ", -1000),
        ("0", 0),
        (0, 0),
        ("1.000", 1000),
        ("1,000", 1000),
        (2.0**53, 2**53),
    ],
)
def test_whole_dong_are_read_from_every_form_in_use(cell: object, amount: int) -> None:
    assert read_amount(cell) == amount


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        (1000.5, "lẻ dưới 1 đồng"),
        ("1.000,5", "lẻ dưới 1 đồng"),
        ("12.34", "lẻ dưới 1 đồng"),
        (float("nan"), "hữu hạn"),
        (float("inf"), "hữu hạn"),
        ("NaN", "đủ chữ số"),
        ("1e400", "đủ chữ số"),
        ("1,5E+09", "không đọc được"),
        (1e300, "lớn bất thường"),
        ("9" * 30, "lớn bất thường"),
        ("", "trống"),
        ("-", "trống"),
        ("1.23.4567", "dấu phân cách không rõ"),
        ("1.234,567.890", "dấu phân cách không rõ"),
        ("150 triệu", "không đọc được"),
        ("1đ2", "không đọc được"),
        ("--5", "không đọc được"),
        ("٣٤", "không đọc được"),
        (True, "không đọc được"),
        (date(2026, 1, 1), "không đọc được"),
        ("1" * 5000, "không đọc được"),
        ("1\x000", "ký tự hỏng"),
        ("1\ud8000", "ký tự hỏng"),
    ],
)
def test_what_is_no_whole_dong_is_refused_with_a_reason(cell: object, reason: str) -> None:
    with pytest.raises(CellProblem, match=reason):
        read_amount(cell)


def test_money_due_is_never_negative_but_may_be_nothing() -> None:
    assert amount_due("0") == 0
    assert amount_due(0.0) == 0
    for cell in (-1, -1.0, "(1.000)", "-5"):
        with pytest.raises(CellProblem, match="âm"):
            amount_due(cell)


@given(st.integers(min_value=-(2**53), max_value=2**53), st.sampled_from([".", ",", " ", "\u00a0"]))
def test_grouped_money_reads_back_as_it_was_written(amount: int, mark: str) -> None:
    assert read_amount(f"{amount:,}".replace(",", mark) + " đ") == amount


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("46/QĐ-CTHADS", "46"),
        ("46/QĐ-CCTHADS", "46"),
        ("046/QĐ-CCTHADS", "46"),
        ("46", "46"),
        (46, "46"),
        (46.0, "46"),
        ("Số: 46/QĐ-THADS", "46"),
        ("số 46", "46"),
        ("QĐ số 46/THA", "46"),
        ("46/2026/QĐ-THADS", "46"),
        ("46a/QĐ-THADS", "46a"),
        ("46A/QĐ-THADS", "46a"),
        ("46bis", "46bis"),
        ("46/2", "46/2"),
        ("46/02/QĐ-THADS", "46/2"),
        ("46 /QĐ-THADS", "46"),
        ("46-QĐ/THADS", "46"),
        ("46QĐ-THADS", "46"),
        ("1.234/QĐ-THADS", "1234"),
        ("46/QĐ-THADS ngày 05/10/2025", "46"),
        ("４６/QĐ-THADS", "46"),
        ("46/QĐ-CTHADS", "46"),
        ("46/qđ-cthads", "46"),
        ("46\n/QĐ", "46"),
    ],
)
def test_a_decision_number_is_the_number_without_the_office(cell: object, number: str) -> None:
    assert decision_number(cell) == number


@pytest.mark.parametrize(
    "cell",
    [
        "",
        "-",
        "QĐ-THADS",
        "0",
        "000/QĐ",
        0,
        -46,
        46.5,
        float("nan"),
        True,
        date(2025, 10, 5),
        "05/10/2025",
        "46 47",
        "46,5",
    ]
    + ["46-47", "x46", "46abc", "9" * 12, "4\x006", "1" * 10_000, "٤٦"],
)
def test_what_is_no_decision_number_is_refused(cell: object) -> None:
    with pytest.raises(CellProblem):
        decision_number(cell)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("CHV-07", "CHV-07"),
        ("chv-07", "CHV-07"),
        ("CHV 07", "CHV-07"),
        ("CHV07", "CHV07"),
        ("HUE.CHV.012", "HUE.CHV.012"),
    ],
)
def test_officers_are_known_by_code(cell: str, code: str) -> None:
    assert officer_code(cell) == code


@pytest.mark.parametrize(
    "cell",
    [
        "Nguyễn Văn A",
        "NGUYEN VAN A",
        "Trần Thị B (CHV-07)",
        "Lê",
        "0905123456",
        7.0,
        "CHV-07; CHV-08",
        "a\x00b",
        "NGUYEN1",
    ],
)
def test_a_name_in_place_of_an_officers_code_is_refused_and_not_repeated(cell: object) -> None:
    with pytest.raises(PersonalCell) as caught:
        officer_code(cell)
    assert str(cell) not in str(caught.value)
    assert caught.value.__cause__ is None


def test_a_mark_is_x_or_nothing() -> None:
    assert [read_mark(cell) for cell in ("x", "X", " x ", "có", 1.0, True)] == [True] * 6
    assert [read_mark(cell) for cell in ("", "-", 0.0, False, "không")] == [False] * 5
    with pytest.raises(CellProblem):
        read_mark("có thể")


def test_text_comes_out_composed_and_on_one_line() -> None:
    assert plain_text("Thu\u0323\u00a0 lý\u200b\n") == "Thụ lý"
    assert plain_text(19804.0) == "19804"
    assert plain_text(date(2025, 10, 5)) == "05/10/2025"


@given(ANY_CELL)
def test_no_cell_makes_a_reader_raise_anything_but_a_cell_problem(cell: object) -> None:
    shown_text(cell).encode()
    for read in (
        read_day,
        read_amount,
        amount_due,
        decision_number,
        officer_code,
        read_mark,
        fact_day(date(2026, 11, 23)),
    ):
        try:
            read(cell)
        except CellProblem as problem:
            assert str(problem)
