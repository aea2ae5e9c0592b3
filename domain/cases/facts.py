"""The dated facts of one case, and the two things replaying them yields: ledger entries and class intervals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from domain.cases.records import DecisionKind, MoneyKind
from domain.cases.regimes import CaseClass


class LifeDecision(NamedTuple):
    """A dated decision in force."""

    effective_on: date
    kind: DecisionKind
    amount: int | None


class LifeMoney(NamedTuple):
    """A dated money transaction, whole đồng."""

    effective_on: date
    kind: MoneyKind
    amount: int


class Handling(NamedTuple):
    """From which day which unit and officer handle the case; `by_succession` when a reorganisation moved it."""

    from_on: date
    unit: str
    officer: str | None
    by_succession: bool = False


@dataclass(frozen=True, slots=True)
class CaseLife:
    """All facts of one case that count. `handling` is never empty and sorted by day."""

    docketed_on: date
    amount_due: int
    handling: tuple[Handling, ...]
    decisions: tuple[LifeDecision, ...] = ()
    money: tuple[LifeMoney, ...] = ()


class LedgerEntry(NamedTuple):
    """`counted` is a CaseClass value, DOCKETED or REDUCED; cases is -1, 0 or 1; amount is đồng."""

    day: date
    unit: str
    officer: str | None
    counted: str
    cases: int
    amount: int


class ClassInterval(NamedTuple):
    """The class of a case between two days; `to_on` is exclusive, None while it lasts."""

    case_class: CaseClass
    unit: str
    officer: str | None
    from_on: date
    to_on: date | None


def statistical_year(day: date) -> int:
    """Năm thống kê: 1 October to 30 September, named after its last day (TTLT 12/2021 Đ6)."""
    return day.year + 1 if day.month >= 10 else day.year
