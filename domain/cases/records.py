"""What a case workbook says: records of cases (việc), dated decisions and money, in the words of the registers.

The Vietnamese labels are those of the canonical workbook; connectors turn cells into these records and nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple


class CaseKind(StrEnum):
    """Hình thức: how enforcement began."""

    EX_OFFICIO = "ex_officio"
    ON_REQUEST = "on_request"


CASE_KIND_NAMES = {CaseKind.EX_OFFICIO: "Chủ động", CaseKind.ON_REQUEST: "Theo yêu cầu"}


class CaseType(StrEnum):
    """Loại án."""

    CIVIL = "civil"
    FAMILY = "family"
    COMMERCIAL = "commercial"
    LABOUR = "labour"
    CRIMINAL = "criminal"
    ADMINISTRATIVE = "administrative"
    BANKRUPTCY = "bankruptcy"
    OTHER = "other"


CASE_TYPE_NAMES = {
    CaseType.CIVIL: "Dân sự",
    CaseType.FAMILY: "Hôn nhân và gia đình",
    CaseType.COMMERCIAL: "Kinh doanh thương mại",
    CaseType.LABOUR: "Lao động",
    CaseType.CRIMINAL: "Hình sự",
    CaseType.ADMINISTRATIVE: "Hành chính",
    CaseType.BANKRUPTCY: "Phá sản",
    CaseType.OTHER: "Khác",
}


class CaseGroup(StrEnum):
    """Nhóm: sub-groups that are always reported on their own (domain rule 1.6)."""

    CREDIT = "TD"
    CORRUPTION = "TN"
    BUDGET = "NS"
    BUSINESS = "DN"


CASE_GROUP_NAMES = {
    CaseGroup.CREDIT: "Tín dụng, ngân hàng",
    CaseGroup.CORRUPTION: "Tham nhũng, kinh tế",
    CaseGroup.BUDGET: "Thu ngân sách",
    CaseGroup.BUSINESS: "Liên quan doanh nghiệp",
}


class DecisionKind(StrEnum):
    """Loại quyết định: one per register of TT 04/2023 that can move a case, plus facts that cannot."""

    ENFORCEABLE = "enforceable"
    NOT_ENFORCEABLE = "not_enforceable"
    SEPARATE_REGISTER = "separate_register"
    ENTRUSTED = "entrusted"
    WITHDRAWN = "withdrawn"
    CANCELLED = "cancelled"
    TAKEN_UP = "taken_up"
    POSTPONED = "postponed"
    POSTPONED_BY_CONSENT = "postponed_by_consent"
    SUSPENDED = "suspended"
    RESUMED = "resumed"
    TERMINATED = "terminated"
    COMPLETED = "completed"
    VERIFIED = "verified"
    COERCED = "coerced"
    REDUCED = "reduced"
    # Not in any workbook: a `full` workbook no longer names the case.
    VANISHED = "vanished"


DECISION_KIND_NAMES = {
    DecisionKind.ENFORCEABLE: "Có điều kiện",
    DecisionKind.NOT_ENFORCEABLE: "Chưa có điều kiện",
    DecisionKind.SEPARATE_REGISTER: "Chuyển sổ theo dõi riêng",
    DecisionKind.ENTRUSTED: "Ủy thác",
    DecisionKind.WITHDRAWN: "Thu hồi",
    DecisionKind.CANCELLED: "Hủy quyết định",
    DecisionKind.TAKEN_UP: "Rút lên",
    DecisionKind.POSTPONED: "Hoãn",
    DecisionKind.POSTPONED_BY_CONSENT: "Hoãn theo thỏa thuận",
    DecisionKind.SUSPENDED: "Tạm đình chỉ",
    DecisionKind.RESUMED: "Tiếp tục",
    DecisionKind.TERMINATED: "Đình chỉ",
    DecisionKind.COMPLETED: "Thi hành xong",
    DecisionKind.VERIFIED: "Xác minh",
    DecisionKind.COERCED: "Cưỡng chế",
    DecisionKind.REDUCED: "Miễn giảm",
}


class MoneyKind(StrEnum):
    """Loại thu chi."""

    COLLECTED = "collected"
    PAID_OUT = "paid_out"
    PAID_TO_BUDGET = "paid_to_budget"
    DEPOSITED = "deposited"
    ASSET_IN_SATISFACTION = "asset_in_satisfaction"


MONEY_KIND_NAMES = {
    MoneyKind.COLLECTED: "Thu",
    MoneyKind.PAID_OUT: "Chi trả",
    MoneyKind.PAID_TO_BUDGET: "Nộp ngân sách",
    MoneyKind.DEPOSITED: "Gửi ngân hàng",
    MoneyKind.ASSET_IN_SATISFACTION: "Nhận tài sản trừ tiền",
}

# Money that completes the obligation; paying it on to the creditor or the budget does not count twice.
COMPLETING_MONEY = frozenset({MoneyKind.COLLECTED, MoneyKind.ASSET_IN_SATISFACTION})


class CaseKey(NamedTuple):
    """Issuing unit, normalised decision number, statistical year of the decision date: one việc."""

    issuing_unit: str
    number: str
    year: int


def decision_name(number: str, decided_on: date) -> str:
    """'412', 3/3/2025 -> '412/2025/QĐ-THA': as people say it. What an office writes after the number is not on record;
    the words stand for "quyết định thi hành án"."""
    return f"{number}/{decided_on:%Y}/QĐ-THA"


@dataclass(frozen=True, slots=True)
class CaseRecord:
    """One row of sheet Việc. `amount_due` is whole đồng, 0 where the obligation is not money."""

    key: CaseKey
    decided_on: date
    docketed_on: date
    handling_unit: str
    kind: CaseKind
    case_type: CaseType
    officer: str | None
    area: str | None
    amount_due: int
    groups: frozenset[CaseGroup]


@dataclass(frozen=True, slots=True)
class DecisionRecord:
    """One row of sheet Quyết định; `withdrawn` says that an equal earlier row was wrong."""

    key: CaseKey
    decided_on: date
    kind: DecisionKind
    effective_on: date
    amount: int | None
    withdrawn: bool


@dataclass(frozen=True, slots=True)
class MoneyRecord:
    """One row of sheet Thu chi, whole đồng; a negative amount reverses an earlier one."""

    key: CaseKey
    decided_on: date
    kind: MoneyKind
    effective_on: date
    amount: int
