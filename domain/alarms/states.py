"""The states of an alarm and the only steps between them; terms of ISA-18.2 and OPC UA A&C part 9 (screens.md 1.4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.alarms.conditions import Condition


class AlarmState(StrEnum):
    """Trạng thái cảnh báo. Normal is the end of an alarm: when its condition comes back, that is another one."""

    NORMAL = "normal"
    UNACKNOWLEDGED = "unacknowledged"
    ACKNOWLEDGED = "acknowledged"
    RETURNED = "returned"
    SHELVED = "shelved"
    SUPPRESSED = "suppressed"


STATE_NAMES = {
    AlarmState.NORMAL: "Đã đóng",
    AlarmState.UNACKNOWLEDGED: "Chưa xác nhận",
    AlarmState.ACKNOWLEDGED: "Đã xác nhận",
    AlarmState.RETURNED: "Đã hết, chờ xác nhận",
    AlarmState.SHELVED: "Tạm ẩn",
    AlarmState.SUPPRESSED: "Ẩn theo nguyên nhân",
}
# What needs a person now and is counted on the wall and on the console.
OPEN_STATES = frozenset({AlarmState.UNACKNOWLEDGED, AlarmState.ACKNOWLEDGED})


class AlarmStep(StrEnum):
    """Bước của cảnh báo: what happened to it, by the clock or by a person."""

    RAISED = "raised"
    ENDED = "ended"
    LAPSED = "lapsed"
    ACKNOWLEDGED = "acknowledged"
    REARMED = "rearmed"
    SHELVED = "shelved"
    RESUMED = "resumed"
    SUPPRESSED = "suppressed"
    RELEASED = "released"
    ASSIGNED = "assigned"
    NOTED = "noted"
    CALLED = "called"
    SETTLED = "settled"
    CHANGED = "changed"


STEP_NAMES = {
    AlarmStep.RAISED: "Phát cảnh báo",
    AlarmStep.ENDED: "Điều kiện đã hết",
    AlarmStep.LAPSED: "Hết, không cần xác nhận",
    AlarmStep.ACKNOWLEDGED: "Xác nhận",
    AlarmStep.REARMED: "Báo lại",
    AlarmStep.SHELVED: "Tạm ẩn",
    AlarmStep.RESUMED: "Hết tạm ẩn",
    AlarmStep.SUPPRESSED: "Ẩn theo nguyên nhân",
    AlarmStep.RELEASED: "Hết ẩn theo nguyên nhân",
    AlarmStep.ASSIGNED: "Giao việc",
    AlarmStep.NOTED: "Ghi chú",
    AlarmStep.CALLED: "Đã gọi trực ban",
    AlarmStep.SETTLED: "Kết quả xử lý",
    AlarmStep.CHANGED: "Diễn biến thêm",
}
_STATE, _STEP = AlarmState, AlarmStep
# A step that is neither here nor among those that leave the state is refused.
TRANSITIONS: Mapping[tuple[AlarmState, AlarmStep], AlarmState] = {
    (_STATE.NORMAL, _STEP.RAISED): _STATE.UNACKNOWLEDGED,
    (_STATE.UNACKNOWLEDGED, _STEP.ACKNOWLEDGED): _STATE.ACKNOWLEDGED,
    (_STATE.UNACKNOWLEDGED, _STEP.ENDED): _STATE.RETURNED,
    (_STATE.UNACKNOWLEDGED, _STEP.LAPSED): _STATE.NORMAL,
    (_STATE.UNACKNOWLEDGED, _STEP.ASSIGNED): _STATE.ACKNOWLEDGED,
    (_STATE.UNACKNOWLEDGED, _STEP.SETTLED): _STATE.ACKNOWLEDGED,
    (_STATE.UNACKNOWLEDGED, _STEP.SHELVED): _STATE.SHELVED,
    (_STATE.UNACKNOWLEDGED, _STEP.SUPPRESSED): _STATE.SUPPRESSED,
    (_STATE.ACKNOWLEDGED, _STEP.ENDED): _STATE.NORMAL,
    (_STATE.ACKNOWLEDGED, _STEP.REARMED): _STATE.UNACKNOWLEDGED,
    (_STATE.ACKNOWLEDGED, _STEP.SHELVED): _STATE.SHELVED,
    (_STATE.ACKNOWLEDGED, _STEP.SUPPRESSED): _STATE.SUPPRESSED,
    (_STATE.RETURNED, _STEP.RAISED): _STATE.UNACKNOWLEDGED,
    (_STATE.RETURNED, _STEP.ACKNOWLEDGED): _STATE.NORMAL,
    (_STATE.RETURNED, _STEP.SETTLED): _STATE.NORMAL,
    (_STATE.RETURNED, _STEP.SUPPRESSED): _STATE.SUPPRESSED,
    (_STATE.SHELVED, _STEP.RESUMED): _STATE.UNACKNOWLEDGED,
    (_STATE.SHELVED, _STEP.ENDED): _STATE.NORMAL,
    (_STATE.SUPPRESSED, _STEP.RELEASED): _STATE.UNACKNOWLEDGED,
    (_STATE.SUPPRESSED, _STEP.ENDED): _STATE.NORMAL,
}

_LEAVES_STATE = frozenset({_STEP.ASSIGNED, _STEP.NOTED, _STEP.CALLED, _STEP.SETTLED, _STEP.CHANGED})


class AlarmRefused(ValueError):
    """What was asked of an alarm is not possible; the text is Vietnamese and can be shown."""


@dataclass(frozen=True, slots=True)
class Alarm(Condition):
    """Cảnh báo: one occurrence of a condition, from its raising until it is normal again. Instants are aware UTC.

    `state` and who did what; `is_active` whether the condition still holds, `ended_since_at` since when it does not,
    while the off-delay runs; `activations` when it became active, for telling a flapping one. `cause` is the title of
    what it is hidden by, `outcome` what a person said came of it. `revision` counts its records: a person who saw
    an older one is refused, one who saw an older measure is not.
    """

    public_id: str = ""
    state: AlarmState = AlarmState.NORMAL
    is_active: bool = True
    raised_at: datetime | None = None
    ended_since_at: datetime | None = None
    activations: tuple[datetime, ...] = ()
    acknowledged_at: datetime | None = None
    acknowledged_by: str = ""
    assigned_to: str = ""
    shelved_until: datetime | None = None
    shelved_by: str = ""
    shelved_reason: str = ""
    cause: str = ""
    outcome: str = ""
    closed_at: datetime | None = None
    revision: int = 0

    @property
    def is_open(self) -> bool:
        """Whether it needs a person now."""
        return self.state in OPEN_STATES


@dataclass(frozen=True, slots=True)
class AlarmRecord:
    """Diễn biến: one immutable line of an alarm's life; `actor` is a sign-in name, or 'Hệ thống'."""

    alarm: str
    at: datetime
    step: AlarmStep
    from_state: AlarmState
    to_state: AlarmState
    actor: str
    words: str = ""


def state_after(state: AlarmState, step: AlarmStep) -> AlarmState:
    """Where a step leads; raises AlarmRefused for one that does not exist."""
    after = TRANSITIONS.get((state, step))
    if after is None and step in _LEAVES_STATE and (state is not AlarmState.NORMAL or step is AlarmStep.NOTED):
        return state
    if after is None:
        raise AlarmRefused(f"Không thể: {STEP_NAMES[step].lower()} khi cảnh báo {STATE_NAMES[state].lower()}.")
    return after
