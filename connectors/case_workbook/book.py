"""Opens a file by what it is, not by what it is called, and gives its sheets as rows of cells."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePath

import python_calamine

from connectors.base import WorkbookRefused
from connectors.case_workbook.cells import ERROR_TEXT, Cell
from connectors.case_workbook.csv_text import csv_rows
from connectors.case_workbook.legacy_package import inspect_legacy
from connectors.case_workbook.package import ErrorCells, inspect_package
from connectors.case_workbook.parsed import Limits

_ACCEPTED = "chỉ nhận .xlsx, .xls, .csv"
_SPREADSHEETML = (b"<?xml", b"<html", b"<!doc", b"<tabl", b"<meta")


@dataclass(frozen=True, slots=True)
class Book:
    """Sheet names in order, and a way to read the rows of one, from Excel's row 1 on."""

    sheet_names: list[str]
    rows: Callable[[int], Iterator[list[Cell]]]


def open_book(path: Path, name: str, limits: Limits) -> Book:
    """Open a file that was sent under `name`; raises WorkbookRefused with what to do instead."""
    size = path.stat().st_size
    if size == 0:
        raise WorkbookRefused("Tệp rỗng.")
    if size > limits.file_bytes:
        raise WorkbookRefused(f"Tệp lớn hơn {limits.file_bytes // 1_000_000} MB; hãy tách thành nhiều tệp nhỏ hơn.")
    suffix = PurePath(name).suffix.lower()
    if suffix in (".xlsm", ".xltm", ".xlam", ".xla"):
        raise WorkbookRefused("Tệp có macro; hãy lưu lại thành .xlsx không macro rồi gửi lại.")
    if suffix not in (".xlsx", ".xls", ".csv"):
        raise WorkbookRefused(f"Không nhận tệp đuôi “{suffix[:10] or 'trống'}”; {_ACCEPTED}.")
    with path.open("rb") as file:
        magic = file.read(64)
    if magic.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        _expect(suffix, ".xlsx")
        return _calamine_book(path, inspect_package(path, limits), limits)
    if magic.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        data = path.read_bytes()
        if suffix != ".xls" and "EncryptedPackage".encode("utf-16-le") in data:
            raise WorkbookRefused("Tệp đặt mật khẩu; hãy bỏ mật khẩu rồi gửi lại.")
        _expect(suffix, ".xls")
        return _calamine_book(path, inspect_legacy(data), limits)
    if magic.removeprefix(b"\xef\xbb\xbf").lstrip().lower().startswith(_SPREADSHEETML):
        raise WorkbookRefused("Tệp là trang web hoặc XML mang đuôi Excel; hãy mở bằng Excel rồi lưu lại dạng .xlsx.")
    if suffix != ".csv":
        raise WorkbookRefused(f"Nội dung tệp không phải là Excel dù đuôi là {suffix}; {_ACCEPTED}.")
    return _csv_book(path, name, limits)


def _expect(suffix: str, true_suffix: str) -> None:
    if suffix != true_suffix:
        raise WorkbookRefused(f"Nội dung tệp là {true_suffix} nhưng đuôi là {suffix}; hãy đặt lại đuôi cho đúng.")


def _csv_book(path: Path, name: str, limits: Limits) -> Book:
    data = path.read_bytes()
    # One stray NUL rejects its row later; a picture or a program is full of them.
    beginning = data[:2000]
    if beginning.count(0) * 20 > len(beginning) and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise WorkbookRefused(f"Tệp là tệp nhị phân mang đuôi .csv; {_ACCEPTED}.")
    return Book([PurePath(name).stem[:31]], lambda _position: csv_rows(data, limits))


def _calamine_book(path: Path, errors: ErrorCells, limits: Limits) -> Book:
    with _refusing_broken():
        workbook = python_calamine.load_workbook(str(path))
        names = workbook.sheet_names
    if len(names) > limits.sheets:
        raise WorkbookRefused(f"Tệp có quá {limits.sheets} trang tính.")

    def rows(position: int) -> Iterator[list[Cell]]:
        with _refusing_broken():
            sheet = workbook.get_sheet_by_index(position)
        if sheet.start is None or sheet.end is None:
            return
        first_column = sheet.start[1]
        if sheet.end[0] >= limits.rows:
            raise WorkbookRefused(f"Trang “{names[position]}” có quá {limits.rows} dòng; hãy tách thành nhiều tệp.")
        if sheet.end[1] - first_column >= limits.columns:
            raise WorkbookRefused(f"Trang “{names[position]}” có quá {limits.columns} cột.")
        broken: dict[int, list[int]] = {}
        for row_index, column in errors.by_sheet.get(position, ()):
            broken.setdefault(row_index, []).append(column - first_column)
        for row_index, row in enumerate(sheet.iter_rows()):
            for column in broken.get(row_index, ()):
                if 0 <= column < len(row):
                    row[column] = ERROR_TEXT
            yield row

    return Book(names, rows)


@contextmanager
def _refusing_broken() -> Iterator[None]:
    """Turns calamine's errors into a refusal with a reason."""
    try:
        yield
    except python_calamine.PasswordError as error:
        raise WorkbookRefused("Tệp đặt mật khẩu; hãy bỏ mật khẩu rồi gửi lại.") from error
    except (python_calamine.CalamineError, OSError) as error:
        raise WorkbookRefused("Tệp Excel hỏng: không đọc được nội dung.", detail=type(error).__name__) from error
