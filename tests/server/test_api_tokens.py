"""Secrets become short tokens, narrowed by scope; replays, flipped bits and tokens that ran out open nothing."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from feed_support import body_of
from gate_support import ORIGIN, STRANGER, Site, build
from people_support import CAST, CHIEF
from werkzeug.test import TestResponse

from access.lifetimes import SERVICE_TOKEN_FOR
from actions.manage_service_accounts import create_service_account, renew_secret, revoke_service_account
from data_access.models.users import ServiceAccount, ServiceToken
from domain.feed import FeedScope
from domain.units import Organisation

TOKEN = "/api/v1/token"
UNITS = "/api/v1/units"


@pytest.fixture
def site(tmp_path: Path, sqlite_template: Path, organisation: Organisation, now: datetime) -> Iterator[Site]:
    built = build(tmp_path, sqlite_template, organisation, now)
    yield built
    built.database.close()


def an_account(site: Site, *scopes: FeedScope) -> tuple[str, str]:
    return create_service_account(site.database, CHIEF, "IOC Huế", scopes or tuple(FeedScope), site.clock())


def ask(site: Site, client_id: str, secret: str, **form: str) -> TestResponse:
    sent = {"grant_type": "client_credentials", "client_id": client_id, "client_secret": secret, **form}
    return site.as_(STRANGER).post(TOKEN, data=sent)


def opens(site: Site, token: str, path: str = UNITS) -> int:
    return site.as_(STRANGER).get(path, headers={"Authorization": f"Bearer {token}"}).status_code


def test_a_secret_becomes_a_token_of_the_scopes_asked_for(site: Site) -> None:
    client_id, secret = an_account(site, FeedScope.UNITS, FeedScope.ALARMS)
    whole = body_of(ask(site, client_id, secret))
    assert (whole["token_type"], whole["expires_in"]) == ("Bearer", 600)
    assert whole["scope"] == "read:alarms read:units"
    part = body_of(ask(site, client_id, secret, scope="read:units"))
    assert opens(site, part["access_token"]) == 200 and opens(site, part["access_token"], "/api/v1/alarms") == 403
    basic = base64.b64encode(f"{client_id}:{secret}".encode()).decode()
    answer = site.as_(STRANGER).post(
        TOKEN, data={"grant_type": "client_credentials"}, headers={"Authorization": f"Basic {basic}"}
    )
    assert answer.status_code == 200 and answer.headers["Cache-Control"] == "no-store"


def test_errors_are_those_of_the_standard_inside_a_problem(site: Site) -> None:
    client_id, secret = an_account(site, FeedScope.UNITS)
    cases = [
        (ask(site, client_id, secret + "x"), 401, "invalid_client"),
        (ask(site, "0" * 24, secret), 401, "invalid_client"),
        (ask(site, "\0", secret), 401, "invalid_client"),
        (ask(site, client_id, secret, scope="read:alarms"), 400, "invalid_scope"),
        (ask(site, client_id, secret, scope="everything"), 400, "invalid_scope"),
        (ask(site, client_id, secret, grant_type="password"), 400, "unsupported_grant_type"),
        (site.as_(STRANGER).post(TOKEN, data={"client_id": client_id}), 400, "invalid_request"),
    ]
    for answer, status, error in cases:
        assert (answer.status_code, body_of(answer)["error"]) == (status, error)
        assert answer.mimetype == "application/problem+json"
    assert site.as_(STRANGER).post(TOKEN, json={}).status_code == 415
    # A page that a colleague opened cannot guess for somebody.
    assert site.as_(STRANGER).post(TOKEN, data={}, headers=ORIGIN).status_code == 403


def test_old_forged_and_replayed_tokens_open_nothing(site: Site) -> None:
    client_id, secret = an_account(site)
    token = body_of(ask(site, client_id, secret))["access_token"]
    assert opens(site, token) == 200
    for place in range(0, len(token), 7):
        flipped = token[:place] + chr(ord(token[place]) ^ 1) + token[place + 1 :]
        assert opens(site, flipped) == 401
    # Neither the secret nor what is stored of a token is a token.
    with site.database.reading() as session:
        stored = session.query(ServiceToken).one().token_hash
    assert opens(site, secret) == opens(site, stored) == 401
    site.clock.skip(SERVICE_TOKEN_FOR)
    refused = site.as_(STRANGER).get(UNITS, headers={"Authorization": f"Bearer {token}"})
    assert refused.status_code == 401 and 'error="invalid_token"' in refused.headers["WWW-Authenticate"]
    site.clock.skip(timedelta(minutes=-20))
    assert opens(site, token) == 200, "a token is as good as its time says"
    site.clock.skip(timedelta(minutes=20))
    assert opens(site, body_of(ask(site, client_id, secret))["access_token"]) == 200
    with site.database.reading() as session:
        assert session.query(ServiceToken).count() == 1, "what ran out is forgotten"


def test_a_new_secret_and_a_revocation_end_every_token_at_once(site: Site) -> None:
    client_id, secret = an_account(site)
    token = body_of(ask(site, client_id, secret))["access_token"]
    renewed = renew_secret(site.database, CHIEF, client_id, site.clock())
    assert opens(site, token) == 401 and ask(site, client_id, secret).status_code == 401
    token = body_of(ask(site, client_id, renewed))["access_token"]
    revoke_service_account(site.database, CHIEF, client_id, site.clock())
    assert opens(site, token) == 401 and ask(site, client_id, renewed).status_code == 401
    with site.database.reading() as session:
        account = session.query(ServiceAccount).one()
        assert renewed not in (account.token_hash, account.scopes)


def test_a_secret_is_shown_once_and_only_to_an_administrator(site: Site) -> None:
    page = "/administration/systems"
    form = {"do": "add", "name": "IOC thành phố", "scope": ["read:indicators", "read:alarms"]}
    chief = site.as_("quantri")
    shown = chief.post(page, data=form, headers=ORIGIN).text
    assert "client_secret" in shown and "IOC thành phố" in shown
    again = chief.get(page).text
    assert "client_secret" not in again and "Chỉ tiêu, " not in shown.partition("<form")[0]
    assert "Cảnh báo, Chỉ tiêu" in again
    assert chief.post(page, data={"do": "add", "name": "x"}, headers=ORIGIN).status_code == 400
    assert chief.post(page, data={"do": "revoke", "system": "nobody"}, headers=ORIGIN).status_code == 400
    for who in set(CAST) - {"quantri"}:
        assert site.as_(who).get(page).status_code == 403
