"""What a person may do to an alarm: each gives the alarm after it and the record of it, or says why not. Pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum

from domain.alarms.conditions import Priority
from domain.alarms.rules import AlarmLimits
from domain.alarms.states import Alarm, AlarmRecord, AlarmRefused, AlarmState, AlarmStep, state_after

Answered = tuple[Alarm, AlarmRecord]


class AlarmOutcome(StrEnum):
    """Kết quả xử lý một cảnh báo."""

    SOLVED = "solved"
    PASSED_ON = "passed_on"
    FALSE_ALARM = "false_alarm"
    NOTHING_TO_DO = "nothing_to_do"


OUTCOME_NAMES = {
    AlarmOutcome.SOLVED: "Đã xử lý",
    AlarmOutcome.PASSED_ON: "Đã chuyển cơ quan khác",
    AlarmOutcome.FALSE_ALARM: "Báo sai",
    AlarmOutcome.NOTHING_TO_DO: "Không cần xử lý",
}


def acknowledge(alarm: Alarm, by: str, reason: str, now: datetime) -> Answered:
    """Somebody has seen it and owns it, until its condition ends or grows."""
    return _answered(alarm, alarm, AlarmStep.ACKNOWLEDGED, by, reason, now)


def shelve(alarm: Alarm, by: str, reason: str, until: datetime, limits: AlarmLimits, now: datetime) -> Answered:
    """Hide it until a time, for a reason; an urgent one for a short while only."""
    if not reason:
        raise AlarmRefused("Tạm ẩn cần có lý do.")
    most = limits.shelve_urgent if alarm.priority is Priority.URGENT else limits.shelve_most
    if not timedelta(0) < until - now <= most:
        raise AlarmRefused(f"Tạm ẩn tối đa {int(most.total_seconds() // 60)} phút với mức này.")
    after = replace(alarm, shelved_until=until, shelved_by=by, shelved_reason=reason)
    return _answered(alarm, after, AlarmStep.SHELVED, by, reason, now)


def resume(alarm: Alarm, by: str, now: datetime) -> Answered:
    """Bring back what is hidden before its time."""
    if alarm.state is not AlarmState.SHELVED:
        raise AlarmRefused("Cảnh báo không đang tạm ẩn.")
    step = AlarmStep.RESUMED if alarm.is_active else AlarmStep.ENDED
    return _answered(alarm, replace(alarm, shelved_until=None), step, by, "", now)


def assign(alarm: Alarm, by: str, to: str, now: datetime) -> Answered:
    """Give it to a unit or to a person by code; it is acknowledged by whoever gives it."""
    if not to:
        raise AlarmRefused("Chọn nơi nhận việc.")
    return _answered(alarm, replace(alarm, assigned_to=to), AlarmStep.ASSIGNED, by, to, now)


def note(alarm: Alarm, by: str, words: str, now: datetime) -> Answered:
    """Write a line into its life."""
    if not words:
        raise AlarmRefused("Ghi chú còn trống.")
    return _answered(alarm, alarm, AlarmStep.NOTED, by, words, now)


def call(alarm: Alarm, by: str, now: datetime) -> Answered:
    """The duty desk of the unit was called."""
    return _answered(alarm, alarm, AlarmStep.CALLED, by, "", now)


def settle(alarm: Alarm, by: str, outcome: AlarmOutcome, words: str, now: datetime) -> Answered:
    """Say what came of it. One whose condition has ended is closed; any other closes by itself when that ends."""
    said = ": ".join(part for part in (OUTCOME_NAMES[outcome], words) if part)
    return _answered(alarm, replace(alarm, outcome=outcome.value), AlarmStep.SETTLED, by, said, now)


def _answered(before: Alarm, after: Alarm, step: AlarmStep, by: str, words: str, now: datetime) -> Answered:
    """The alarm after a person's step, with its record; who moves it out of 'unacknowledged' has acknowledged it."""
    state = state_after(before.state, step)
    after = replace(after, state=state, revision=before.revision + 1)
    if state is AlarmState.NORMAL:
        after = replace(after, closed_at=before.closed_at or now)
    if state is AlarmState.ACKNOWLEDGED and before.state is not AlarmState.ACKNOWLEDGED:
        after = replace(after, acknowledged_at=now, acknowledged_by=by, assigned_to=after.assigned_to or by)
    return after, AlarmRecord(before.public_id, now, step, before.state, state, by, words)
