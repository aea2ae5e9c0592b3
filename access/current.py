"""Who is asking right now: set by the gate for each request, read by callbacks and page layouts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from access.principal import NotAllowed, Principal

_asking: ContextVar[Principal | None] = ContextVar("asking", default=None)


def principal_now() -> Principal:
    """The principal of this request; raises NotAllowed when nobody is signed in."""
    principal = _asking.get()
    if principal is None:
        raise NotAllowed("nobody is signed in")
    return principal


def somebody_now() -> Principal | None:
    """The principal of this request, or None: for what a stranger may see too."""
    return _asking.get()


def let_ask(principal: Principal | None) -> None:
    """Say who is asking from here on; the gate calls it at the start of every request, so nobody inherits a thread."""
    _asking.set(principal)


@contextmanager
def acting_as(principal: Principal) -> Iterator[Principal]:
    """Ask as `principal` inside the block."""
    before = _asking.set(principal)
    try:
        yield principal
    finally:
        _asking.reset(before)
