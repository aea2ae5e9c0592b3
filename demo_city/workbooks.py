"""The canonical case workbook (Việc, Quyết định, Thu chi) as an office exports it, tidy or untidy.

A file is written under a temporary name in the same file system and arrives by rename.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from demo_city.lives import Decision, Life, Money

Cell = str | int | date | None

CASE_HEADERS = (
    "Đơn vị ban hành",
    "Số quyết định",
    "Ngày quyết định",
    "Ngày thụ lý",
    "Đơn vị đang thi hành",
    "Hình thức",
    "Loại án",
    "Chấp hành viên",
    "Xã, phường",
    "Số tiền phải thi hành",
    "Nhóm",
)
DECISION_HEADERS = ("Đơn vị ban hành", "Số quyết định", "Ngày quyết định", "Loại", "Ngày", "Số tiền", "Hủy")
MONEY_HEADERS = ("Đơn vị ban hành", "Số quyết định", "Ngày quyết định", "Ngày", "Loại", "Số tiền")
NOTE = "Dữ liệu mẫu"

_EXCEL_EPOCH = date(1899, 12, 30).toordinal()


@dataclass(slots=True)
class Sheets:
    """The rows of one workbook, in the order of its headers; `is_untidy` = text dates, dotted text money, headers in
    NFD, no-break spaces and a total row."""

    cases: Iterable[Sequence[Cell]] = field(default_factory=list)
    decisions: Iterable[Sequence[Cell]] = field(default_factory=list)
    money: Iterable[Sequence[Cell]] = field(default_factory=list)
    is_untidy: bool = False


def case_row(life: Life) -> tuple[Cell, ...]:
    """A row of sheet Việc."""
    return (
        life.issuing,
        life.number_text,
        life.decided_on,
        life.docketed_on,
        life.handling,
        "Chủ động" if life.is_ex_officio else "Theo yêu cầu",
        life.case_type,
        life.officer,
        life.ward or None,
        life.due,
        life.groups or None,
    )


def decision_row(life: Life, row: Decision) -> tuple[Cell, ...]:
    """A row of sheet Quyết định."""
    withdrawn = "x" if row.withdrawn else None
    return (life.issuing, life.number_text, life.decided_on, row.kind, row.effective_on, row.amount, withdrawn)


def money_row(life: Life, row: Money) -> tuple[Cell, ...]:
    """A row of sheet Thu chi."""
    return (life.issuing, life.number_text, life.decided_on, row.effective_on, row.kind, row.amount)


def sheets_of_lives(lives: Sequence[Life]) -> Sheets:
    """Everything about these lives: what a `full` workbook holds."""

    def decisions() -> Iterator[tuple[Cell, ...]]:
        for life in lives:
            for row in life.decisions:
                yield decision_row(life, row)

    def money() -> Iterator[tuple[Cell, ...]]:
        for life in lives:
            for row in life.money:
                yield money_row(life, row)

    return Sheets((case_row(life) for life in lives), decisions(), money())


def sheets_of_rows(rows: Iterable[tuple[Life, Decision | Money | None]]) -> Sheets:
    """What has just happened: the content of a `changes` workbook."""
    cases: list[Sequence[Cell]] = []
    decisions: list[Sequence[Cell]] = []
    money: list[Sequence[Cell]] = []
    for life, row in rows:
        if row is None:
            cases.append(case_row(life))
        elif isinstance(row, Decision):
            decisions.append(decision_row(life, row))
        else:
            money.append(money_row(life, row))
    return Sheets(cases, decisions, money)


def deliver(path: Path, sheets: Sheets, made_at: datetime, workroom: Path) -> Path:
    """Write in `workroom`, then rename to `path`; the same sheets and `made_at` give the same bytes."""
    workroom.mkdir(parents=True, exist_ok=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = workroom / path.name
    book = xlsxwriter.Workbook(str(unfinished), {"constant_memory": True})
    book.set_properties({"title": NOTE, "comments": NOTE, "created": made_at.replace(tzinfo=None)})
    bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "dd/mm/yyyy"})
    tables: tuple[tuple[str, tuple[str, ...], Iterable[Sequence[Cell]]], ...] = (
        ("Việc", CASE_HEADERS, sheets.cases),
        ("Quyết định", DECISION_HEADERS, sheets.decisions),
        ("Thu chi", MONEY_HEADERS, sheets.money),
    )
    for title, headers, rows in tables:
        sheet = book.add_worksheet(title)
        sheet.set_column(0, len(headers) - 1, 18)
        sheet.freeze_panes(1, 0)
        if sheets.is_untidy:
            headers = tuple(unicodedata.normalize("NFD", header) for header in headers)
            rows = _untidy(list(rows), len(headers), headers.index(unicodedata.normalize("NFD", _sum_header(title))))
        for column, header in enumerate(headers):
            sheet.write_string(0, column, header, bold)
        _fill(sheet, rows, day)
    note = book.add_worksheet("Ghi chú")
    note.write_string(0, 0, NOTE, bold)
    note.write_string(1, 0, "Số liệu do thành phố mẫu tạo ra, không phải số liệu thật.")
    book.close()
    os.replace(unfinished, path)
    return path


def _fill(sheet: Worksheet, rows: Iterable[Sequence[Cell]], day: Format) -> None:
    write_string, write_number, epoch = sheet.write_string, sheet.write_number, _EXCEL_EPOCH
    for line, row in enumerate(rows, 1):
        for column, cell in enumerate(row):
            if cell is None:
                continue
            if isinstance(cell, str):
                write_string(line, column, cell)
            elif isinstance(cell, int):
                write_number(line, column, cell)
            else:
                write_number(line, column, cell.toordinal() - epoch, day)


def _sum_header(title: str) -> str:
    return "Số tiền phải thi hành" if title == "Việc" else "Số tiền"


def _untidy(rows: list[Sequence[Cell]], width: int, sum_column: int) -> list[Sequence[Cell]]:
    untidy: list[Sequence[Cell]] = [[_as_text(cell) for cell in row] for row in rows]
    if rows:
        total = sum(cell for row in rows if isinstance(cell := row[sum_column], int))
        untidy.append(["Tổng cộng", *[None] * (sum_column - 1), _as_text(total), *[None] * (width - sum_column - 1)])
    return untidy


def _as_text(cell: Cell) -> str | None:
    if cell is None:
        return None
    if isinstance(cell, int):
        return f"{cell:,}".replace(",", ".")
    return f"{cell:%d/%m/%Y}" if isinstance(cell, date) else f"{cell}\N{NO-BREAK SPACE}"
