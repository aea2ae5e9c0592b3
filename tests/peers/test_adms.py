"""The receiver of terminals against what others saw terminals send, and against another reader of the same log.

No package that could be had speaks ADMS as a terminal does, but for zkteco-lan-agent, whose licence lets nobody use it.
So recorded requests are replayed (payloads/adms_samples.py, MIT), and iclockhelper (MIT) reads the logs a second time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection
from pathlib import Path
from types import ModuleType
from urllib.parse import urlsplit
from urllib.request import Request

import pytest
from attendance_support import a_terminal
from camera_peers import only_loopback
from gate_support import Site, build
from payloads.adms_samples import AGENT, SAMPLES, SERIAL, Sample
from sqlalchemy import select
from web_source_support import serving

from connectors.attendance_push import KINDS, METHODS, TIME_FORMAT, read_attlog
from data_access.attendance import save_terminals
from data_access.models.attendance import PunchRow
from demo_city.terminals import Terminals
from demo_city.units import Pack
from domain.attendance import PunchKind, VerifyMethod
from domain.local_time import LOCAL
from domain.units import Organisation

PACK = Path(__file__).resolve().parents[2] / "data" / "organisations" / "hue"
Read = tuple[str, datetime, PunchKind, VerifyMethod]


@pytest.fixture
def site(tmp_path: Path, sqlite_template: Path, organisation: Organisation, now: datetime) -> Site:
    built = build(tmp_path, sqlite_template, organisation, now)
    with built.database.writing() as session:
        save_terminals(session, [a_terminal(SERIAL)], now, now)
    return built


@pytest.fixture
def address(site: Site) -> Iterator[str]:
    with serving(site.app.server) as found:
        yield found


def say(address: str, sample: Sample) -> tuple[int, str]:
    """One request as a terminal makes it, on a connection of its own."""
    connection = HTTPConnection(urlsplit(address).hostname or "", urlsplit(address).port or 80, timeout=10)
    try:
        connection.request(sample.method, sample.address, sample.body or None, AGENT)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


def stored(site: Site) -> set[tuple[str, datetime]]:
    with site.database.reading() as session:
        return {(row.pin, row.punched_at) for row in session.scalars(select(PunchRow))}


def expected(sample: Sample) -> list[Read]:
    """What a sample says, by the meanings its source gives."""
    return [
        (
            pin,
            datetime.strptime(clock, TIME_FORMAT).replace(tzinfo=LOCAL).astimezone(UTC),
            KINDS.get(key, PunchKind.OTHER),
            METHODS.get(method, VerifyMethod.OTHER),
        )
        for pin, clock, key, method in sample.punches
    ]


@pytest.mark.parametrize("name", list(SAMPLES))
def test_what_a_terminal_was_seen_to_send_gets_its_answer_over_http_and_is_stored_once(
    site: Site, address: str, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    sample = SAMPLES[name]
    with only_loopback(monkeypatch):
        answers = [say(address, sample) for _ in range(2)]
    assert all(status == 200 and text.startswith(sample.answer) for status, text in answers), answers
    assert stored(site) == {(pin, at) for pin, at, _, _ in expected(sample)}
    with site.database.reading() as session:
        assert len(list(session.scalars(select(PunchRow)))) == len(sample.punches)


def test_a_whole_day_of_one_terminal_in_one_go(site: Site, address: str) -> None:
    for sample in SAMPLES.values():
        assert say(address, sample)[0] == 200
    assert stored(site) == {(pin, at) for sample in SAMPLES.values() for pin, at, _, _ in expected(sample)}
    assert b"John Doe" not in Path(site.database.address.removeprefix("sqlite:///")).read_bytes()


@pytest.mark.parametrize("name", [name for name, sample in SAMPLES.items() if sample.punches])
def test_keys_and_methods_are_read_as_their_source_explains_them(name: str, now: datetime) -> None:
    log = read_attlog(SERIAL, SAMPLES[name].body, now)
    assert [(one.punch.pin, one.punch.punched_at, one.kind, one.method) for one in log.punches] == expected(
        SAMPLES[name]
    )


def theirs(requests: ModuleType, path: str, body: bytes) -> list[Read]:
    """A log as iclockhelper reads it; it gives what is no time as None and lines that are none as empty ones."""
    said = requests.CdataRequest.from_req(Request(f"http://127.0.0.1{path}", body, AGENT))
    assert said.sn and said.attendance_log is not None
    found = []
    for one in said.attendance_log.transactions:
        at = one.correct_datetime(LOCAL)
        if one.pin and at is not None:
            kind = KINDS.get(one.check_type, PunchKind.OTHER)
            found.append((one.pin, at.astimezone(UTC), kind, METHODS.get(one.verify_code, VerifyMethod.OTHER)))
    return found


def test_another_reader_of_the_log_finds_the_same_punches(peer: Callable[[str], ModuleType], now: datetime) -> None:
    requests = peer("iclockhelper.requests")
    for sample in SAMPLES.values():
        if sample.punches:
            assert theirs(requests, sample.address, sample.body) == expected(sample)


def test_another_reader_understands_what_the_demo_citys_terminals_send(
    peer: Callable[[str], ModuleType], tmp_path: Path, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    requests = peer("iclockhelper.requests")
    said: list[tuple[str, bytes]] = []
    city = Terminals("http://127.0.0.1:1", tmp_path, Pack(PACK), 2027)
    monkeypatch.setattr(city, "_send", lambda _method, path, body: bool(said.append((path, body)) or True))
    city.tick(now)
    logs = [(path, body) for path, body in said if "table=ATTLOG" in path]
    assert len(logs) >= 5
    read = 0
    for path, body in logs:
        ours = read_attlog("T1", body, now).punches
        read += len(ours)
        found = [one for one in theirs(requests, path, body) if one[1].year > 2015 and one[1] < now + timedelta(days=1)]
        assert [(one.punch.pin, one.punch.punched_at, one.kind, one.method) for one in ours] == found
    assert read > 300
