"""A pass over real peers: what is found becomes intervals; all silent together is our line; our own gap is unknown."""

from __future__ import annotations

import socket
import time
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from software_support import ADMINISTRATOR, VAULT, a_probe, looked, looked_for, peer, saying

from access.principal import NotAllowed, Principal
from access.rate_limits import RateLimit
from actions.announce_maintenance import WantedWindow, announce_maintenance
from actions.edit_software_systems import (
    WantedSystem,
    change_system,
    probe_to_edit,
    retire_probe,
    set_probe,
    try_probe,
)
from actions.probe_services import LOGIN_AGAIN_AFTER, AskedTooOften, ProbePass, probe_now
from connectors.service_probe.ldap import BAD_LOGIN
from data_access.audit import audit_events
from data_access.session import Database
from data_access.software_systems import live_probes, save_looks, software_standings, system_year
from data_access.sources import source_by_name
from domain.permissions import Role
from domain.software_systems import HealthState, SystemStanding
from domain.units import Organisation

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
LEADER = Principal(Role.LEADER, "l", "lanhdao")
OPERATOR = Principal(Role.OPERATOR, "o", "truc")
REFUSED_BIND = bytes.fromhex("300c02010161070a013104000400")
GREETING = b"* OK ready\r\n"


def standings(database: Database, now: datetime) -> dict[str, SystemStanding]:
    with database.reading() as session:
        return {one.system.code: one for one in software_standings(session, LEADER, now)}


def a_pass(database: Database, folder: Path) -> ProbePass:
    return ProbePass(database, VAULT, folder, timedelta(seconds=1))


def test_nothing_is_asked_and_nothing_is_said_while_there_is_no_probe(
    database: Database, now: datetime, tmp_path: Path
) -> None:
    assert a_pass(database, tmp_path)(now) == 0
    found = standings(database, now)
    assert len(found) == 7 and all(one.state is HealthState.NEVER and not one.is_watched for one in found.values())
    with database.reading() as session:
        assert not source_by_name(session, "software").configured


def test_a_pass_finds_who_answers_and_who_does_not_and_since_when(
    database: Database, now: datetime, tmp_path: Path
) -> None:
    run = a_pass(database, tmp_path)
    with peer(saying(GREETING)) as (mail, _):
        with peer(saying(b"")) as (bare, _):
            a_probe(database, "email", f"imap://127.0.0.1:{mail}", now, "imap")
            a_probe(database, "documents", f"tcp://127.0.0.1:{bare}", now)
            assert run(now) == 2
        assert run(now + MINUTE) == 1
        found = standings(database, now + MINUTE)
    assert found["email"].state is HealthState.ANSWERING and found["email"].latency is not None
    lost = found["documents"]
    assert lost.state is HealthState.SILENT and "từ chối kết nối" in lost.reason
    assert found["archive"].state is HealthState.NEVER
    assert lost.since is not None and timedelta(0) <= lost.since - (now + MINUTE) < timedelta(seconds=2)
    assert found["email"].since is not None and found["email"].since - now < timedelta(seconds=2)
    with database.reading() as session:
        source = source_by_name(session, "software")
    assert source.configured and source.message == ""


def test_all_silent_together_is_our_line_and_is_over_when_one_answers(
    database: Database, now: datetime, tmp_path: Path
) -> None:
    run = a_pass(database, tmp_path)
    with peer(saying(b"")) as (port, _):
        for system in ("email", "documents", "archive"):
            a_probe(database, system, f"tcp://127.0.0.1:{port}", now)
        run(now)
    run(now + MINUTE)
    cut = standings(database, now + MINUTE)
    assert {cut[system].state for system in ("email", "documents", "archive")} == {HealthState.CUT}
    with database.reading() as session:
        assert "đường truyền" in source_by_name(session, "software").message
    with peer(saying(b"")) as (port, _):
        code = next(one.probe.code for one in probes(database) if one.probe.system == "email")
        a_probe(database, "email", f"tcp://127.0.0.1:{port}", now + MINUTE, code=code)
        run(now + 2 * MINUTE)
    back = standings(database, now + 2 * MINUTE)
    assert (back["email"].state, back["archive"].state) == (HealthState.ANSWERING, HealthState.SILENT)


