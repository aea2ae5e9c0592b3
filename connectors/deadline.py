"""One deadline for a whole exchange over HTTP: at that moment every connection of it is broken off."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress

# What the library calls the opening of a connection, and its wrapping in TLS, which takes the socket over.
_OPENED = frozenset({"connection.connect_tcp.complete", "connection.start_tls.complete"})


class Trace:
    """Told by the HTTP library (extensions={"trace": ...}) of every connection it opens."""

    def __init__(self) -> None:
        self._sockets: list[socket.socket] = []

    def __call__(self, event: str, about: Mapping[str, object]) -> None:
        stream = about.get("return_value")
        if event in _OPENED and hasattr(stream, "get_extra_info"):
            self._sockets.append(stream.get_extra_info("socket"))

    def cut(self) -> None:
        """Break every connection off, which ends whatever waits for it."""
        for one in self._sockets:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)


@contextmanager
def cut_off_at(until: float) -> Iterator[Trace]:
    """Break off at `until` (monotonic). The library's time-outs are per read: a peer that sends a byte a second would
    hold a thread for a day."""
    trace = Trace()
    timer = threading.Timer(max(0.0, until - time.monotonic()), trace.cut)
    timer.daemon = True
    timer.start()
    try:
        yield trace
    finally:
        timer.cancel()
