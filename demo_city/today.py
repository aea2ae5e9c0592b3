"""What happens while somebody watches: a few events of one unit, by the lives and rules of its working days."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from random import Random

from demo_city.days import WorkingDay
from demo_city.lives import State

# Weights of what an officer enters next. One new việc in about 14 events and completions held to the plan's rate: the
# wall moves every half minute, yet a day of watching does not leave the season's rates behind.
_MIX = {
    "instalment": 36,
    "payout": 15,
    "verification": 22,
    "docketing": 7,
    "completion": 7,
    "reclassification": 5,
    "pause": 2,
    "resumption": 2,
    "part": 4,
}
_TOLERANCE = 0.003


def happen(day: WorkingDay, rng: Random) -> None:
    """One to four events; the rows are in `day.docket.happened`."""
    wanted = rng.choices((1, 2, 3, 4), (30, 35, 22, 13))[0]
    acts = _acts(day, rng)
    for name in rng.choices(list(_MIX), list(_MIX.values()), k=wanted):
        if not acts[name]():
            _verify(day)


def _acts(day: WorkingDay, rng: Random) -> dict[str, Callable[[], bool]]:
    return {
        "instalment": lambda: _collect_instalment(day, rng),
        "payout": lambda: day.docket.pay_out_next(day.on, day.on + timedelta(days=30)),
        "verification": lambda: _verify(day),
        "docketing": lambda: day.docket_one() is not None,
        "completion": lambda: _is_behind(day) and day.complete_one(),
        "reclassification": lambda: day.find_means() if day.surplus_not_enforceable() > 0 else day.lose_means(),
        "pause": lambda: len(day.docket.in_state[State.PAUSED]) <= day.plan.paused() and day.pause_one(),
        "resumption": lambda: len(day.docket.in_state[State.PAUSED]) >= day.plan.paused() and day.resume_one(),
        "part": lambda: day.wanted_money() > 0 and day.collect_part(day.wanted_money()),
    }


def _is_behind(day: WorkingDay) -> bool:
    """Whether one more completion keeps the unit within a third of a point of its plan."""
    allowed = day.plan.completion(day.passed, day.is_last_year) + _TOLERANCE
    return day.docket.completed < allowed * day.docket.enforceable


def _collect_instalment(day: WorkingDay, rng: Random) -> bool:
    life = day.best_of(
        State.ENFORCEABLE,
        1,
        lambda item: item.remaining > 3_000_000 and not item.is_postponed_by_consent,
        lambda item: 0,
    )
    if life is None:
        return False
    most = 12_000 if day.wanted_money() > 0 else 2_500
    amount = min(life.remaining // 3, rng.randint(500, most) * 1000)
    day.docket.collect(life, day.on, amount // 1000 * 1000, rng)
    return True


def _verify(day: WorkingDay) -> bool:
    """The next due verification, or the periodic one of a debtor without means."""
    life = day.docket.next_to_verify(day.on + timedelta(days=20))
    if life is not None:
        day.verify_one(life)
        return True
    life = day.docket.next_to_reverify(day.on + timedelta(days=30)) or day.best_of(
        State.NOT_ENFORCEABLE, 1, lambda item: not item.is_forgotten, lambda item: 0
    )
    if life is not None:
        day.docket.verify(life, day.on)
    return life is not None
