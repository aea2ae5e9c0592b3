"""Đối chiếu tiền: what the accounting software states of a month beside what the cases' own records say, unit by unit.

Neither side is corrected from the other: a difference is shown as one, and what one side has not said stays unsaid.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from domain.cases import MoneyKind


class AgreedMoney(StrEnum):
    """The sums that both sides keep, by the code of the accounting software's indicator."""

    COLLECTED = "accounting_collected"
    PAID_OUT = "accounting_paid"
    PAID_TO_BUDGET = "accounting_budget"


AGREED_KINDS = {
    AgreedMoney.COLLECTED: MoneyKind.COLLECTED,
    AgreedMoney.PAID_OUT: MoneyKind.PAID_OUT,
    AgreedMoney.PAID_TO_BUDGET: MoneyKind.PAID_TO_BUDGET,
}
AGREED_NAMES = {
    AgreedMoney.COLLECTED: "Đã thu",
    AgreedMoney.PAID_OUT: "Đã chi trả",
    AgreedMoney.PAID_TO_BUDGET: "Nộp ngân sách",
}


@dataclass(frozen=True, slots=True)
class AgreementCell:
    """Hai phía của một số tiền, whole đồng: `stated` by the accounting software (None: not stated), `recorded` in the
    cases (None: no case of the unit was ever counted)."""

    stated: int | None
    recorded: int | None

    @property
    def difference(self) -> int | None:
        """Stated less recorded; None while one side is unknown."""
        if self.stated is None or self.recorded is None:
            return None
        return self.stated - self.recorded


@dataclass(frozen=True, slots=True)
class AgreementLine:
    """Một đơn vị trong bảng đối chiếu."""

    unit: str
    cells: Mapping[AgreedMoney, AgreementCell]

    @property
    def agrees(self) -> bool | None:
        """Whether every sum is the same on both sides; None while one of them is unknown."""
        differences = [cell.difference for cell in self.cells.values()]
        if any(difference for difference in differences if difference is not None):
            return False
        return None if None in differences else True


def agreement_lines(
    units: Sequence[str],
    stated: Mapping[tuple[str, AgreedMoney], int],
    recorded: Mapping[tuple[str, MoneyKind], int],
    known: Collection[str],
) -> list[AgreementLine]:
    """A line for each unit. Of those in `known` cases were counted: what is not recorded of them is none; of another
    unit nothing is known."""
    return [
        AgreementLine(
            unit,
            {
                money: AgreementCell(
                    stated.get((unit, money)), recorded.get((unit, kind), 0) if unit in known else None
                )
                for money, kind in AGREED_KINDS.items()
            },
        )
        for unit in units
    ]
