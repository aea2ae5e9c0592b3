"""Rungs 6 and 7: clocks by ONVIF and ISAPI, disks and the newest recording, and what is unknown where nobody says."""

from __future__ import annotations

import base64
import hashlib
import re
import socket
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from camera_peers import LOGIN, only_loopback, right_digest
from flask import Request, Response
from ladder_support import LIMITS, NOW
from web_source_support import Answer, answering

from connectors.cameras.device_web import LARGEST_BYTES, DeviceWeb
from connectors.cameras.device_xml import xml_of
from connectors.cameras.endpoint import CameraEndpoint, Login, RecorderEndpoint
from connectors.cameras.isapi import recorder_clock, recording, told_time
from connectors.cameras.onvif_clock import onvif_clock, token
from connectors.cameras.rtsp_wire import WireTrouble
from domain.cameras import Fault, Rung, RungState

CHALLENGE = 'Digest realm="DVR", nonce="abc", qop="auth"'


def soap_time(at: datetime) -> bytes:
    told = at.astimezone(UTC)
    return (
        '<e:Envelope xmlns:e="http://www.w3.org/2003/05/soap-envelope" xmlns:tt="http://www.onvif.org/ver10/schema">'
        "<e:Body><x><tt:UTCDateTime><tt:Time>"
        f"<tt:Hour>{told.hour}</tt:Hour><tt:Minute>{told.minute}</tt:Minute><tt:Second>{told.second}</tt:Second>"
        f"</tt:Time><tt:Date><tt:Year>{told.year}</tt:Year><tt:Month>{told.month}</tt:Month><tt:Day>{told.day}</tt:Day>"
        "</tt:Date></tt:UTCDateTime></x></e:Body></e:Envelope>"
    ).encode()


def port_of(address: str) -> int:
    return int(address.rpartition(":")[2])


def by_onvif(answer: Callable[[Request], Answer]) -> tuple[Rung, list[str]]:
    with answering(answer) as (address, asked):
        camera = CameraEndpoint("C1", "127.0.0.1", 1, "/x", LOGIN, onvif_port=port_of(address))
        return onvif_clock(camera, LIMITS, NOW), asked


@pytest.mark.parametrize(
    ("drift", "state", "warns", "said"),
    [
        (5, "ok", False, ""),
        (-45, "ok", True, "chậm 4"),
        (-400, "bad", False, "chậm 6 phút"),
        (25_230, "bad", False, "nhanh 7 giờ"),
    ],
)
def test_a_camera_tells_its_clock(drift: int, state: str, warns: bool, said: str) -> None:
    rung, asked = by_onvif(lambda _asked: soap_time(NOW + timedelta(seconds=drift)))
    assert (rung.state, rung.warns, said in rung.reason) == (state, warns, True), rung
    assert asked == ["/onvif/device_service?"]


def test_a_token_is_sent_only_to_a_device_that_refuses_without_one() -> None:
    heard: list[str] = []

    def answer(asked: Request) -> Answer:
        heard.append(asked.get_data(as_text=True))
        return soap_time(NOW) if "UsernameToken" in heard[-1] else (b"<fault/>", 400)

    rung, _ = by_onvif(answer)
    assert rung.state is RungState.OK and len(heard) == 2
    assert LOGIN.secret not in "".join(heard)
    nonce, digest = (re.findall(rf"<{name} [^>]*>([^<]+)<", heard[1])[0] for name in ("Nonce", "Password"))
    created = re.findall(r"<Created[^>]*>([^<]+)<", heard[1])[0]
    expected = hashlib.sha1(base64.b64decode(nonce) + created.encode() + LOGIN.secret.encode()).digest()
    assert base64.b64decode(digest) == expected and created == "2026-11-23T02:40:00Z"


def test_a_token_is_the_one_the_standard_shows() -> None:
    # ONVIF Programmer's Guide, 6.1.1.3: nonce, created and password 'userpassword' give this digest.
    said = token(
        Login("user", "userpassword"), datetime(2010, 9, 16, 7, 50, 45, tzinfo=UTC),
        base64.b64decode("LKqI6G/AikKCQrN0zqZFlg=="),
    )  # fmt: skip
    assert "tuOSpGlFlIXsozq4HFNeeGeFLEI=" in said