def probes(database: Database):  # type: ignore[no-untyped-def]
    with database.reading() as session:
        return live_probes(session)


def test_a_peer_that_says_nothing_holds_up_nobody(database: Database, now: datetime, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as dead, peer(saying(GREETING)) as (mail, _):
        for system in ("personnel", "documents", "archive"):
            a_probe(database, system, f"imap://127.0.0.1:{dead.getsockname()[1]}", now, "imap")
        a_probe(database, "email", f"imap://127.0.0.1:{mail}", now, "imap")
        began = time.monotonic()
        a_pass(database, tmp_path)(now)
        assert time.monotonic() - began < 1.9
    found = standings(database, now + timedelta(seconds=2))
    assert (found["email"].state, found["archive"].state) == (HealthState.ANSWERING, HealthState.SILENT)


def test_a_refused_login_is_not_sent_again_until_the_probe_changes(
    database: Database, now: datetime, tmp_path: Path
) -> None:
    with peer(saying(REFUSED_BIND)) as (port, heard):
        place = {"kind": "ldap", "user_name": "cn=giamsat", "secret": "mat-khau-cu"}
        code = a_probe(database, "personnel", f"ldap://127.0.0.1:{port}", now, **place)
        run = a_pass(database, tmp_path)
        for minute in range(3):
            run(now + minute * MINUTE)
        found = standings(database, now + 2 * MINUTE)["personnel"]
        assert (found.state, found.reason) == (HealthState.REFUSED, BAD_LOGIN)
        changed = {**place, "secret": "mat-khau-moi", "code": code}
        a_probe(database, "personnel", f"ldap://127.0.0.1:{port}", now + 2 * MINUTE, **changed)
        run(now + 3 * MINUTE)
        heard_of(heard, 4)
    assert sum(b"mat-khau-cu" in said for said in heard) == 1
    assert sum(b"mat-khau-moi" in said for said in heard) == 1


def test_time_in_which_our_own_poller_did_not_run_is_unknown(database: Database, now: datetime) -> None:
    a_probe(database, "email", "tcp://127.0.0.1:1", now - 5 * HOUR)
    looked_for(database, {"email": HealthState.ANSWERING}, now - 60 * MINUTE, now - 50 * MINUTE)
    looked_for(database, {"email": HealthState.SILENT}, now - 30 * MINUTE, now - 20 * MINUTE, "Cổng đóng.")
    looked_for(database, {"email": HealthState.ANSWERING}, now - 18 * MINUTE, now)
    with database.reading() as session:
        year = system_year(session, LEADER, "email", now)
    assert year is not None and len(year.months) == 12
    month = year.months[-1]
    assert month.down == 12 * MINUTE and month.up == 28 * MINUTE
    assert year.months[0].percent is None and year.months[0].unknown == year.months[0].whole
    (outage,) = year.outages
    assert (outage.lasted, outage.reason, outage.is_open) == (12 * MINUTE, "Cổng đóng.", False)


def test_announced_work_on_one_system_is_left_out_of_its_availability_alone(
    database: Database, organisation: Organisation, now: datetime
) -> None:
    for system in ("email", "archive"):
        a_probe(database, system, "tcp://127.0.0.1:1", now)
    wanted = WantedWindow("", "source:software/email", "", "10:40 23/11/2026", "nâng cấp máy chủ")
    announce_maintenance(database, ADMINISTRATOR, organisation, wanted, now)
    both = {"email": HealthState.SILENT, "archive": HealthState.SILENT}
    looked_for(database, both, now, now + 10 * MINUTE)
    at = now + 10 * MINUTE
    with database.reading() as session:
        email, archive = (system_year(session, LEADER, code, at) for code in ("email", "archive"))
    assert email is not None and archive is not None
    assert email.months[-1].maintenance == 10 * MINUTE and email.months[-1].percent is None
    assert archive.months[-1].down == 10 * MINUTE and archive.months[-1].percent == 0
    assert email.maintenance and not archive.maintenance


def test_a_retired_probe_is_asked_no_more_and_its_history_stays(database: Database, now: datetime) -> None:
    code = a_probe(database, "email", "tcp://127.0.0.1:1", now - HOUR)
    looked_for(database, {"email": HealthState.ANSWERING}, now - 9 * MINUTE, now - MINUTE)
    retire_probe(database, ADMINISTRATOR, code, "thay máy chủ", now)
    assert probes(database) == []
    with database.reading() as session:
        year = system_year(session, LEADER, "email", now + HOUR)
    assert year is not None and not year.standing.is_watched
    assert year.months[-1].up == 8 * MINUTE


def test_a_look_at_what_was_changed_meanwhile_is_dropped(database: Database, now: datetime) -> None:
    from data_access.software_systems import Look
    from domain.software_systems import ProbeResult

    code = a_probe(database, "email", "tcp://127.0.0.1:1", now)
    (before,) = probes(database)
    a_probe(database, "email", "tcp://127.0.0.1:2", now, code=code)
    with database.writing() as session:
        assert save_looks(session, [Look(before.row, code, ProbeResult(HealthState.SILENT), now)], now) == 0
    assert standings(database, now)["email"].state is HealthState.NEVER


def try_now(database: Database, folder: Path, now: datetime, who: Principal = OPERATOR, limit: int = 60):  # type: ignore[no-untyped-def]
    return probe_now(database, who, VAULT, folder, "email", now, RateLimit(limit))


def test_one_system_is_tried_at_once_by_who_answers_alarms(database: Database, now: datetime, tmp_path: Path) -> None:
    assert try_now(database, tmp_path, now) == []
    with peer(saying(GREETING)) as (mail, _):
        a_probe(database, "email", f"imap://127.0.0.1:{mail}", now, "imap")
        ((probe, result),) = try_now(database, tmp_path, now)
    assert probe.system == "email" and result.state is HealthState.ANSWERING
    assert standings(database, now + MINUTE)["email"].state is HealthState.ANSWERING
    with database.reading() as session:
        tried = [one for one in audit_events(session, ADMINISTRATOR) if one.action == "software_tried"]
    assert [(one.actor_id, one.subject) for one in tried] == [(OPERATOR.public_id, "email")]
    with pytest.raises(NotAllowed):
        try_now(database, tmp_path, now, LEADER)


def test_who_tries_again_and_again_waits(database: Database, now: datetime, tmp_path: Path) -> None:
    tries = RateLimit(2, lambda: 0.0)
    with peer(saying(GREETING)) as (mail, heard):
        a_probe(database, "email", f"imap://127.0.0.1:{mail}", now, "imap")
        for _ in range(2):
            assert probe_now(database, OPERATOR, VAULT, tmp_path, "email", now, tries)
        with pytest.raises(AskedTooOften, match="30 giây"):
            probe_now(database, OPERATOR, VAULT, tmp_path, "email", now, tries)
        heard_of(heard, 2)


def test_a_refused_login_is_not_sent_again_by_trying_nor_by_a_worker_that_starts_anew(
    database: Database, now: datetime, tmp_path: Path
) -> None:
    with peer(saying(REFUSED_BIND)) as (port, heard):
        place = {"kind": "ldap", "user_name": "cn=giamsat", "secret": "mat-khau-cu"}
        a_probe(database, "email", f"ldap://127.0.0.1:{port}", now, **place)
        for minute in range(3):
            ((_, result),) = try_now(database, tmp_path, now + minute * MINUTE)
            assert (result.state, result.reason) == (HealthState.REFUSED, BAD_LOGIN)
        a_pass(database, tmp_path)(now + 4 * MINUTE)
        a_pass(database, tmp_path)(now + 5 * MINUTE)
        heard_of(heard, 5)
        assert sum(b"mat-khau-cu" in said for said in heard) == 1
        try_now(database, tmp_path, now + LOGIN_AGAIN_AFTER)
        heard_of(heard, 6)
    assert sum(b"mat-khau-cu" in said for said in heard) == 2


def test_a_refused_login_is_not_sent_again_by_the_form_that_keeps_it(
    database: Database, now: datetime, tmp_path: Path
) -> None:
    with peer(saying(REFUSED_BIND)) as (port, heard):
        place = {"kind": "ldap", "user_name": "cn=giamsat", "secret": "mat-khau-cu"}
        code = a_probe(database, "email", f"ldap://127.0.0.1:{port}", now, **place)
        try_now(database, tmp_path, now)
        wanted = replace(probe_to_edit(database, ADMINISTRATOR, code), limit="5", reason="nới giới hạn chậm")
        assert BAD_LOGIN in try_probe(database, ADMINISTRATOR, VAULT, tmp_path, wanted, now + MINUTE)
        set_probe(database, ADMINISTRATOR, VAULT, wanted, now + MINUTE)
        a_pass(database, tmp_path)(now + 2 * MINUTE)
        heard_of(heard, 3)
        assert sum(b"mat-khau-cu" in said for said in heard) == 1
        typed = replace(wanted, secret="mat-khau-moi")
        try_probe(database, ADMINISTRATOR, VAULT, tmp_path, typed, now + 3 * MINUTE)
        heard_of(heard, 4)
    assert sum(b"mat-khau-moi" in said for said in heard) == 1


def test_nothing_is_asked_of_a_retired_system(database: Database, now: datetime, tmp_path: Path) -> None:
    with peer(saying(GREETING)) as (mail, heard):
        a_probe(database, "email", f"imap://127.0.0.1:{mail}", now, "imap")
        software = WantedSystem("email", "Thư điện tử", "Thư", "Sở", "23/11/2026", "đã thay", is_retired=True)
        change_system(database, ADMINISTRATOR, software, now)
        assert try_now(database, tmp_path, now) == []
        assert heard == []


def test_trying_while_our_line_is_cut_does_not_say_the_system_is_silent(
    database: Database, now: datetime, tmp_path: Path
) -> None:
    for system in ("email", "documents", "archive"):
        a_probe(database, system, "tcp://127.0.0.1:1", now)
    a_pass(database, tmp_path)(now)
    ((_, result),) = try_now(database, tmp_path, now + MINUTE)
    assert result.state is HealthState.CUT
    assert standings(database, now + MINUTE)["email"].state is HealthState.CUT
    looked(database, {"documents": HealthState.ANSWERING}, now + 2 * MINUTE)
    ((_, result),) = try_now(database, tmp_path, now + 2 * MINUTE)
    assert result.state is HealthState.SILENT


def heard_of(heard: list[bytes], least: int) -> None:
    """Wait until so many connections have ended."""
    for _ in range(200):
        if len(heard) >= least:
            return
        time.sleep(0.01)
    raise AssertionError(len(heard))


def test_the_last_known_certificate_stays_while_the_peer_is_silent(database: Database, now: datetime) -> None:
    a_probe(database, "digital_signature", "tls://127.0.0.1:1", now, "tls")
    until = now + timedelta(days=9)
    looked(database, {"digital_signature": HealthState.ANSWERING}, now, certificate_until=until)
    looked(database, {"digital_signature": HealthState.SILENT}, now + MINUTE)
    assert standings(database, now + MINUTE)["digital_signature"].certificate_until == until
