"""Cameras and recorders heard on loopback: what they say becomes events, where they point is never followed."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from camera_peers import LOGIN, only_loopback, right_digest
from flask import Request, Response
from security_support import LIMITS, NOW
from web_source_support import Answer, answering

from connectors.base import SourceUnavailable
from connectors.cameras.device_web import LARGEST_BYTES, DeviceWeb
from connectors.cameras.endpoint import CameraEndpoint, RecorderEndpoint
from connectors.cameras.rtsp_wire import WireTrouble
from connectors.security.alert_stream import events_in, listen_to
from connectors.security.camera_events import CameraEvents, Listened, devices_of
from connectors.security.heard import Heard
from connectors.security.pull_point import pull_events
from domain.cameras import Fault
from domain.security import SecurityKind

CHALLENGE = 'Digest realm="DVR", nonce="abc", qop="auth"'
SHORT = timedelta(seconds=1)


def port_of(address: str) -> int:
    return int(address.rpartition(":")[2])


def alert(kind: str, channel: int = 1, at: datetime = NOW, state: str = "active") -> bytes:
    body = (
        '<EventNotificationAlert version="2.0" xmlns="http://www.hikvision.com/ver20/XMLSchema">'
        f"<ipAddress>10.9.9.9</ipAddress><channelID>{channel}</channelID><dateTime>{at.isoformat()}</dateTime>"
        f"<activePostCount>1</activePostCount><eventType>{kind}</eventType><eventState>{state}</eventState>"
        "</EventNotificationAlert>"
    )
    return f"--boundary\r\nContent-Type: application/xml\r\nContent-Length: {len(body)}\r\n\r\n{body}\r\n".encode()


def a_recorder(*parts: bytes, then_silent_for: float = 0.0) -> Callable[[Request], Response]:
    """One that wants a digest login, says its parts, and then nothing more."""

    def said() -> Iterator[bytes]:
        yield from parts
        time.sleep(then_silent_for)

    def answer(asked: Request) -> Response:
        told = asked.headers.get("Authorization", "")
        if not right_digest(f"{asked.method} {asked.path} x\r\nAuthorization: {told}\r\n", CHALLENGE):
            return Response(b"", 401, {"WWW-Authenticate": CHALLENGE})
        return Response(said(), mimetype="multipart/mixed; boundary=boundary")

    return answer


def on_recorder(port: int, channel: int = 1, login: object = LOGIN) -> Listened:
    recorder = RecorderEndpoint("127.0.0.1", port, channel, LOGIN if login is LOGIN else None)
    return Listened(
        "PHUVANG", CameraEndpoint(f"PHUVANG-{channel:02d}", "127.0.0.1", 1, "/x", LOGIN, 0, recorder), "NVR-01"
    )


def test_a_stream_that_never_ends_is_heard_until_the_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    parts = (alert("videoloss", state="inactive"), alert("VMD"), alert("tamperdetection", 2))
    with answering(a_recorder(*parts, then_silent_for=2.5)) as (address, asked), only_loopback(monkeypatch) as to:
        began = time.monotonic()
        web = DeviceWeb("127.0.0.1", port_of(address), began + 1.0, LOGIN)
        assert listen_to(web) == [Heard(SecurityKind.MOTION, 1, NOW), Heard(SecurityKind.TAMPER, 2, NOW)]
        assert time.monotonic() - began < 2.2
    assert asked == ["/ISAPI/Event/notification/alertStream?"] * 2
    assert {port for _, port in to} == {port_of(address)}


def test_pictures_and_torn_parts_between_alerts_are_passed_over() -> None:
    picture = b"--boundary\r\nContent-Type: image/jpeg\r\n\r\n\xff\xd8" + b"\x00<x" * 500 + b"\r\n"
    torn = alert("VMD", 9).replace(b"</EventNotificationAlert>", b"")
    stream = alert("VMD", 3) + picture + alert("linedetection", 4) + torn
    assert [(each.kind, each.channel) for each in events_in(stream)] == [
        (SecurityKind.MOTION, 3),
        (SecurityKind.INTRUSION, 4),
    ]


def test_what_is_no_event_of_security_is_passed_over() -> None:
    assert list(events_in(alert("facesnap") + alert("VMD", state="inactive") + alert("ANPR"))) == []


def test_a_stream_of_any_length_is_left_at_the_limit() -> None:
    flood = b"x" * (LARGEST_BYTES + 10_000)
    with answering(a_recorder(alert("VMD"), flood, flood)) as (address, _):
        web = DeviceWeb("127.0.0.1", port_of(address), time.monotonic() + 5, LOGIN)
        code, said = web.listen("/x")
    assert code == 200 and len(said) == LARGEST_BYTES and len(list(events_in(said))) == 1


def test_a_recorder_that_refuses_says_why() -> None:
    refused = Response(b"", 401, {"WWW-Authenticate": CHALLENGE})
    with answering(lambda _asked: refused) as (address, asked):
        with pytest.raises(WireTrouble) as trouble:
            listen_to(DeviceWeb("127.0.0.1", port_of(address), time.monotonic() + 3, LOGIN))
        assert trouble.value.fault is Fault.WRONG_PASSWORD and len(asked) == 2


def test_one_record_per_camera_kind_and_minute_and_unknown_channels_are_refused() -> None:
    seconds = [alert("VMD", at=NOW + timedelta(seconds=at)) for at in (-70, -9, -8, -7)]
    with answering(a_recorder(*seconds, alert("tamperdetection", 7))) as (address, _):
        events = CameraEvents([on_recorder(port_of(address))], LIMITS, SHORT)
        fetched = events.fetch("", [], NOW)
    assert [(record.camera, record.unit) for record in fetched.records] == [("PHUVANG-01", "PHUVANG")] * 2
    assert len({record.key for record in fetched.records}) == 2
    (refused,) = fetched.refused
    assert refused.value == "7" and "không có trong danh sách" in refused.reason


def test_a_recorder_seven_hours_ahead_is_dated_by_our_own_time() -> None:
    with answering(a_recorder(alert("VMD", at=NOW + timedelta(hours=7)))) as (address, _):
        (record,) = CameraEvents([on_recorder(port_of(address))], LIMITS, SHORT).fetch("", [], NOW).records
    assert record.is_time_ours and abs(record.happened_at - NOW) < timedelta(seconds=5)


def test_a_recorder_is_heard_once_however_many_cameras_hang_on_it() -> None:
    cameras = [on_recorder(80, channel) for channel in (1, 2, 3)]
    onvif = Listened("PHUVANG", CameraEndpoint("C9", "127.0.0.1", 1, "/x", LOGIN, onvif_port=81))
    neither = Listened("PHUVANG", CameraEndpoint("C8", "127.0.0.1", 1, "/x", LOGIN))
    recorder, single = devices_of([*cameras, onvif, neither])
    assert sorted(recorder.cameras) == [1, 2, 3] and list(single.cameras) == [0]


def test_while_one_device_answers_the_others_are_named_and_while_none_does_the_source_is_lost() -> None:
    with answering(a_recorder(alert("VMD"))) as (address, _):
        dead = on_recorder(1)
        both = CameraEvents([on_recorder(port_of(address)), dead], LIMITS, SHORT).fetch("", [], NOW)
        assert len(both.records) == 1 and "Không nghe được 1/2 thiết bị (đầu ghi NVR-01)" in both.message
        assert "127.0.0.1" not in both.message
    with pytest.raises(SourceUnavailable):
        CameraEvents([dead], LIMITS, SHORT).fetch("", [], NOW)
    with pytest.raises(SourceUnavailable, match="chưa có đầu ghi") as nobody:
        CameraEvents([], LIMITS, SHORT).fetch("", [], NOW)
    assert nobody.value.permanent


def soap(body: str) -> bytes:
    return (
        f'<e:Envelope xmlns:e="http://www.w3.org/2003/05/soap-envelope"><e:Body>{body}</e:Body></e:Envelope>'.encode()
    )


def message(topic: str, *values: tuple[str, str], at: str = "2026-11-24T02:45:00Z", state: str = "Changed") -> str:
    items = "".join(f'<tt:SimpleItem Name="{name}" Value="{value}"/>' for name, value in values)
    return (
        '<wsnt:NotificationMessage xmlns:wsnt="http://docs.oasis-open.org/wsn/b-2" xmlns:tt="urn:tt">'
        f"<wsnt:Topic>tns1:{topic}</wsnt:Topic><wsnt:Message>"
        f'<tt:Message UtcTime="{at}" PropertyOperation="{state}"><tt:Source><tt:SimpleItem Name="Source" Value="1"/>'
        f"</tt:Source><tt:Data>{items}</tt:Data></tt:Message></wsnt:Message></wsnt:NotificationMessage>"
    )


class Camera:
    """A device that answers by ONVIF and points elsewhere in everything it says."""

    def __init__(self, trap: str, *messages: str) -> None:
        self.trap, self.messages = trap, list(messages)
        self.asked: list[str] = []
        self.bodies: list[str] = []

    def answer(self, asked: Request) -> Answer:
        body = asked.get_data(as_text=True)
        self.asked.append(asked.path)
        self.bodies.append(body)
        if "GetCapabilities" in body:
            return soap(f"<x><Capabilities><Events><XAddr>{self.trap}/onvif/Events</XAddr></Events></Capabilities></x>")
        if "CreatePullPointSubscription" in body:
            own = '<p:Id xmlns:p="urn:own">7&amp;8</p:Id><p:Deep xmlns:p="urn:own"><p:More/></p:Deep>'
            return soap(
                f'<SubscriptionReference xmlns:a="urn:a"><a:Address>{self.trap}/onvif/Sub_1</a:Address>'
                f"<a:ReferenceParameters>{own}</a:ReferenceParameters></SubscriptionReference>"
            )
        if "PullMessages" in body:
            said, self.messages = self.messages, []
            return soap(f"<PullMessagesResponse>{''.join(said)}</PullMessagesResponse>")
        return soap("<UnsubscribeResponse/>")


def test_a_pull_point_is_made_read_and_ended_and_no_address_of_the_device_is_followed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with answering(lambda _asked: b"") as (trap, trapped):
        camera = Camera(
            trap,
            message("RuleEngine/CellMotionDetector/Motion", ("IsMotion", "true")),
            message("RuleEngine/CellMotionDetector/Motion", ("IsMotion", "false")),
            message("RuleEngine/TamperDetector/Tamper", ("IsTamper", "1")),
            message("RuleEngine/LineDetector/Crossed", ("ObjectId", "0")),
            message("RuleEngine/FieldDetector/ObjectsInside", ("IsInside", "false"), ("ObjectId", "1")),
            message("VideoSource/MotionAlarm", ("State", "true"), state="Deleted"),
            message("Device/Trigger/Relay", ("LogicalState", "true")),
        )
        with answering(camera.answer) as (address, _), only_loopback(monkeypatch) as connected:
            endpoint = CameraEndpoint("C1", "127.0.0.1", 1, "/x", LOGIN, onvif_port=port_of(address))
            until = time.monotonic() + 3.5
            heard = pull_events(DeviceWeb("127.0.0.1", endpoint.onvif_port, until), endpoint, NOW)
    assert trapped == [] and {port for _, port in connected} == {port_of(address)}
    assert heard == [
        Heard(SecurityKind.MOTION, 0, NOW),
        Heard(SecurityKind.TAMPER, 0, NOW),
        Heard(SecurityKind.INTRUSION, 0, NOW),
    ]
    assert camera.asked == ["/onvif/device_service", "/onvif/Events", "/onvif/Sub_1", "/onvif/Sub_1"]
    assert LOGIN.secret not in "".join(camera.bodies) and all("UsernameToken" in body for body in camera.bodies)
    assert re.search(r'<Id xmlns="urn:own" a:IsReferenceParameter="true">7&amp;8</Id>', camera.bodies[-1])
    assert "Deep" not in camera.bodies[-1]


def test_what_was_pulled_stays_heard_when_the_device_goes_away() -> None:
    camera = Camera("http://10.1.1.1", message("RuleEngine/CellMotionDetector/Motion", ("IsMotion", "true")))

    def answer(asked: Request) -> Answer:
        said = camera.answer(asked)
        return (b"", 500) if len(camera.bodies) > 3 else said

    with answering(answer) as (address, _):
        endpoint = CameraEndpoint("C1", "127.0.0.1", 1, "/x", None, onvif_port=port_of(address))
        web = DeviceWeb("127.0.0.1", endpoint.onvif_port, time.monotonic() + 30)
        assert len(pull_events(web, endpoint, NOW)) == 1


def test_a_camera_without_a_recorder_is_heard_by_onvif() -> None:
    camera = Camera("http://10.1.1.1", message("VideoSource/MotionAlarm", ("State", "true"), at="2026-11-24T02:44:30"))
    with answering(camera.answer) as (address, _):
        endpoint = CameraEndpoint("C1", "127.0.0.1", 1, "/x", LOGIN, onvif_port=port_of(address))
        (record,) = CameraEvents([Listened("ALUOI", endpoint)], LIMITS, SHORT).fetch("", [], NOW).records
    assert (record.camera, record.unit, record.happened_at) == (
        "C1",
        "ALUOI",
        datetime(2026, 11, 24, 2, 44, 30, tzinfo=UTC),
    )
