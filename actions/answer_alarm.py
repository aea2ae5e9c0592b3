"""A person answers an alarm: acknowledges, gives, hides, notes, calls, settles; checked, of the own units, audited."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from access.principal import Principal
from data_access.alarm_rules import limits_now
from data_access.alarms import Conflict, alarm_by_id, save_decided
from data_access.audit import record_audit
from data_access.session import Database
from domain.alarms import (
    STATE_NAMES,
    Alarm,
    AlarmOutcome,
    AlarmRecord,
    AlarmRefused,
    acknowledge,
    assign,
    call,
    note,
    resume,
    settle,
    shelve,
)
from domain.permissions import Permission
from domain.units import Organisation

LONGEST_WORDS = 300
LONGEST_CODE = 40
Answer = Callable[[Alarm, str, datetime], tuple[Alarm, AlarmRecord]]


class AnswerAlarms:
    """Every answer a person can give, for one installation and one principal.

    Each takes the public id of the alarm, the `revision` the person saw, and `now` (aware UTC); it returns the alarm
    as it is after it. All raise NotAllowed, NotFound (also for what is another unit's) and AlarmRefused with a
    Vietnamese reason: also where somebody else was faster, so that nobody overwrites anybody silently.
    """

    def __init__(self, database: Database, principal: Principal, organisation: Organisation) -> None:
        self._database, self._principal, self._organisation = database, principal, organisation

    def acknowledge(self, alarm: str, revision: int, reason: str, now: datetime) -> Alarm:
        """Take it over."""
        words = cleaned(reason)
        return self._answer(alarm, revision, now, lambda one, by, at: acknowledge(one, by, words, at))

    def assign(self, alarm: str, revision: int, to: str, now: datetime) -> Alarm:
        """Give it to a unit or a person code."""
        whom = cleaned(to)[:LONGEST_CODE]
        return self._answer(alarm, revision, now, lambda one, by, at: assign(one, by, whom, at))

    def shelve(self, alarm: str, revision: int, reason: str, minutes: int, now: datetime) -> Alarm:
        """Hide it for so many minutes."""
        limits, words, until = limits_now(self._database, now), cleaned(reason), now + timedelta(minutes=minutes)
        return self._answer(alarm, revision, now, lambda one, by, at: shelve(one, by, words, until, limits, at))

    def resume(self, alarm: str, revision: int, now: datetime) -> Alarm:
        """Bring it back before its time."""
        return self._answer(alarm, revision, now, resume)

    def note(self, alarm: str, revision: int, words: str, now: datetime) -> Alarm:
        """Write a note."""
        said = cleaned(words)
        return self._answer(alarm, revision, now, lambda one, by, at: note(one, by, said, at))

    def call(self, alarm: str, revision: int, now: datetime) -> Alarm:
        """Say that the duty desk was called."""
        return self._answer(alarm, revision, now, call)

    def settle(self, alarm: str, revision: int, outcome: str, words: str, now: datetime) -> Alarm:
        """Say what came of it."""
        if outcome not in set(AlarmOutcome):
            raise AlarmRefused("Chọn kết quả xử lý.")
        chosen, said = AlarmOutcome(outcome), cleaned(words)
        return self._answer(alarm, revision, now, lambda one, by, at: settle(one, by, chosen, said, at))

    def _answer(self, public_id: str, revision: int, now: datetime, answer: Answer) -> Alarm:
        principal = self._principal
        principal.require(Permission.ANSWER_ALARMS)
        try:
            with self._database.writing() as session:
                alarm = alarm_by_id(session, principal, self._organisation, public_id, now)
                if alarm.revision != revision:
                    raise AlarmRefused(_changed(alarm))
                after, record = answer(alarm, principal.name, now)
                save_decided(session, [after], [record], now)
                detail = {"unit": alarm.unit, "rule": alarm.rule, "to": after.state.value}
                record_audit(session, principal, f"alarm_{record.step}", public_id, detail, now)
        except Conflict as error:
            raise AlarmRefused("Cảnh báo vừa thay đổi; xem lại rồi thử lại.") from error
        return after


def cleaned(words: str) -> str:
    """What somebody typed on one line; raises AlarmRefused for what is too long."""
    said = " ".join("".join(letter if letter.isprintable() else " " for letter in words).split())
    if len(said) > LONGEST_WORDS:
        raise AlarmRefused(f"Tối đa {LONGEST_WORDS} ký tự.")
    return said


def _changed(alarm: Alarm) -> str:
    who = f" bởi {alarm.acknowledged_by}" if alarm.acknowledged_by else ""
    return f"Cảnh báo vừa thay đổi{who}: {STATE_NAMES[alarm.state].lower()}. Chưa ghi gì; xem lại rồi thử lại."
