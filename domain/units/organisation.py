"""One organisation pack and the questions asked of it: who is in force, who is below whom, who took over from whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from domain.units.problems import all_problems
from domain.units.records import Area, Succession, Target, Territory, Unit, change_days, in_force
from domain.vietnamese import normalised


@dataclass(frozen=True)
class Organisation:
    """Gói tổ chức: everything dated about who does what where.

    `banner` is what the header says about the structure shown; `sample_note` is how sample rows are labelled.
    """

    name: str
    title: str
    banner: str
    units: tuple[Unit, ...]
    areas: tuple[Area, ...]
    territory: tuple[Territory, ...]
    successions: tuple[Succession, ...]
    targets: tuple[Target, ...] = ()
    sample_note: str = ""

    def units_on(self, day: date) -> list[Unit]:
        """Units in force on a day, in the pack's order."""
        return in_force(self.units, day)

    def case_units_on(self, day: date) -> list[Unit]:
        """Units that handle cases on a day: disjoint, together the whole."""
        return [unit for unit in self.units_on(day) if unit.handles_cases]

    def unit_on(self, code: str, day: date) -> Unit | None:
        """One unit as it is called on a day."""
        return next((unit for unit in self._stretches.get(code, ()) if unit.is_valid_on(day)), None)

    def ended_on(self, code: str, day: date) -> date | None:
        """The last day of a unit that handled cases and had ended before a day; None for any other code."""
        lives = [unit for unit in self._stretches.get(code, ()) if unit.handles_cases]
        ends = [unit.valid_to for unit in lives if unit.valid_to is not None and unit.valid_to < day]
        return max(ends) if lives and len(ends) == len(lives) else None

    def root_on(self, day: date) -> Unit | None:
        """The unit above all others."""
        return next((unit for unit in self.units_on(day) if unit.parent is None), None)

    def areas_on(self, day: date) -> list[Area]:
        """Areas in force on a day, in the pack's order."""
        return in_force(self.areas, day)

    def territory_on(self, day: date) -> dict[str, str]:
        """Area code -> code of the unit that serves it on a day."""
        return {row.area: row.unit for row in in_force(self.territory, day)}

    def change_days(self) -> list[date]:
        """The days on which anything begins or has ended, in order: between two of them nothing changes."""
        return change_days([*self.units, *self.areas, *self.territory])

    def reorganised_on(self) -> list[date]:
        """The days from which other units handle cases than on the day before, in order; the first day of all is
        none."""
        days = self.change_days()
        codes = {day: {unit.code for unit in self.case_units_on(day)} for day in days}
        return [day for before, day in zip(days, days[1:], strict=False) if codes[day] != codes[before]]

    def subtree(self, code: str, day: date) -> frozenset[str]:
        """Case-handling units at or below a code on a day.

        A unit not in force on that day counts where it stood on the nearest day of its life: figures it left behind
        stay with the body it belonged to. Empty for an unknown code.
        """
        nearest = [min(rows, key=lambda unit: unit.distance(day)) for rows in self._case_stretches.values()]
        return frozenset(unit.code for unit in nearest if code in self._line(unit, unit.nearest_day(day)))

    def successor(self, code: str, area: str | None, day: date) -> str:
        """The unit responsible on a day for what `code` was handling in an area; `code` itself while it lasts."""
        return self.segments(code, day, area)[0][1]

    def segments(self, code: str, from_on: date, area: str | None) -> list[tuple[date, str]]:
        """Who is responsible from `from_on` on, each with its first day; the first is whom `code` had led to by then.

        On the day a unit ends, a case goes where its area is named in the successions; else, when the default successor
        serves areas, to the unit that serves the case's area; else to the default successor.
        """
        path = [(from_on, code)]
        for on, unit in self._moves(code, area):
            if on <= from_on:
                path = [(from_on, unit)]
            else:
                path.append((on, unit))
        return path

    def target(self, unit: str, year: int, measure: str, on: date) -> Target | None:
        """The target in force on a day: the unit's own, else that of the nearest unit above it; None when unknown.

        `year` is the statistical year, `measure` 'cases' (việc) or 'amount' (tiền).
        """
        here = self.unit_on(unit, on)
        for code in self._line(here, on) if here else (unit,):
            stated = [item for item in self._targets.get((code, year, measure), ()) if item.valid_from <= on]
            if stated:
                return max(stated, key=lambda item: item.valid_from)
        return None

    def unit_by_name(self, text: str, day: date) -> Unit | None:
        """A unit by code, name or short name in force on a day, however it is typed; None when that is not one unit."""
        wanted = _shortened(text)
        found = [
            unit
            for unit in self.units_on(day)
            if wanted in {_shortened(unit.code), _shortened(unit.name), _shortened(unit.short_name)}
        ]
        return found[0] if len(found) == 1 else None

    def area_by_name(self, text: str) -> Area | None:
        """An area by code or name of any time, however it is typed; None when that is not one area."""
        wanted = normalised(text)
        found = {area.code: area for area in self.areas if wanted in {normalised(area.code), normalised(area.name)}}
        return next(iter(found.values())) if len(found) == 1 else None

    def problems(self) -> list[str]:
        """What contradicts itself in the pack, in Vietnamese; empty when it can be used."""
        return list(all_problems(self.units, self.areas, self.territory, self.successions, self.targets))

    @cached_property
    def _stretches(self) -> dict[str, list[Unit]]:
        rows: dict[str, list[Unit]] = defaultdict(list)
        for unit in self.units:
            rows[unit.code].append(unit)
        return rows

    @cached_property
    def _case_stretches(self) -> dict[str, list[Unit]]:
        handling = {code: [unit for unit in rows if unit.handles_cases] for code, rows in self._stretches.items()}
        return {code: rows for code, rows in handling.items() if rows}

    @cached_property
    def _targets(self) -> dict[tuple[str, int, str], list[Target]]:
        rows: dict[tuple[str, int, str], list[Target]] = defaultdict(list)
        for item in self.targets:
            rows[item.unit, item.year, item.measure].append(item)
        return rows

    @cached_property
    def _successions_of(self) -> dict[str, dict[date, list[Succession]]]:
        """Per leaving unit: what passes on each day, in order of days."""
        rows: dict[str, dict[date, list[Succession]]] = defaultdict(dict)
        for item in sorted(self.successions, key=lambda item: item.on):
            rows[item.from_unit].setdefault(item.on, []).append(item)
        return rows

    def _line(self, unit: Unit, day: date) -> list[str]:
        """The codes from a unit up to the root on a day; stops at a parent that is not there or comes round again."""
        codes = [unit.code]
        above = unit.parent
        while above is not None and above not in codes:
            parent = self.unit_on(above, day)
            if parent is None:
                break
            codes.append(above)
            above = parent.parent
        return codes

    def _moves(self, code: str, area: str | None) -> Iterator[tuple[date, str]]:
        day = date.min
        moved = True
        while moved:
            moved = False
            for on, rows in self._successions_of.get(code, {}).items():
                heir = self._heir(rows, area, on) if on > day else None
                if heir is not None and heir != code:
                    yield on, heir
                    code, day, moved = heir, on, True
                    break

    def _heir(self, rows: list[Succession], area: str | None, on: date) -> str | None:
        """Who takes a case over; None when these rows pass only other areas on and the unit keeps it."""
        named = next((row.to_unit for row in rows if row.area is not None and row.area == area), None)
        if named is not None:
            return named
        default = next((row.to_unit for row in rows if row.area is None), None)
        if default is None or area is None:
            return default
        served_by = self.territory_on(on)
        if default not in served_by.values():
            return default
        return served_by.get(area, default)


def _shortened(text: str) -> str:
    return normalised(text).replace("thi hanh an dan su", "thads")
