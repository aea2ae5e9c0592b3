"""What lay in the books on the morning the invented history begins: carried-over việc and the separate register."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from demo_city.dockets import Docket
from demo_city.intake import Intake, number_by_then
from demo_city.lives import Life, State
from demo_city.plans import CARRIED_OVER, SEPARATE_REGISTER, Plan
from demo_city.working_days import working_day_from, working_day_until

# Mean age in days of what is carried over, by state; money that is hard to get is old.
_MEAN_AGE = {
    State.ENFORCEABLE: 170,
    State.PAUSED: 260,
    State.NOT_ENFORCEABLE: 330,
    State.SEPARATE_REGISTER: 1300,
}
_OLDEST = timedelta(days=3300)


def fill_books(
    dockets: dict[str, Docket], plans: dict[str, Plan], intake: Intake, begins_on: date, oldest: date | None, seed: int
) -> None:
    """Put the older lives into the books of every unit, each with a past that explains its state on `begins_on`."""
    rng = Random(f"{seed}:past")
    oldest = max(begins_on - _OLDEST, oldest or date.min)
    youngest_day = working_day_until(begins_on - timedelta(days=8))
    wanted: list[tuple[date, str, State]] = []
    for code, plan in plans.items():
        not_enforceable, paused = plan.not_enforceable(0.0), plan.paused()
        stock = {
            State.NOT_ENFORCEABLE: not_enforceable,
            State.PAUSED: paused,
            State.ENFORCEABLE: CARRIED_OVER * plan.share - not_enforceable - paused,
            State.SEPARATE_REGISTER: SEPARATE_REGISTER * plan.share,
        }
        for state, count in stock.items():
            youngest = 500 if state is State.SEPARATE_REGISTER else 12 if state is State.ENFORCEABLE else 45
            for _ in range(round(count)):
                age = youngest + int(rng.expovariate(1 / _MEAN_AGE[state]))
                decided_on = max(oldest, begins_on - timedelta(days=age))
                wanted.append((min(working_day_from(decided_on), youngest_day), code, state))
    wanted.sort()
    for decided_on, code, state in wanted:
        life = intake.new_life(
            dockets[code].unit, plans[code], decided_on, rng, number_by_then(plans[code], decided_on)
        )
        _live_until(begins_on, dockets[code], life, state, rng)
    for docket in dockets.values():
        docket.begin_year()
        docket.happened.clear()


def _live_until(begins_on: date, docket: Docket, life: Life, state: State, rng: Random) -> None:
    """Give one life the decisions and payments that lead to `state` by the day before `begins_on`."""
    age = (begins_on - life.decided_on).days
    docket.admit(life)
    if state is State.ENFORCEABLE and age < 25:
        docket.expect_verification(life, begins_on - timedelta(days=8))
        return
    docket.verify(life, _day_in(life.decided_on, age, 0.1, 0.3, rng))
    if state is State.ENFORCEABLE:
        if life.remaining > 20_000_000 and rng.random() < 0.35:
            collected_on = _day_in(life.decided_on, age, 0.4, 0.95, rng)
            docket.collect(life, collected_on, life.remaining // rng.randint(2, 8), rng)
    elif state is State.PAUSED:
        kind = "Hoãn" if rng.random() < 0.7 else "Tạm đình chỉ"
        docket.move(life, _day_in(life.decided_on, age, 0.7, 0.97, rng), kind, State.PAUSED)
    else:
        not_enforceable_on = _day_in(life.decided_on, age, 0.31, 0.4, rng)
        docket.move(life, not_enforceable_on, "Chưa có điều kiện", State.NOT_ENFORCEABLE)
        if age > 400:
            docket.verify(life, _day_in(life.decided_on, age, 0.5, 0.6, rng))
        lately = working_day_until(begins_on - timedelta(days=rng.randint(1, 115)))
        if state is State.NOT_ENFORCEABLE and lately > life.decisions[-1].effective_on:
            docket.verify(life, lately)
        if state is State.SEPARATE_REGISTER:
            docket.register_separately(life, _day_in(life.decided_on, age, 0.75, 0.97, rng))


def _day_in(decided_on: date, age: int, earliest: float, latest: float, rng: Random) -> date:
    """A working day in that part of the life so far, never on or after its end."""
    day = decided_on + timedelta(days=max(1, int(age * rng.uniform(earliest, latest))))
    return min(working_day_from(day), working_day_until(decided_on + timedelta(days=age - 1)))
