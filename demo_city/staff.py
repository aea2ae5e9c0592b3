"""Who works in the units, under codes, and how each day of theirs goes: the same seed and day give the same touches.

Nobody is a real person, and nobody has a name.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from random import Random

from demo_city.clock import LOCAL
from demo_city.intake import officers_of
from demo_city.plans import plans_for
from demo_city.units import Pack
from demo_city.working_days import is_working_day

# What a sheet calls it, how likely it is on a day, and how many days it lasts at most.
_AWAY = (
    ("Nghỉ phép", 0.022, 4),
    ("Nghỉ ốm", 0.007, 2),
    ("Công tác", 0.018, 3),
    ("Xác minh, cưỡng chế ngoài trụ sở", 0.06, 1),
)
_MISSING, _LATE, _FORGOT_EVENING, _LUNCH = 0.006, 0.05, 0.03, 0.6
_FINGER, _CARD, _FACE = 1, 4, 15
_IN, _OUT = 0, 1


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of a unit: a code such as CHV-07, the number on the unit's terminal, what kind of work they do."""

    unit: str
    code: str
    pin: int
    role: str


@dataclass(frozen=True, slots=True)
class Touch:
    """One touch of a terminal; `told_at` is when a well connected terminal delivers it."""

    pin: int
    at: datetime
    told_at: datetime
    key: int
    method: int

    @property
    def line(self) -> str:
        """The line of the terminal's log."""
        return f"{self.pin}\t{self.at:%Y-%m-%d %H:%M:%S}\t{self.key}\t{self.method}\t0\t0"


@dataclass(frozen=True, slots=True)
class Away:
    """A row of the leave and mission sheet."""

    person: Person
    kind: str
    from_on: date
    to_on: date
    reference: str


def staff_of(pack: Pack, today: date) -> dict[str, tuple[Person, ...]]:
    """Unit -> its people on a day: heads, the officers whose codes stand in the cases, and those who work for them."""
    units = pack.units_on(today)
    plans = plans_for(units)
    return {unit.code: tuple(_people(unit.code, officers_of(plans[unit.code]))) for unit in units}


def away_on(seed: int, person: Person, day: date) -> Away | None:
    """Why somebody is not expected at the office on a day; the spell that began last."""
    for shift in range(max(lasts for _, _, lasts in _AWAY)):
        begins = day - timedelta(days=shift)
        away = _away_from(seed, person, begins)
        if away is not None and away.to_on >= day:
            return away
    return None


def touches_of(seed: int, person: Person, day: date) -> tuple[Touch, ...]:
    """The touches of one person's day, in order; none on a day off or away, and now and then none without a word."""
    rng = Random(f"{seed}:day:{person.unit}:{person.code}:{day}")
    if not is_working_day(day) or away_on(seed, person, day) is not None or rng.random() < _MISSING:
        return ()
    arrives = rng.triangular(-28, 6, -9) if rng.random() > _LATE else rng.uniform(17, 55)
    moments = [(_at(day, 7, 30, arrives), _IN)]
    if rng.random() < _LUNCH:
        moments += [(_at(day, 11, 30, rng.uniform(0, 12)), _OUT), (_at(day, 13, 0, rng.triangular(-18, 5, -5)), _IN)]
    if rng.random() > _FORGOT_EVENING:
        moments.append((_at(day, 17, 0, rng.triangular(0, 40, 4)), _OUT))
    if rng.random() < 0.04:
        # The finger was held twice.
        moments.insert(1, (moments[0][0] + timedelta(seconds=rng.randint(2, 9)), _IN))
    method = rng.choices((_FINGER, _CARD, _FACE), (60, 10, 30))[0]
    return tuple(Touch(person.pin, at, at + _delay(rng), key, method) for at, key in moments)


def absences_between(seed: int, staff: dict[str, tuple[Person, ...]], begin: date, end: date) -> Iterator[Away]:
    """Every spell that begins in a span of days, as the sheets of that time list them."""
    day = begin
    while day <= end:
        for people in staff.values():
            for person in people:
                away = _away_from(seed, person, day)
                if away is not None:
                    yield away
        day += timedelta(days=1)


@lru_cache(maxsize=65_536)
def _away_from(seed: int, person: Person, day: date) -> Away | None:
    if not is_working_day(day):
        return None
    rng = Random(f"{seed}:away:{person.unit}:{person.code}:{day}")
    chance = rng.random()
    for kind, likely, lasts in _AWAY:
        if chance < likely:
            ends = day + timedelta(days=rng.randrange(lasts))
            return Away(person, kind, day, ends, f"{rng.randint(1, 400)}/{'ĐNP' if kind.startswith('Nghỉ') else 'GĐĐ'}")
        chance -= likely
    return None


def _people(unit: str, officers: int) -> Iterator[Person]:
    kinds = (
        ("LD", "Lãnh đạo đơn vị", 1),
        ("CHV", "Chấp hành viên", officers),
        ("TTV", "Thẩm tra viên", max(1, officers // 4)),
        ("TK", "Thư ký", max(1, officers // 2)),
        ("KT", "Kế toán", 1),
    )
    pin = 0
    for prefix, role, count in kinds:
        for number in range(1, count + 1):
            pin += 1
            yield Person(unit, f"{prefix}-{number:02d}", pin, role)


def _delay(rng: Random) -> timedelta:
    """Seconds, but for a few touches that the network holds back."""
    return timedelta(minutes=rng.uniform(4, 25)) if rng.random() < 0.03 else timedelta(seconds=rng.uniform(1, 4))


def _at(day: date, hour: int, minute: int, shift: float) -> datetime:
    whole = datetime.combine(day, time(hour, minute), tzinfo=LOCAL)
    return whole + timedelta(seconds=round(shift * 60))
