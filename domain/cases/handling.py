"""Who is responsible for a case over time: what files stated, carried through reorganisations."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from domain.cases.facts import Handling
from domain.units import Organisation


class StatedHandling(NamedTuple):
    """A file said: from this day this unit and officer handle the case."""

    from_on: date
    unit: str
    officer: str | None


class HandlingResolver:
    """Carries stated handlings through the successions of one organisation; keep one per run, it remembers paths."""

    def __init__(self, organisation: Organisation) -> None:
        self.organisation = organisation
        self._moving = {succession.from_unit for succession in organisation.successions}
        self._paths: dict[tuple[str, date, str | None], list[tuple[date, str]]] = {}

    def resolve(self, stated: Sequence[StatedHandling], area: str | None) -> tuple[Handling, ...]:
        """Stated handlings, sorted by day, with the moves reorganisations add; never empty when `stated` is not."""
        resolved: list[Handling] = []
        for position, item in enumerate(stated):
            until = stated[position + 1].from_on if position + 1 < len(stated) else None
            for from_on, unit in self._path(item, area):
                if until is None or from_on < until or from_on == item.from_on:
                    follows = bool(resolved) and (from_on != item.from_on or self._is_successor(resolved[-1], from_on))
                    resolved.append(Handling(from_on, unit, item.officer, by_succession=follows))
        return tuple(resolved)

    def unit_on(self, stated: Sequence[StatedHandling], area: str | None, on: date) -> tuple[str, str | None]:
        """Unit and officer responsible on a day; the first ones before the first day."""
        resolved = self.resolve(stated, area)
        current = resolved[0]
        for handling in resolved:
            if handling.from_on <= on:
                current = handling
        return current.unit, current.officer

    def carried(self, unit: str, area: str | None, on: date) -> str:
        """The unit responsible on a day for what `unit` was handling: itself, or who succeeded it."""
        return unit if unit not in self._moving else self.organisation.successor(unit, area, on)

    def first_handling(
        self,
        issuing_unit: str,
        handling_unit: str,
        docketed_on: date,
        as_of_on: date,
        area: str | None,
        officer: str | None,
    ) -> list[StatedHandling]:
        """What to store for a case seen for the first time.

        A file names today's unit. When the issuing unit's successor is that unit, the issuing unit is what to store.
        When the named unit did not exist yet on the docket day, the case was the issuing unit's until it began.
        """
        issued = [StatedHandling(docketed_on, issuing_unit, officer)]
        if handling_unit == issuing_unit or self.unit_on(issued, area, as_of_on)[0] == handling_unit:
            return issued
        if self.organisation.unit_on(handling_unit, docketed_on) is not None:
            return [StatedHandling(docketed_on, handling_unit, officer)]
        begins_on = min(unit.valid_from for unit in self.organisation.units if unit.code == handling_unit)
        return [*issued, StatedHandling(begins_on, handling_unit, officer)]

    def _path(self, item: StatedHandling, area: str | None) -> list[tuple[date, str]]:
        if item.unit not in self._moving:
            return [(item.from_on, item.unit)]
        place = (item.unit, item.from_on, area)
        path = self._paths.get(place)
        if path is None:
            path = self._paths[place] = self.organisation.segments(item.unit, item.from_on, area)
        return path

    def _is_successor(self, before: Handling, from_on: date) -> bool:
        """Whether the unit before ended the day before: then a newly stated unit continues it."""
        return before.unit in self._moving and self.organisation.unit_on(before.unit, from_on) is None
