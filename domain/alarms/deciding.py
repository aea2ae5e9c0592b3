"""What becomes of alarms when time passes and facts change: decide(facts) -> alarms that changed, and why. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta

from domain.alarms.conditions import Condition
from domain.alarms.maintenance import MaintenanceWindow
from domain.alarms.rules import AlarmLimits, AlarmRule
from domain.alarms.states import Alarm, AlarmRecord, AlarmState, AlarmStep, state_after

SYSTEM = "Hệ thống"
ENDED_WHILE_SHELVED = "Điều kiện đã hết khi đang tạm ẩn"
# The name of a unit is for showing: a store does not keep it.
_FACTS = tuple(field.name for field in fields(Condition) if field.name != "unit_name")


@dataclass(frozen=True, slots=True)
class Facts:
    """Dữ kiện at one moment: the conditions that hold, and the sources that say nothing now: what they no longer
    report has not ended, it is unknown. `near` are conditions under their limit that are within the hysteresis of their
    rule: they raise nothing and let nothing end. `maintenance` are the announced windows that are not over."""

    conditions: tuple[Condition, ...]
    unknown: frozenset[str] = frozenset()
    near: tuple[Condition, ...] = ()
    maintenance: tuple[MaintenanceWindow, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """Quyết định: alarms that are new or changed, the records of it, since when conditions wait for their on-delay,
    and when time alone next decides something (None: never)."""

    alarms: tuple[Alarm, ...]
    records: tuple[AlarmRecord, ...]
    pending: Mapping[str, datetime]
    decide_at: datetime | None


class _Deciding:
    """One decision under way."""

    def __init__(self, rules: Mapping[str, AlarmRule], limits: AlarmLimits, facts: Facts, now: datetime) -> None:
        self.rules, self.limits, self.now = rules, limits, now
        self.causes = [condition for condition in facts.conditions if condition.hides]
        self.windows = [window for window in facts.maintenance if window.is_on(now)]
        self.records: list[AlarmRecord] = []
        bounds = [at for window in facts.maintenance for at in (window.begins_at, window.over_at)]
        self.moments: list[datetime] = [at for at in bounds if at > now]

    def step(self, alarm: Alarm, step: AlarmStep, words: str = "") -> Alarm:
        """The alarm after a step of the clock; the step is recorded."""
        after = replace(alarm, state=state_after(alarm.state, step))
        if after.state is AlarmState.NORMAL:
            after = replace(after, closed_at=self.now, is_active=False)
        return self.keep(alarm, after, step, words)

    def keep(self, before: Alarm, after: Alarm, step: AlarmStep, words: str) -> Alarm:
        self.records.append(AlarmRecord(after.public_id, self.now, step, before.state, after.state, SYSTEM, words))
        return after

    def off_delay(self, alarm: Alarm) -> timedelta:
        """How long the condition must be gone: longer for one that keeps coming and going."""
        recent = [at for at in alarm.activations if self.now - at <= self.limits.flap_within]
        normal = self.rules[alarm.rule].off_delay
        return max(normal, self.limits.flap_hold) if len(recent) >= self.limits.flap_count else normal

    def active(self, alarm: Alarm, condition: Condition) -> Alarm:
        """The condition holds: take over what it says now."""
        after = replace(alarm, **{name: getattr(condition, name) for name in _FACTS})
        joined = sorted(set(condition.members) - set(alarm.members))
        if alarm.ended_since_at is not None or not alarm.is_active:
            recent = tuple(at for at in alarm.activations if self.now - at <= self.limits.flap_within)
            after = replace(after, ended_since_at=None, is_active=True, activations=(*recent, self.now))
        if alarm.state is AlarmState.RETURNED:
            return self.step(after, AlarmStep.RAISED, "Điều kiện trở lại")
        if joined and alarm.state is AlarmState.ACKNOWLEDGED:
            return self.step(after, AlarmStep.REARMED, "Thêm: " + ", ".join(joined))
        if condition.members != alarm.members or condition.priority != alarm.priority:
            return self.keep(after, after, AlarmStep.CHANGED, _difference(alarm, condition))
        return after

    def near(self, alarm: Alarm, condition: Condition) -> Alarm:
        """Under the limit, but not yet under it by the hysteresis: what is active stays so, and says its figure."""
        if not alarm.is_active:
            return alarm
        return replace(alarm, measure=condition.measure, ended_since_at=None)

    def absent(self, alarm: Alarm) -> Alarm:
        """The condition is gone: the alarm ends when that has lasted for its off-delay."""
        if not alarm.is_active:
            return alarm
        since = alarm.ended_since_at or self.now
        ends_at = since + self.off_delay(alarm)
        if self.now < ends_at:
            self.moments.append(ends_at)
            return replace(alarm, ended_since_at=since)
        after = replace(alarm, is_active=False, ended_since_at=since)
        if alarm.state is AlarmState.SHELVED:
            return self.keep(after, after, AlarmStep.CHANGED, ENDED_WHILE_SHELVED)
        if alarm.state is AlarmState.UNACKNOWLEDGED and not (self.rules[alarm.rule].latches and not alarm.outcome):
            return self.step(after, AlarmStep.LAPSED)
        return self.step(after, AlarmStep.ENDED)

    def on_time(self, alarm: Alarm) -> Alarm:
        """What is hidden until a time returns by itself."""
        if alarm.state is not AlarmState.SHELVED or alarm.shelved_until is None:
            return alarm
        if self.now < alarm.shelved_until:
            self.moments.append(alarm.shelved_until)
            return alarm
        after = replace(alarm, shelved_until=None)
        return self.step(after, AlarmStep.RESUMED if alarm.is_active else AlarmStep.ENDED, "Hết thời gian tạm ẩn")

    def parent_of(self, one: Condition) -> Condition | None:
        """What stands and explains it."""
        return next((cause for cause in self.causes if cause.is_cause_of(one)), None)

    def cause_of(self, alarm: Alarm) -> str:
        """What hides it now: its parent, announced work, a rule that is switched off; '' for nothing."""
        parent = self.parent_of(alarm)
        if parent is not None:
            return parent.title
        if not alarm.is_active:
            return ""
        window = next((one for one in self.windows if one.hides(alarm)), None)
        if window is not None:
            return f"Bảo trì: {window.reason}"
        rule = self.rules[alarm.rule]
        return "" if rule.is_on else f"Quy tắc đã tắt: {rule.reason}"

    def caused(self, alarm: Alarm) -> Alarm:
        """Hidden while its cause stands, back when it does not."""
        cause = self.cause_of(alarm)
        if cause and alarm.state not in {AlarmState.SUPPRESSED, AlarmState.SHELVED, AlarmState.NORMAL}:
            return self.step(replace(alarm, cause=cause), AlarmStep.SUPPRESSED, cause)
        if alarm.state is not AlarmState.SUPPRESSED or cause == alarm.cause:
            return alarm
        after = replace(alarm, cause=cause)
        if cause:
            return self.keep(after, after, AlarmStep.CHANGED, cause)
        return self.step(after, AlarmStep.RELEASED if alarm.is_active else AlarmStep.ENDED, alarm.cause)


def decide(
    rules: Mapping[str, AlarmRule],
    limits: AlarmLimits,
    standing: Sequence[Alarm],
    facts: Facts,
    pending: Mapping[str, datetime],
    history: Mapping[str, tuple[datetime, ...]],
    now: datetime,
    new_id: Callable[[], str],
) -> Decision:
    """Decide about every standing alarm and every condition at `now` (aware UTC).

    1. An alarm whose condition holds takes over what it says; new members re-arm an acknowledged one.
    2. One whose condition is gone ends after its off-delay; from a source that says nothing, and within the hysteresis
       of its rule, nothing ends.
    3. What is hidden by time or by cause (a parent, maintenance, a rule switched off) returns when that is over.
    4. A condition without an alarm is raised once it has held for its on-delay.

    `pending` is what the last decision returned, `history` when alarms that are closed now had become active, by key;
    `new_id` gives public ids. Raises KeyError for a condition without a rule.
    """
    work = _Deciding(rules, limits, facts, now)
    holding = {one.key: under_rule(one, rules) for one in facts.conditions}
    near = {one.key: one for one in facts.near}
    alarms = []
    for alarm in standing:
        condition = holding.pop(alarm.key, None)
        if condition is not None:
            after = work.active(alarm, condition)
        elif work.parent_of(alarm) is not None or alarm.source in facts.unknown:
            after = alarm
        elif alarm.key in near:
            after = work.near(alarm, near[alarm.key])
        else:
            after = work.absent(alarm)
        after = work.caused(work.on_time(after))
        if after != alarm:
            is_stepped = any(record.alarm == alarm.public_id for record in work.records)
            alarms.append(replace(after, revision=alarm.revision + is_stepped))
    waiting = {}
    for key, condition in holding.items():
        since = pending.get(key, now)
        raises_at = since + rules[condition.rule].on_delay
        if now < raises_at:
            waiting[key] = since
            work.moments.append(raises_at)
        else:
            alarms.append(_raised(work, condition, history.get(key, ()), new_id()))
    return Decision(tuple(alarms), tuple(work.records), waiting, min(work.moments, default=None))


def under_rule(condition: Condition, rules: Mapping[str, AlarmRule]) -> Condition:
    """A condition with the priority that its rule gives it; raises KeyError without a rule."""
    priority = rules[condition.rule].priority
    return condition if priority is None else replace(condition, priority=priority)


def _raised(work: _Deciding, condition: Condition, before: Sequence[datetime], public_id: str) -> Alarm:
    now = work.now
    recent = tuple(at for at in before if now - at <= work.limits.flap_within)
    values = {name: getattr(condition, name) for name in _FACTS}
    alarm = Alarm(
        **values,
        unit_name=condition.unit_name,
        public_id=public_id,
        raised_at=now,
        activations=(*recent, now),
        revision=1,
    )
    return work.caused(work.step(alarm, AlarmStep.RAISED, condition.title))


def _difference(alarm: Alarm, condition: Condition) -> str:
    joined = sorted(set(condition.members) - set(alarm.members))
    left = sorted(set(alarm.members) - set(condition.members))
    said = [f"Thêm: {', '.join(joined)}" if joined else "", f"Hết: {', '.join(left)}" if left else ""]
    return "; ".join(part for part in said if part) or "Đổi mức độ"
