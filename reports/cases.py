"""The workbook of cases a department head takes to a meeting: the list with real numbers, and where it is from.

Rows are written as they come (constant memory), so that tens of thousands cost little. Text is written as text: nothing
in a cell can act as a formula on the reader's side.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import xlsxwriter

Value = str | int | date | None


@dataclass(frozen=True, slots=True)
class CaseColumn:
    """A column of the list: its heading, its width, and how its values are shown."""

    heading: str
    width: float
    shown: str = ""


MONEY, DAY, PLAIN = "#,##0", "dd/mm/yyyy", ""
COLUMNS = (
    CaseColumn("Số quyết định", 20),
    CaseColumn("Ngày quyết định", 14, DAY),
    CaseColumn("Đơn vị đang thi hành", 32),
    CaseColumn("Chấp hành viên", 14),
    CaseColumn("Phân loại", 26),
    CaseColumn("Từ ngày", 12, DAY),
    CaseColumn("Thụ lý", 12, DAY),
    CaseColumn("Hình thức", 14),
    CaseColumn("Loại án", 22),
    CaseColumn("Phải thi hành, đồng", 20, MONEY),
    CaseColumn("Xong trong kỳ, đồng", 20, MONEY),
    CaseColumn("Địa bàn", 20),
    CaseColumn("Nhóm", 28),
    CaseColumn("Số lần tính trong số", 10, "0"),
)


def writing_cases_to(
    path: Path,
    rows: Iterable[Sequence[Value]],
    provenance: Sequence[tuple[str, str]],
    figures: Sequence[tuple[str, Value]],
    every: int = 2_500,
) -> Iterator[int]:
    """Write the list, the figures of the filter and the sheet of provenance while it is iterated: after `every` rows,
    and with the last one, how many there are. The file is whole when the iteration has ended.

    Rows hold the values of COLUMNS in order. Raises OSError.
    """
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(str(path), options) as book:
        head = book.add_format({"bold": True, "bg_color": "#D9E4F2", "text_wrap": True, "valign": "top"})
        formats = {shown: book.add_format({"num_format": shown}) for shown in (MONEY, DAY, "0")}
        sheet = book.add_worksheet("Việc")
        for place, column in enumerate(COLUMNS):
            sheet.set_column(place, place, column.width)
            sheet.write_string(0, place, column.heading, head)
        sheet.freeze_panes(1, 1)
        number = 0
        for number, row in enumerate(rows, 1):
            for place, (column, value) in enumerate(zip(COLUMNS, row, strict=True)):
                if isinstance(value, date):
                    sheet.write_datetime(number, place, value, formats[DAY])
                elif isinstance(value, int):
                    sheet.write_number(number, place, value, formats[column.shown or "0"])
                elif value:
                    sheet.write_string(number, place, value)
            if number % every == 0:
                yield number
        sheet.autofilter(0, 0, max(number, 1), len(COLUMNS) - 1)
        _write_pairs(book, "Số liệu", ("Chỉ tiêu", "Giá trị"), figures)
        _write_pairs(book, "Nguồn gốc", ("Mục", "Nội dung"), provenance)
    yield number


def _write_pairs(
    book: xlsxwriter.Workbook, title: str, heads: tuple[str, str], pairs: Sequence[tuple[str, Value]]
) -> None:
    sheet = book.add_worksheet(title)
    bold = book.add_format({"bold": True, "bg_color": "#D9E4F2"})
    whole = book.add_format({"num_format": MONEY})
    sheet.set_column(0, 0, 38)
    sheet.set_column(1, 1, 70)
    for place, words in enumerate(heads):
        sheet.write_string(0, place, words, bold)
    for line, (name, value) in enumerate(pairs, 1):
        sheet.write_string(line, 0, name)
        if isinstance(value, int):
            sheet.write_number(line, 1, value, whole)
        elif isinstance(value, str):
            sheet.write_string(line, 1, value)
    sheet.freeze_panes(1, 0)
