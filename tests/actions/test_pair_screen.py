"""Screens: a code is taken once, a device only reads, a revoked screen stops."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from people_support import CHIEF, UNITS, a_person, a_screen, holder_of
from sqlalchemy import select

from access.lifetimes import COLLECT_AGAIN_FOR, DEVICE_FOR, PAIRING_FOR
from access.principal import NotAllowed, Principal
from access.tokens import new_token, token_hash
from actions.manage_screens import ScreenRefused
from actions.pair_screen import (
    NotYet,
    PairedDevice,
    ShownCode,
    close_demo_screen,
    collect_device,
    open_demo_screen,
    open_pairing_request,
    pair_device,
    pair_screen,
    pair_screen_again,
    revoke_screen,
)
from data_access.audit import audit_events
from data_access.models.users import PairingRequest, ScreenDevice
from data_access.pairing_requests import MOST_IN_ALL, MOST_OF_ONE_ADDRESS
from data_access.screens import TOPIC, paired_screens, save_screen_seen, screens, units_watched_since
from data_access.session import Database
from data_access.versions import versions
from domain.permissions import Role
from domain.screens import ScreenSettings

TV = "10.0.0.9"


def shown(database: Database, now: datetime, address: str = TV) -> ShownCode:
    return open_pairing_request(database, address, None, now)


def take(database: Database, code: str, now: datetime, name: str = "Sảnh", by: Principal = CHIEF) -> str:
    return pair_screen(database, by, code, ScreenSettings(name), UNITS, now)


def fetched(database: Database, secret: str, now: datetime) -> PairedDevice:
    device = collect_device(database, secret, TV, now)
    assert isinstance(device, PairedDevice)
    return device


def test_a_screen_waits_is_taken_and_fetches_its_device(database: Database, now: datetime) -> None:
    tv = shown(database, now)
    assert collect_device(database, tv.secret, TV, now) is NotYet.WAITING
    settings = ScreenSettings("  Sảnh   tầng 1 ", "PHUVANG", place="tường tây")
    public_id = pair_screen(database, CHIEF, tv.code.lower(), settings, UNITS, now)
    device = fetched(database, tv.secret, now)
    assert device.principal == Principal(Role.SCREEN, public_id, "Sảnh tầng 1", "PHUVANG")
    assert holder_of(database, device.token, now) == public_id
    with pytest.raises(ScreenRefused, match="đã dùng"):
        take(database, tv.code, now, "Khác")


def test_nothing_that_opens_anything_is_stored(database: Database, now: datetime) -> None:
    tv = shown(database, now)
    take(database, tv.code, now)
    device = fetched(database, tv.secret, now)
    with database.engine.connect() as connection:
        rows = str([connection.execute(select(table.__table__)).all() for table in (PairingRequest, ScreenDevice)])
    for secret in (tv.secret, device.token, tv.code, tv.code.replace("-", "")):
        assert secret not in rows


def test_a_code_lives_a_quarter_of_an_hour(database: Database, now: datetime) -> None:
    tv, other = shown(database, now), shown(database, now)
    with pytest.raises(ScreenRefused, match="hết hạn"):
        take(database, tv.code, now + PAIRING_FOR)
    assert take(database, other.code, now + PAIRING_FOR - timedelta(seconds=1))
    assert collect_device(database, tv.secret, TV, now + PAIRING_FOR) is NotYet.OVER
    assert fetched(database, other.secret, now + PAIRING_FOR + timedelta(minutes=5)), "once taken it may take its time"


def test_only_the_browser_that_shows_the_code_gets_the_device(database: Database, now: datetime) -> None:
    tv, thief = shown(database, now), shown(database, now)
    take(database, tv.code, now)
    assert collect_device(database, thief.secret, TV, now) is NotYet.WAITING
    assert collect_device(database, new_token(), TV, now) is NotYet.OVER
    assert collect_device(database, tv.code, TV, now) is NotYet.OVER
    assert fetched(database, tv.secret, now)


def test_a_lost_answer_is_given_again_within_a_minute_and_only_one_device_lives(
    database: Database, now: datetime
) -> None:
    tv = shown(database, now)
    take(database, tv.code, now)
    first = fetched(database, tv.secret, now)
    second = fetched(database, tv.secret, now + COLLECT_AGAIN_FOR)
    assert holder_of(database, first.token, now + COLLECT_AGAIN_FOR) is None
    assert holder_of(database, second.token, now + COLLECT_AGAIN_FOR)
    later = now + COLLECT_AGAIN_FOR + timedelta(seconds=1)
    assert collect_device(database, tv.secret, TV, later) is NotYet.OVER
    assert holder_of(database, second.token, later)


def test_pairing_again_moves_the_screen(database: Database, now: datetime) -> None:
    old = a_screen(database, now)
    tv = shown(database, now)
    pair_screen_again(database, CHIEF, old.principal.public_id, tv.code, now)
    assert holder_of(database, old.token, now), "the old glass shows until the new one has its device"
    new = fetched(database, tv.secret, now)
    assert holder_of(database, old.token, now) is None
    assert holder_of(database, new.token, now) == old.principal.public_id


def test_a_revoked_screen_is_nobody_and_nobody_waits_for_it(database: Database, now: datetime) -> None:
    device = a_screen(database, now)
    public_id, tv = device.principal.public_id, shown(database, now)
    pair_screen_again(database, CHIEF, public_id, tv.code, now)
    revoke_screen(database, CHIEF, public_id, now)
    assert holder_of(database, device.token, now) is None
    assert collect_device(database, tv.secret, TV, now) is NotYet.OVER
    with pytest.raises(ScreenRefused, match="Không có màn hình"):
        pair_screen_again(database, CHIEF, public_id, shown(database, now).code, now)


def test_a_device_ends_at_its_date_and_so_does_a_screen(database: Database, now: datetime) -> None:
    device = a_screen(database, now)
    assert holder_of(database, device.token, now + DEVICE_FOR - timedelta(seconds=1))
    assert holder_of(database, device.token, now + DEVICE_FOR) is None
    guest = a_screen(database, now, "Khách", expires_at=now + timedelta(days=1))
    assert holder_of(database, guest.token, now + timedelta(hours=23))
    assert holder_of(database, guest.token, now + timedelta(days=1)) is None


def test_an_administrator_who_guesses_codes_is_braked(database: Database, now: datetime) -> None:
    for _ in range(5):
        with pytest.raises(ScreenRefused, match="không đúng"):
            take(database, "AAAA-AAAA", now)
    tv = shown(database, now)
    with pytest.raises(ScreenRefused, match="quá nhiều lần"):
        take(database, tv.code, now)
    other = Principal(Role.ADMINISTRATOR, "other", "other")
    assert take(database, tv.code, now, by=other)


def test_only_an_administrator_pairs_and_revokes(database: Database, now: datetime) -> None:
    public_id = a_screen(database, now).principal.public_id
    head, tv = a_person(database, "truong.phuvang", now), shown(database, now)
    for attempt in (
        lambda: take(database, tv.code, now, "Khác", by=head),
        lambda: pair_screen_again(database, head, public_id, tv.code, now),
        lambda: revoke_screen(database, head, public_id, now),
    ):
        with pytest.raises(NotAllowed):
            attempt()
    with database.reading() as session, pytest.raises(NotAllowed):
        screens(session, head)


def test_two_living_screens_cannot_share_a_name_and_the_code_is_not_lost_by_trying(
    database: Database, now: datetime
) -> None:
    public_id = a_screen(database, now).principal.public_id
    tv = shown(database, now)
    with pytest.raises(ScreenRefused, match="Đã có"):
        take(database, tv.code, now)
    revoke_screen(database, CHIEF, public_id, now)
    assert take(database, tv.code, now) != public_id


def test_a_page_loaded_again_keeps_its_code(database: Database, now: datetime) -> None:
    tv = shown(database, now)
    assert open_pairing_request(database, TV, tv.secret, now + timedelta(minutes=5)) == tv
    fresh = open_pairing_request(database, TV, tv.secret, now + PAIRING_FOR)
    assert fresh.code != tv.code and fresh.secret != tv.secret
    take(database, fresh.code, now + PAIRING_FOR)
    fetched(database, fresh.secret, now + PAIRING_FOR)
    assert open_pairing_request(database, TV, fresh.secret, now + PAIRING_FOR).code != fresh.code


def test_waiting_browsers_are_few_per_address_and_in_all(database: Database, now: datetime) -> None:
    first, elsewhere = shown(database, now), shown(database, now, "10.0.0.7")
    for number in range(MOST_OF_ONE_ADDRESS):
        newest = shown(database, now + timedelta(minutes=number // 10))
    assert collect_device(database, first.secret, TV, now) is NotYet.OVER
    assert collect_device(database, elsewhere.secret, TV, now) is NotYet.WAITING
    assert collect_device(database, newest.secret, TV, now) is NotYet.WAITING
    for number in range(MOST_IN_ALL):
        shown(database, now, f"10.1.0.{number}")
    assert collect_device(database, newest.secret, TV, now) is NotYet.OVER
    with database.reading() as session:
        assert len(session.scalars(select(PairingRequest)).all()) == MOST_IN_ALL
    shown(database, now + PAIRING_FOR)
    with database.reading() as session:
        assert len(session.scalars(select(PairingRequest)).all()) == 1, "what is over is forgotten"


def test_each_step_is_written_down_and_told(database: Database, now: datetime) -> None:
    tv = shown(database, now)
    public_id = take(database, tv.code, now)
    fetched(database, tv.secret, now)
    revoke_screen(database, CHIEF, public_id, now)
    with database.reading() as session:
        done = [(event.action, event.actor_role) for event in audit_events(session, CHIEF)]
        assert versions(session)[TOPIC] == 3
    assert done == [
        ("screen_revoked", "administrator"),
        ("screen_paired", "screen"),
        ("screen_created", "administrator"),
    ]


def test_the_demo_code_is_reusable_where_it_is_accepted_and_dead_elsewhere(database: Database, now: datetime) -> None:
    code = open_demo_screen(database, now)
    one, other = (pair_device(database, code, "127.0.0.1", True, now) for _ in range(2))
    assert holder_of(database, one.token, now) and holder_of(database, other.token, now)
    with pytest.raises(ScreenRefused):
        pair_device(database, code, TV, False, now)


def test_guessing_the_demo_code_is_braked(database: Database, now: datetime) -> None:
    code = open_demo_screen(database, now)
    for _ in range(5):
        with pytest.raises(ScreenRefused, match="không đúng"):
            pair_device(database, "AAAAA-AAAAA", "10.0.0.66", True, now)
    with pytest.raises(ScreenRefused, match="quá nhiều lần"):
        pair_device(database, code, "10.0.0.66", True, now)
    assert pair_device(database, code, TV, True, now)


def test_a_browser_that_pairs_again_gives_up_its_former_device(database: Database, now: datetime) -> None:
    code = open_demo_screen(database, now)
    one = pair_device(database, code, "127.0.0.1", True, now)
    other = pair_device(database, code, "127.0.0.1", True, now, replaces=token_hash(one.token))
    assert holder_of(database, one.token, now) is None
    tv = shown(database, now)
    take(database, tv.code, now)
    collect_device(database, tv.secret, TV, now, replaces=token_hash(other.token))
    assert holder_of(database, other.token, now) is None


def test_a_new_start_of_the_demo_ends_the_printed_code_but_not_the_walls(database: Database, now: datetime) -> None:
    old = open_demo_screen(database, now)
    device = pair_device(database, old, "127.0.0.1", True, now)
    open_demo_screen(database, now)
    assert holder_of(database, device.token, now)
    with pytest.raises(ScreenRefused):
        pair_device(database, old, "127.0.0.1", True, now)


def test_without_demo_its_screen_is_shut(database: Database, now: datetime) -> None:
    device = pair_device(database, open_demo_screen(database, now), "127.0.0.1", True, now)
    close_demo_screen(database, now)
    close_demo_screen(database, now)
    assert holder_of(database, device.token, now) is None


def test_the_list_says_which_screens_are_paired_and_watched(database: Database, now: datetime) -> None:
    public_id = a_screen(database, now, "Một", "PHUVANG").principal.public_id
    take(database, shown(database, now).code, now, "Chờ")
    with database.writing() as session:
        save_screen_seen(session, public_id, now)
    with database.reading() as session:
        listed = {screen.public_id: screen.id for screen in screens(session, CHIEF)}
        assert paired_screens(session, now) == {listed[public_id]}
        assert units_watched_since(session, now - timedelta(minutes=5)) == {"PHUVANG"}
        assert units_watched_since(session, now + timedelta(seconds=1)) == frozenset()
