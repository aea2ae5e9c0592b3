"""Which instant the demo shows: the city is at work, and a database never sees its own time go backwards."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from domain.local_time import LOCAL, local

START = time(9, 40)
LAST_START = time(16, 0)
"""A demo day that has got this far is not continued: nothing would happen in the evening."""


def demo_clock_for(now: datetime, kept: str) -> str:
    """'<ISO instant>@<unix seconds>' for a demo started at `now` (aware), given what the last start wrote ('' if none).

    1. The first start shows today at 09:40. 2. A later one continues the kept clock while its day is in office hours,
    and otherwise shows 09:40 of the first day that the kept clock has not passed.
    """
    reached = _instant_reached(now, kept)
    if reached is None:
        return _clock_text(local(now).date(), now)
    if START <= reached.time() < LAST_START:
        return kept
    day = max(local(now).date(), reached.date())
    if datetime.combine(day, START, LOCAL) < reached:
        day += timedelta(days=1)
    return _clock_text(day, now)


def _instant_reached(now: datetime, kept: str) -> datetime | None:
    """Where the kept clock stands at `now`, in local time; None when there is none or it cannot be read."""
    try:
        instant, began = kept.rsplit("@", 1)
        return local(datetime.fromisoformat(instant)) + timedelta(seconds=now.timestamp() - float(began))
    except ValueError:
        return None


def _clock_text(day: date, now: datetime) -> str:
    return f"{datetime.combine(day, START, LOCAL).isoformat()}@{now.timestamp():.3f}"
