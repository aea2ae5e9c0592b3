"""The small cast of cases that tests talk about; every value can be overridden, nothing is random."""

from __future__ import annotations

from datetime import date
from typing import Any

from domain.cases import (
    CaseKey,
    CaseKind,
    CaseLife,
    CaseRecord,
    CaseType,
    DecisionKind,
    DecisionRecord,
    Handling,
    LifeDecision,
    LifeMoney,
    MoneyKind,
    MoneyRecord,
    statistical_year,
)

DECIDED_ON = date(2026, 10, 12)


def a_key(number: int | str = 46, unit: str = "PHUVANG", decided_on: date = DECIDED_ON) -> CaseKey:
    """The key of a decision of Phú Vang."""
    return CaseKey(unit, str(number), statistical_year(decided_on))


def a_case(number: int | str = 46, unit: str = "PHUVANG", decided_on: date = DECIDED_ON, **changes: Any) -> CaseRecord:
    """An ordinary money case docketed on the day it was decided."""
    values: dict[str, Any] = {
        "key": a_key(number, unit, decided_on),
        "decided_on": decided_on,
        "docketed_on": decided_on,
        "handling_unit": unit,
        "kind": CaseKind.ON_REQUEST,
        "case_type": CaseType.CIVIL,
        "officer": "CHV-07",
        "area": None,
        "amount_due": 10_000_000,
        "groups": frozenset(),
    }
    return CaseRecord(**{**values, **changes})


def a_decision(
    case: CaseRecord, kind: DecisionKind, on: date, amount: int | None = None, withdrawn: bool = False
) -> DecisionRecord:
    """A decision about a case."""
    return DecisionRecord(case.key, case.decided_on, kind, on, amount, withdrawn)


def a_payment(case: CaseRecord, on: date, amount: int, kind: MoneyKind = MoneyKind.COLLECTED) -> MoneyRecord:
    """Money of a case."""
    return MoneyRecord(case.key, case.decided_on, kind, on, amount)


def a_life(
    docketed_on: date = DECIDED_ON,
    amount_due: int = 100,
    decisions: tuple[tuple[date, DecisionKind] | tuple[date, DecisionKind, int | None], ...] = (),
    money: tuple[tuple[date, int], ...] = (),
    handling: tuple[Handling, ...] | None = None,
) -> CaseLife:
    """A life told by dated facts; money is collected."""
    return CaseLife(
        docketed_on,
        amount_due,
        handling or (Handling(docketed_on, "PHUVANG", "CHV-07"),),
        tuple(
            LifeDecision(fact[0], fact[1], fact[2] if len(fact) > 2 else None)  # type: ignore[misc]
            for fact in decisions
        ),
        tuple(LifeMoney(on, MoneyKind.COLLECTED, amount) for on, amount in money),
    )
