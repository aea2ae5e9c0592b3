"""The export date a workbook states: in its file name, or beside the label "Số liệu đến ngày" above the table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from typing import NamedTuple

from connectors.case_workbook.cells import Cell, CellProblem, read_day
from connectors.case_workbook.headers import HEADER_WITHIN
from domain.local_time import LOCAL
from domain.vietnamese import normalised


class StatedAsOf(NamedTuple):
    """A day of Asia/Ho_Chi_Minh, and the instant (aware UTC) when a time was stated with it."""

    on: date
    at: datetime | None


_DAY = (
    r"(?:(?P<y>\d{4})[-._ /](?P<m>\d{1,2})[-._ /](?P<d>\d{1,2})"
    r"|(?P<d2>\d{1,2})[-._ /](?P<m2>\d{1,2})[-._ /](?P<y2>\d{4}))"
)
_TIME = r"(?:(?:t|[ ,]+(?:luc )?)(?P<hour>\d{2})[:h.-]?(?P<minute>\d{2})(?:[:.-]?(?P<second>\d{2}))?(?!\d))?"
_STATED = re.compile(rf"den[-_ ]*ngay[-_: ]*{_DAY}(?!\d){_TIME}", re.ASCII)
_LONGEST_LABEL = 200
_LABEL = re.compile(r"(?:so lieu|tinh|chot so lieu|so lieu tinh)?\s*den\s*(?:het\s*)?ngay\s*:?")


def stated_in_name(name: str) -> StatedAsOf | None:
    """From "..._den-ngay-2026-11-23.xlsx", "..._den-ngay-2026-11-23T0942.xlsx" or "đến ngày 23.11.2026"."""
    return _stated(normalised(name))


def stated_in_rows(rows: Sequence[Sequence[Cell]]) -> StatedAsOf | None:
    """From a labelled cell above the table; the date stands in the same cell or in the next filled one to its right."""
    for row in rows[:HEADER_WITHIN]:
        for column, cell in enumerate(row):
            if not isinstance(cell, str) or len(cell) > _LONGEST_LABEL:
                continue
            text = normalised(cell)
            stated = _stated(text)
            if stated is not None:
                return stated
            if _LABEL.fullmatch(text):
                value = next((other for other in row[column + 1 :] if other != ""), "")
                stated = _beside(value)
                if stated is not None:
                    return stated
    return None


def earlier(one: StatedAsOf | None, other: StatedAsOf | None) -> StatedAsOf | None:
    """Of two, the earlier day, so that figures never look newer than they are; on one day the one with a time."""
    if one is None or other is None:
        return one or other
    if one.on != other.on:
        return min(one, other, key=lambda item: item.on)
    instants = [item.at for item in (one, other) if item.at is not None]
    return StatedAsOf(one.on, min(instants, default=None))


def _beside(value: Cell) -> StatedAsOf | None:
    if isinstance(value, datetime):
        return _as_of(value.date(), value.time() if value.time() != time(0) else None)
    if isinstance(value, str):
        stated = _stated("den ngay " + normalised(value))
        if stated is not None:
            return stated
    try:
        return _as_of(read_day(value), None)
    except CellProblem:
        return None


def _stated(text: str) -> StatedAsOf | None:
    found = _STATED.search(text)
    if found is None:
        return None
    parts = {name: int(value) for name, value in found.groupdict().items() if value is not None}
    try:
        year, month, of_month = (parts[part if part in parts else f"{part}2"] for part in "ymd")
        day = date(year, month, of_month)
    except ValueError:
        return None
    clock: time | None = None
    if "hour" in parts:
        try:
            clock = time(parts["hour"], parts["minute"], parts.get("second", 0))
        except ValueError:
            return None
    return _as_of(day, clock)


def _as_of(day: date, clock: time | None) -> StatedAsOf | None:
    if not 1990 <= day.year <= 2200:
        return None
    return StatedAsOf(day, None if clock is None else datetime.combine(day, clock, LOCAL).astimezone(UTC))
