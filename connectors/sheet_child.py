"""The child process that opens a sheet from outside, and answers with its rows as texts; under the limits of the case
workbook's reader. Run as `python -m connectors.sheet_child RESULT_FILE`."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from connectors.base import WorkbookRefused
from connectors.case_workbook.assembling import Message
from connectors.case_workbook.book import open_book
from connectors.case_workbook.cells import Cell, is_empty, shown_text
from connectors.case_workbook.child import limit_this_process, say_where_only
from connectors.case_workbook.parsed import Limits
from connectors.case_workbook.transfer import OUT_OF_MEMORY_EXIT, REFUSED_EXIT, write_message


def row_messages(path: Path, name: str, limits: Limits) -> Iterator[Message]:
    """The rows of the first sheet that has any, each with its number in Excel; raises WorkbookRefused."""
    book = open_book(path, name, limits)
    for position in range(len(book.sheet_names)):
        found = False
        for number, row in enumerate(book.rows(position), start=1):
            if any(not is_empty(cell) for cell in row):
                found = True
                yield ["row", number, [text_of_cell(cell) for cell in row]]
        if found:
            break
    yield ["end"]


def text_of_cell(cell: Cell) -> str:
    """A cell as one short line; days and times of day as ISO has them."""
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d %H:%M:%S}"
    if isinstance(cell, date):
        return cell.isoformat()
    return "" if is_empty(cell) else shown_text(cell)


def _main(result: Path) -> int:
    request = json.loads(sys.stdin.readline())
    limits = Limits(**request["limits"])
    limit_this_process(limits)
    try:
        with result.open("w", encoding="ascii") as file:
            try:
                for message in row_messages(Path(request["path"]), request["name"], limits):
                    write_message(file, message)
            except WorkbookRefused as refusal:
                write_message(file, ["refused", refusal.reason, refusal.detail])
                return REFUSED_EXIT
    except MemoryError:
        return OUT_OF_MEMORY_EXIT
    return 0


if __name__ == "__main__":
    sys.excepthook = say_where_only
    sys.exit(_main(Path(sys.argv[1])))
