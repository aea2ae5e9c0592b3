"""The mark a route or callback carries."""

from __future__ import annotations

from functools import wraps

from access.policy import Policy, policy, policy_of, public
from domain.permissions import Permission


def test_a_policy_is_found_through_any_wrapper() -> None:
    @policy(Permission.ADMINISTER, max_bytes=5)
    def change() -> None: ...

    @wraps(change)
    def wrapped() -> None: ...

    assert policy_of(change) == policy_of(wrapped) == Policy(Permission.ADMINISTER, 5)


def test_a_function_without_a_mark_has_no_policy() -> None:
    assert policy_of(lambda: None) is None
    assert policy_of(None) is None


def test_public_says_so_and_is_not_the_same_as_undeclared() -> None:
    @public()
    def health() -> None: ...

    found = policy_of(health)
    assert found is not None and found.permission is None
