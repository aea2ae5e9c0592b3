"""An audience comes from who is asking; its drawings are asked for with no more right than that."""

from __future__ import annotations

import pytest

from access.audience import PROVINCE, Audience, Projection, wall_audience
from access.principal import Principal
from domain.permissions import Permission, Role


def test_a_head_of_a_unit_and_its_screen_share_one_audience() -> None:
    head = Principal(Role.DEPARTMENT_HEAD, "u1", "truong.phuvang", "PHUVANG")
    screen = Principal(Role.SCREEN, "s1", "Phú Vang", "PHUVANG")
    assert wall_audience(head) == wall_audience(screen) != PROVINCE


def test_an_audience_survives_being_stored() -> None:
    for audience in (PROVINCE, Audience(Projection.WALL, "PHUVANG")):
        assert Audience.from_key(audience.key) == audience


def test_a_stored_name_of_nobody_is_refused() -> None:
    with pytest.raises(ValueError, match="everything"):
        Audience.from_key("everything:")


def test_the_worker_asks_for_an_audience_as_a_screen_of_that_unit() -> None:
    principal = Audience(Projection.WALL, "PHUVANG").principal()
    assert principal.unit == "PHUVANG"
    assert principal.may(Permission.SEE_WALL)
    assert not principal.may(Permission.SEE_FIGURES)
