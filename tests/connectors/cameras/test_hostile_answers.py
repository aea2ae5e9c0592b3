"""Five hundred answers nobody should send, for every reader of what devices say: a state or a trouble, nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, timedelta
from random import Random
from typing import Any

import pytest
from camera_peers import SDP, device, endpoint, only_loopback, sends
from hypothesis import given
from hypothesis import strategies as st
from ladder_support import LIMITS, NOW
from web_source_support import answering

from connectors.cameras import isapi, onvif_clock
from connectors.cameras.device_xml import all_named, text_at, xml_of
from connectors.cameras.digest import authorization
from connectors.cameras.endpoint import CameraEndpoint, Login, RecorderEndpoint, is_path, path_of
from connectors.cameras.rtp import AnnexB
from connectors.cameras.rtsp import describe
from connectors.cameras.rtsp_wire import WireTrouble
from connectors.cameras.sdp import VideoTrack, first_video
from domain.cameras import ORDER, RungState

NUMBER = 500
GOOD_RTSP = (
    b'RTSP/1.0 401 No\r\nCSeq: 1\r\nWWW-Authenticate: Digest realm="r", nonce="n", qop="auth"\r\n\r\n'
    b"RTSP/1.0 200 OK\r\nContent-Base: rtsp://10.1.2.3:554/x/\r\nContent-Length: "
    + str(len(SDP)).encode() + b"\r\n\r\n" + SDP.encode()
)  # fmt: skip
ONVIF = (
    b'<?xml version="1.0"?><s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" xmlns:t="urn:t"><s:Body>'
    b"<t:GetSystemDateAndTimeResponse><t:SystemDateAndTime><t:UTCDateTime><t:Time><t:Hour>2</t:Hour>"
    b"<t:Minute>40</t:Minute><t:Second>0</t:Second></t:Time><t:Date><t:Year>2026</t:Year><t:Month>11</t:Month>"
    b"<t:Day>23</t:Day></t:Date></t:UTCDateTime></t:SystemDateAndTime></t:GetSystemDateAndTimeResponse>"
    b"</s:Body></s:Envelope>"
)
TIME = (
    b'<?xml version="1.0"?><Time xmlns="http://www.hikvision.com/ver20/XMLSchema"><timeMode>NTP</timeMode>'
    b"<localTime>2026-11-23T09:40:00+07:00</localTime><timeZone>CST-7:00:00</timeZone></Time>"
)
FOUND = (
    b"<CMSearchResult><responseStatusStrg>OK</responseStatusStrg><numOfMatches>1</numOfMatches><matchList>"
    b"<searchMatchItem><timeSpan><startTime>2026-11-23T02:00:00Z</startTime><endTime>2026-11-23T02:39:00Z</endTime>"
    b"</timeSpan><mediaSegmentDescriptor><playbackURI>rtsp://10.9.9.9/x</playbackURI></mediaSegmentDescriptor>"
    b"</searchMatchItem></matchList></CMSearchResult>"
)
STORAGE = b"<storage><hddList><hdd><id>1</id><status>ok</status></hdd></hddList></storage>"
ODD = (
    b"", b" ", b"\x00", b"\xff\xfe", b"<", b"<a/>", b"{}", b"<?xml?>", b"<a>" * 300, b"<a>" * 100_000,
    b"<?xml version='1.0' encoding='no-such'?><a/>", b"<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>",
    b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", b"<html><body>Login</body></html>",
    b"<!DOCTYPE l [<!ENTITY a 'x'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>]><Time><localTime>&b;</localTime></Time>",
    b"<!DOCTYPE l [<!ENTITY % p SYSTEM 'http://10.0.0.1/x'>%p;]><a/>",
    "<Time><localTime>2026</localTime></Time>".encode("utf-16"),
)  # fmt: skip
PIECES = (
    b"-1", b"99", b"10000000000000000000000", b"\x00", "x".encode("utf-16"), b"9999-12-31T23:59:59-14:00", b"&amp;",
    b"0001-01-01T00:00:00+14:00", b"2026-11-23T02:40:00", b"NaN", b"<!-- -->", b"CST-99:99:99", b"CST+23:59:00", b"",
)  # fmt: skip


def hostile(good: bytes, seed: int) -> Iterator[bytes]:
    """The odd ones, then a good answer cut, with foreign pieces in it and bytes turned round."""
    yield from ODD
    rng = Random(seed)
    for _ in range(NUMBER - len(ODD)):
        body = bytearray(good)
        for _ in range(rng.randint(0, 2)):
            at = rng.randrange(len(body))
            body[at : at + rng.randint(0, 12)] = rng.choice(PIECES)
        for _ in range(rng.randint(0, 3)):
            body[rng.randrange(len(body))] = rng.randrange(256)
        yield bytes(body[: rng.randrange(len(body)) + 1] if rng.random() < 0.3 else body)


def test_hostile_rtsp_answers_are_states(monkeypatch: pytest.MonkeyPatch) -> None:
    bodies = list(hostile(GOOD_RTSP, 1))
    told = iter(bodies)
    with device(lambda talk: sends(next(told))(talk)) as (port, _), only_loopback(monkeypatch):
        for _ in bodies:
            seen = describe(endpoint(port), NOW, timedelta(seconds=2))
            assert seen.rungs and [rung.name for rung in seen.rungs] == list(ORDER[: len(seen.rungs)])
            assert all(rung.reason for rung in seen.rungs if rung.state is not RungState.OK)


def read_recordings(root: Any) -> object:
    return [isapi._instant(text_at(span, "endTime"), UTC) for span in all_named(root, "timeSpan")]


@pytest.mark.parametrize(
    ("good", "read"),
    [(ONVIF, onvif_clock.told_time), (TIME, isapi.told_time), (FOUND, read_recordings)],
    ids=["onvif", "time", "search"],
)
def test_hostile_xml_is_a_time_or_none_or_a_trouble(good: bytes, read: Callable[[Any], object]) -> None:
    assert read(xml_of(good))
    refused = 0
    for body in hostile(good, 2):
        try:
            read(xml_of(body))
        except WireTrouble:
            refused += 1
    assert refused > 20


@pytest.mark.parametrize("good", [ONVIF, TIME, FOUND, STORAGE], ids=["onvif", "time", "search", "storage"])
def test_hostile_web_answers_are_rungs(good: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    bodies = [body for at, body in enumerate(hostile(good, 3)) if at % 10 == 0]
    current = [b""]
    login = Login("u", "s")
    with answering(lambda _asked: current[0]) as (address, _), only_loopback(monkeypatch):
        port = int(address.rpartition(":")[2])
        camera = CameraEndpoint("C1", "127.0.0.1", 1, "/x", login, onvif_port=port)
        recorder = RecorderEndpoint("127.0.0.1", port, 3, login)
        for body in bodies:
            current[0] = body
            rungs = [
                onvif_clock.onvif_clock(camera, LIMITS, NOW),
                isapi.recorder_clock(recorder, LIMITS, NOW),
                isapi.recording(recorder, LIMITS, NOW),
            ]
            assert all(rung.reason or rung.state is RungState.OK for rung in rungs)


def test_no_entity_of_a_device_is_ever_resolved() -> None:
    for body in ODD:
        if b"DOCTYPE" in body:
            with pytest.raises(WireTrouble):
                xml_of(body)


@given(st.binary(max_size=300) | st.text(max_size=200).map(lambda text: f"m=video {text}".encode()))
def test_any_description_is_a_video_or_none(body: bytes) -> None:
    video = first_video(body)
    assert video is None or 0 <= video.payload <= 999


@given(st.lists(st.binary(max_size=80), max_size=30), st.sampled_from(["H264", "H265"]))
def test_any_packets_are_kept_or_passed_over(packets: list[bytes], codec: str) -> None:
    stream = AnnexB(VideoTrack(codec, 96, ""))
    for packet in packets:
        stream.take(packet)
        stream.take(b"\x80\x60" + bytes(10) + packet)
    assert stream.size <= sum(map(len, packets)) * 2 + 2 * len(packets)
    assert stream.seconds >= 0


@given(st.text(max_size=120))
def test_of_a_reported_address_nothing_but_a_path_is_left(text: str) -> None:
    for reported in (text, f"rtsp://10.1.2.3:99{text}", f"rtsp://u:p@evil.example/{text}", f"//evil.example/{text}"):
        path = path_of(reported, "/live")
        assert path is None or (is_path(path) and not path.startswith("//") and "\r" not in path)
    absolute = path_of("rtsp://u:p@evil.example:1/a/b?c=1", "/live")
    assert absolute == "/a/b?c=1"


@given(st.lists(st.text(max_size=80).map(lambda text: f"Digest {text}") | st.text(max_size=40), max_size=3))
def test_any_challenge_is_answered_in_one_line_or_not_at_all(challenges: list[str]) -> None:
    said = authorization(challenges, Login("u", "s"), "DESCRIBE", "rtsp://h/p")
    assert said is None or not set(said) & set("\r\n\x00")
