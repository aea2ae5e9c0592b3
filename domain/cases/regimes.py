"""The statistical classes of a case and how each reporting regime groups them.

A case has exactly one class on a date; which classes count as có điều kiện changed with the circulars (domain rules
I3a, I3b, I5), so the grouping is a dated regime and the class is not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class CaseClass(StrEnum):
    """Where a việc, or a đồng of it, stands. The first six are living, the rest have left the book."""

    ENFORCEABLE = "enforceable"
    POSTPONED_BY_CONSENT = "postponed_by_consent"
    NOT_ENFORCEABLE = "not_enforceable"
    POSTPONED = "postponed"
    SUSPENDED = "suspended"
    SEPARATE_REGISTER = "separate_register"
    COMPLETED = "completed"
    TERMINATED = "terminated"
    ENTRUSTED = "entrusted"
    REVOKED = "revoked"
    TAKEN_UP = "taken_up"
    VANISHED = "vanished"


CASE_CLASS_NAMES = {
    CaseClass.ENFORCEABLE: "Có điều kiện, đang thi hành",
    CaseClass.POSTPONED_BY_CONSENT: "Hoãn theo thỏa thuận",
    CaseClass.NOT_ENFORCEABLE: "Chưa có điều kiện",
    CaseClass.POSTPONED: "Hoãn",
    CaseClass.SUSPENDED: "Tạm đình chỉ",
    CaseClass.SEPARATE_REGISTER: "Sổ theo dõi riêng",
    CaseClass.COMPLETED: "Thi hành xong",
    CaseClass.TERMINATED: "Đình chỉ",
    CaseClass.ENTRUSTED: "Ủy thác",
    CaseClass.REVOKED: "Thu hồi, hủy quyết định",
    CaseClass.TAKEN_UP: "Rút lên",
    CaseClass.VANISHED: "Không còn trong tệp đầy đủ",
}

# What counters keep beside the classes: what was docketed, and money that nobody has to pay any more.
DOCKETED = "docketed"
REDUCED = "reduced"

LIVING = frozenset(
    {
        CaseClass.ENFORCEABLE,
        CaseClass.POSTPONED_BY_CONSENT,
        CaseClass.NOT_ENFORCEABLE,
        CaseClass.POSTPONED,
        CaseClass.SUSPENDED,
        CaseClass.SEPARATE_REGISTER,
    }
)
# A stock is summed from the first day on; everything else is a flow, summed inside the period only.
STOCK_CLASSES: frozenset[str] = frozenset(item.value for item in LIVING)


class StatisticalGroup(StrEnum):
    """The columns of the statistical form a class falls into."""

    ENFORCEABLE = "enforceable"
    NOT_ENFORCEABLE = "not_enforceable"
    OTHER = "other"
    SEPARATE_REGISTER = "separate_register"
    COMPLETED = "completed"
    ENTRUSTED = "entrusted"
    REVOKED = "revoked"
    TAKEN_UP = "taken_up"


@dataclass(frozen=True, slots=True)
class Regime:
    """A circular in force from a day on.

    `others_are_enforceable`: up to TT 01/2013 the form had no third group, hoãn and tạm đình chỉ were inside có điều
    kiện (I3a, I9); since TT 06/2019 they stand beside it (I3b, its content UNVERIFIED).
    """

    code: str
    name: str
    from_on: date
    others_are_enforceable: bool

    def group(self, case_class: CaseClass) -> StatisticalGroup | None:
        """The form's column for a class; None for a case that is no longer counted at all."""
        if case_class in (CaseClass.ENFORCEABLE, CaseClass.POSTPONED_BY_CONSENT):
            return StatisticalGroup.ENFORCEABLE
        if case_class in (CaseClass.POSTPONED, CaseClass.SUSPENDED):
            return StatisticalGroup.ENFORCEABLE if self.others_are_enforceable else StatisticalGroup.OTHER
        if case_class in (CaseClass.COMPLETED, CaseClass.TERMINATED):
            return StatisticalGroup.COMPLETED
        if case_class is CaseClass.VANISHED:
            return None
        return StatisticalGroup(case_class.value)


class NoRegime(LookupError):
    """No statistical regime is recorded for the day asked about."""


def regime_on(regimes: Sequence[Regime], day: date) -> Regime:
    """The newest regime that has begun by `day`; raises NoRegime."""
    begun = [regime for regime in regimes if regime.from_on <= day]
    if not begun:
        raise NoRegime(f"no statistical regime is recorded for {day:%d/%m/%Y}")
    return max(begun, key=lambda regime: regime.from_on)
