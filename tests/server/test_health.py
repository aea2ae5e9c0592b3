"""/healthz: open to everybody, says states and times and nothing else."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient

from access.policy import policy_of
from data_access.leases import LeaseKeeper
from data_access.session import Database
from data_access.sources import save_source_configured, save_source_success
from server.health import install_health


def client_of(database: Database, now: datetime) -> FlaskClient:
    server = Flask("test")
    install_health(server, database, lambda: now, "build-1")
    rule = policy_of(server.view_functions["healthz"])
    assert rule is not None and rule.permission is None
    return server.test_client()


def test_health_names_version_database_worker_and_every_source(database: Database, now: datetime) -> None:
    with database.writing() as session:
        save_source_success(session, "cases", now, now)
        save_source_configured(session, "cameras", True, now)
    LeaseKeeper("worker", "w1").keep(database, now)
    answer = client_of(database, now).get("/healthz")
    body = answer.get_json()
    assert answer.status_code == 200
    assert (body["version"], body["database"], body["worker"]) == ("build-1", "answers", "leads")
    states = {source["name"]: source["state"] for source in body["sources"]}
    assert states["cases"] == "live"
    assert states["cameras"] == "never"
    assert states["attendance"] == "not_configured"
    cases = next(source for source in body["sources"] if source["name"] == "cases")
    assert cases["last_success_at"] == cases["newest_record_at"] == now.isoformat()


def test_health_says_that_no_worker_leads(database: Database, now: datetime) -> None:
    assert client_of(database, now).get("/healthz").get_json()["worker"] == "gone"


def test_a_database_that_does_not_answer_is_an_error_without_details(tmp_path: Path, now: datetime) -> None:
    answer = client_of(Database(f"sqlite:///{tmp_path / 'no' / 'folder.sqlite'}"), now).get("/healthz")
    assert answer.status_code == 503
    assert answer.get_json() == {"version": "build-1", "at": now.isoformat(), "database": "gone"}
