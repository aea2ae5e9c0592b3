"""Who is asking."""

from __future__ import annotations

import pytest

from access.current import acting_as, let_ask, principal_now, somebody_now
from access.principal import NotAllowed, Principal
from domain.permissions import Role

LEADER = Principal(Role.LEADER, "p1", "lanhdao")


def test_nobody_is_asking_until_somebody_is_named() -> None:
    let_ask(None)
    assert somebody_now() is None
    with pytest.raises(NotAllowed):
        principal_now()


def test_the_one_who_asked_before_is_asking_again_after_the_block() -> None:
    let_ask(None)
    with acting_as(LEADER):
        assert principal_now() == LEADER
        with acting_as(Principal.worker()):
            assert principal_now() == Principal.worker()
        assert principal_now() == LEADER
    assert somebody_now() is None
