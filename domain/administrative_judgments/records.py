"""Bản án hành chính được theo dõi: one judgment a unit monitors, its dated events, and how it stands on any day.

The body that has to comply is kept as a kind of body only, whoever won against it not at all.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class DebtorKind(StrEnum):
    """Bên phải thi hành án: which kind of public body has to comply; never which one, never a person."""

    COMMUNE = "commune"
    DISTRICT = "district"
    PROVINCE = "province"
    DEPARTMENT = "department"
    OTHER = "other"


DEBTOR_NAMES = {
    DebtorKind.COMMUNE: "UBND cấp xã",
    DebtorKind.DISTRICT: "UBND cấp huyện",
    DebtorKind.PROVINCE: "UBND cấp tỉnh",
    DebtorKind.DEPARTMENT: "Sở, cơ quan chuyên môn",
    DebtorKind.OTHER: "Cơ quan khác",
}


class JudgmentEvent(StrEnum):
    """Sự kiện theo dõi. The order is that of the events of one day: who pauses and resumes on a day has resumed."""

    RECEIVED = "received"
    NOTICED = "noticed"
    WORKED = "worked"
    COMPELLED = "compelled"
    POSTPONED = "postponed"
    SUSPENDED = "suspended"
    RESUMED = "resumed"
    CANCELLED = "cancelled"
    COMPLETED = "completed"


EVENT_NAMES = {
    JudgmentEvent.RECEIVED: "Bên phải thi hành nhận bản án",
    JudgmentEvent.NOTICED: "Thông báo tự nguyện thi hành",
    JudgmentEvent.WORKED: "Làm việc với các bên",
    JudgmentEvent.COMPELLED: "Tòa án ra quyết định buộc thi hành án",
    JudgmentEvent.POSTPONED: "Hoãn thi hành",
    JudgmentEvent.SUSPENDED: "Tạm đình chỉ thi hành",
    JudgmentEvent.RESUMED: "Tiếp tục thi hành",
    JudgmentEvent.CANCELLED: "Bản án bị hủy",
    JudgmentEvent.COMPLETED: "Thi hành xong",
}
ENDING = frozenset({JudgmentEvent.CANCELLED, JudgmentEvent.COMPLETED})
PAUSING = frozenset({JudgmentEvent.POSTPONED, JudgmentEvent.SUSPENDED})
_RANK = {kind: rank for rank, kind in enumerate(JudgmentEvent)}


class JudgmentState(StrEnum):
    """Trạng thái: exactly one on any day from its registration on."""

    ENFORCING = "enforcing"
    POSTPONED = "postponed"
    SUSPENDED = "suspended"
    CANCELLED = "cancelled"
    COMPLETED = "completed"


STATE_NAMES = {
    JudgmentState.ENFORCING: "đang thi hành",
    JudgmentState.POSTPONED: "hoãn",
    JudgmentState.SUSPENDED: "tạm đình chỉ",
    JudgmentState.CANCELLED: "hủy",
    JudgmentState.COMPLETED: "xong",
}


@dataclass(frozen=True, slots=True)
class DatedEvent:
    """Ngày của một sự kiện."""

    kind: JudgmentEvent
    on: date


@dataclass(frozen=True, slots=True)
class AdministrativeJudgment:
    """Bản án hành chính theo dõi, by its court number in the register of a unit.

    `registered_on` is the day the unit received it and entered it into its register; events may be in any order.
    """

    unit: str
    reference: str
    judged_on: date
    registered_on: date
    debtor: DebtorKind
    events: tuple[DatedEvent, ...] = ()

    @property
    def ended_on(self) -> date | None:
        """The first day on which it was completed or cancelled; None while it is monitored."""
        return min((event.on for event in self.events if event.kind in ENDING), default=None)

    def first_on(self, kind: JudgmentEvent, by: date) -> date | None:
        """The first day of an event of a kind, if it lies on `by` or before."""
        return min((event.on for event in self.events if event.kind is kind and event.on <= by), default=None)


def timeline(judgment: AdministrativeJudgment) -> tuple[DatedEvent, ...]:
    """Its events in the order in which they count."""
    return tuple(sorted(judgment.events, key=lambda event: (event.on, _RANK[event.kind])))


def state_on(judgment: AdministrativeJudgment, day: date) -> JudgmentState | None:
    """How it stands at the end of a day; None before it was registered.

    What ends it first ends it for good; else the last of pausing and resuming says.
    """
    if day < judgment.registered_on:
        return None
    state = JudgmentState.ENFORCING
    for event in _until(timeline(judgment), day):
        if event.kind in ENDING:
            return JudgmentState(event.kind.value)
        if event.kind in PAUSING:
            state = JudgmentState(event.kind.value)
        elif event.kind is JudgmentEvent.RESUMED:
            state = JudgmentState.ENFORCING
    return state


def _until(events: Iterable[DatedEvent], day: date) -> Iterable[DatedEvent]:
    return (event for event in events if event.on <= day)
