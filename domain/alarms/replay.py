"""How often a rule would have raised an alarm under other delays, from what the records say held when. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.alarms.deciding import ENDED_WHILE_SHELVED
from domain.alarms.rules import AlarmRule
from domain.alarms.states import AlarmRecord, AlarmState, AlarmStep

_BEGINS = frozenset({AlarmStep.RAISED, AlarmStep.RESUMED})
_ENDS = frozenset({AlarmStep.ENDED, AlarmStep.LAPSED})


@dataclass(frozen=True, slots=True)
class Holding:
    """Khoảng điều kiện đúng: from when until when a condition held; `ends_at` None while it still does."""

    key: str
    begins_at: datetime
    ends_at: datetime | None


@dataclass(frozen=True, slots=True)
class Replay:
    """Kết quả chạy thử: how many times it was raised as it is, how many under what is wanted (None: the records do not
    allow to tell), over which time, and what must be said beside it; `counted` is what was counted."""

    period: str
    as_it_is: int
    as_wanted: int | None
    notes: tuple[str, ...] = ()
    counted: str = "lần"


def holdings_of(records: Iterable[AlarmRecord], keys: Mapping[str, str], rule: AlarmRule) -> tuple[Holding, ...]:
    """When conditions held, from the records of a rule's alarms in their order; `keys` are the keys of alarms by public
    id, `rule` is how it was while they were written: its delays lie between condition and record."""
    open_since: dict[str, datetime] = {}
    found = []
    for record in records:
        begins_at = open_since.get(record.alarm)
        if begins_at is None and record.step in _BEGINS:
            is_first = record.from_state is AlarmState.NORMAL
            open_since[record.alarm] = record.at - rule.on_delay if is_first else record.at
        elif begins_at is not None and (record.step in _ENDS or record.words == ENDED_WHILE_SHELVED):
            found.append(Holding(keys[record.alarm], begins_at, max(begins_at, record.at - rule.off_delay)))
            del open_since[record.alarm]
    return (*found, *(Holding(keys[alarm], since, None) for alarm, since in open_since.items()))


def times_raised(
    holdings: Sequence[Holding], on_delay: timedelta, off_delay: timedelta, first_at: datetime, before: datetime
) -> int:
    """How many alarms these delays would have raised from `first_at` until before `before`."""
    by_key: dict[str, list[Holding]] = {}
    for holding in sorted(holdings, key=lambda one: one.begins_at):
        by_key.setdefault(holding.key, []).append(holding)
    moments = [at for those in by_key.values() for at in _raising(those, on_delay, off_delay)]
    return sum(first_at <= at < before for at in moments)


def missing_for(rule: AlarmRule, before: AlarmRule) -> tuple[str, ...]:
    """Why the records cannot tell how a rule would have done: what it asks for was not kept under the one before."""
    why = []
    if rule.on_delay < before.on_delay:
        why.append("điều kiện ngắn hơn thời gian chờ báo hiện tại không được lưu, vì chỉ lưu khi cảnh báo được phát")
    if rule.off_delay < before.off_delay:
        why.append("khoảng ngừng ngắn hơn thời gian chờ hết hiện tại không được lưu")
    return tuple(why)


def _raising(holdings: Sequence[Holding], on_delay: timedelta, off_delay: timedelta) -> list[datetime]:
    """When one thing's alarms would have been raised; what comes back before the alarm has ended belongs to it."""
    moments: list[datetime] = []
    stands_until: datetime | None = None
    for holding in holdings:
        ends_at = None if holding.ends_at is None else holding.ends_at + off_delay
        if moments and (stands_until is None or holding.begins_at < stands_until):
            stands_until = None if stands_until is None or ends_at is None else max(stands_until, ends_at)
            continue
        raises_at = holding.begins_at + on_delay
        if holding.ends_at is None or holding.ends_at >= raises_at:
            moments.append(raises_at)
            stands_until = ends_at
    return moments
