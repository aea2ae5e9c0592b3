"""Ports for servers that a test starts as processes of their own: neighbours that nobody takes meanwhile."""

from __future__ import annotations

import socket
from random import Random

# Below the range from which systems give ports to outgoing connections: other tests running beside cannot be given one.
FIRST, LAST, TRIES = 15_000, 30_000, 200
_chance = Random()


def free_ports(number: int = 1) -> int:
    """The first of so many free ports beside each other on loopback."""
    for _ in range(TRIES):
        first = _chance.randrange(FIRST, LAST)
        if all(_is_free(first + at) for at in range(number)):
            return first
    raise AssertionError(f"no {number} free ports beside each other between {FIRST} and {LAST}")


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
