"""Duty of the monitoring operators: who is on, what is handed over at the end, when a hand-over is overdue. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from domain.alarms import OPEN_STATES, Alarm, AlarmState, Priority
from domain.directives import Directive
from domain.freshness import Freshness, SourceFacts
from domain.local_time import local_day

# What a sheet lists of each part; its counts are of all.
ROWS_KEPT = 200
# Those a person has to know of: what is merely late catches up by itself, what was never connected is nobody's shift.
TROUBLED = frozenset({Freshness.STALE, Freshness.LOST})
# Ended by itself and still to be acknowledged: it needs the next shift too.
HANDED_OVER = OPEN_STATES | {AlarmState.RETURNED}


class DutyRefused(ValueError):
    """What was asked of a duty shift is not possible; the text is Vietnamese and can be shown."""


@dataclass(frozen=True, slots=True)
class DutyLimits:
    """Thời hạn bàn giao ca trực (data/duty_limits.csv): from when on a shift counts as not handed over."""

    hand_over_within: timedelta


@dataclass(frozen=True, slots=True)
class DutyShift:
    """Ca trực of a monitoring operator; `person` is a sign-in name, `unit` '' for the whole province, `received` the
    hand-over that was shown when it began. It lasts until it is handed over, by `ended_by`."""

    public_id: str
    person: str
    person_id: str
    unit: str
    started_at: datetime
    received: str = ""
    ended_at: datetime | None = None
    ended_by: str = ""

    @property
    def is_on(self) -> bool:
        """Whether it has not been handed over."""
        return self.ended_at is None

    def is_overdue(self, now: datetime, limits: DutyLimits) -> bool:
        """Whether it should have been handed over by now: 'chưa bàn giao'."""
        return self.is_on and now - self.started_at > limits.hand_over_within

    def counted_until(self, now: datetime, limits: DutyLimits) -> datetime:
        """Until when somebody was surely there: a shift nobody handed over in time counts up to its limit only."""
        return min(self.ended_at or now, self.started_at + limits.hand_over_within)


@dataclass(frozen=True, slots=True)
class HandOverAlarm:
    """Cảnh báo trong biên bản, as it stood then; `owner` in words, `reason` and `until_at` of a hidden one."""

    public_id: str
    priority: Priority
    title: str
    unit_name: str
    state: AlarmState
    owner: str = ""
    raised_at: datetime | None = None
    acknowledged_at: datetime | None = None
    until_at: datetime | None = None
    reason: str = ""
    closed_at: datetime | None = None
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class HandOverSource:
    """Nguồn dữ liệu trong biên bản: one that was old or lost, and of when its figures were."""

    title: str
    freshness: Freshness
    as_of_at: datetime | None


@dataclass(frozen=True, slots=True)
class HandOverDirective:
    """Chỉ đạo trong biên bản: what a unit owed then."""

    public_id: str
    title: str
    unit_name: str
    due_on: date
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class HandOverFacts:
    """Nội dung bàn giao: what stands when a shift ends. Lists may be cut at ROWS_KEPT, the counts never are."""

    alarms: tuple[HandOverAlarm, ...]
    alarm_count: int
    shelved: tuple[HandOverAlarm, ...]
    shelved_count: int
    suppressed: int
    closed: tuple[HandOverAlarm, ...]
    closed_count: int
    sources: tuple[HandOverSource, ...]
    directives: tuple[HandOverDirective, ...]
    others_on: tuple[str, ...]

    @property
    def priorities(self) -> Mapping[Priority, int]:
        """How many of the listed open alarms have each priority."""
        counted = Counter(alarm.priority for alarm in self.alarms)
        return {priority: counted[priority] for priority in Priority}


@dataclass(frozen=True, slots=True)
class HandOver:
    """Biên bản bàn giao ca trực: immutable. `written_by` is somebody else where the shift was closed for its person."""

    public_id: str
    shift: str
    person: str
    unit: str
    started_at: datetime
    ended_at: datetime
    written_by: str
    note: str
    facts: HandOverFacts

    @property
    def is_for_other(self) -> bool:
        """Whether the next person wrote it because the shift was never handed over."""
        return self.written_by != self.person


def facts_handed_over(
    standing: Iterable[Alarm],
    closed: Sequence[Alarm],
    closed_count: int,
    sources: Iterable[SourceFacts],
    directives: Iterable[Directive],
    others_on: Iterable[str],
    names: Mapping[str, str],
    now: datetime,
) -> HandOverFacts:
    """What a shift that ends now leaves to the next one; every standing alarm is in exactly one part.

    `names` are short names of units by code, `closed` the newest of the `closed_count` alarms closed in the shift.
    """
    every = tuple(standing)
    alarms = tuple(_line(alarm, names) for alarm in every if alarm.state in HANDED_OVER)
    shelved = tuple(_line(alarm, names) for alarm in every if alarm.state is AlarmState.SHELVED)
    today = local_day(now)
    owed = [each for each in directives if each.is_overdue(today) or each.is_due_soon(today)]
    return HandOverFacts(
        alarms=alarms[:ROWS_KEPT],
        alarm_count=len(alarms),
        shelved=shelved[:ROWS_KEPT],
        shelved_count=len(shelved),
        suppressed=sum(alarm.state is AlarmState.SUPPRESSED for alarm in every),
        closed=tuple(_line(alarm, names) for alarm in closed[:ROWS_KEPT]),
        closed_count=closed_count,
        sources=tuple(
            HandOverSource(source.title, source.freshness(now), source.as_of_at)
            for source in sources
            if source.freshness(now) in TROUBLED
        ),
        directives=tuple(
            HandOverDirective(
                each.public_id, each.title, names.get(each.unit, each.unit), each.due_on, each.is_overdue(today)
            )
            for each in sorted(owed, key=lambda each: (each.due_on, each.public_id))
        ),
        others_on=tuple(sorted(others_on)),
    )


def span_words(span: timedelta) -> str:
    """'dưới 1 phút', '5 phút', '2 giờ 05 phút', '3 ngày 4 giờ': whole minutes, whole hours from a day on."""
    minutes = max(0, int(span.total_seconds() // 60))
    if minutes == 0:
        return "dưới 1 phút"
    hours, rest = divmod(minutes, 60)
    if hours == 0:
        return f"{rest} phút"
    if hours < 24:
        return f"{hours} giờ {rest:02} phút" if rest else f"{hours} giờ"
    days, rest = divmod(hours, 24)
    return f"{days} ngày {rest} giờ" if rest else f"{days} ngày"


def _line(alarm: Alarm, names: Mapping[str, str]) -> HandOverAlarm:
    is_shelved = alarm.state is AlarmState.SHELVED
    owner = alarm.assigned_to or alarm.acknowledged_by
    return HandOverAlarm(
        public_id=alarm.public_id,
        priority=alarm.priority,
        title=alarm.title,
        unit_name=alarm.unit_name or names.get(alarm.unit, alarm.unit),
        state=alarm.state,
        owner=names.get(owner, owner),
        raised_at=alarm.raised_at,
        # One that burns again is nobody's until it is acknowledged anew.
        acknowledged_at=alarm.acknowledged_at if alarm.state is AlarmState.ACKNOWLEDGED else None,
        until_at=alarm.shelved_until if is_shelved else None,
        reason=alarm.shelved_reason if is_shelved else "",
        closed_at=alarm.closed_at,
        outcome=alarm.outcome,
    )
