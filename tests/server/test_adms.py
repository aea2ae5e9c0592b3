"""Terminals push over plain HTTP: only those on the list are heard, nothing is stored twice, no browser gets in."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from attendance_support import a_person, a_terminal
from flask.testing import FlaskClient
from gate_support import ORIGIN, STRANGER, Site, build
from payloads.attlog_bodies import hostile_bodies
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from access.principal import Principal
from data_access.attendance import save_staff, save_terminals, terminal_by_serial
from data_access.import_batches import recent_batches, refused_rows
from data_access.models.attendance import PunchRow
from data_access.sources import source_by_name
from domain.freshness import Freshness
from domain.units import Organisation

LINE = b"7\t2026-11-23 07:20:31\t0\t1\t0\t0\n"
WORKER = Principal.worker()


@pytest.fixture
def site(tmp_path: Path, sqlite_template: Path, organisation: Organisation, now) -> Site:  # type: ignore[no-untyped-def]
    built = build(tmp_path, sqlite_template, organisation, now)
    with built.database.writing() as session:
        terminals = [
            a_terminal("TA1"),
            a_terminal("SHUT", is_allowed=False),
            a_terminal("FAR", allowed_network="10.9.0.0/16 192.168.7.4"),
        ]
        save_terminals(session, terminals, now, now)
        save_staff(session, [a_person(7), a_person(8)], now, now)
    return built


@pytest.fixture
def terminal(site: Site) -> FlaskClient:
    return site.as_(STRANGER)


def push(client: FlaskClient, body: bytes = LINE, serial: str = "TA1", table: str = "ATTLOG") -> TestResponse:
    asked = {"SN": serial, "table": table, "Stamp": "9999"}
    return client.post("/iclock/cdata", query_string=asked, data=body, content_type="text/plain")


def punches(site: Site) -> int:
    with site.database.reading() as session:
        return session.scalar(select(func.count()).select_from(PunchRow)) or 0


def freshness(site: Site) -> Freshness:
    with site.database.reading() as session:
        return source_by_name(session, "attendance").freshness(site.clock())


def test_a_terminal_shakes_hands_pushes_and_asks_for_orders(site: Site, terminal: FlaskClient) -> None:
    assert freshness(site) is Freshness.NOT_CONFIGURED
    greeting = terminal.get("/iclock/cdata?SN=TA1&options=all&pushver=2.4.1&language=69")
    assert greeting.status_code == 200 and greeting.mimetype == "text/plain"
    assert greeting.text.startswith("GET OPTION FROM: TA1\n") and "TransFlag=TransData AttLog" in greeting.text
    assert freshness(site) is Freshness.LIVE
    assert push(terminal, LINE * 2).text == "OK: 2\n"
    assert terminal.get("/iclock/getrequest?SN=TA1").text == "OK\n"
    assert terminal.post("/iclock/devicecmd?SN=TA1", data=b"ID=1&Return=0").text == "OK\n"
    assert terminal.post("/iclock/registry?SN=TA1", data=b"DeviceType=acc").text == "OK\n"
    # Some firmware asks for it instead of sending it.
    assert terminal.get("/iclock/registry?SN=TA1").text == "OK\n"
    assert punches(site) == 1


def test_what_is_sent_again_changes_nothing(site: Site, terminal: FlaskClient) -> None:
    for _ in range(3):
        assert push(terminal).text == "OK: 1\n"
        site.clock.skip(timedelta(minutes=1))
    assert punches(site) == 1


@pytest.mark.parametrize("serial", ["", "NOBODY", "SHUT", "FAR", "TA1'--", "TA1\n", "x" * 200, "%00"])
def test_a_terminal_that_is_not_on_the_list_is_neither_heard_nor_stored(
    site: Site, terminal: FlaskClient, serial: str
) -> None:
    for answer in (
        push(terminal, serial=serial),
        push(terminal, serial=serial, table="OPERLOG"),
        terminal.get("/iclock/cdata", query_string={"SN": serial}),
        terminal.get("/iclock/getrequest", query_string={"SN": serial}),
        terminal.post("/iclock/registry", query_string={"SN": serial}),
    ):
        assert (answer.status_code, answer.text) == (403, "ERROR\n")
    assert punches(site) == 0 and freshness(site) is Freshness.NOT_CONFIGURED


@pytest.mark.parametrize(
    ("address", "status"),
    [("10.9.3.1", 200), ("192.168.7.4", 200), ("::ffff:10.9.3.1", 200), ("192.168.7.5", 403), ("::1", 403)],
)
def test_a_terminal_speaks_from_its_own_network_only(terminal: FlaskClient, address: str, status: int) -> None:
    terminal.environ_base["REMOTE_ADDR"] = address
    assert push(terminal, serial="FAR").status_code == status


@pytest.mark.parametrize(
    "header", [ORIGIN, {"Origin": "http://evil.example"}, {"Sec-Fetch-Site": "cross-site"}, {"Referer": "http://x/"}]
)
def test_no_browser_gets_in_not_even_one_inside_the_network(
    site: Site, terminal: FlaskClient, header: dict[str, str]
) -> None:
    answer = terminal.post("/iclock/cdata?SN=TA1&table=ATTLOG", data=LINE, headers=header)
    assert answer.status_code == 403
    assert terminal.get("/iclock/getrequest?SN=TA1", headers=header).status_code == 403
    assert punches(site) == 0


def test_other_public_routes_still_ask_where_a_change_comes_from(terminal: FlaskClient) -> None:
    assert terminal.post("/login", data={"name": "x", "password": "y"}).status_code == 403
    assert terminal.post("/pairing/wait", data=b"{}").status_code == 403


@pytest.mark.parametrize("table", ["BIODATA", "BIOPHOTO", "ATTPHOTO", "USERINFO", "OPERLOG", "options", "templatev10"])
def test_fingers_faces_and_names_are_answered_and_never_stored(site: Site, terminal: FlaskClient, table: str) -> None:
    body = b"USER PIN=7\tName=Nguyen Van A\tTMP=abcdef\n" * 3
    answer = push(terminal, body, table=table)
    assert (answer.status_code, answer.text) == (200, "OK\n")
    assert b"Nguyen" not in (Path(site.database.address.removeprefix("sqlite:///"))).read_bytes()
    assert punches(site) == 0


def test_a_body_over_the_limit_is_refused(site: Site, terminal: FlaskClient) -> None:
    assert push(terminal, LINE * 40_000).status_code == 413
    in_chunks = {"input_stream": BytesIO(LINE * 40_000), "environ_overrides": {"wsgi.input_terminated": True}}
    assert terminal.post("/iclock/cdata?SN=TA1&table=ATTLOG", **in_chunks).status_code == 413
    assert punches(site) == 0
    # A photograph of any size is answered without being read.
    assert push(terminal, b"\xff" * 2_000_000, table="BIOPHOTO").status_code == 200


def test_bad_lines_and_unknown_numbers_are_quarantined_once_and_the_rest_is_taken(
    site: Site, terminal: FlaskClient
) -> None:
    body = LINE + b"7\t1970-01-01 00:00:00\t0\t1\n\t2026-11-23 07:21:00\t0\t1\n99\t2026-11-23 07:22:00\t0\t1\n"
    for _ in range(3):
        assert push(terminal, body).text == "OK: 4\n"
    with site.database.reading() as session:
        batches = recent_batches(session, WORKER)
        told = [(row.column, row.value) for batch in batches for row in refused_rows(session, WORKER, batch.id)]
        source = source_by_name(session, "attendance")
    assert sorted(told) == [("PIN", ""), ("PIN", "99"), ("time", "1970-01-01 00:00:00")]
    assert punches(site) == 2
    assert (source.rows_in, source.rows_refused) == (2, 3)


def test_five_hundred_hostile_bodies_break_nothing(site: Site, terminal: FlaskClient) -> None:
    for body in hostile_bodies(500):
        answer = push(terminal, body)
        assert answer.status_code == 200 and answer.text.startswith("OK: ")
    with site.database.reading() as session:
        assert len(recent_batches(session, WORKER, 1000)) < 300
    assert push(terminal, b"8\t2026-11-23 09:00:00\t0\t1").text == "OK: 1\n"


def test_a_terminal_that_only_lives_is_noted_and_writes_little(site: Site, terminal: FlaskClient) -> None:
    seen = []
    for _ in range(8):
        terminal.get("/iclock/getrequest?SN=TA1")
        with site.database.reading() as session:
            known = terminal_by_serial(session, "TA1")
        assert known is not None
        seen.append(known.last_seen_at)
        site.clock.skip(timedelta(seconds=10))
    assert len(set(seen)) == 4
