"""Quy đổi qua lần đổi cơ cấu: yesterday's figures in today's units, where every case of a unit went to one heir.

Figures are added up, never shared out: of a unit whose cases or area went to several heirs, nothing can be said of one
of them, only of all of them together.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass
from datetime import date, timedelta
from functools import reduce
from operator import add
from typing import Any, Protocol, Self, TypeVar

from domain.units.organisation import Organisation
from domain.units.records import Succession, in_force


class Addable(Protocol):
    """What can be added up without loss."""

    def __add__(self, other: Self, /) -> Self: ...


Part = TypeVar("Part", bound=Addable)
NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Lineage:
    """A unit of the later day and the units of the earlier day whose cases it has now.

    `parts` are all that gave it anything, itself among them where it lived then. `is_whole` where each of them gave all
    it had to this unit: then the figures of the parts add up to those of the unit.
    """

    unit: str
    parts: frozenset[str]
    is_whole: bool

    @property
    def is_unchanged(self) -> bool:
        """Whether it is the unit it was: nothing was added to it, nothing taken."""
        return self.is_whole and self.parts == {self.unit}


@dataclass(frozen=True, slots=True)
class Restructured:
    """Units that passed cases on to each other, before and after: the smallest circle whose sums can be compared."""

    before: frozenset[str]
    after: frozenset[str]


@dataclass(frozen=True)
class Restatement:
    """What the reorganisations after one day, up to another, did to the units that handle cases.

    `heirs` says of every unit of the earlier day which units have its cases on the later one; `torn` are the units of
    the later day that serve only a share of an area they were given.
    """

    after: date
    until: date
    days: tuple[date, ...]
    heirs: Mapping[str, frozenset[str]]
    torn: frozenset[str]

    @property
    def is_crossed(self) -> bool:
        """Whether anything was reorganised in between."""
        return bool(self.days)

    def lineage(self, unit: str) -> Lineage:
        """Where the cases of a unit of the later day come from; nothing for one that took nothing over."""
        parts = frozenset(old for old, heirs in self.heirs.items() if unit in heirs)
        is_whole = bool(parts) and unit not in self.torn and all(len(self.heirs[old]) == 1 for old in parts)
        return Lineage(unit, parts, is_whole)

    def parts_of(self, units: Set[str]) -> frozenset[str] | None:
        """The units of the earlier day that together had what these have now; None where that is no whole number of
        units: one of them gave cases to somebody else too, or the area was torn. A unit that has ended since stands
        for itself."""
        ended = frozenset(unit for unit in units if unit in self.heirs and not self.lineage(unit).parts)
        living = units - ended
        parts = NOTHING.union(*(self.lineage(unit).parts for unit in living))
        fits = all(self.lineage(unit).parts for unit in living) and all(self.heirs[old] <= living for old in parts)
        return parts | ended if fits and not self.torn & living else None

    def restated(self, figures: Mapping[str, Part]) -> dict[str, Part]:
        """Figures of the earlier units as those of the later: added up where a lineage is whole; whoever is not of a
        whole lineage keeps the name under which the figures were reckoned. The sum over all stays the same."""
        found: dict[str, Part] = {}
        for old, part in figures.items():
            heirs = self.heirs.get(old, frozenset({old}))
            heir = next(iter(heirs)) if len(heirs) == 1 else old
            name = heir if heir in heirs and self.lineage(heir).is_whole else old
            found[name] = found[name] + part if name in found else part
        return found

    def circles(self) -> tuple[Restructured, ...]:
        """What changed, each circle of units once, in the order of their codes."""
        circles: list[Restructured] = []
        for old in sorted(self.heirs):
            circle = Restructured(frozenset({old}), self.heirs[old])
            for other in [one for one in circles if one.after & circle.after]:
                circles.remove(other)
                circle = Restructured(circle.before | other.before, circle.after | other.after)
            circles.append(circle)
        changed = (one for one in circles if any(self.heirs[old] != {old} for old in one.before))
        return tuple(sorted(changed, key=lambda one: sorted(one.before)))

    def circle_of(self, unit: str) -> Restructured | None:
        """The circle that a unit of either day stands in; None where nothing happened to it."""
        return next((one for one in self.circles() if unit in one.before | one.after), None)


def restatement(organisation: Organisation, after: date, until: date) -> Restatement:
    """What was reorganised after one day, up to another (both inclusive of what was decided for the later one)."""
    heirs = {unit.code: frozenset({unit.code}) for unit in organisation.case_units_on(after)}
    moves = [move for move in organisation.successions if after < move.on <= until]
    days = tuple(sorted({move.on for move in moves}))
    torn: frozenset[str] = NOTHING
    for on in days:
        step = [move for move in moves if move.on == on]
        heirs = {
            old: NOTHING.union(*(_heirs(organisation, code, step, on) for code in now)) for old, now in heirs.items()
        }
        # A unit founded since then had nothing before; its own moves are not those of an earlier unit.
        torn |= _torn(organisation, {move.to_unit for move in step}, on)
    return Restatement(after, until, days, heirs, torn & NOTHING.union(*heirs.values()))


def sum_of(parts: Mapping[str, Part], units: Set[str], nothing: Part) -> Part:
    """The sum of the figures of these units; `nothing` where none of them has any."""
    return reduce(add, (part for code, part in parts.items() if code in units), nothing)


def _heirs(organisation: Organisation, code: str, step: list[Succession], on: date) -> frozenset[str]:
    """Who has anything of what a unit had the day before."""
    rows = [move for move in step if move.from_unit == code]
    named = {move.to_unit for move in rows}
    still_there = any(unit.code == code for unit in organisation.case_units_on(on))
    if not any(move.area is None for move in rows):
        return frozenset(named | {code})
    served = organisation.territory_on(on)
    default = {move.to_unit for move in rows if move.area is None}
    if default & set(served.values()):
        # A case whose area lives on goes to whoever serves it now, as `Organisation.successor` says.
        had = [area for area, unit in organisation.territory_on(on - timedelta(days=1)).items() if unit == code]
        named |= {organisation.successor(code, area, on) for area in had if area in served}
    return frozenset(named | ({code} if still_there else set()))


def _torn(organisation: Organisation, units: Set[str], on: date) -> frozenset[str]:
    rows: list[Any] = in_force(organisation.territory, on)
    return frozenset(row.unit for row in rows if row.unit in units and row.share < 1)
