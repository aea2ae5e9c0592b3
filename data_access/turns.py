"""Who writes next within one process: SQLite admits one writer and lets the others try by chance, so that under a crowd
one may starve; here each is admitted in the order of asking."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

# Longer than any transaction of ours; whoever waits so long tries without a turn, and the database says why not.
PATIENCE_SECONDS = 60.0


class WriterTurns:
    """One queue of threads; the first in it writes."""

    def __init__(self, patience: float = PATIENCE_SECONDS) -> None:
        self._patience = patience
        self._guard = threading.Lock()
        self._queue: deque[threading.Event] = deque()

    @contextmanager
    def turn(self, is_urgent: bool = False) -> Iterator[None]:
        """Wait for one's turn and keep it; an urgent one goes next, behind whoever writes now."""
        mine = threading.Event()
        with self._guard:
            if is_urgent and self._queue:
                self._queue.insert(1, mine)
            else:
                self._queue.append(mine)
            self._queue[0].set()
        mine.wait(self._patience)
        try:
            yield
        finally:
            with self._guard:
                self._queue.remove(mine)
                if self._queue:
                    self._queue[0].set()
