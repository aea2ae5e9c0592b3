"""Tham gia phản ánh hiện trường: how many of a unit's staff deal with field reports, one of the pledges of 2018."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Participation:
    """Số cán bộ tham gia of one unit or of several: of `staff` on the list, `took_part` dealt with at least one report.

    `unlisted` codes stand in reports and on no list: a wrong list, or a wrong code; they are in neither of the others.
    """

    staff: int
    took_part: int
    unlisted: int = 0

    @property
    def percent(self) -> Decimal | None:
        """The share, None without anybody on the list."""
        return Decimal(100 * self.took_part) / self.staff if self.staff else None

    def __add__(self, other: Participation) -> Participation:
        return Participation(self.staff + other.staff, self.took_part + other.took_part, self.unlisted + other.unlisted)


def participation_by_unit(
    staff: Mapping[str, frozenset[str]], handled: Mapping[str, Mapping[str, int]]
) -> dict[str, Participation | None]:
    """Of every unit with staff; None where the source of reports names nobody of it: unknown, which is not none."""
    found: dict[str, Participation | None] = {}
    for unit, codes in staff.items():
        named = handled.get(unit)
        found[unit] = None if named is None else _participation(codes, frozenset(named))
    return found


def _participation(codes: frozenset[str], named: frozenset[str]) -> Participation:
    return Participation(len(codes), len(codes & named), len(named - codes))
