"""Citizens who report: the same seed, mood and day give the same reports, and the time alone says how each one stands.

Nothing is kept: what the city answers now, it would answer after a restart. Every report is invented.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from random import Random

from demo_city.clock import LOCAL
from demo_city.moods import MOODS, Mood
from demo_city.working_days import is_working_day

# Weights by hour of the day: people report before work, at the counters and in the evening.
_HOURS = (0, 0, 0, 0, 0, 1, 3, 8, 14, 13, 10, 5, 4, 8, 12, 10, 7, 4, 3, 3, 2, 1, 1, 0)
_WORKING_DAY, _DAY_OFF = 34, 6
_SUBJECTS = {
    "payout_question": 24,
    "information_request": 20,
    "online_request_help": 14,
    "payout_schedule": 13,
    "long_wait": 12,
    "boundary_moved": 7,
    "officer_conduct": 5,
    "sign_hidden": 3,
    "other": 2,
    "crowd_at_gate": 0.5,
}
# Roughly where people live and how many of them report, by WGS 84 latitude and longitude.
_PLACES = (
    (16.463, 107.585, 36),
    (16.570, 107.375, 9),
    (16.577, 107.500, 8),
    (16.500, 107.460, 9),
    (16.490, 107.700, 11),
    (16.400, 107.680, 11),
    (16.290, 107.850, 9),
    (16.250, 107.260, 4),
    (16.160, 107.700, 3),
)
_SPREAD = 0.012
_NO_PLACE, _ZERO_PLACE, _NO_DUE = 0.06, 0.03, 0.3
_LATE, _DECLINED, _RATED = 0.05, 0.04, 0.5
_TERM = timedelta(hours=8)
# Codes that somebody has in every unit.
_HANDLERS = ("LD-01", "CHV-01", "CHV-02", "TTV-01", "TK-01", "KT-01")
_WORDS = {
    "payout_question": "Tôi chưa nhận được tiền thi hành án, đề nghị cho biết lịch chi trả.",
    "crowd_at_gate": "Đông người tụ tập trước cổng trụ sở.",
}
_OTHER_WORDS = "Đề nghị cơ quan thi hành án xem xét, trả lời."


@dataclass(frozen=True, slots=True)
class Report:
    """One invented report and its whole life; times are aware, `told_at` is when the source first shows it."""

    number: str
    subject: str
    requested_at: datetime
    told_at: datetime
    assigned_at: datetime
    started_at: datetime
    closed_at: datetime
    due_at: datetime | None
    is_declined: bool
    place: tuple[float, float] | None
    rating: int | None
    handler: str = ""

    @property
    def words(self) -> str:
        """What the citizen wrote."""
        return _WORDS.get(self.subject, _OTHER_WORDS)

    def status_at(self, now: datetime) -> str:
        """The city's own word for how the report stands."""
        if now >= self.closed_at:
            return "declined" if self.is_declined else "closed"
        if now >= self.started_at:
            return "in_progress"
        return "assigned" if now >= self.assigned_at else "received"

    def changed_at(self, now: datetime) -> datetime:
        """The latest change that has happened."""
        steps = (self.requested_at, self.assigned_at, self.started_at, self.closed_at)
        return max(step for step in steps if step <= max(now, self.requested_at))


class Citizens:
    """All who report in the province: one mood from a day on, calm days before it."""

    def __init__(self, seed: int, mood: Mood, since: date) -> None:
        self._seed, self._since = seed, since
        self.mood = mood

    def told(self, start: datetime, end: datetime, now: datetime) -> Iterator[Report]:
        """Reports received in a span that the source shows by now, oldest first."""
        day = start.astimezone(LOCAL).date()
        while day <= min(end, now).astimezone(LOCAL).date():
            for report in self._of_day(day):
                if start <= report.requested_at <= end and report.told_at <= now:
                    yield report
            day += timedelta(days=1)

    def by_number(self, number: str, now: datetime) -> Report | None:
        """One report by its number 'HS-yymmdd-nnn'; None when the source does not know it (yet)."""
        try:
            day = datetime.strptime(number.split("-")[1], "%y%m%d").replace(tzinfo=LOCAL).date()
        except (IndexError, ValueError):
            return None
        return next((one for one in self._of_day(day) if one.number == number and one.told_at <= now), None)

    def _of_day(self, day: date) -> tuple[Report, ...]:
        mood = self.mood if day >= self._since else MOODS["calm"]
        return _reports_of(self._seed, day, mood.name, mood.reports, tuple(sorted(mood.more_of.items())))


@lru_cache(maxsize=256)
def _reports_of(
    seed: int, day: date, mood: str, factor: float, more_of: tuple[tuple[str, float], ...]
) -> tuple[Report, ...]:
    rng = Random(f"{seed}:reports:{day}:{mood}")
    weights = dict(_SUBJECTS)
    for subject, times in more_of:
        weights[subject] *= times
    usual = _WORKING_DAY if is_working_day(day) else _DAY_OFF
    number = round(usual * factor * rng.uniform(0.8, 1.2))
    instants = sorted(_instant(day, rng) for _ in range(number))
    subjects = rng.choices(list(weights), list(weights.values()), k=number)
    return tuple(
        _life(f"HS-{day:%y%m%d}-{at:03d}", subject, instant, rng)
        for at, (instant, subject) in enumerate(zip(instants, subjects, strict=True), start=1)
    )


def _instant(day: date, rng: Random) -> datetime:
    hour = rng.choices(range(24), _HOURS)[0]
    return datetime.combine(day, time(hour, rng.randrange(60), rng.randrange(60)), tzinfo=LOCAL)


def _life(number: str, subject: str, requested_at: datetime, rng: Random) -> Report:
    assigned_at = requested_at + timedelta(minutes=rng.randint(4, 45))
    started_at = assigned_at + timedelta(minutes=rng.randint(10, 120))
    took = _TERM * rng.triangular(0.25, 0.98, 0.6) if rng.random() > _LATE else _TERM * rng.uniform(1.02, 1.5)
    closed_at = max(requested_at + timedelta(seconds=round(took.total_seconds())), started_at + timedelta(minutes=5))
    late = timedelta(minutes=rng.randint(5, 40)) if rng.random() < 0.04 else timedelta(seconds=rng.randint(2, 20))
    return Report(
        number=number,
        subject=subject,
        requested_at=requested_at,
        told_at=requested_at + late,
        assigned_at=assigned_at,
        started_at=started_at,
        closed_at=closed_at,
        due_at=None if rng.random() < _NO_DUE else requested_at + _TERM,
        is_declined=rng.random() < _DECLINED,
        place=_place(rng),
        rating=rng.choices((1, 2, 3, 4, 5), (2, 3, 8, 37, 50))[0] if rng.random() < _RATED else None,
        handler=Random(number).choice(_HANDLERS),
    )


def _place(rng: Random) -> tuple[float, float] | None:
    """Somewhere in the province; sometimes nowhere, and sometimes the 0,0 of a telephone that did not know."""
    latitude, longitude, _ = rng.choices(_PLACES, [place[2] for place in _PLACES])[0]
    kind = rng.random()
    if kind < _NO_PLACE:
        return None
    if kind < _NO_PLACE + _ZERO_PLACE:
        return 0.0, 0.0
    return latitude + rng.gauss(0, _SPREAD), longitude + rng.gauss(0, _SPREAD)