@pytest.mark.parametrize(
    ("answer", "fault", "said"),
    [
        ((b"", 401), Fault.WRONG_PASSWORD, "mật khẩu"),
        ((b"", 404), None, "404"),
        (b"<x/>", None, "không nêu giờ"),
        (b"no xml", Fault.BROKEN_ANSWER, "XML hỏng"),
        (soap_time(NOW).replace(b"<tt:Month>11", b"<tt:Month>13"), None, "không nêu giờ"),
    ],
)
def test_a_clock_that_cannot_be_read_is_unknown_never_bad(answer: Answer, fault: Fault | None, said: str) -> None:
    rung, _ = by_onvif(lambda _asked: answer)
    assert (rung.state, rung.fault, said in rung.reason) == (RungState.UNKNOWN, fault, True), rung


def time_body(local: str, zone: str = "CST-7:00:00") -> bytes:
    return (
        f'<Time xmlns="http://www.hikvision.com/ver20/XMLSchema"><localTime>{local}</localTime>'
        f"<timeZone>{zone}</timeZone></Time>"
    ).encode()


@pytest.mark.parametrize(
    ("local", "zone"),
    [
        ("2026-11-23T09:40:00+07:00", "CST-7:00:00"),
        ("2026-11-23T09:40:00", "CST-7:00:00"),
        ("2026-11-23T02:40:00Z", ""),
        ("2026-11-22T21:40:00", "EST+5:00:00DST01:00:00,M3.2.0/02:00:00,M11.1.0/02:00:00"),
    ],
)
def test_a_recorder_says_its_time_in_several_ways(local: str, zone: str) -> None:
    assert told_time(xml_of(time_body(local, zone))) == NOW


def test_a_time_without_any_zone_is_no_time() -> None:
    assert told_time(xml_of(time_body("2026-11-23T09:40:00", ""))) is None


def found(*ends: datetime, more: bool = False) -> bytes:
    items = "".join(
        f"<searchMatchItem><timeSpan><startTime>2026-11-23T00:00:00Z</startTime><endTime>{at:%Y-%m-%dT%H:%M:%SZ}</endTime>"
        "</timeSpan></searchMatchItem>"
        for at in ends
    )
    status = "MORE" if more else "OK" if ends else "NO MATCHES"
    return f"<CMSearchResult><responseStatusStrg>{status}</responseStatusStrg>{items}</CMSearchResult>".encode()


def a_recorder(search: bytes, disks: Answer = b"", clock: bytes = b"") -> Callable[[Request], Answer]:
    """One that wants a digest login and answers the three questions."""

    def answer(asked: Request) -> Answer:
        told = asked.headers.get("Authorization", "")
        if not right_digest(f"{asked.method} {asked.path} x\r\nAuthorization: {told}\r\n", CHALLENGE):
            return Response(b"", 401, {"WWW-Authenticate": CHALLENGE})
        if asked.path.endswith("search"):
            assert b"<trackID>301</trackID>" in asked.get_data()
            return search
        return disks if asked.path.endswith("Storage") else clock

    return answer


WELL = b"<storage><hddList><hdd><status>ok</status></hdd><hdd><status>idle</status></hdd></hddList></storage>"
BROKEN_DISK = WELL.replace(b"idle", b"error")


def asked_of(answer: Callable[[Request], Answer], times_are_local: bool = False) -> Rung:
    with answering(answer) as (address, _):
        return recording(RecorderEndpoint("127.0.0.1", port_of(address), 3, LOGIN, times_are_local), LIMITS, NOW)


@pytest.mark.parametrize(
    ("search", "disks", "state", "fault"),
    [
        (found(NOW - timedelta(hours=2), NOW - timedelta(minutes=1)), WELL, "ok", None),
        (found(), WELL, "bad", Fault.NOT_RECORDING),
        (found(NOW - timedelta(minutes=40)), WELL, "bad", Fault.NOT_RECORDING),
        (found(NOW), BROKEN_DISK, "bad", Fault.DISK),
        (found(NOW), (b"", 403), "ok", None),
        (b"<x", WELL, "unknown", Fault.BROKEN_ANSWER),
    ],
)
def test_a_recorder_says_what_it_recorded(search: bytes, disks: Answer, state: str, fault: Fault | None) -> None:
    rung = asked_of(a_recorder(search, disks))
    assert (rung.state, rung.fault) == (state, fault), rung


