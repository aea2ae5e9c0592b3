"""From tokens to a principal: devices are remembered for seconds, people never."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from flask import Flask, request
from people_support import CHIEF, PASSWORD, UNITS, a_person, a_screen
from sqlalchemy import event

from access.lifetimes import DEVICE_FOR
from access.principal import Principal
from actions.manage_users import disable_user
from actions.pair_screen import revoke_screen
from actions.sign_in import sign_in
from data_access.screens import screens
from data_access.session import Database
from domain.permissions import Role
from server.identity import DEVICE_COOKIE, SESSION_COOKIE, Credentials, Identity


class SetClock:
    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def clock(now: datetime) -> SetClock:
    return SetClock(now)


@pytest.fixture
def identity(database: Database, clock: SetClock) -> Identity:
    return Identity(database, clock, False, lambda unit, _at: unit in UNITS)


def credentials_of(identity: Identity, **cookies: str) -> Credentials:
    header = "; ".join(f"{name}={value}" for name, value in cookies.items())
    with Flask("x").test_request_context("/", headers={"Cookie": header}):
        return identity.credentials(request)


def a_device(database: Database, now: datetime, unit: str | None = None) -> tuple[str, str]:
    device = a_screen(database, now, "Sảnh tầng 1", unit)
    return device.principal.public_id, device.token


def questions(database: Database) -> list[str]:
    """A list that fills with every statement from now on."""
    asked: list[str] = []
    event.listen(database.engine, "before_cursor_execute", lambda *details: asked.append(details[2]))
    return asked


def test_a_person_is_asked_for_every_time(database: Database, identity: Identity, now: datetime) -> None:
    person = a_person(database, "truc", now)
    token = sign_in(database, "truc", PASSWORD, "10.0.0.7", now).token
    credentials = credentials_of(identity, **{SESSION_COOKIE: token})
    assert identity.principal(credentials) == person
    disable_user(database, CHIEF, person.public_id, now)
    assert identity.principal(credentials) is None


def test_a_device_is_asked_for_once_in_five_seconds(
    database: Database, identity: Identity, clock: SetClock, now: datetime
) -> None:
    public_id, token = a_device(database, now, "PHUVANG")
    credentials = credentials_of(identity, **{DEVICE_COOKIE: token})
    screen = Principal(Role.SCREEN, public_id, "Sảnh tầng 1", "PHUVANG")
    assert identity.principal(credentials) == screen
    asked = questions(database)
    for _ in range(50):
        assert identity.principal(credentials) == screen
    assert asked == []
    revoke_screen(database, CHIEF, public_id, now)
    clock.at += timedelta(seconds=5)
    assert identity.principal(credentials) is None


def test_a_device_that_is_nobodys_is_not_remembered_as_such(
    database: Database, identity: Identity, now: datetime
) -> None:
    assert identity.principal(credentials_of(identity, **{DEVICE_COOKIE: "x" * 43})) is None
    _, token = a_device(database, now)
    assert identity.principal(credentials_of(identity, **{DEVICE_COOKIE: token})) is not None


def test_being_there_is_written_now_and_then_only(
    database: Database, identity: Identity, clock: SetClock, now: datetime
) -> None:
    a_person(database, "truc", now)
    _, device = a_device(database, now)
    person = credentials_of(identity, **{SESSION_COOKIE: sign_in(database, "truc", PASSWORD, "h", now).token})
    screen = credentials_of(identity, **{DEVICE_COOKIE: device})
    asked = questions(database)
    for _ in range(120):
        clock.at += timedelta(seconds=5)
        assert identity.principal(person) and identity.principal(screen)
    written = [statement for statement in asked if statement.startswith("UPDATE")]
    assert sum("user_session" in statement for statement in written) == 4
    assert sum("screen" in statement for statement in written) == 10
    with database.reading() as session:
        assert screens(session, CHIEF)[0].last_seen_at > clock.at - timedelta(minutes=1)


def test_a_person_stays_signed_in_by_being_there(
    database: Database, identity: Identity, clock: SetClock, now: datetime
) -> None:
    a_person(database, "truc", now)
    credentials = credentials_of(identity, **{SESSION_COOKIE: sign_in(database, "truc", PASSWORD, "h", now).token})
    for _ in range(11):
        clock.at += timedelta(hours=1)
        assert identity.principal(credentials)
    clock.at += timedelta(hours=1)
    assert identity.principal(credentials) is None, "a shift is over, however busy it was"


@pytest.mark.parametrize("token", ["", "x", "x" * 5_000, "\u202e" * 30, "' OR 1=1 --" * 3])
def test_a_token_that_cannot_be_one_is_nobody(identity: Identity, token: str) -> None:
    assert identity.principal(Credentials()) is None
    with Flask("x").test_request_context("/", headers={"Authorization": f"Bearer {token.encode().decode('latin-1')}"}):
        assert identity.principal(identity.credentials(request)) is None


def test_a_screen_of_a_unit_that_is_gone_is_nobody(database: Database, now: datetime) -> None:
    _, token = a_device(database, now, "PHUVANG")
    later = Identity(database, lambda: now, False, lambda _unit, _at: False)
    assert later.principal(credentials_of(later, **{DEVICE_COOKIE: token})) is None


def test_a_device_in_use_never_ends_and_one_left_alone_does(
    database: Database, identity: Identity, clock: SetClock, now: datetime
) -> None:
    _, token = a_device(database, now)
    credentials = credentials_of(identity, **{DEVICE_COOKIE: token})
    asked = questions(database)
    for _ in range(400):
        clock.at += timedelta(days=1)
        assert identity.principal(credentials) is not None
    renewed = [statement for statement in asked if statement.startswith("UPDATE screen_device")]
    assert 195 <= len(renewed) <= 400, "once in one or two days"
    clock.at += DEVICE_FOR
    assert identity.principal(credentials) is None


def test_asked_afresh_a_revoked_device_is_nobody_at_once(database: Database, identity: Identity, now: datetime) -> None:
    public_id, token = a_device(database, now)
    credentials = credentials_of(identity, **{DEVICE_COOKIE: token})
    assert identity.principal(credentials) is not None
    revoke_screen(database, CHIEF, public_id, now)
    assert identity.principal(credentials) is not None, "remembered for 5 s"
    assert identity.principal(credentials, afresh=True) is None
    assert identity.principal(credentials) is None
