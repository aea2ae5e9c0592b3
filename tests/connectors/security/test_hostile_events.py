"""Five hundred answers nobody should send, for every reader of events: events, or a trouble, and nothing else."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from random import Random

import pytest
from camera_peers import LOGIN, only_loopback
from hypothesis import given
from hypothesis import strategies as st
from security_support import LIMITS, NOW
from web_source_support import answering

from connectors.base import SourceUnavailable, WorkbookRefused
from connectors.cameras.device_web import DeviceWeb
from connectors.cameras.device_xml import xml_of
from connectors.cameras.endpoint import CameraEndpoint
from connectors.cameras.rtsp_wire import WireTrouble
from connectors.security.alert_stream import events_in
from connectors.security.camera_events import CameraEvents, Listened
from connectors.security.guard_log import COLUMNS, parse_guard_log
from connectors.security.heard import MOST_EVENTS, instant_of
from connectors.security.pull_point import Subscription, messages_in
from domain.local_time import LOCAL
from domain.security import SecurityKind

NUMBER = 500
ALERT = (
    b'--b\r\n\r\n<EventNotificationAlert xmlns="urn:h"><channelID>1</channelID>'
    b"<dateTime>2026-11-24T09:45:00+07:00</dateTime><eventType>VMD</eventType><eventState>active</eventState></EventNotificationAlert>\r\n"
)
PULLED = (
    b'<e:Envelope xmlns:e="urn:e" xmlns:w="urn:w" xmlns:t="urn:t"><w:NotificationMessage><w:Topic>tns1:RuleEngine/'
    b'CellMotionDetector/Motion</w:Topic><w:Message><t:Message UtcTime="2026-11-24T02:45:00Z"><t:Data>'
    b'<t:SimpleItem Name="IsMotion" Value="true"/></t:Data></t:Message></w:Message></w:NotificationMessage>'
    b"</e:Envelope>"
)
SUBSCRIBED = (
    b'<e:Envelope xmlns:e="urn:e"><SubscriptionReference><Address>http://10.9.9.9:1/sub?x=1</Address><ReferenceParameters>'
    b'<Id xmlns="urn:i">7</Id></ReferenceParameters></SubscriptionReference></e:Envelope>'
)
ODD = (
    b"", b"\x00", b"\xff\xfe", b"<", b"<a/>", b"{}", b"<a>" * 300, b"<a>" * 100_000, b"--b--",
    b"<EventNotificationAlert></EventNotificationAlert>" * 1000, b"<EventNotificationAlert " * 5000,
    b"<EventNotificationAlert>" + b"<eventType>VMD</eventType>" * 5000 + b"</EventNotificationAlert>",
    b"<!DOCTYPE a [<!ENTITY b 'c'>]><EventNotificationAlert><eventType>&b;</eventType></EventNotificationAlert>",
    b"<!DOCTYPE l [<!ENTITY % p SYSTEM 'http://10.0.0.1/x'>%p;]><a/>", b"<html><body>Login</body></html>",
)  # fmt: skip
PIECES = (
    b"-1", b"99999", b"\x00", "x".encode("utf-16"), b"9999-12-31T23:59:59-14:00", b"&amp;", b"NaN", b"<!-- -->", b"",
    b"0001-01-01T00:00:00+14:00", b"&#x0;", b"<![CDATA[", b"</", "２".encode(), b"2026-W48-2", b"http://a\r\nHost: b/",
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


def test_hostile_streams_are_events_or_nothing() -> None:
    assert len(list(events_in(ALERT))) == 1
    found = 0
    for body in hostile(ALERT, 1):
        began = time.monotonic()
        events = list(events_in(body + ALERT))
        assert time.monotonic() - began < 2 and len(events) <= MOST_EVENTS
        assert all(event.told_at is None or event.told_at.tzinfo is UTC for event in events)
        found += len(events)
    assert found >= NUMBER


def test_a_flood_of_alerts_is_left_at_the_limit() -> None:
    assert len(list(events_in(ALERT * (MOST_EVENTS + 50)))) == MOST_EVENTS


def test_hostile_messages_are_events_or_a_trouble() -> None:
    assert len(list(messages_in(xml_of(PULLED)))) == 1
    refused = 0
    for body in hostile(PULLED, 2):
        try:
            assert all(event.kind in SecurityKind for event in messages_in(xml_of(body)))
        except WireTrouble:
            refused += 1
    assert refused > 100


def test_a_hostile_subscription_is_pulled_from_the_camera_or_not_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    current = [b""]
    with answering(lambda _asked: current[0]) as (address, _), only_loopback(monkeypatch) as connected:
        port = int(address.rpartition(":")[2])
        camera = CameraEndpoint("C1", "127.0.0.1", 1, "/x", LOGIN, onvif_port=port)
        pulled = 0
        for at, body in enumerate(hostile(SUBSCRIBED, 3)):
            if at % 2:
                continue
            current[0] = body
            subscription = Subscription(DeviceWeb("127.0.0.1", port, time.monotonic() + 5), camera, NOW)
            try:
                subscription.open()
                subscription.pull()
                pulled += 1
            except WireTrouble:
                continue
    assert pulled > 10 and {port for _, port in connected} == {port}


def test_hostile_answers_never_break_a_pass() -> None:
    current = [b""]
    with answering(lambda _asked: current[0]) as (address, _):
        camera = CameraEndpoint("C1", "127.0.0.1", 1, "/x", LOGIN, onvif_port=int(address.rpartition(":")[2]))
        events = CameraEvents([Listened("PHUVANG", camera)], LIMITS)
        for body in (PULLED + b" ", *ODD):
            current[0] = body
            assert events_or_trouble(events) >= 0


def events_or_trouble(events: CameraEvents) -> int:
    try:
        return len(events.fetch("", [], NOW).records)
    except SourceUnavailable as trouble:
        assert str(trouble)
        return 0


@given(st.text(max_size=60) | st.datetimes().map(lambda at: at.isoformat()))
def test_any_text_is_an_instant_or_none(text: str) -> None:
    at = instant_of(text, LOCAL)
    assert at is None or (at.tzinfo is UTC and isinstance(at - datetime(2026, 1, 1, tzinfo=UTC), object))


CELLS = st.text(max_size=40) | st.sampled_from(
    ["PHUVANG", "24/11/2026 08:00", "Ca đêm", "Xâm nhập khu vực cấm", "đã xử lý", "Nguyễn Văn A", "BV-01", "=1+1"]
)


@given(st.lists(st.lists(CELLS, max_size=9), max_size=12))
def test_any_sheet_is_a_log_or_refused_and_keeps_no_name(rows: list[list[str]]) -> None:
    header = [each.headers[0] for each in COLUMNS.values()]
    for lines in (rows, [header, *rows]):
        try:
            log = parse_guard_log(enumerate(lines, start=1), {"phuvang": "PHUVANG", "PHUVANG": "PHUVANG"}, NOW)
        except WorkbookRefused as refused:
            assert refused.reason
            continue
        assert len(log.records) + log.quiet + log.refused_count == log.rows_read
        assert all(record.happened_at <= NOW for record in log.records)
        assert not any("Nguyễn" in record.guard for record in log.records)
