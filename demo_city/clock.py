"""The demo city's own reading of DEMO_CLOCK ('<ISO instant>@<unix seconds>'); real time when it is empty."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone

LOCAL = timezone(timedelta(hours=7), "Asia/Ho_Chi_Minh")


def build_clock(demo_clock: str) -> Callable[[], datetime]:
    """A function giving now, aware, Asia/Ho_Chi_Minh; raises ValueError when the text is malformed."""
    if not demo_clock:
        return lambda: datetime.now(UTC).astimezone(LOCAL)
    instant, _, began = demo_clock.rpartition("@")
    start, real_start = datetime.fromisoformat(instant), float(began)
    if start.tzinfo is None:
        raise ValueError("the instant of DEMO_CLOCK needs an offset, e.g. +07:00")
    start = start.astimezone(LOCAL)
    return lambda: start + timedelta(seconds=time.time() - real_start)
