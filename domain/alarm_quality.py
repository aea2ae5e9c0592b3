"""Whether the alarms themselves can be worked: how many a person gets, how they split, how long they wait. Pure.

What is not known (no duty record, nothing acknowledged, nothing recorded yet) is None, never zero.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from statistics import median

from domain.alarms import AlarmRecord, AlarmState, AlarmStep, Priority
from domain.duty import DutyLimits, DutyShift

WINDOW = timedelta(minutes=10)
TOP_RULES = 10
# A person's step by which an alarm is somebody's.
ANSWERS = frozenset({AlarmStep.ACKNOWLEDGED, AlarmStep.ASSIGNED, AlarmStep.SETTLED})


class QualityPeriod(StrEnum):
    """Khoảng thời gian xem chất lượng cảnh báo; the value stands in the address."""

    DAY = "24h"
    WEEK = "7d"
    MONTH = "30d"

    @classmethod
    def from_address(cls, values: Mapping[str, str]) -> QualityPeriod:
        """What an address asks for; anything not understood is the last 24 hours."""
        asked = values.get("period", "")
        return cls(asked) if asked in set(cls) else cls.DAY

    @property
    def lasts(self) -> timedelta:
        """How far back it reaches."""
        return {"24h": timedelta(days=1), "7d": timedelta(days=7), "30d": timedelta(days=30)}[self.value]


PERIOD_NAMES = {QualityPeriod.DAY: "24 giờ", QualityPeriod.WEEK: "7 ngày", QualityPeriod.MONTH: "30 ngày"}


@dataclass(frozen=True, slots=True)
class QualityLimits:
    """Mức tham chiếu (data/alarm_quality_limits.csv): shares in percent by priority, from when an alarm stands long;
    `flood_count` is that of data/alarm_limits.csv."""

    shares: Mapping[Priority, int]
    standing_for: timedelta
    flood_count: int


@dataclass(frozen=True, slots=True)
class AlarmSpan:
    """Thời gian của một cảnh báo: what quality needs of it."""

    public_id: str
    rule: str
    priority: Priority
    title: str
    unit: str
    state: AlarmState
    raised_at: datetime
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class OperatorLoad:
    """Tải của người trực: alarms in ten minutes for one person on duty, over the windows in which somebody was on all
    the time; `outside` is how many alarms came in the others."""

    mean: Decimal
    peak: Decimal
    windows: int
    outside: int


@dataclass(frozen=True, slots=True)
class PriorityQuality:
    """Một mức trong chất lượng cảnh báo: how many, their share, and the medians with how many they are of."""

    count: int
    share: Decimal | None
    acknowledged: int
    to_acknowledge: timedelta | None
    closed: int
    to_close: timedelta | None


@dataclass(frozen=True, slots=True)
class RuleShare:
    """Quy tắc gây nhiều cảnh báo: how many alarms of the period are of it."""

    rule: str
    count: int
    share: Decimal


@dataclass(frozen=True, slots=True)
class Shelving:
    """Lần tạm ẩn: how often, how many alarms, by how many people; nobody is named."""

    times: int
    alarms: int
    people: int


@dataclass(frozen=True, slots=True)
class AlarmQuality:
    """Chất lượng cảnh báo of the whole ten-minute windows from `begins_at` to `ends_at`."""

    begins_at: datetime
    ends_at: datetime
    alarms: int
    windows: int
    flooded: int
    busiest: int
    load: OperatorLoad | None
    priorities: Mapping[Priority, PriorityQuality]
    rules: tuple[RuleShare, ...]
    shelving: Shelving
    standing: tuple[AlarmSpan, ...]

    @property
    def flood_share(self) -> Decimal | None:
        """The share of windows in flood, in percent."""
        return share_of(self.flooded, self.windows)


def windows_of(period: timedelta, recorded_since: datetime, now: datetime) -> tuple[datetime, datetime]:
    """The whole ten-minute windows of a period, as far as anything was recorded; both ends equal when there is none."""
    ends_at = _floor(now)
    wanted = max(now - period, recorded_since)
    begins_at = _floor(wanted)
    if begins_at < wanted:
        begins_at += WINDOW
    return min(begins_at, ends_at), ends_at


def alarm_quality(
    alarms: Sequence[AlarmSpan],
    records: Iterable[AlarmRecord],
    shifts: Iterable[DutyShift],
    within: tuple[datetime, datetime],
    limits: QualityLimits,
    duty: DutyLimits,
    now: datetime,
) -> AlarmQuality:
    """What the alarms of a stretch of whole windows amount to.

    `alarms` are those raised in it and those that stand at `now`; `records` are of them, since its beginning.
    """
    begins_at, ends_at = within
    raised = [alarm for alarm in alarms if begins_at <= alarm.raised_at < ends_at]
    counts = _by_window(raised, begins_at, ends_at)
    known = [record for record in records if begins_at <= record.at <= now]
    first = _first_answers(known)
    rules = Counter(alarm.rule for alarm in raised)
    shelved = [record for record in known if record.step is AlarmStep.SHELVED]
    long_ago = now - limits.standing_for
    standing = [alarm for alarm in alarms if alarm.closed_at is None and alarm.raised_at < long_ago]
    return AlarmQuality(
        begins_at=begins_at,
        ends_at=ends_at,
        alarms=len(raised),
        windows=len(counts),
        flooded=sum(count >= limits.flood_count for count in counts),
        busiest=max(counts, default=0),
        load=_load(counts, begins_at, shifts, duty, now),
        priorities={priority: _of_priority(priority, raised, first) for priority in Priority},
        rules=tuple(
            RuleShare(rule, count, Decimal(100 * count) / len(raised))
            for rule, count in sorted(rules.items(), key=lambda each: (-each[1], each[0]))[:TOP_RULES]
        ),
        shelving=Shelving(len(shelved), len({each.alarm for each in shelved}), len({each.actor for each in shelved})),
        standing=tuple(sorted(standing, key=lambda alarm: (alarm.raised_at, alarm.public_id))),
    )


def share_of(part: int, whole: int) -> Decimal | None:
    """Percent; None of nothing."""
    return Decimal(100 * part) / whole if whole else None


def _floor(at: datetime) -> datetime:
    start = datetime(1970, 1, 1, tzinfo=UTC)
    return start + (at - start) // WINDOW * WINDOW


def _by_window(raised: Iterable[AlarmSpan], begins_at: datetime, ends_at: datetime) -> list[int]:
    counts = [0] * int((ends_at - begins_at) / WINDOW)
    for alarm in raised:
        counts[int((alarm.raised_at - begins_at) / WINDOW)] += 1
    return counts


def _load(
    counts: Sequence[int], begins_at: datetime, shifts: Iterable[DutyShift], duty: DutyLimits, now: datetime
) -> OperatorLoad | None:
    """None when in no window somebody was on duty from its beginning to its end."""
    people = [0] * len(counts)
    for shift in shifts:
        # A person counts in the windows they were there for as a whole.
        first = max(0, -int((begins_at - shift.started_at) // WINDOW))
        last = int((shift.counted_until(now, duty) - begins_at) // WINDOW)
        for number in range(first, min(last, len(counts))):
            people[number] += 1
    manned = [(count, there) for count, there in zip(counts, people, strict=True) if there]
    if not manned:
        return None
    alarms, there = sum(count for count, _ in manned), sum(there for _, there in manned)
    peak = max(Decimal(count) / there for count, there in manned)
    return OperatorLoad(Decimal(alarms) / there, peak, len(manned), sum(counts) - alarms)


def _first_answers(records: Iterable[AlarmRecord]) -> dict[str, datetime]:
    """By alarm: when a person first made it theirs."""
    first: dict[str, datetime] = {}
    for record in records:
        if record.step in ANSWERS:
            first[record.alarm] = min(record.at, first.get(record.alarm, record.at))
    return first


def _of_priority(priority: Priority, raised: Sequence[AlarmSpan], first: Mapping[str, datetime]) -> PriorityQuality:
    own = [alarm for alarm in raised if alarm.priority is priority]
    answered = [first[alarm.public_id] - alarm.raised_at for alarm in own if alarm.public_id in first]
    closed = [alarm.closed_at - alarm.raised_at for alarm in own if alarm.closed_at is not None]
    return PriorityQuality(
        count=len(own),
        share=share_of(len(own), len(raised)),
        acknowledged=len(answered),
        to_acknowledge=_median(answered),
        closed=len(closed),
        to_close=_median(closed),
    )


def _median(spans: Sequence[timedelta]) -> timedelta | None:
    return timedelta(seconds=median(span.total_seconds() for span in spans)) if spans else None
