"""The life of one case as ledger entries: a pure function of its dated facts.

`ledger` replays the facts in order of day and says, entry by entry, which class gains or loses a việc and how many
đồng, for which unit and officer. Summing entries gives every figure of the statistical form; nothing else counts cases.
"""

from __future__ import annotations

from datetime import date

from domain.cases.facts import CaseLife, ClassInterval, LedgerEntry
from domain.cases.regimes import CaseClass, Regime, StatisticalGroup
from domain.cases.replay import replayed


def ledger(life: CaseLife) -> list[LedgerEntry]:
    """Every entry of the case's life, in order of day; sums by class are its statistics."""
    return replayed(life).entries


def class_intervals(life: CaseLife) -> list[ClassInterval]:
    """The one class of the case on every day from docketing on; ended cases keep their last class for ever."""
    return replayed(life).intervals


def ledger_and_intervals(life: CaseLife) -> tuple[list[LedgerEntry], list[ClassInterval]]:
    """Both at the price of one replay."""
    replay = replayed(life)
    return replay.entries, replay.intervals


def class_on(life: CaseLife, on: date) -> CaseClass | None:
    """The class on a day; None before docketing."""
    for interval in class_intervals(life):
        if interval.from_on <= on and (interval.to_on is None or on < interval.to_on):
            return interval.case_class
    return None


def class_as_of(life: CaseLife, on: date, regime: Regime) -> StatisticalGroup | None:
    """The statistical group on a day under a regime; None before docketing or after vanishing."""
    case_class = class_on(life, on)
    return None if case_class is None else regime.group(case_class)
