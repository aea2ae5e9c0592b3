"""One invented việc and everything dated that happened to it; `demo_city.dockets` makes it happen in legal order."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple


class State(StrEnum):
    """Where a life stands; the first four are living."""

    ENFORCEABLE = "có điều kiện"
    NOT_ENFORCEABLE = "chưa có điều kiện"
    PAUSED = "hoãn, tạm đình chỉ"
    SEPARATE_REGISTER = "sổ theo dõi riêng"
    COMPLETED = "xong"
    DEPARTED = "ủy thác, thu hồi"


class Decision(NamedTuple):
    """A row of sheet Quyết định; amount in đồng or None; `withdrawn` rows were wrong and are kept in history."""

    effective_on: date
    kind: str
    amount: int | None = None
    withdrawn: bool = False


class Money(NamedTuple):
    """A row of sheet Thu chi; whole đồng."""

    effective_on: date
    kind: str
    amount: int


@dataclass(slots=True, eq=False)
class Life:
    """A việc. `handling` is the unit whose file it is in today, `issuing` the one that decided it then."""

    issuing: str
    number: int
    suffix: str
    decided_on: date
    docketed_on: date
    handling: str
    is_ex_officio: bool
    case_type: str
    officer: str
    ward: str
    due: int
    groups: str
    collected: int = 0
    exempted: int = 0
    state: State = State.ENFORCEABLE
    slot: int = -1
    moved_on: date = date.min
    is_verified: bool = False
    # The day of the next re-verification while chưa có điều kiện, and whether its officer has lost sight of it.
    reverified_on: date = date.max
    is_forgotten: bool = False
    is_postponed_by_consent: bool = False
    decisions: list[Decision] = field(default_factory=list)
    money: list[Money] = field(default_factory=list)

    @property
    def remaining(self) -> int:
        """Đồng still to be enforced."""
        return self.due - self.collected - self.exempted

    @property
    def number_text(self) -> str:
        """The number as the office writes it, e.g. 46/QĐ-CCTHADS."""
        return f"{self.number}/{self.suffix}"

    def is_slow(self) -> bool:
        """The third officer of every unit closes fewer cases, so that the officers' page has a finding."""
        return self.officer == "CHV-03"
