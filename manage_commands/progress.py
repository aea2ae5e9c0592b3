"""Steps a person waits for: what is being done, how far it is, how long it took. Standard library only."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

QUIET_SECONDS = 2.0
"""A step shorter than this needs no progress."""


class Progress:
    """How far the running step is; the text is shown after two seconds and renewed while it lasts."""

    def __init__(self, title: str, out: TextIO) -> None:
        self.title = title
        self.detail = ""
        self._out = out
        self._began = time.monotonic()
        self._on_screen = out.isatty()

    @property
    def seconds(self) -> int:
        return int(time.monotonic() - self._began)

    def announce(self) -> None:
        self._out.write(f"▸ {self.title} …" + ("" if self._on_screen else "\n"))
        self._out.flush()

    def renew(self) -> None:
        """Rewrite the line on a terminal, add a line to a file."""
        text = ", ".join(part for part in (self.detail, f"{self.seconds} s") if part)
        self._out.write(f"\r\x1b[K▸ {self.title} … {text}" if self._on_screen else f"  {text}\n")
        self._out.flush()

    def finish(self, outcome: str) -> None:
        took = f" ({self.seconds} s)" if self.seconds >= QUIET_SECONDS else ""
        if self._on_screen:
            self._out.write(f"\r\x1b[K▸ {self.title}: {outcome}{took}\n")
        elif took or outcome != "xong":
            self._out.write(f"  {outcome}{took}\n")
        self._out.flush()


@contextmanager
def step(title: str, out: TextIO | None = None) -> Iterator[Progress]:
    """Announce a step, show how it goes once it lasts over two seconds, and say how it ended."""
    progress = Progress(title, out or sys.stdout)
    every = 1.0 if progress._on_screen else 10.0
    over = threading.Event()

    def keep_renewing() -> None:
        pause = QUIET_SECONDS
        while not over.wait(pause):
            progress.renew()
            pause = every

    progress.announce()
    ticker = threading.Thread(target=keep_renewing, daemon=True)
    ticker.start()
    outcome = "không xong"
    try:
        yield progress
        outcome = "xong"
    finally:
        over.set()
        ticker.join()
        progress.finish(outcome)
