"""The dated rows of an organisation pack. A `valid_to` is the last day, inclusive; None means still in force."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Protocol, TypeVar

DAY = timedelta(days=1)


class UnitKind(StrEnum):
    """What kind of body a unit is: the two levels until 30/6/2025, the single one since."""

    PROVINCE = "province"
    DEPARTMENT = "department"
    SUB_DEPARTMENT = "sub_department"
    CITY_BODY = "city_body"
    REGIONAL_OFFICE = "regional_office"


class Dated(Protocol):
    """Anything in force from one day to another."""

    @property
    def valid_from(self) -> date: ...

    @property
    def valid_to(self) -> date | None: ...


DatedRow = TypeVar("DatedRow", bound=Dated)


def covers(valid_from: date, valid_to: date | None, day: date) -> bool:
    """Whether a stretch (both ends inclusive) covers a day."""
    return valid_from <= day and (valid_to is None or day <= valid_to)


def change_days(rows: Sequence[Dated]) -> list[date]:
    """First days, and days after the last, in order: between two of them nothing changes."""
    days = {row.valid_from for row in rows}
    return sorted(days | {row.valid_to + DAY for row in rows if row.valid_to is not None})


def in_force(rows: Iterable[DatedRow], day: date) -> list[DatedRow]:
    """The rows that cover a day, in their order."""
    return [row for row in rows if covers(row.valid_from, row.valid_to, day)]


@dataclass(frozen=True, slots=True)
class Unit:
    """Đơn vị, as it was called during one stretch of time; a code may have several stretches.

    `illustrative` marks what no source confirms ("minh họa"). `seat_area` is the area in which a unit without territory
    of its own is drawn; it places a symbol, it is not an address.
    """

    code: str
    name: str
    short_name: str
    kind: UnitKind
    parent: str | None
    handles_cases: bool
    illustrative: bool
    valid_from: date
    valid_to: date | None = None
    seat_area: str | None = None

    def is_valid_on(self, day: date) -> bool:
        """Whether the stretch covers a day."""
        return covers(self.valid_from, self.valid_to, day)

    def nearest_day(self, day: date) -> date:
        """`day` itself when the stretch covers it, else its first or last day."""
        if self.valid_to is not None and day > self.valid_to:
            return self.valid_to
        return max(day, self.valid_from)

    def distance(self, day: date) -> timedelta:
        """How far the stretch is from a day; none when it covers it."""
        return abs(self.nearest_day(day) - day)


@dataclass(frozen=True, slots=True)
class Area:
    """Địa bàn: a district, ward or commune with its GSO code; `kind` is 'district' or 'ward'."""

    code: str
    name: str
    kind: str
    illustrative: bool
    valid_from: date
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class Territory:
    """A unit serves an area for a stretch of time; `share` (0-1) is how much of the area the assignment is true for."""

    unit: str
    area: str
    valid_from: date
    valid_to: date | None = None
    share: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class Succession:
    """On a day the cases of a unit pass to another: those of one area, or (`area` None) all others."""

    from_unit: str
    to_unit: str
    area: str | None
    on: date


@dataclass(frozen=True, slots=True)
class Target:
    """Chỉ tiêu năm in percent of có điều kiện, for việc ('cases') or tiền ('amount'), with where it comes from."""

    unit: str
    year: int
    measure: str
    value: Decimal
    valid_from: date
    source: str
    status: str
