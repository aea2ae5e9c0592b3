"""People who come to the reception desks: the same seed, mood and day give the same queue, and the time alone says how
far it is. Nobody is real; a ticket is all that is known of anyone.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from random import Random

from demo_city.clock import LOCAL
from demo_city.moods import Mood
from demo_city.plans import plans_for
from demo_city.units import Unit
from demo_city.working_days import is_working_day

# (opens, closes to new tickets) and how the arrivals of a day fall on the two halves.
_HALVES = ((time(7, 30), time(11, 5), 0.6), (time(13, 0), time(16, 30), 0.4))
_VISITS_A_DAY = 72.0
_BIG_FROM = 0.2
_PURPOSES = (
    ("Nhận tiền, tài sản", 30),
    ("Hỏi thông tin", 28),
    ("Nộp đơn yêu cầu thi hành án", 22),
    ("Kiến nghị, phản ánh", 10),
    ("Khiếu nại", 7),
    ("Tố cáo", 1),
    ("Khác", 2),
)
_OUTCOMES = (
    ("Đã trả lời, hướng dẫn", 62),
    ("Đã nhận đơn, hồ sơ", 31),
    ("Chuyển cơ quan có thẩm quyền", 5),
    ("Từ chối theo quy định", 2),
)
_LEFT, _LEADER, _SEVERAL, _CROWD = 0.02, 0.06, 0.12, 0.15
# A busy day has its delegation while somebody is watching: the demo's day begins at 09:40.
_WATCHED_CROWD = time(9, 42)
_FORGET_AFTER = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Visitor:
    """One visit and its whole life; `called_at` is None for somebody who goes without having been called."""

    unit: str
    ticket: str
    counter: str
    came_at: datetime
    called_at: datetime | None
    ended_at: datetime
    purpose: str
    outcome: str
    people: int
    is_leader: bool

    def as_entry(self, now: datetime) -> dict[str, object]:
        """What the queue system says of it by now, under the product's own names of fields."""
        called = self.called_at if self.called_at is not None and self.called_at <= now else None
        ended = self.ended_at if self.ended_at <= now else None
        steps = [step for step in (self.came_at, called, ended) if step is not None]
        return {
            "unit": self.unit,
            "ticket": self.ticket,
            "ticketed_at": self.came_at.isoformat(),
            "called_at": called.isoformat() if called else None,
            "ended_at": ended.isoformat() if ended else None,
            "updated_at": max(steps).isoformat(),
            "counter": self.counter if called else None,
            "purpose": self.purpose,
            "outcome": self.outcome if ended else None,
            "people": self.people,
            "matters": 1,
            "leader": self.is_leader,
        }


class Visitors:
    """All who come to the units; a mood from a day on, calm days before it."""

    def __init__(self, units: Sequence[Unit], seed: int, mood: Mood, since: date) -> None:
        shares = plans_for(units)
        self._shares = tuple((unit.code, shares[unit.code].share) for unit in units)
        self._seed, self._mood, self._since = seed, mood, since

    def told(self, now: datetime) -> list[Visitor]:
        """What the queue system still remembers: today and yesterday, oldest first."""
        return [visitor for visitor in self.between(now - _FORGET_AFTER, now) if visitor.came_at <= now]

    def between(self, start: datetime, end: datetime) -> Iterator[Visitor]:
        """Visits that begin in a span of days, oldest first."""
        day = start.astimezone(LOCAL).date()
        while day <= end.astimezone(LOCAL).date():
            factor = 1.0
            if day >= self._since:
                factor = self._mood.visitors
            yield from _visits_of(self._seed, day, self._shares, factor)
            day += timedelta(days=1)


@lru_cache(maxsize=128)
def _visits_of(seed: int, day: date, shares: tuple[tuple[str, float], ...], factor: float) -> tuple[Visitor, ...]:
    if not is_working_day(day):
        return ()
    rng = Random(f"{seed}:visitors:{day}:{factor}")
    crowded = rng.choices([unit for unit, _ in shares], [share for _, share in shares])[0]
    crowd_at = None
    if factor > 1:
        crowd_at = datetime.combine(day, _WATCHED_CROWD, tzinfo=LOCAL)
    elif rng.random() < _CROWD:
        crowd_at = datetime.combine(day, time(8), tzinfo=LOCAL) + timedelta(minutes=rng.randrange(120))
    found: list[Visitor] = []
    for unit, share in shares:
        number = max(1, round(_VISITS_A_DAY * share * factor * rng.uniform(0.75, 1.25)))
        arrivals = [(_arrival(day, rng), 1) for _ in range(number)]
        if unit == crowded and crowd_at is not None:
            arrivals.append((crowd_at, rng.randint(8, 24)))
        found += _queue(unit, sorted(arrivals), 2 if share >= _BIG_FROM else 1, rng)
    return tuple(sorted(found, key=lambda visitor: visitor.came_at))


def _queue(unit: str, arrivals: Sequence[tuple[datetime, int]], desks: int, rng: Random) -> Iterator[Visitor]:
    """Whoever comes takes the desk that is free first; nobody is called over noon."""
    free = [(arrivals[0][0], desk) for desk in range(1, desks + 1)]
    heapq.heapify(free)
    for number, (came_at, together) in enumerate(arrivals, start=1):
        people = together if together > 1 else 2 + rng.randrange(2) if rng.random() < _SEVERAL else 1
        free_at, desk = heapq.heappop(free)
        called_at = _open_at(max(came_at + timedelta(seconds=rng.randint(40, 240)), free_at))
        took = timedelta(minutes=rng.triangular(70, 130, 90) if together > 1 else rng.triangular(6, 30, 14))
        leaves = together == 1 and rng.random() < _LEFT
        ended_at = called_at if leaves else called_at + took
        heapq.heappush(free, (free_at if leaves else ended_at, desk))
        yield Visitor(
            unit=unit,
            ticket=f"A{number:03d}",
            counter=f"Q{desk}",
            came_at=came_at,
            called_at=None if leaves else called_at,
            ended_at=ended_at,
            purpose=rng.choices([word for word, _ in _PURPOSES], [weight for _, weight in _PURPOSES])[0],
            outcome="Công dân ra về" if leaves else rng.choices(*zip(*_OUTCOMES, strict=True))[0],
            people=people,
            is_leader=together > 1 or rng.random() < _LEADER,
        )


def _arrival(day: date, rng: Random) -> datetime:
    opens, closes, _ = _HALVES[0] if rng.random() < _HALVES[0][2] else _HALVES[1]
    begins, ends = datetime.combine(day, opens, tzinfo=LOCAL), datetime.combine(day, closes, tzinfo=LOCAL)
    return begins + timedelta(seconds=round(rng.triangular(0, (ends - begins).total_seconds(), 4200)))


def _open_at(at: datetime) -> datetime:
    """The first moment from `at` on at which a desk works."""
    noon = datetime.combine(at.date(), time(11, 30), tzinfo=LOCAL)
    after = datetime.combine(at.date(), _HALVES[1][0], tzinfo=LOCAL)
    return after if noon <= at < after else at
