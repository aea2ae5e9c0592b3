"""The only clock: real time, or the demo day when DEMO_CLOCK says so.

DEMO_CLOCK is '<ISO instant with offset>@<unix seconds at which that instant began>', set once by the supervisor so that
web, worker and demo city share one time. It is refused outside DEMO, where a false clock would falsify deadlines.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

Clock = Callable[[], datetime]


class ClockRefused(ValueError):
    """DEMO_CLOCK is malformed, or set although DEMO is off."""


def real_clock() -> datetime:
    """Now, aware, UTC."""
    return datetime.now(UTC)


def build_clock(demo: bool, demo_clock: str) -> Clock:
    """The clock these settings ask for; raises ClockRefused."""
    if not demo_clock:
        return real_clock
    if not demo:
        raise ClockRefused("DEMO_CLOCK is set but DEMO is off")
    try:
        instant, began = demo_clock.rsplit("@", 1)
        start, real_start = datetime.fromisoformat(instant), float(began)
    except ValueError as error:
        raise ClockRefused(f"DEMO_CLOCK is not '<ISO instant>@<unix seconds>': {demo_clock!r}") from error
    if start.tzinfo is None:
        raise ClockRefused("the instant of DEMO_CLOCK needs an offset, e.g. +07:00")
    start = start.astimezone(UTC)
    return lambda: start + timedelta(seconds=time.time() - real_start)
