"""Requests to the public services of the invented offices: the same seed, mood and day give the same requests, and the
time alone says how far each is. A code is all that is known of one; nobody is real.
"""

from __future__ import annotations

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

REQUESTS_A_DAY = 14.0
# Code of the service, how often it is asked for, its promised term in working days: all three invented.
SERVICES = (
    ("THADS-01", 34, 5),
    ("THADS-02", 22, 5),
    ("THADS-04", 20, 10),
    ("THADS-06", 8, 15),
    ("THADS-03", 6, 20),
    ("THADS-05", 5, 5),
    ("THADS-07", 5, 3),
)
_CHANNELS = (("fully_online", 31), ("partly_online", 18), ("in_person", 43), ("postal", 8))
_FROM_OUTSIDE = (("fully_online", 52), ("partly_online", 17), ("in_person", 9), ("postal", 22))
_OUTSIDE, _UNSAID, _RETURNED, _UNDATED = 0.14, 0.04, 0.05, 0.02
_RATES = 0.32
_RATINGS = (("satisfied", 78), ("accepting", 16), ("unsatisfied", 6))
_RATINGS_OF_LATE = (("satisfied", 30), ("accepting", 38), ("unsatisfied", 32))
# How many of a unit's answers are late; the weak unit of the plans has more.
_LATE, _LATE_OF_WEAK = 0.05, 0.16
# What the system still tells of requests that have ended.
_TOLD_FOR = timedelta(days=7)
_LONGEST = timedelta(days=75)


@dataclass(frozen=True, slots=True)
class Request:
    """One request and its whole life; `ended_at` is when it is answered, or returned. '' and None: nobody said."""

    unit: str
    code: str
    service: str
    channel: str
    is_outside: bool | None
    received_at: datetime
    due_at: datetime | None
    ended_at: datetime
    is_returned: bool
    rating: str

    def as_entry(self, now: datetime) -> dict[str, object]:
        """What the system says of it by now, under the product's own names of fields. The names of the last two are
        not: a real system sends more than it is asked for, and the product must drop it."""
        has_ended = self.ended_at <= now
        ended = self.ended_at.isoformat() if has_ended else None
        origin = {True: "outside", False: "inside", None: None}[self.is_outside]
        return {
            "unit": self.unit,
            "code": self.code,
            "service": self.service,
            "channel": self.channel,
            "origin": origin,
            "received_at": self.received_at.isoformat(),
            "due_at": self.due_at.isoformat() if self.due_at else None,
            "done_at": ended if not self.is_returned else None,
            "returned_at": ended if self.is_returned else None,
            "satisfaction": self.rating if has_ended and not self.is_returned and self.rating else None,
            "updated_at": (self.ended_at if has_ended else self.received_at).isoformat(),
            "applicant": "(đã che)",
            "phone": "(đã che)",
        }


class ServiceRequests:
    """All requests to the units; a busy mood brings more from a day on."""

    def __init__(self, units: Sequence[Unit], seed: int, mood: Mood, since: date) -> None:
        plans = plans_for(units)
        self._shares = tuple((unit.code, plans[unit.code].share, plans[unit.code].forgets > 0.1) for unit in units)
        self._seed, self._mood, self._since = seed, mood, since

    def told(self, now: datetime) -> list[Request]:
        """What the system tells: all that is open, and what ended within the last week, oldest first."""
        return [one for one in self.between(now - _LONGEST, now) if one.ended_at > now - _TOLD_FOR]

    def between(self, start: datetime, end: datetime) -> Iterator[Request]:
        """Those received from `start` to `end`."""
        day = start.astimezone(LOCAL).date()
        while day <= end.astimezone(LOCAL).date():
            factor = self._mood.visitors if day >= self._since else 1.0
            yield from (one for one in _requests_of(self._seed, day, self._shares, factor) if one.received_at <= end)
            day += timedelta(days=1)


@lru_cache(maxsize=512)
def _requests_of(
    seed: int, day: date, shares: tuple[tuple[str, float, bool], ...], factor: float
) -> tuple[Request, ...]:
    found: list[Request] = []
    rng = Random(f"{seed}:services:{day}:{factor}")
    # Online never closes; offices do.
    usual = REQUESTS_A_DAY * factor if is_working_day(day) else 1.2
    for unit, share, is_weak in shares:
        expected = usual * share
        number = int(expected) + (rng.random() < expected % 1)
        if is_working_day(day):
            number += rng.choice((0, 0, 0, 1))
        found += [_request(unit, day, place, is_weak, rng) for place in range(1, number + 1)]
    return tuple(sorted(found, key=lambda one: (one.received_at, one.code)))


def _request(unit: str, day: date, place: int, is_weak: bool, rng: Random) -> Request:
    service, term = rng.choices([(code, term) for code, _, term in SERVICES], [each for _, each, _ in SERVICES])[0]
    is_outside = None if rng.random() < _UNSAID else rng.random() < _OUTSIDE
    channel = _one_of(_FROM_OUTSIDE if is_outside else _CHANNELS, rng)
    if not is_working_day(day):
        channel = "fully_online"
    received_at = datetime.combine(day, time(7, 30), LOCAL) + timedelta(minutes=rng.randrange(540))
    due_at = datetime.combine(_working_days_after(day, term), time(17), LOCAL)
    is_late = rng.random() < (_LATE_OF_WEAK if is_weak else _LATE)
    is_returned = not is_late and rng.random() < _RETURNED
    if is_late:
        ended_at = due_at + timedelta(hours=rng.triangular(2, 400, 60))
    else:
        ended_at = received_at + (due_at - received_at) * (
            rng.uniform(0.1, 0.4) if is_returned else rng.uniform(0.35, 0.98)
        )
    rating = _one_of(_RATINGS_OF_LATE if is_late else _RATINGS, rng) if rng.random() < _RATES else ""
    return Request(
        unit=unit,
        code=f"{unit}-{day:%y%m%d}-{place:03d}",
        service=service,
        channel=channel,
        is_outside=is_outside,
        received_at=received_at,
        due_at=None if rng.random() < _UNDATED else due_at,
        ended_at=ended_at.replace(microsecond=0),
        is_returned=is_returned,
        rating=rating,
    )


def _one_of(weighted: Sequence[tuple[str, int]], rng: Random) -> str:
    return rng.choices([word for word, _ in weighted], [weight for _, weight in weighted])[0]


def _working_days_after(day: date, number: int) -> date:
    while number:
        day += timedelta(days=1)
        number -= is_working_day(day)
    return day
