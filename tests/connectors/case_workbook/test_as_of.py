"""The export date a workbook states, in its name or above its table."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.case_workbook.as_of import StatedAsOf, earlier, stated_in_name, stated_in_rows

THE_DAY = date(2026, 11, 23)
AT_0940 = datetime(2026, 11, 23, 2, 40, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "at"),
    [
        ("viec_den-ngay-2026-11-23.xlsx", None),
        ("PHUVANG_den-ngay-2026-11-23_2.xlsx", None),
        ("viec_den-ngay-2026-11-23T0940.xlsx", AT_0940),
        ("viec_den-ngay-2026-11-23T094005.xlsx", AT_0940.replace(second=5)),
        ("viec_den-ngay-2026-11-23T09-40.xlsx", AT_0940),
        ("Việc đến ngày 23-11-2026.xlsx", None),
        ("Việc đến ngày 23.11.2026 09h40.xls", AT_0940),
        ("Viec Den Ngay 23_11_2026.csv", None),
        ("viec_den-ngay-2026-11-23 (1).xlsx", None),
    ],
)
def test_the_file_name_states_the_day_and_maybe_the_time(name: str, at: datetime | None) -> None:
    assert stated_in_name(name) == StatedAsOf(THE_DAY, at)


@pytest.mark.parametrize(
    "name",
    [
        "viec.xlsx",
        "2026-11-23.xlsx",
        "den-ngay-2026-13-45.xlsx",
        "den-ngay-0001-01-01.xlsx",
        "den-ngay-2026-11-2345.xlsx",
    ],
)
def test_a_name_without_a_real_day_states_nothing(name: str) -> None:
    assert stated_in_name(name) is None


@pytest.mark.parametrize(
    ("row", "at"),
    [
        (["Số liệu đến ngày", "", date(2026, 11, 23)], None),
        (["Số liệu đến ngày:", "23/11/2026"], None),
        (["", "SO LIEU DEN NGAY", 46349.0], None),
        (["Số liệu đến ngày 23/11/2026"], None),
        (["(Số liệu tính đến ngày 23/11/2026)"], None),
        (["Số liệu đến ngày 23/11/2026 09:40"], AT_0940),
        (["Số liệu đến ngày", "23/11/2026 09:40"], AT_0940),
        (["Số liệu đến ngày", datetime(2026, 11, 23, 9, 40)], AT_0940),
        (["Số liệu đến ngày", datetime(2026, 11, 23)], None),
        (["Từ ngày 01/10/2026 đến ngày 23/11/2026"], None),
    ],
)
def test_a_labelled_cell_states_the_day_and_maybe_the_time(row: list[object], at: datetime | None) -> None:
    assert stated_in_rows([["SỔ THỤ LÝ"], row]) == StatedAsOf(THE_DAY, at)  # type: ignore[list-item]


def test_an_empty_label_states_nothing() -> None:
    assert stated_in_rows([["Số liệu đến ngày", ""], ["Số liệu đến ngày", "chưa rõ"]]) is None


def test_figures_never_look_newer_than_the_older_statement() -> None:
    older, newer = StatedAsOf(date(2026, 11, 22), None), StatedAsOf(THE_DAY, AT_0940)
    assert earlier(older, newer) == earlier(newer, older) == older
    assert earlier(None, newer) == newer
    assert earlier(StatedAsOf(THE_DAY, None), newer) == newer


@given(
    st.text(max_size=60),
    st.lists(st.lists(st.one_of(st.text(max_size=40), st.floats(), st.dates()), max_size=4), max_size=4),
)
def test_no_text_makes_the_search_for_a_date_fail(name: str, rows: list[list[object]]) -> None:
    stated_in_name("den-ngay-" + name)
    stated_in_rows([["Số liệu đến ngày", *row] for row in rows])  # type: ignore[list-item]
