"""A sheet of one of several kinds, each row a record or refused with its reason: what small feeds of sheets share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Generic, TypeVar

from connectors.base import RefusedRecord
from connectors.entries import Texts, Units, clean
from connectors.sheet_rows import LIMITS, Column, Row, headed_rows

Kind = TypeVar("Kind", bound=StrEnum)
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class SheetForm(Generic[Kind, R]):
    """The kinds of sheet of a feed: how each is called, its columns, and how a row of it is read."""

    titles: Mapping[Kind, str]
    columns: Mapping[Kind, Mapping[str, Column]]
    readers: Mapping[Kind, Callable[[Texts, Units, datetime], R]]


@dataclass(slots=True)
class ParsedRecords(Generic[Kind, R]):
    """What a sheet said, all of one kind; `refused` are the first rejected rows, `refused_count` counts all."""

    kind: Kind
    title: str
    records: list[R] = field(default_factory=list)
    refused: list[RefusedRecord] = field(default_factory=list)
    rows_read: int = 0
    refused_count: int = 0

    def message(self, changed: int) -> str:
        """What is told of it, in Vietnamese, when so many said something new."""
        return f"{self.title}: {self.rows_read} dòng, {changed} mới hoặc thay đổi, {self.refused_count} không nhận."


def parse_records(rows: Iterable[Row], form: SheetForm[Kind, R], units: Units, now: datetime) -> ParsedRecords[Kind, R]:
    """The records of rows with content; raises WorkbookRefused when none of the first ones is a header."""
    kind, texts_by_row = headed_rows(iter(rows), form.columns, form.titles)
    sheet: ParsedRecords[Kind, R] = ParsedRecords(kind, form.titles[kind])
    for number, texts in texts_by_row:
        sheet.rows_read += 1
        found = clean(form.readers[kind], texts, f"dòng {number}", units, now)
        if not isinstance(found, RefusedRecord):
            sheet.records.append(found)
            continue
        sheet.refused_count += 1
        if len(sheet.refused) < LIMITS.rejected_kept:
            named = form.columns[kind][found.field].headers[0]
            sheet.refused.append(RefusedRecord(found.reference, named, found.value, found.reason))
    return sheet
