"""What answers to strangers answers each address so often and no more."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from gate_support import STRANGER, Site, build

from access.rate_limits import STRANGERS_PER_MINUTE
from domain.units import Organisation


@pytest.fixture
def site(tmp_path: Path, sqlite_template: Path, organisation: Organisation, now: datetime) -> Site:
    return build(tmp_path, sqlite_template, organisation, now)


@pytest.mark.parametrize(("path", "usual"), [("/api/v1/health", 503), ("/agenda/xyz.ics", 404)])
def test_an_address_that_asks_too_often_waits_and_no_other_does(site: Site, path: str, usual: int) -> None:
    client = site.as_(STRANGER)
    answers = [client.get(path) for _ in range(2 * STRANGERS_PER_MINUTE)]
    assert [one.status_code for one in answers[:STRANGERS_PER_MINUTE]] == [usual] * STRANGERS_PER_MINUTE
    held = [one for one in answers if one.status_code == 429]
    assert held and all(1 <= int(one.headers["Retry-After"]) <= 60 for one in held)
    client.environ_base["REMOTE_ADDR"] = "10.9.8.7"
    assert client.get(path).status_code == usual
    site.database.close()
