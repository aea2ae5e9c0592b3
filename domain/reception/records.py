"""Tiếp công dân as its sources state it: visits with their times, complaints and denunciations; nobody who came."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum


class VisitPurpose(StrEnum):
    """Nội dung: why somebody came, as a coded word; what they said is kept nowhere."""

    PAYOUT = "payout"
    REQUEST = "request"
    INFORMATION = "information"
    COMPLAINT = "complaint"
    DENUNCIATION = "denunciation"
    PETITION = "petition"
    OTHER = "other"


PURPOSE_NAMES = {
    VisitPurpose.PAYOUT: "Nhận tiền, tài sản",
    VisitPurpose.REQUEST: "Nộp đơn yêu cầu thi hành án",
    VisitPurpose.INFORMATION: "Hỏi thông tin",
    VisitPurpose.COMPLAINT: "Khiếu nại",
    VisitPurpose.DENUNCIATION: "Tố cáo",
    VisitPurpose.PETITION: "Kiến nghị, phản ánh",
    VisitPurpose.OTHER: "Khác",
}


class VisitOutcome(StrEnum):
    """Kết quả tiếp."""

    ANSWERED = "answered"
    ACCEPTED = "accepted"
    FORWARDED = "forwarded"
    REFUSED = "refused"
    LEFT = "left"


OUTCOME_NAMES = {
    VisitOutcome.ANSWERED: "Đã trả lời, hướng dẫn",
    VisitOutcome.ACCEPTED: "Đã nhận đơn, hồ sơ",
    VisitOutcome.FORWARDED: "Chuyển cơ quan có thẩm quyền",
    VisitOutcome.REFUSED: "Từ chối theo quy định",
    VisitOutcome.LEFT: "Công dân ra về",
}


class VisitState(StrEnum):
    """Where a visit stands; LEFT went without having been called."""

    WAITING = "waiting"
    SERVING = "serving"
    SERVED = "served"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class VisitRecord:
    """Lượt tiếp công dân: one ticket of one unit. Times are aware UTC and in order; `called_at` is when the desk began,
    `ended_at` when it ended (or when they left).

    `people` came together, about `matters` (vụ việc); `is_leader` when a head of the unit received them. `updated_at`
    is when the source last changed it.
    """

    unit: str
    reference: str
    ticketed_at: datetime
    updated_at: datetime
    called_at: datetime | None = None
    ended_at: datetime | None = None
    counter: str = ""
    purpose: VisitPurpose = VisitPurpose.OTHER
    outcome: VisitOutcome | None = None
    people: int = 1
    matters: int = 1
    is_leader: bool = False

    @property
    def state(self) -> VisitState:
        """From its times alone."""
        if self.called_at is None:
            return VisitState.WAITING if self.ended_at is None else VisitState.LEFT
        return VisitState.SERVING if self.ended_at is None else VisitState.SERVED

    def as_of(self, at: datetime) -> VisitRecord | None:
        """As it stood at a moment, by its times; None before its ticket was drawn. How many came, and about how many
        matters, is what was stated last."""
        if self.ticketed_at > at:
            return None
        called_at = None if self.called_at is None or self.called_at > at else self.called_at
        if self.ended_at is not None and self.ended_at <= at:
            return replace(self, called_at=called_at)
        return replace(self, called_at=called_at, ended_at=None, outcome=None)


class PetitionKind(StrEnum):
    """Loại đơn."""

    COMPLAINT = "complaint"
    DENUNCIATION = "denunciation"


PETITION_NAMES = {PetitionKind.COMPLAINT: "Khiếu nại", PetitionKind.DENUNCIATION: "Tố cáo"}


class PetitionSubject(StrEnum):
    """What a complaint is against, as far as its term depends on it."""

    BEFORE_MEASURES = "before_measures"
    SECURING = "securing"
    COERCION = "coercion"


SUBJECT_NAMES = {
    PetitionSubject.BEFORE_MEASURES: "Trước khi áp dụng biện pháp bảo đảm, cưỡng chế",
    PetitionSubject.SECURING: "Biện pháp bảo đảm, phong tỏa tài khoản",
    PetitionSubject.COERCION: "Biện pháp cưỡng chế",
}


@dataclass(frozen=True, slots=True)
class PetitionRecord:
    """Đơn khiếu nại, tố cáo đã thụ lý, by the number in the unit's register; who wrote it is kept nowhere.

    `instance` is 1 (lần đầu) or 2; `due_on` is the last day the unit itself wrote down, None to reckon it by the rules.
    """

    unit: str
    reference: str
    kind: PetitionKind
    accepted_on: date
    subject: PetitionSubject = PetitionSubject.BEFORE_MEASURES
    instance: int = 1
    due_on: date | None = None
    resolved_on: date | None = None
