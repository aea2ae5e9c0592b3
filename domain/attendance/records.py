"""What the attendance feed speaks of: punches, shifts, people as codes, terminals, absences. No name is anywhere."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from domain.units import covers

_PIN = re.compile(r"[0-9A-Za-z]{1,24}", re.ASCII)


class LeaveKind(StrEnum):
    """Loại nghỉ."""

    ANNUAL = "annual"
    SICK = "sick"
    MATERNITY = "maternity"
    UNPAID = "unpaid"
    OTHER = "other"


LEAVE_NAMES = {
    LeaveKind.ANNUAL: "Nghỉ phép",
    LeaveKind.SICK: "Nghỉ ốm",
    LeaveKind.MATERNITY: "Nghỉ thai sản",
    LeaveKind.UNPAID: "Nghỉ không lương",
    LeaveKind.OTHER: "Nghỉ khác",
}


class OverlayKind(StrEnum):
    """Lý do vắng đã biết: what lies over a day, so that nobody is waited for at the office."""

    LEAVE = "leave"
    BUSINESS_TRIP = "business_trip"
    FIELD_DUTY = "field_duty"


ABSENCE_NAMES = {
    OverlayKind.LEAVE: "Nghỉ",
    OverlayKind.BUSINESS_TRIP: "Công tác",
    OverlayKind.FIELD_DUTY: "Xác minh, cưỡng chế ngoài trụ sở",
}


class DayStatus(StrEnum):
    """Tình trạng trong ngày of one person; UNKNOWN where no terminal could have told, which is never absence."""

    NOT_DUE = "not_due"
    PRESENT = "present"
    LATE = "late"
    LEFT_EARLY = "left_early"
    ON_LEAVE = "on_leave"
    BUSINESS_TRIP = "business_trip"
    FIELD_DUTY = "field_duty"
    UNEXPLAINED = "unexplained"
    UNKNOWN = "unknown"


STATUS_NAMES = {
    DayStatus.NOT_DUE: "Chưa đến giờ",
    DayStatus.PRESENT: "Có mặt",
    DayStatus.LATE: "Đi muộn",
    DayStatus.LEFT_EARLY: "Về sớm",
    DayStatus.ON_LEAVE: "Nghỉ có lý do",
    DayStatus.BUSINESS_TRIP: "Công tác",
    DayStatus.FIELD_DUTY: "Làm việc ngoài trụ sở",
    DayStatus.UNEXPLAINED: "Vắng chưa rõ lý do",
    DayStatus.UNKNOWN: "Chưa biết",
}


# What a person may say of a day; that it is not due, or not known, nobody can say.
SAYABLE = tuple(status for status in DayStatus if status not in {DayStatus.NOT_DUE, DayStatus.UNKNOWN})


@dataclass(frozen=True, slots=True)
class Punch:
    """Lượt chấm: who held a finger, card or face to which terminal, and when (aware).

    Whether it was 'in' or 'out' decides nothing: people choose that key, and many terminals always say 'in'.
    """

    serial: str
    pin: str
    punched_at: datetime

    def __post_init__(self) -> None:
        if self.punched_at.tzinfo is None:
            raise ValueError("a naive datetime is no punch: nobody knows its zone")


class PunchKind(StrEnum):
    """Phím chấm: what the person, or the terminal's setting, said the touch was; kept, never believed."""

    IN = "in"
    OUT = "out"
    BREAK_OUT = "break_out"
    BREAK_IN = "break_in"
    OVERTIME_IN = "overtime_in"
    OVERTIME_OUT = "overtime_out"
    OTHER = "other"


class VerifyMethod(StrEnum):
    """Cách xác thực: by what the terminal knew the person."""

    PASSWORD = "password"
    FINGER = "finger"
    CARD = "card"
    FACE = "face"
    PALM = "palm"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class PunchRecord:
    """Một dòng nhật ký máy chấm công: a punch with the key and the method the terminal noted."""

    punch: Punch
    kind: PunchKind = PunchKind.OTHER
    method: VerifyMethod = VerifyMethod.OTHER


@dataclass(frozen=True, slots=True)
class Shift:
    """Ca làm việc: one window of a day in local clock time, and how many minutes late or early are let pass."""

    begins: time
    ends: time
    late_after: timedelta
    early_before: timedelta
    valid_from: date = date.min
    valid_to: date | None = None
    status: str = ""

    def is_in_force(self, day: date) -> bool:
        """Whether the window holds on a day."""
        return covers(self.valid_from, self.valid_to, day)


@dataclass(frozen=True, slots=True)
class Overlay:
    """Vắng có lý do: leave (with its kind), business trip or field duty, from a day to a day, both included."""

    kind: OverlayKind
    from_on: date
    to_on: date
    leave: LeaveKind | None = None

    def covers(self, day: date) -> bool:
        """Whether a day lies within."""
        return covers(self.from_on, self.to_on, day)


@dataclass(frozen=True, slots=True)
class Correction:
    """Điều chỉnh: what a person says a day was, and why; it stands above what the punches say."""

    status: DayStatus
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class TerminalRecord:
    """Máy chấm công as a sheet states it: where it hangs and from which network it may speak."""

    serial: str
    unit: str
    name: str
    allowed_network: str
    is_allowed: bool = True


class StaffRole(StrEnum):
    """Chức danh: what kind of work a person does."""

    HEAD = "head"
    ENFORCER = "enforcer"
    EXAMINER = "examiner"
    SECRETARY = "secretary"
    ACCOUNTANT = "accountant"
    OTHER = "other"


ROLE_TITLES = {
    StaffRole.HEAD: "Lãnh đạo đơn vị",
    StaffRole.ENFORCER: "Chấp hành viên",
    StaffRole.EXAMINER: "Thẩm tra viên",
    StaffRole.SECRETARY: "Thư ký",
    StaffRole.ACCOUNTANT: "Kế toán",
    StaffRole.OTHER: "Khác",
}


@dataclass(frozen=True, slots=True)
class StaffRecord:
    """Cán bộ as a sheet states them: a code such as CHV-07, never a name; `valid_from` None keeps what is known."""

    code: str
    unit: str
    pin: str
    valid_from: date | None = None
    valid_to: date | None = None
    role: StaffRole = StaffRole.OTHER


@dataclass(frozen=True, slots=True)
class AbsenceRecord:
    """A row of a leave or mission sheet; `is_withdrawn` takes an earlier row back."""

    code: str
    unit: str
    overlay: Overlay
    reference: str = ""
    is_withdrawn: bool = False


def plain_pin(text: str) -> str | None:
    """A terminal's user number without leading zeros ('0007' is '7'); None when it is none, or the nobody of '0'."""
    text = text.strip()
    return text.lstrip("0") or None if _PIN.fullmatch(text) else None
