"""Figures straight from lives, without a database: what the stored counters are compared with."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from domain.cases import STOCK_CLASSES, CaseLife, Regime, ledger
from domain.statistics import ClassTotal, Figures, Period, StatisticalYear, figures

CURRENT = Regime("tt05_2024", "TT 05/2024/TT-BTP", date(2024, 7, 26), others_are_enforceable=False)


def figures_of_lives(
    lives: Iterable[CaseLife],
    on: date,
    unit: str | None = None,
    regime: Regime = CURRENT,
    from_on: date | None = None,
) -> Figures:
    """The figures of the statistical year to `on` (or from `from_on`), summed entry by entry."""
    period = Period(from_on or StatisticalYear.of(on).first_on, on)
    sums: dict[str, list[int]] = {}
    for life in lives:
        for entry in ledger(life):
            if entry.day > period.to_on or (unit is not None and entry.unit != unit):
                continue
            total = sums.setdefault(entry.counted, [0, 0, 0, 0])
            total[0] += entry.cases
            total[1] += entry.amount
            if entry.day >= period.from_on:
                total[2] += entry.cases
                total[3] += entry.amount
    assert all(counted in STOCK_CLASSES or counted.islower() for counted in sums)
    return figures({counted: ClassTotal(*total) for counted, total in sums.items()}, regime)
