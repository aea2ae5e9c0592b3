"""Cells that pack number, day and money into one text."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.case_workbook.cells import CellProblem, fact_day
from connectors.case_workbook.packed import packed_amount, packed_day, packed_number

read_packed_day = packed_day(fact_day(date(2026, 11, 23)))


@pytest.mark.parametrize(
    "cell",
    [
        "Số: 46/QĐ-THADS ngày 05/10/2025 số tiền 150.000đ",
        "Số: 46/QĐ-THADS ngày 05/10/2025, thu án phí dân sự sơ thẩm 150.000đ",
        "46/QĐ-CCTHADS; 05/10/2025; 150.000",
        "46; 5/10/2025; 150.000 đồng",
        "46/QĐ-CCTHADS\nngày 05.10.2025\n150.000đ",
        "QĐ số 46/QĐ-CCTHADS ngày 5 tháng 10 năm 2025; số tiền: 150.000",
        "046/QĐ-CCTHADS ngày 2025-10-05 150.000 VNĐ",
        "Số 46/QĐ-CCTHADS ngày 5/10/25 150.000 đồng",
    ],
)
def test_number_day_and_money_are_taken_out_of_one_cell(cell: str) -> None:
    assert (packed_number(cell), read_packed_day(cell), packed_amount(cell)) == ("46", date(2025, 10, 5), 150_000)


def test_what_a_packed_cell_lacks_is_refused_by_name() -> None:
    with pytest.raises(CellProblem, match="không có ngày"):
        read_packed_day("46/QĐ-THADS 150.000đ")
    with pytest.raises(CellProblem, match="đúng một số tiền"):
        packed_amount("46/QĐ-THADS ngày 05/10/2025 giao con chung")
    with pytest.raises(CellProblem, match="đúng một số tiền"):
        packed_amount("46/QĐ-THADS ngày 05/10/2025 150.000đ và 200.000đ")
    with pytest.raises(CellProblem, match="tương lai"):
        read_packed_day("46/QĐ-THADS ngày 05/10/2027 150.000đ")


@given(st.one_of(st.text(max_size=100), st.floats(), st.dates(), st.booleans()))
def test_no_cell_makes_a_packed_reader_raise_anything_but_a_cell_problem(cell: object) -> None:
    for read in (packed_number, read_packed_day, packed_amount):
        try:
            read(cell)  # type: ignore[arg-type]
        except CellProblem as problem:
            assert str(problem)
