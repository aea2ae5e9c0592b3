"""How often one account, address or thing may be asked for: a bucket per key, in this process, which alone serves."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable

MOST_KEYS = 10_000
# A stranger is known by an address alone, behind which a whole office may stand.
STRANGERS_PER_MINUTE = 120


class RateLimit:
    """Up to `per_minute` requests at once, refilled evenly; thread-safe."""

    def __init__(self, per_minute: int, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._most = float(per_minute)
        self._per_second = per_minute / 60
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._left: dict[str, tuple[float, float]] = {}

    def wait_for(self, key: str) -> int:
        """0 when this request may pass, else after how many whole seconds the next one may."""
        now = self._monotonic()
        with self._lock:
            if len(self._left) >= MOST_KEYS and key not in self._left:
                self._left.clear()
            left, at = self._left.get(key, (self._most, now))
            left = min(self._most, left + (now - at) * self._per_second)
            passes = left >= 1
            self._left[key] = (left - 1 if passes else left, now)
        return 0 if passes else max(1, math.ceil((1 - left) / self._per_second))
