"""Screens: a code is used once, a device only reads, a revoked screen stops."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from people_support import CHIEF, UNITS, a_person

from access.lifetimes import DEVICE_FOR, PAIRING_FOR
from access.principal import NotAllowed, Principal
from access.tokens import token_hash
from actions.pair_screen import (
    ScreenRefused,
    close_demo_screen,
    create_pairing_code,
    create_screen,
    open_demo_screen,
    pair_device,
    revoke_screen,
)
from data_access.screens import (
    paired_screens,
    principal_of_screen,
    save_screen_seen,
    screen_by_device,
    screens,
    units_watched_since,
)
from data_access.session import Database
from domain.permissions import Role


def a_screen(database: Database, now: datetime, unit: str | None = None) -> str:
    return create_screen(database, CHIEF, f"Sảnh {unit or 'tỉnh'}", unit, UNITS, now)


def who(database: Database, token: str, now: datetime) -> Principal | None:
    with database.reading() as session:
        screen = screen_by_device(session, token_hash(token), now)
        return principal_of_screen(screen) if screen else None


def test_a_code_swaps_once_for_a_device_of_that_screen(database: Database, now: datetime) -> None:
    public_id = a_screen(database, now, "PHUVANG")
    code = create_pairing_code(database, CHIEF, public_id, now)
    device = pair_device(database, code.lower(), "10.0.0.9", False, now)
    assert who(database, device.token, now) == Principal(Role.SCREEN, public_id, "Sảnh PHUVANG", "PHUVANG")
    with pytest.raises(ScreenRefused, match="đã dùng"):
        pair_device(database, code, "10.0.0.9", True, now)


def test_a_code_lives_a_quarter_of_an_hour_and_a_newer_one_replaces_it(database: Database, now: datetime) -> None:
    public_id = a_screen(database, now)
    old = create_pairing_code(database, CHIEF, public_id, now)
    new = create_pairing_code(database, CHIEF, public_id, now)
    with pytest.raises(ScreenRefused):
        pair_device(database, old, "10.0.0.9", False, now)
    with pytest.raises(ScreenRefused):
        pair_device(database, new, "10.0.0.9", False, now + PAIRING_FOR)
    assert pair_device(database, new, "10.0.0.9", False, now + PAIRING_FOR - timedelta(seconds=1))


def test_pairing_again_moves_the_screen(database: Database, now: datetime) -> None:
    public_id = a_screen(database, now)
    devices = [
        pair_device(database, create_pairing_code(database, CHIEF, public_id, now), "10.0.0.9", False, now)
        for _ in range(2)
    ]
    assert who(database, devices[0].token, now) is None
    assert who(database, devices[1].token, now)


def test_a_revoked_screen_is_nobody_and_its_codes_are_dead(database: Database, now: datetime) -> None:
    public_id = a_screen(database, now)
    device = pair_device(database, create_pairing_code(database, CHIEF, public_id, now), "10.0.0.9", False, now)
    code = create_pairing_code(database, CHIEF, public_id, now)
    revoke_screen(database, CHIEF, public_id, now)
    assert who(database, device.token, now) is None
    with pytest.raises(ScreenRefused):
        pair_device(database, code, "10.0.0.9", False, now)
    with pytest.raises(ScreenRefused):
        create_pairing_code(database, CHIEF, public_id, now)


def test_a_device_ends_at_its_date_and_so_does_a_screen(database: Database, now: datetime) -> None:
    public_id = a_screen(database, now)
    device = pair_device(database, create_pairing_code(database, CHIEF, public_id, now), "10.0.0.9", False, now)
    assert who(database, device.token, now + DEVICE_FOR - timedelta(seconds=1))
    assert who(database, device.token, now + DEVICE_FOR) is None


def test_guessing_codes_is_braked(database: Database, now: datetime) -> None:
    public_id = a_screen(database, now)
    for _ in range(5):
        with pytest.raises(ScreenRefused, match="không đúng"):
            pair_device(database, "AAAAA-AAAAA", "10.0.0.66", False, now)
    code = create_pairing_code(database, CHIEF, public_id, now)
    with pytest.raises(ScreenRefused, match="quá nhiều lần"):
        pair_device(database, code, "10.0.0.66", False, now)
    assert pair_device(database, code, "10.0.0.9", False, now)


def test_only_an_administrator_manages_screens(database: Database, now: datetime) -> None:
    public_id = a_screen(database, now)
    head = a_person(database, "truong.phuvang", now)
    with pytest.raises(NotAllowed):
        create_screen(database, head, "Màn hình", "PHUVANG", UNITS, now)
    with pytest.raises(NotAllowed):
        create_pairing_code(database, head, public_id, now)
    with pytest.raises(NotAllowed):
        revoke_screen(database, head, public_id, now)
    with database.reading() as session, pytest.raises(NotAllowed):
        screens(session, head)


@pytest.mark.parametrize(("name", "unit"), [("", None), ("x", None), ("x" * 81, None), ("Sảnh", "KHONGCO")])
def test_a_screen_needs_a_name_and_a_unit_that_exists(
    database: Database, now: datetime, name: str, unit: str | None
) -> None:
    with pytest.raises(ScreenRefused):
        create_screen(database, CHIEF, name, unit, UNITS, now)


def test_two_living_screens_cannot_share_a_name(database: Database, now: datetime) -> None:
    public_id = a_screen(database, now)
    with pytest.raises(ScreenRefused, match="Đã có"):
        a_screen(database, now)
    revoke_screen(database, CHIEF, public_id, now)
    assert a_screen(database, now) != public_id


def test_the_demo_code_is_reusable_where_it_is_accepted_and_dead_elsewhere(database: Database, now: datetime) -> None:
    code = open_demo_screen(database, now)
    one, other = (pair_device(database, code, "127.0.0.1", True, now) for _ in range(2))
    assert who(database, one.token, now) and who(database, other.token, now)
    with pytest.raises(ScreenRefused):
        pair_device(database, code, "10.0.0.9", False, now)


def test_a_browser_that_pairs_again_gives_up_its_former_device(database: Database, now: datetime) -> None:
    code = open_demo_screen(database, now)
    one = pair_device(database, code, "127.0.0.1", True, now)
    other = pair_device(database, code, "127.0.0.1", True, now, replaces=token_hash(one.token))
    assert who(database, one.token, now) is None
    assert who(database, other.token, now)


def test_a_new_start_of_the_demo_ends_the_printed_code_but_not_the_walls(database: Database, now: datetime) -> None:
    old = open_demo_screen(database, now)
    device = pair_device(database, old, "127.0.0.1", True, now)
    open_demo_screen(database, now)
    assert who(database, device.token, now)
    with pytest.raises(ScreenRefused):
        pair_device(database, old, "127.0.0.1", True, now)


def test_without_demo_its_screen_is_shut(database: Database, now: datetime) -> None:
    device = pair_device(database, open_demo_screen(database, now), "127.0.0.1", True, now)
    close_demo_screen(database, now)
    close_demo_screen(database, now)
    assert who(database, device.token, now) is None


def test_the_list_says_which_screens_are_paired_and_watched(database: Database, now: datetime) -> None:
    public_id = a_screen(database, now, "PHUVANG")
    a_screen(database, now)
    pair_device(database, create_pairing_code(database, CHIEF, public_id, now), "10.0.0.9", False, now)
    with database.writing() as session:
        save_screen_seen(session, public_id, now)
    with database.reading() as session:
        listed = {screen.public_id: screen.id for screen in screens(session, CHIEF)}
        assert paired_screens(session, now) == {listed[public_id]}
        assert units_watched_since(session, now - timedelta(minutes=5)) == {"PHUVANG"}
        assert units_watched_since(session, now + timedelta(seconds=1)) == frozenset()
