"""The `@policy` registry: every route and every server callback declares who may call it.

The mark travels on the function (functools.wraps copies it through Dash's and Flask's wrappers), so the gate can read
it from the endpoint or the callback it is about to run; a function without a mark is refused.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from domain.permissions import Permission

MARK = "__access_policy__"
BODY_BYTES = 1_000_000
F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Policy:
    """Open to everybody (`permission` is None) or to holders of one permission; bodies over `max_bytes` are refused.

    `for_devices`: machines without a browser call it, and nothing that looks like a browser may.
    """

    permission: Permission | None
    max_bytes: int = BODY_BYTES
    for_devices: bool = False


def policy(permission: Permission, max_bytes: int = BODY_BYTES) -> Callable[[F], F]:
    """Declare that only holders of `permission` may call this route or callback."""
    return _marked(Policy(permission, max_bytes))


def public(max_bytes: int = BODY_BYTES) -> Callable[[F], F]:
    """Declare a route open to anybody: sign-in, health, pairing, their static files."""
    return _marked(Policy(None, max_bytes))


def public_to_devices(max_bytes: int = BODY_BYTES) -> Callable[[F], F]:
    """Declare a route that machines call which hold no cookie and send no Origin; the route checks who they are."""
    return _marked(Policy(None, max_bytes, for_devices=True))


def policy_of(function: object) -> Policy | None:
    """The declared policy of a function, through any functools.wraps wrapper; None when undeclared."""
    while function is not None:
        mark = getattr(function, MARK, None)
        if isinstance(mark, Policy):
            return mark
        function = getattr(function, "__wrapped__", None)
    return None


def _marked(mark: Policy) -> Callable[[F], F]:
    def attach(function: F) -> F:
        setattr(function, MARK, mark)
        return function

    return attach
