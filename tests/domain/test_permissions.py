"""Who may do what; the table itself is the requirement, so only its edges are tested."""

from __future__ import annotations

import pytest

from access.principal import NotAllowed, Principal
from domain.permissions import GRANTS, PEOPLE, ROLE_NAMES, Permission, Role, may


def test_every_role_is_named_and_granted() -> None:
    assert set(GRANTS) == set(ROLE_NAMES) == set(Role)


def test_a_screen_may_see_the_wall_and_nothing_else() -> None:
    assert GRANTS[Role.SCREEN] == {Permission.SEE_WALL}


def test_only_administrators_and_the_worker_administer_and_read_the_audit() -> None:
    for permission in (Permission.ADMINISTER, Permission.SEE_AUDIT, Permission.EDIT_ALARM_RULES):
        assert {role for role in Role if may(role, permission)} == {Role.ADMINISTRATOR, Role.WORKER}


def test_machines_cannot_sign_out_because_they_never_signed_in() -> None:
    assert {role for role in PEOPLE if may(role, Permission.SIGN_OUT)} == set(PEOPLE)
    assert not may(Role.SCREEN, Permission.SIGN_OUT) and not may(Role.IOC, Permission.SIGN_OUT)


def test_requiring_a_permission_that_is_not_held_raises() -> None:
    with pytest.raises(NotAllowed):
        Principal(Role.OPERATOR, "p", "truc").require(Permission.ADMINISTER)
