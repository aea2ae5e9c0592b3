"""CSV as agencies save it: UTF-8, UTF-16 or the old Windows Vietnamese page; cut by comma, semicolon or tab."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

from connectors.base import WorkbookRefused
from connectors.case_workbook.cells import Cell
from connectors.case_workbook.parsed import Limits

_LONGEST_CELL = 40_000
_SEPARATOR_LINE = re.compile(r"sep=(.)\s*")
_QUOTED = re.compile(r'"(?:[^"]|"")*"')


def csv_rows(data: bytes, limits: Limits) -> Iterator[list[Cell]]:
    """The rows as text cells; broken bytes stay as lone surrogates, so that only their row is rejected."""
    encoding = _encoding(data)
    text = io.TextIOWrapper(io.BytesIO(data), encoding=encoding, errors="surrogateescape", newline="")
    try:
        first = [text.readline(_LONGEST_CELL) for _ in range(20)]
    except UnicodeError as error:
        raise WorkbookRefused("Tệp CSV hỏng: không đọc được bảng mã.", detail=encoding) from error
    named = _SEPARATOR_LINE.fullmatch(first[0])
    delimiter = named[1] if named else _delimiter(first)
    text.seek(0)
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(text, delimiter=delimiter, strict=True)
    try:
        for count, row in enumerate(reader):
            if count >= limits.rows:
                raise WorkbookRefused(f"Tệp CSV có quá {limits.rows} dòng; hãy tách thành nhiều tệp.")
            if len(row) > limits.columns:
                raise WorkbookRefused(f"Tệp CSV có quá {limits.columns} cột.")
            yield [*row]
    except (csv.Error, UnicodeError) as error:
        reason = f"Tệp CSV hỏng gần dòng {reader.line_num}: dấu nháy kép không đóng hoặc bảng mã sai."
        raise WorkbookRefused(reason, detail=type(error).__name__) from error


def _encoding(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if data.startswith(b"\xef\xbb\xbf"):
        return "utf-8-sig"
    try:
        data.decode("utf-8")
        return "utf-8"
    except UnicodeDecodeError:
        pass
    # A few broken bytes in a UTF-8 file reject their rows; a file full of them was saved in the old code page.
    text = data.decode("utf-8", "surrogateescape")
    broken = sum(1 for letter in text if "\ud800" <= letter <= "\udfff")
    whole = sum(1 for letter in text if letter > "\x7f") - broken
    return "utf-8" if whole > 4 * broken else "cp1258"


def _delimiter(lines: list[str]) -> str:
    """The mark that cuts some early line into the most pieces; quoted text does not count."""
    bare = [_QUOTED.sub("", line) for line in lines]
    return max(",;\t", key=lambda mark: max((line.count(mark) for line in bare), default=0))
