"""Sheets of a small feed (Excel, CSV): their rows as texts, read in a child process, and which column is which."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from connectors.base import WorkbookRefused
from connectors.case_workbook.fields import header_keys
from connectors.case_workbook.parsed import Limits
from connectors.case_workbook.reader_process import run_reader
from connectors.case_workbook.transfer import messages_in

HEADER_WITHIN = 15
# A year of a big office; whoever has more sends a file for each quarter.
LIMITS = Limits(
    file_bytes=10_000_000,
    unpacked_bytes=100_000_000,
    sheets=20,
    columns=64,
    rows=200_000,
    rejected_kept=2_000,
    memory_bytes=512 * 1024 * 1024,
)
Row = tuple[int, list[str]]
# Column -> its place in the row.
Places = Mapping[str, int]
Kind = TypeVar("Kind", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the headers it goes by (canonical first), and whether a sheet needs it."""

    headers: tuple[str, ...]
    required: bool = True


def column(headers: str, required: bool = True) -> Column:
    """A column by its headers, cut by "|"."""
    return Column(tuple(headers.split("|")), required)


@contextmanager
def sheet_rows(path: Path, name: str | None = None) -> Iterator[Iterator[Row]]:
    """The rows with content of the first sheet that has any, each with its number; raises WorkbookRefused (its content)
    or SourceUnavailable (it is not there)."""
    asked = {"path": str(path.absolute()), "name": name or path.name, "limits": asdict(LIMITS)}
    with tempfile.TemporaryDirectory(prefix="sheet-") as folder:
        result = Path(folder) / "messages"
        run_reader("connectors.sheet_child", path, json.dumps(asked), LIMITS, result)
        yield ((message[1], message[2]) for message in messages_in(result) if message[0] == "row")


def headed_rows(
    rows: Iterator[Row], columns: Mapping[Kind, Mapping[str, Column]], titles: Mapping[Kind, str]
) -> tuple[Kind, Iterator[tuple[int, dict[str, str]]]]:
    """The kind of sheet, and its rows below the header as texts by column; raises WorkbookRefused when none of the
    first rows is a header."""
    for _, (_number, cells) in zip(range(HEADER_WITHIN), rows, strict=False):
        found = find_columns(cells, columns)
        if found is not None:
            return found[0], _texts(rows, found[1])
    kinds = "; ".join(
        f"{titles[kind]} ({', '.join(each.headers[0] for each in own.values() if each.required)})"
        for kind, own in columns.items()
    )
    raise WorkbookRefused(f"Không thấy dòng tiêu đề của loại bảng nào. Các loại bảng và cột bắt buộc: {kinds}.")


def find_columns(row: Sequence[str], columns: Mapping[Kind, Mapping[str, Column]]) -> tuple[Kind, Places] | None:
    """The kind of sheet that this row heads, with every required column; None when it heads none."""
    keys = [header_keys(text) if text else () for text in row]
    best: tuple[Kind, Places] | None = None
    for kind, own in columns.items():
        places: dict[str, int] = {}
        for name, each in own.items():
            wanted = {key for header in each.headers for key in header_keys(header)}
            found = [place for place, here in enumerate(keys) if wanted & set(here) and place not in places.values()]
            if found:
                places[name] = found[0]
        if all(name in places for name, each in own.items() if each.required) and (
            best is None or len(places) > len(best[1])
        ):
            best = kind, places
    return best


def _texts(rows: Iterator[Row], places: Places) -> Iterator[tuple[int, dict[str, str]]]:
    for number, cells in rows:
        texts = {name: cells[place] if place < len(cells) else "" for name, place in places.items()}
        if any(texts.values()):
            yield number, texts
