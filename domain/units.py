"""The dated organisation: units, their tree, the areas they serve, and who succeeded whom.

Units change and dissolve; the word unit survives. A `valid_to` is the last day, inclusive; None means still in force.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise

from domain.vietnamese import normalised


class UnitKind(StrEnum):
    """What kind of body a unit is (domain rules section 4)."""

    PROVINCE = "province"
    DEPARTMENT = "department"
    SUB_DEPARTMENT = "sub_department"
    CITY_BODY = "city_body"
    REGIONAL_OFFICE = "regional_office"


@dataclass(frozen=True, slots=True)
class Unit:
    """Đơn vị, as it was called during one stretch of time; a code may have several stretches."""

    code: str
    name: str
    short_name: str
    kind: UnitKind
    parent: str | None
    handles_cases: bool
    illustrative: bool
    valid_from: date
    valid_to: date | None = None

    def is_valid_on(self, day: date) -> bool:
        """Whether the stretch covers a day."""
        return covers(self.valid_from, self.valid_to, day)


@dataclass(frozen=True, slots=True)
class Area:
    """Địa bàn: a district, ward or commune with its GSO code."""

    code: str
    name: str
    kind: str
    illustrative: bool
    valid_from: date
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class Territory:
    """A unit serves an area for a stretch of time."""

    unit: str
    area: str
    valid_from: date
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class Succession:
    """On a day the cases of a unit pass to another: those of one area, or (`area` None) all others."""

    from_unit: str
    to_unit: str
    area: str | None
    on: date


@dataclass(frozen=True, slots=True)
class Target:
    """Chỉ tiêu năm in percent, for việc ('cases') or tiền ('amount'), with where it comes from."""

    unit: str
    year: int
    measure: str
    value: Decimal
    valid_from: date
    source: str
    status: str


@dataclass(frozen=True)
class Organisation:
    """One organisation pack: everything dated about who does what where."""

    name: str
    title: str
    banner: str
    units: tuple[Unit, ...]
    areas: tuple[Area, ...]
    territory: tuple[Territory, ...]
    successions: tuple[Succession, ...]
    targets: tuple[Target, ...] = ()

    def units_on(self, day: date) -> list[Unit]:
        """Units in force on a day, in the pack's order."""
        return [unit for unit in self.units if unit.is_valid_on(day)]

    def case_units_on(self, day: date) -> list[Unit]:
        """Units that handle cases on a day: disjoint, together the whole."""
        return [unit for unit in self.units_on(day) if unit.handles_cases]

    def unit_on(self, code: str, day: date) -> Unit | None:
        """One unit as it is called on a day."""
        return next((unit for unit in self.units if unit.code == code and unit.is_valid_on(day)), None)

    def root_on(self, day: date) -> Unit | None:
        """The unit above all others."""
        return next((unit for unit in self.units_on(day) if unit.parent is None), None)

    def subtree(self, code: str, day: date) -> frozenset[str]:
        """Case-handling units at or below a code on a day."""
        units = self.units_on(day)
        wanted, grown = {code}, True
        while grown:
            below = {unit.code for unit in units if unit.parent in wanted} - wanted
            wanted |= below
            grown = bool(below)
        return frozenset(unit.code for unit in units if unit.code in wanted and unit.handles_cases)

    def successor(self, code: str, area: str | None, day: date) -> str:
        """The unit responsible on a day for what `code` was handling in an area."""
        return self.segments(code, date.min, area, until=day)[-1][1]

    def segments(self, code: str, from_on: date, area: str | None, until: date = date.max) -> list[tuple[date, str]]:
        """Who is responsible from `from_on` on, each with its first day; the first is where `code` led by then."""
        path = [(from_on, code)]
        for succession in self._path(code, area):
            if succession.on > until:
                break
            if succession.on <= from_on:
                path = [(from_on, succession.to_unit)]
            else:
                path.append((succession.on, succession.to_unit))
        return path

    def target(self, unit: str, year: int, measure: str, on: date) -> Target | None:
        """The target in force on a day: the unit's own, else that of the nearest unit above it."""
        code: str | None = unit
        while code is not None:
            found = [
                item
                for item in self.targets
                if (item.unit, item.year, item.measure) == (code, year, measure) and item.valid_from <= on
            ]
            if found:
                return max(found, key=lambda item: item.valid_from)
            here = self.unit_on(code, on)
            code = here.parent if here else None
        return None

    def unit_by_name(self, text: str, day: date) -> Unit | None:
        """A unit by code, name or short name in force on a day, however it is typed."""
        wanted = normalised(text)
        for unit in self.units_on(day):
            if wanted in {normalised(unit.code), normalised(unit.name), normalised(unit.short_name)}:
                return unit
        return None

    def area_by_name(self, text: str) -> Area | None:
        """An area by code or name, however it is typed; None when the name is not unique."""
        wanted = normalised(text)
        found = {area.code: area for area in self.areas if wanted in {normalised(area.code), normalised(area.name)}}
        return next(iter(found.values())) if len(found) == 1 else None

    def problems(self) -> list[str]:
        """What contradicts itself in the pack, in Vietnamese; empty when it can be used."""
        return [*self._unknown_codes(), *self._overlaps(), *self._unsucceeded(), *self._orphans()]

    def _unknown_codes(self) -> Iterator[str]:
        units, areas = {unit.code for unit in self.units}, {area.code for area in self.areas}
        for row in self.territory:
            if row.unit not in units or row.area not in areas:
                yield f"địa bàn {row.unit} – {row.area}: mã không có trong danh sách đơn vị hoặc địa bàn"
        for move in self.successions:
            if not {move.from_unit, move.to_unit} <= units or (move.area is not None and move.area not in areas):
                yield f"kế thừa {move.from_unit} → {move.to_unit}: mã không có trong danh sách"
        for target in self.targets:
            if target.unit not in units:
                yield f"chỉ tiêu năm {target.year}: không có đơn vị {target.unit}"

    def _overlaps(self) -> Iterator[str]:
        rows: list[tuple[str, str, date, date | None]] = [
            *(("đơn vị", unit.code, unit.valid_from, unit.valid_to) for unit in self.units),
            *(("địa bàn", row.area, row.valid_from, row.valid_to) for row in self.territory),
        ]
        rows.sort(key=lambda row: row[:3])
        for (kind, code, _, ends_on), (next_kind, next_code, begins_on, _) in pairwise(rows):
            if (kind, code) == (next_kind, next_code) and (ends_on is None or begins_on <= ends_on):
                yield f"{kind} {code}: hai dòng cùng hiệu lực từ {begins_on:%d/%m/%Y}"

    def _unsucceeded(self) -> Iterator[str]:
        """A unit that ends with nobody to take over its cases would lose them."""
        lasting = {unit.code for unit in self.units if unit.valid_to is None}
        for unit in self.units:
            if unit.handles_cases and unit.valid_to is not None and unit.code not in lasting:
                heirs = [move for move in self.successions if move.from_unit == unit.code and move.area is None]
                if not heirs:
                    yield f"đơn vị {unit.code} kết thúc {unit.valid_to:%d/%m/%Y} nhưng không có đơn vị kế thừa"
        for move in self.successions:
            if self.unit_on(move.to_unit, move.on) is None or self.unit_on(move.from_unit, move.on) is not None:
                yield f"kế thừa {move.from_unit} → {move.to_unit}: ngày {move.on:%d/%m/%Y} không khớp hiệu lực đơn vị"

    def _orphans(self) -> Iterator[str]:
        for unit in self.units:
            seen, above = {unit.code}, unit.parent
            while above is not None:
                parent = self.unit_on(above, unit.valid_from)
                if parent is None or above in seen:
                    yield f"đơn vị {unit.code}: đơn vị cấp trên {above} không có hoặc tạo vòng"
                    break
                seen.add(above)
                above = parent.parent
        if sum(1 for unit in self.units if unit.parent is None and unit.valid_to is None) != 1:
            yield "phải có đúng một đơn vị cao nhất đang hiệu lực"

    def _path(self, code: str, area: str | None) -> Iterator[Succession]:
        seen = {code}
        day = date.min
        while True:
            later = [item for item in self.successions if item.from_unit == code and item.on > day]
            if not later:
                return
            on = min(item.on for item in later)
            today = [item for item in later if item.on == on]
            chosen = next((item for item in today if item.area is not None and item.area == area), None)
            chosen = chosen or next((item for item in today if item.area is None), None)
            if chosen is None or chosen.to_unit in seen:
                return
            yield chosen
            seen.add(chosen.to_unit)
            code, day = chosen.to_unit, on


def covers(valid_from: date, valid_to: date | None, day: date) -> bool:
    """Whether a stretch (both ends inclusive) covers a day."""
    return valid_from <= day and (valid_to is None or day <= valid_to)
