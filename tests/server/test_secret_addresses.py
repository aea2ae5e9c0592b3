"""An address that is a secret is written down nowhere."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
import structlog
from gate_support import ORIGIN, STRANGER, build
from sqlalchemy.exc import OperationalError

from domain.units import Organisation


def test_the_secret_address_of_a_calendar_stands_in_no_log(
    tmp_path: Path,
    sqlite_template: Path,
    organisation: Organisation,
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    site = build(tmp_path, sqlite_template, organisation, now)
    client = site.as_("quantri")

    def gone(_self: object) -> None:
        raise OperationalError("SELECT 1", {}, Exception("unable to open database file"))

    def broken(_self: object) -> None:
        raise RuntimeError("unforeseen")

    with structlog.testing.capture_logs() as written:
        client.post("/agenda/rat-kin.ics")
        client.post("/agenda/rat-kin", headers={"Origin": "http://elsewhere.example"})
        monkeypatch.setattr(type(site.database), "reading", gone)
        assert site.as_(STRANGER).get("/agenda/rat-kin.ics").status_code == 503
        assert client.post("/agenda/subscribe", headers=ORIGIN).status_code == 503
        monkeypatch.setattr(type(site.database), "reading", broken)
        assert site.as_(STRANGER).get("/agenda/rat-kin.ics").status_code == 500
    paths = [one["path"] for one in written]
    assert "/agenda/***" in paths and "/agenda/subscribe" in paths
    assert "Exception on /agenda/***" in caplog.text
    assert "rat-kin" not in str(written) + caplog.text
    site.database.close()