def test_a_disk_whose_word_nobody_knows_is_said_and_not_a_fault() -> None:
    rung = asked_of(a_recorder(found(NOW), WELL.replace(b"idle", b"sleepwalking")))
    assert (rung.state, rung.warns) == (RungState.OK, True)


def test_recordings_in_the_future_point_at_the_zone_and_the_setting_cures_it() -> None:
    ahead = found(NOW + timedelta(hours=7))
    assert "múi giờ" in asked_of(a_recorder(ahead, WELL)).reason
    assert asked_of(a_recorder(ahead, WELL), times_are_local=True).state is RungState.OK


def test_a_long_list_is_read_page_by_page_and_not_for_ever() -> None:
    positions: list[str] = []

    def answer(asked: Request) -> Answer:
        if asked.path.endswith("Storage"):
            return WELL
        positions.append(re.findall(r"<searchResultPostion>(\d+)<", asked.get_data(as_text=True))[0])
        return found(NOW - timedelta(minutes=29) + timedelta(minutes=5) * len(positions), more=True)

    rung = asked_of(answer)
    assert positions == ["0", "40", "80", "120", "160"]
    assert rung.state is RungState.OK


def test_a_recorder_that_refuses_the_password_is_unknown_and_says_so() -> None:
    refused = Response(b"", 401, {"WWW-Authenticate": CHALLENGE})
    with answering(lambda _asked: refused) as (address, asked):
        recorder = RecorderEndpoint("127.0.0.1", port_of(address), 3, LOGIN)
        rung = recording(recorder, LIMITS, NOW)
        assert (rung.state, rung.fault) == (RungState.UNKNOWN, Fault.WRONG_PASSWORD)
        # Once without a login, once with it, and not again: devices lock accounts.
        assert len(asked) == 2


def test_a_recorders_clock_is_judged_like_a_cameras() -> None:
    with answering(a_recorder(b"", clock=time_body("2026-11-23T09:47:10+07:00"))) as (address, _):
        rung = recorder_clock(RecorderEndpoint("127.0.0.1", port_of(address), 3, LOGIN), LIMITS, NOW)
    assert (rung.state, rung.fault, rung.reason) == (RungState.BAD, Fault.CLOCK_OFF, "Đồng hồ nhanh 7 phút.")


def test_a_web_redirect_is_never_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    with answering(lambda _asked: b"") as (trap, trapped):
        moved = Response(b"", 302, {"Location": f"{trap}/x"})
        with answering(lambda _asked: moved) as (address, _), only_loopback(monkeypatch) as connected:
            rung = recorder_clock(RecorderEndpoint("127.0.0.1", port_of(address), 3, LOGIN), LIMITS, NOW)
    assert trapped == [] and {port for _, port in connected} == {port_of(address)}
    assert rung.state is RungState.UNKNOWN


def test_a_large_body_is_left_at_the_limit() -> None:
    with answering(lambda _asked: b"x" * (LARGEST_BYTES + 1)) as (address, _):
        web = DeviceWeb("127.0.0.1", port_of(address), time.monotonic() + 5)
        with pytest.raises(WireTrouble, match="256 KB"):
            web.ask("GET", "/")


def test_a_web_answer_that_drips_ends_at_the_deadline() -> None:
    listener = socket.create_server(("127.0.0.1", 0))

    def drip() -> None:
        connection, _ = listener.accept()
        with connection:
            connection.recv(4096)
            try:
                connection.sendall(b"HTTP/1.1 200 OK\r\nX: ")
                for _ in range(300):
                    connection.sendall(b"y")
                    time.sleep(0.02)
            except OSError:
                return

    thread = threading.Thread(target=drip, daemon=True)
    thread.start()
    began = time.monotonic()
    with pytest.raises(WireTrouble):
        DeviceWeb("127.0.0.1", listener.getsockname()[1], began + 0.5).ask("GET", "/")
    assert time.monotonic() - began < 2
    listener.close()
    thread.join(5)


def test_a_closed_web_port_is_unknown_not_a_wrong_clock() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    rung = onvif_clock(CameraEndpoint("C1", "127.0.0.1", 1, "/x", onvif_port=port), LIMITS, NOW)
    assert (rung.state, rung.fault) == (RungState.UNKNOWN, Fault.NO_ANSWER)
