"""Accounts of systems: only an administrator makes them, each change is audited, the secret is nowhere."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from people_support import CHIEF, a_person

from access.principal import NotAllowed, Principal
from access.tokens import token_hash
from actions.manage_service_accounts import (
    ScopeRefused,
    SecretRefused,
    SystemRefused,
    create_service_account,
    issue_token,
    renew_secret,
    revoke_service_account,
)
from data_access.audit import audit_events
from data_access.service_accounts import service_accounts, service_by_token
from data_access.session import Database
from domain.feed import FeedScope
from domain.permissions import Permission, Role

ALL = tuple(FeedScope)


def test_a_token_stands_for_the_account_narrowed_to_its_scopes(database: Database, now: datetime) -> None:
    public_id, secret = create_service_account(database, CHIEF, "IOC Huế", ALL, now)
    token = issue_token(database, public_id, secret, "read:units", now).token
    with database.reading() as session:
        found = service_by_token(session, token_hash(token), now)
        assert found is not None and (found.role, found.public_id, found.unit) == (Role.IOC, public_id, None)
        assert found.scopes == {Permission.READ_UNITS, Permission.READ_FEED}
        assert found.may(Permission.READ_UNITS) and not found.may(Permission.READ_ALARMS)
        assert service_by_token(session, token_hash(secret), now) is None
        assert service_by_token(session, token_hash(token), now + timedelta(minutes=10)) is None


def test_a_wrong_secret_or_scope_takes_no_writer_s_lock(
    database: Database, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    public_id, secret = create_service_account(database, CHIEF, "IOC", (FeedScope.UNITS,), now)
    write, times = database.writing, []
    monkeypatch.setattr(database, "writing", lambda: times.append(1) or write())
    with pytest.raises(SecretRefused):
        issue_token(database, public_id, "x" * 43, "", now)
    with pytest.raises(ScopeRefused):
        issue_token(database, public_id, secret, "read:alarms", now)
    assert times == []
    assert issue_token(database, public_id, secret, "", now).scopes == (FeedScope.UNITS,)
    assert times == [1]


def test_each_change_is_audited_and_no_secret_is_in_it(database: Database, now: datetime) -> None:
    public_id, secret = create_service_account(database, CHIEF, "IOC", ALL, now)
    renewed = renew_secret(database, CHIEF, public_id, now)
    revoke_service_account(database, CHIEF, public_id, now)
    with pytest.raises(SystemRefused):
        revoke_service_account(database, CHIEF, public_id, now)
    with pytest.raises(SecretRefused):
        issue_token(database, public_id, renewed, "", now)
    with database.reading() as session:
        events = audit_events(session, CHIEF)
        assert [event.action for event in events[:3]] == ["service_revoked", "service_renewed", "service_created"]
        assert not any(word in str(event.detail) for event in events for word in (secret, renewed))
        (known,) = service_accounts(session, CHIEF)
        assert (known.scopes, known.revoked_at) == (tuple(sorted(ALL)), now)


def test_nobody_else_makes_or_renews_them_and_no_screen_lists_them(database: Database, now: datetime) -> None:
    leader = a_person(database, "lanhdao", now)
    for attempt in (
        lambda: create_service_account(database, leader, "IOC", ALL, now),
        lambda: renew_secret(database, leader, "x", now),
        lambda: revoke_service_account(database, leader, "x", now),
    ):
        with pytest.raises(NotAllowed):
            attempt()
    with database.reading() as session, pytest.raises(NotAllowed):
        service_accounts(session, Principal(Role.SCREEN, "s", "s"))


@pytest.mark.parametrize(("name", "scopes"), [("  ", ALL), ("IOC", ())])
def test_an_account_needs_a_name_and_something_to_read(
    database: Database, now: datetime, name: str, scopes: tuple[FeedScope, ...]
) -> None:
    with pytest.raises(SystemRefused):
        create_service_account(database, CHIEF, name, scopes, now)
