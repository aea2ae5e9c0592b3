"""Signing in and out: fresh sessions, brakes, and an audit that knows every try."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from people_support import CHIEF, PASSWORD, a_person

from access import passwords
from access.lifetimes import IDLE_FOR, SESSION_FOR
from access.principal import Principal
from access.tokens import token_hash
from actions import sign_in as module
from actions.manage_users import disable_user
from actions.sign_in import WRONG, SignInRefused, sign_in, sign_out
from data_access.audit import audit_events
from data_access.session import Database
from data_access.users import signed_in_by_token

HERE = "10.0.0.7"


def who(database: Database, token: str, now: datetime) -> Principal | None:
    with database.reading() as session:
        found = signed_in_by_token(session, token_hash(token), now, IDLE_FOR)
    return found.principal if found else None


def actions_in(database: Database) -> list[str]:
    with database.reading() as session:
        return [event.action for event in reversed(audit_events(session, CHIEF, limit=500))]


def test_a_right_password_opens_a_session_of_that_person(database: Database, now: datetime) -> None:
    person = a_person(database, "truong.phuvang", now)
    signed_in = sign_in(database, "truong.phuvang", PASSWORD, HERE, now)
    assert signed_in.principal == person
    assert who(database, signed_in.token, now) == person
    assert actions_in(database) == ["user_created", "sign_in"]


def test_the_name_may_be_typed_with_capitals_and_spaces(database: Database, now: datetime) -> None:
    a_person(database, "truc", now)
    assert sign_in(database, "  TRUC ", PASSWORD, HERE, now).principal.name == "truc"


def test_each_sign_in_has_a_fresh_token_and_no_token_is_stored(database: Database, now: datetime) -> None:
    a_person(database, "truc", now)
    tokens = {sign_in(database, "truc", PASSWORD, HERE, now).token for _ in range(3)}
    assert len(tokens) == 3
    with database.engine.connect() as connection:
        stored = str(connection.exec_driver_sql("SELECT * FROM user_session").all())
    assert not any(token in stored for token in tokens)


@pytest.mark.parametrize("name", ["truc", "nobody", "", "truc' OR '1'='1", "tru\u0301c", "x" * 5000, "\ud800"])
def test_every_wrong_try_gets_the_same_words(database: Database, now: datetime, name: str) -> None:
    a_person(database, "truc", now)
    with pytest.raises(SignInRefused) as refused:
        sign_in(database, name, "wrong", HERE, now)
    assert (refused.value.message, refused.value.wait) == (WRONG, None)
    assert actions_in(database)[-1] == "sign_in_refused"


def test_a_disabled_account_is_refused_with_the_same_words(database: Database, now: datetime) -> None:
    person = a_person(database, "truc", now)
    disable_user(database, CHIEF, person.public_id, now)
    with pytest.raises(SignInRefused, match=WRONG):
        sign_in(database, "truc", PASSWORD, HERE, now)


def test_signing_out_ends_this_session_only(database: Database, now: datetime) -> None:
    person = a_person(database, "truc", now)
    one, other = (sign_in(database, "truc", PASSWORD, HERE, now).token for _ in range(2))
    sign_out(database, one, now)
    sign_out(database, one, now)
    sign_out(database, "never issued", now)
    assert who(database, one, now) is None
    assert who(database, other, now) == person
    assert actions_in(database).count("sign_out") == 1


def test_a_session_ends_after_a_shift_and_after_idleness(database: Database, now: datetime) -> None:
    a_person(database, "truc", now)
    token = sign_in(database, "truc", PASSWORD, HERE, now).token
    assert who(database, token, now + IDLE_FOR - timedelta(seconds=1))
    assert who(database, token, now + IDLE_FOR) is None
    assert who(database, token, now + SESSION_FOR) is None


def test_a_thousand_guesses_in_a_minute_let_five_reach_the_verifier(
    sqlite_database: Database, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_person(sqlite_database, "truc", now)
    verified = []
    monkeypatch.setattr(module, "password_matches", lambda *_: verified.append(1) and False)
    waits = 0
    for index in range(1_000):
        try:
            sign_in(sqlite_database, "truc", f"guess {index}", HERE, now + timedelta(milliseconds=index * 50))
        except SignInRefused as refused:
            waits += refused.wait is not None
    assert len(verified) == 5
    assert waits == 995


def test_the_true_person_at_another_address_still_signs_in(database: Database, now: datetime) -> None:
    person = a_person(database, "truc", now)
    for _ in range(30):
        with pytest.raises(SignInRefused):
            sign_in(database, "truc", "guess", "203.0.113.9", now)
    assert sign_in(database, "truc", PASSWORD, HERE, now).principal == person


def test_many_attackers_cannot_keep_a_known_address_out(database: Database, now: datetime) -> None:
    person = a_person(database, "truc", now)
    sign_in(database, "truc", PASSWORD, HERE, now - timedelta(days=3))
    refused_for_waiting = 0
    for index in range(40):
        with pytest.raises(SignInRefused) as refused:
            sign_in(database, "truc", "guess", f"203.0.113.{index}", now)
        refused_for_waiting += refused.value.wait is not None
    assert refused_for_waiting == 20, "the account itself is braked for strangers"
    assert sign_in(database, "truc", PASSWORD, HERE, now).principal == person


def test_one_address_trying_many_names_is_braked(database: Database, now: datetime) -> None:
    waits = 0
    for index in range(25):
        with pytest.raises(SignInRefused) as refused:
            sign_in(database, f"name{index}", "Mua-Xuan-2026!", HERE, now)
        waits += refused.value.wait is not None
    assert waits == 15


def test_a_whole_office_behind_one_address_signs_in(database: Database, now: datetime) -> None:
    a_person(database, "truc", now)
    for _ in range(30):
        sign_in(database, "truc", PASSWORD, HERE, now)


def test_guesses_at_the_same_moment_are_all_counted(database: Database, now: datetime) -> None:
    a_person(database, "truc", now)
    verified: list[int] = []

    def guess() -> None:
        try:
            sign_in(database, "truc", "guess", HERE, now)
        except SignInRefused as refused:
            if refused.wait is None:
                verified.append(1)

    with ThreadPoolExecutor(16) as guessers:
        for guessed in [guessers.submit(guess) for _ in range(16)]:
            guessed.result()
    assert len(verified) == 5


def test_an_unknown_name_is_verified_against_a_hash_too(
    database: Database, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    work: list[str | None] = []
    monkeypatch.setattr(module, "password_matches", lambda stored, _given: work.append(stored) and False)
    with pytest.raises(SignInRefused):
        sign_in(database, "nobody", "guess", HERE, now)
    assert work == [None]
    assert not passwords.password_matches(None, "guess")


def test_a_password_changed_while_it_was_verified_opens_nothing(
    database: Database, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = a_person(database, "truc", now)

    def slow_verification(_stored: str | None, _given: str) -> bool:
        disable_user(database, CHIEF, person.public_id, now)
        return True

    monkeypatch.setattr(module, "password_matches", slow_verification)
    with pytest.raises(SignInRefused, match=WRONG):
        sign_in(database, "truc", PASSWORD, HERE, now)
