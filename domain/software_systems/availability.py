"""MonthAvailability by month, from intervals: time up of the time known outside announced maintenance. Pure.

Time in which our own poller did not run, or in which our own line was cut, is unknown: neither up nor down.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum

from domain.local_time import LOCAL, local_day
from domain.software_systems.health import DOWN, LONGEST_GAP, UP, HealthInterval, HealthState

NOTHING = timedelta(0)


class Share(StrEnum):
    """Phần thời gian: every moment is exactly one of them."""

    UP = "up"
    DOWN = "down"
    MAINTENANCE = "maintenance"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Watch:
    """Thời gian theo dõi: one probe from when it was set up until it was retired (None: it still asks), and what it
    found, in order."""

    from_at: datetime
    until_at: datetime | None
    intervals: Sequence[HealthInterval]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Đoạn thời gian of one share; `reason` of what fails."""

    from_at: datetime
    to_at: datetime
    share: Share
    reason: str = ""

    @property
    def lasted(self) -> timedelta:
        """How long it is."""
        return self.to_at - self.from_at


@dataclass(frozen=True, slots=True)
class Outage:
    """Lần gián đoạn: time down without a break; `is_open` while it goes on."""

    from_at: datetime
    to_at: datetime
    reason: str
    is_open: bool

    @property
    def lasted(self) -> timedelta:
        """How long it has been."""
        return self.to_at - self.from_at


@dataclass(frozen=True, slots=True)
class MonthAvailability:
    """Độ sẵn sàng of one system over a month, or what of it is over; the four parts together are that time."""

    first_on: date
    up: timedelta = NOTHING
    down: timedelta = NOTHING
    maintenance: timedelta = NOTHING
    unknown: timedelta = NOTHING

    @property
    def known(self) -> timedelta:
        """The time that is judged."""
        return self.up + self.down

    @property
    def whole(self) -> timedelta:
        """All of it."""
        return self.known + self.maintenance + self.unknown

    @property
    def percent(self) -> Decimal | None:
        """Time up of the time judged; None where nothing is known."""
        if not self.known:
            return None
        return 100 * Decimal(self.up // _TICK) / Decimal(self.known // _TICK)

    def part(self, share: Share) -> float:
        """A part of the whole, 0 to 1."""
        return (
            {
                Share.UP: self.up,
                Share.DOWN: self.down,
                Share.MAINTENANCE: self.maintenance,
                Share.UNKNOWN: self.unknown,
            }[share]
            / self.whole
            if self.whole
            else 0.0
        )


_TICK = timedelta(microseconds=1)
Span = tuple[datetime, datetime]


def timeline(watches: Sequence[Watch], maintenance: Iterable[Span], since: datetime, now: datetime) -> list[Stretch]:
    """`since` to `now` in stretches, without a gap: down while any probe that watched found it failing, up while all
    found it well, else unknown; whatever was known within announced maintenance is maintenance."""
    windows, watches = list(maintenance), [_lasting(watch, now) for watch in watches]
    cuts = {since, now}
    for watch in watches:
        cuts |= {watch.from_at, watch.until_at or now}
        cuts |= {at for one in watch.intervals for at in (one.from_at, one.until_at)}
    cuts |= {at for window in windows for at in window}
    ordered = sorted(at for at in cuts if since <= at <= now)
    cursors = [_Cursor(watch) for watch in watches]
    found: list[Stretch] = []
    for begins_at, ends_at in zip(ordered, ordered[1:], strict=False):
        share, reason = _share([cursor.at(begins_at) for cursor in cursors])
        if share is not Share.UNKNOWN and any(first <= begins_at < last for first, last in windows):
            share, reason = Share.MAINTENANCE, ""
        last = found[-1] if found else None
        if last is not None and last.share is share:
            found[-1] = Stretch(last.from_at, ends_at, share, last.reason)
        else:
            found.append(Stretch(begins_at, ends_at, share, reason))
    return found


def availability_of(stretches: Iterable[Stretch], months: Sequence[date], now: datetime) -> list[MonthAvailability]:
    """By month, in the order given; a month that has not ended counts until `now`. What no stretch tells of is
    unknown."""
    spent = list(stretches)
    found = []
    for first_on in months:
        begins_at, ends_at = _midnight(first_on), min(_midnight(_next(first_on)), now)
        parts = dict.fromkeys(Share, NOTHING)
        for stretch in spent:
            inside = min(stretch.to_at, ends_at) - max(stretch.from_at, begins_at)
            parts[stretch.share] += max(inside, NOTHING)
        whole = max(ends_at - begins_at, NOTHING)
        known = parts[Share.UP] + parts[Share.DOWN] + parts[Share.MAINTENANCE]
        found.append(
            MonthAvailability(first_on, parts[Share.UP], parts[Share.DOWN], parts[Share.MAINTENANCE], whole - known)
        )
    return found


def outages_in(stretches: Sequence[Stretch], now: datetime) -> list[Outage]:
    """Every time down, the newest first."""
    return [
        Outage(one.from_at, one.to_at, one.reason, is_open=one.to_at == now)
        for one in reversed(stretches)
        if one.share is Share.DOWN
    ]


def months_before(now: datetime, count: int) -> list[date]:
    """The first days of so many months up to this one, the oldest first; months are those of Huế."""
    first = local_day(now).replace(day=1)
    found = [first]
    while len(found) < count:
        first = (first - timedelta(days=1)).replace(day=1)
        found.append(first)
    return found[::-1]


def _lasting(watch: Watch, now: datetime) -> Watch:
    """What was found a moment ago still holds until the next look."""
    last = watch.intervals[-1] if watch.intervals else None
    if last is None or not NOTHING <= now - last.until_at <= LONGEST_GAP:
        return watch
    return replace(watch, intervals=[*watch.intervals[:-1], replace(last, until_at=now)])


class _Cursor:
    """Walks the intervals of one probe forwards."""

    def __init__(self, watch: Watch) -> None:
        self._watch = watch
        self._next = 0

    def at(self, at: datetime) -> HealthInterval | HealthState | None:
        """What it had found at an instant, UNKNOWN for nothing; None while it did not watch."""
        watch = self._watch
        if at < watch.from_at or (watch.until_at is not None and at >= watch.until_at):
            return None
        while self._next < len(watch.intervals) and watch.intervals[self._next].until_at <= at:
            self._next += 1
        if self._next == len(watch.intervals) or watch.intervals[self._next].from_at > at:
            return HealthState.UNKNOWN
        return watch.intervals[self._next]


def _share(found: Sequence[HealthInterval | HealthState | None]) -> tuple[Share, str]:
    watching = [one for one in found if one is not None]
    failing = [one for one in watching if isinstance(one, HealthInterval) and one.state in DOWN]
    if failing:
        return Share.DOWN, failing[0].reason
    if watching and all(isinstance(one, HealthInterval) and one.state in UP for one in watching):
        return Share.UP, ""
    return Share.UNKNOWN, ""


def _midnight(on: date) -> datetime:
    return datetime.combine(on, time(0), LOCAL)


def _next(first_on: date) -> date:
    return (first_on + timedelta(days=32)).replace(day=1)
