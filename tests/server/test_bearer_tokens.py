"""Who names a bearer token is that system or nobody: no cookie beside it counts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from gate_support import SCREEN, STRANGER, Site, build, call, valid_bodies

from domain.feed import FeedScope
from domain.units import Organisation

WRONG = (
    *(
        "Bearer " + "x" * 43,
        "Bearer x",
        "Bearer",
        "bearer ",
        "BEARER\tx",
        "  Bearer  ",
        "Bearer=x",
        "Bearer, Basic eA==",
    ),
    *("Basic eA==, Bearer x", "Basic eA==,bearer"),
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path, organisation: Organisation) -> Iterator[Site]:
    at = datetime(2026, 11, 23, 2, 40, tzinfo=UTC)
    built = build(tmp_path_factory.mktemp("bearer"), sqlite_template, organisation, at)
    yield built
    built.database.close()


@pytest.mark.parametrize("header", WRONG)
def test_a_wrong_bearer_token_of_any_form_is_not_saved_by_a_cookie(site: Site, header: str) -> None:
    body = next(iter(valid_bodies(site.app).values()))
    for who in ("quantri", SCREEN):
        client = site.as_(who)
        assert client.get("/live/snapshot").status_code in (200, 503)
        assert client.get("/live/snapshot", headers={"Authorization": header}).status_code == 401
        assert call(client, body, Authorization=header).status_code == 401
        elsewhere = {"Authorization": header, "Origin": "http://elsewhere.example"}
        assert client.post("/logout", headers=elsewhere).status_code == 403, "no cookie of ours is worked with either"


def test_a_right_one_is_that_system_whatever_cookies_are_beside_it(site: Site) -> None:
    client, token = site.as_("quantri"), site.token(FeedScope.UNITS)
    asked = {"Authorization": f"Bearer {token}"}
    assert client.get("/api/v1/units", headers=asked).status_code == 200
    assert client.get("/administration", headers=asked).status_code == 403
    assert client.get("/administration").status_code == 200


def test_basic_of_a_proxy_in_front_does_not_sign_anybody_out(site: Site) -> None:
    asked = {"Authorization": "Basic YTpi"}
    assert site.as_("quantri").get("/administration", headers=asked).status_code == 200
    assert site.as_(STRANGER).get("/api/v1/units", headers=asked).status_code == 401
