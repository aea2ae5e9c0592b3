"""What the units of a scope state together; a part never passes for the whole."""

from __future__ import annotations

import operator
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import reduce

from domain.observations.periods import ObservedPeriod
from domain.observations.records import Figures, Observation


@dataclass(frozen=True, slots=True)
class ObservedTotal:
    """Số liệu của cả địa bàn: what the units together state of a period, and how many of them stated nothing.

    `is_stated` says that one figure for the whole was stated; then units are not added. `oldest_at` is the instant
    of the oldest figure in it.
    """

    period: ObservedPeriod
    figures: Figures
    known_units: int
    units: int
    is_stated: bool
    oldest_at: datetime

    @property
    def is_whole(self) -> bool:
        """Whether every unit is in it: a part must not pass for the whole."""
        return self.is_stated or self.known_units == self.units


def total_of(
    period: ObservedPeriod, found: Iterable[Observation], units: Collection[str], whole: str
) -> ObservedTotal | None:
    """What observations of one indicator and period say together of `units`; one about `whole`, the unit that holds
    them all, goes before their sum. None when nothing is stated."""
    by_unit = {each.unit: each for each in found}
    stated = by_unit.get(whole)
    parts = [by_unit[unit] for unit in units if unit in by_unit and unit != whole]
    counted = [stated] if stated is not None else parts
    if not counted:
        return None
    figures = reduce(operator.add, (each.figures for each in counted))
    owing = sum(unit != whole for unit in units)
    oldest_at = min(each.as_of_at for each in counted)
    return ObservedTotal(period, figures, len(parts), owing, stated is not None, oldest_at)
