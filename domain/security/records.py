"""What a security event is. No picture, no name of a person and no free text of a wall is here: kinds and outcomes are
coded."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class SecurityKind(StrEnum):
    """Loại sự kiện."""

    MOTION = "motion"
    TAMPER = "tamper"
    VIDEO_LOST = "video_lost"
    INTRUSION = "intrusion"
    GATHERING = "gathering"
    DISORDER = "disorder"
    FIRE = "fire"
    STORAGE = "storage"
    REMARK = "remark"
    INCIDENT = "incident"


KIND_NAMES = {
    SecurityKind.MOTION: "Chuyển động ngoài giờ",
    SecurityKind.TAMPER: "Camera bị che, bị xoay",
    SecurityKind.VIDEO_LOST: "Đầu ghi mất hình camera",
    SecurityKind.INTRUSION: "Xâm nhập khu vực cấm",
    SecurityKind.GATHERING: "Tụ tập trước trụ sở",
    SecurityKind.DISORDER: "Gây rối trật tự",
    SecurityKind.FIRE: "Cháy, nổ",
    SecurityKind.STORAGE: "Đầu ghi lỗi, đầy ổ đĩa",
    SecurityKind.REMARK: "Ghi nhận ca trực",
    SecurityKind.INCIDENT: "Sự việc trước trụ sở",
}
# What a person at a desk reports; the rest is what devices say.
REPORTABLE = (
    SecurityKind.INCIDENT,
    SecurityKind.GATHERING,
    SecurityKind.DISORDER,
    SecurityKind.INTRUSION,
    SecurityKind.FIRE,
    SecurityKind.REMARK,
)


class EventOrigin(StrEnum):
    """Nguồn ghi nhận: who says so."""

    CAMERA = "camera"
    GUARD_LOG = "guard_log"
    DESK = "desk"


ORIGIN_NAMES = {
    EventOrigin.CAMERA: "camera",
    EventOrigin.GUARD_LOG: "sổ trực",
    EventOrigin.DESK: "người trực nhập",
}


class EventOutcome(StrEnum):
    """Kết quả xử lý."""

    OPEN = "open"
    ACCEPTED = "accepted"
    HANDLED = "handled"
    REFERRED = "referred"
    FALSE_ALARM = "false_alarm"
    NOTED = "noted"


OUTCOME_NAMES = {
    EventOutcome.OPEN: "chưa xử lý",
    EventOutcome.ACCEPTED: "đã tiếp nhận",
    EventOutcome.HANDLED: "đã xử lý",
    EventOutcome.REFERRED: "đã chuyển công an",
    EventOutcome.FALSE_ALARM: "báo nhầm",
    EventOutcome.NOTED: "để biết",
}
# Nothing more is expected of anybody.
SETTLED = frozenset({EventOutcome.HANDLED, EventOutcome.REFERRED, EventOutcome.FALSE_ALARM, EventOutcome.NOTED})


class GuardShift(StrEnum):
    """Ca trực."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    NIGHT = "night"


SHIFT_NAMES = {GuardShift.MORNING: "Ca sáng", GuardShift.AFTERNOON: "Ca chiều", GuardShift.NIGHT: "Ca đêm"}


@dataclass(frozen=True, slots=True)
class SecurityRecord:
    """Bản ghi an ninh: one event as its origin states it. `key` is the same whenever the same thing is told again;
    `happened_at` is aware UTC, `is_time_ours` when the origin's own time could not be believed and the time we heard of
    it stands instead. `camera` is '' where none is named, `guard` a code and never a name."""

    key: str
    kind: SecurityKind
    origin: EventOrigin
    unit: str
    happened_at: datetime
    camera: str = ""
    is_time_ours: bool = False
    shift: GuardShift | None = None
    guard: str = ""
    outcome: EventOutcome = EventOutcome.OPEN
    note: str = ""


@dataclass(frozen=True, slots=True)
class SecurityEvent:
    """Sự kiện an ninh as it is shown: one report, or several of the same camera soon after each other.

    `reports` are the public ids of all of them, the first one names the event; times are aware UTC.
    """

    public_id: str
    kind: SecurityKind
    origin: EventOrigin
    unit: str
    happened_at: datetime
    last_at: datetime
    received_at: datetime
    outcome: EventOutcome
    camera: str = ""
    shift: GuardShift | None = None
    is_time_ours: bool = False
    note: str = ""
    reports: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        """How many reports it is made of."""
        return max(len(self.reports), 1)

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to act."""
        return self.outcome not in SETTLED

    @property
    def title(self) -> str:
        """What it is, for a list: kind, and how often it was reported."""
        return f"{KIND_NAMES[self.kind]} ({self.count} lần)" if self.count > 1 else KIND_NAMES[self.kind]


def event_key(*parts: str) -> str:
    """The key of an event from what makes it the same when it is told again."""
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:48]
