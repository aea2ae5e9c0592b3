"""Rungs 1 to 3 against devices that answer, refuse, drip, shout or say nothing: each becomes a state with a reason."""

from __future__ import annotations

import base64
import socket
import time
from datetime import timedelta

import pytest
from camera_peers import LOGIN, SDP, Behaviour, Talk, answers, device, endpoint, guarded, only_loopback, sends
from ladder_support import NOW

from connectors.cameras.endpoint import CameraEndpoint, Login
from connectors.cameras.rtsp import Described, describe, knock
from domain.cameras import Fault, RungName, RungState

DIGESTS = [
    'Digest realm="IP Camera (A,B)", nonce="abc"',
    'Digest realm="r", nonce="abc", qop="auth", opaque="o"',
    'Digest realm="r", nonce="abc", algorithm=SHA-256, qop="auth"',
]
SHORT = timedelta(seconds=0.5)


def seen_of(behaviour: Behaviour, login: Login | None = LOGIN, budget: timedelta = timedelta(seconds=3)) -> Described:
    with device(behaviour) as (port, _):
        return describe(endpoint(port, login=login), NOW, budget)


def states(seen: Described) -> list[tuple[str, str, str | None]]:
    return [(rung.name.value, rung.state.value, rung.fault.value if rung.fault else None) for rung in seen.rungs]


def describes(talk: Talk, _request: str) -> None:
    talk.say("200 OK", "Content-Type: application/sdp", body=SDP)


@pytest.mark.parametrize("challenge", DIGESTS)
def test_the_right_password_reaches_the_video(challenge: str) -> None:
    seen = seen_of(guarded(challenge, describes))
    assert states(seen) == [("reachable", "ok", None), ("authenticated", "ok", None), ("described", "ok", None)]
    assert seen.video is not None and (seen.video.codec, seen.video.control) == ("H264", "trackID=1")


@pytest.mark.parametrize("challenge", DIGESTS)
def test_a_wrong_password_is_misconfigured_not_down_and_tried_once(challenge: str) -> None:
    with device(guarded(challenge, describes)) as (port, talks):
        seen = describe(endpoint(port, login=Login("giamsat", "sai")), NOW)
    assert states(seen) == [("reachable", "ok", None), ("authenticated", "bad", "wrong_password")]
    assert "401" in seen.rungs[1].reason and "không phải mất tín hiệu" in seen.rungs[1].reason
    assert sum("Authorization" in request for request in talks[0].requests) == 1


def test_without_a_password_a_challenge_says_so() -> None:
    seen = seen_of(guarded(DIGESTS[0], describes), login=None)
    assert seen.rungs[1].fault is Fault.WRONG_PASSWORD and "Chưa khai báo mật khẩu" in seen.rungs[1].reason


def test_basic_is_answered_only_where_no_digest_is_offered() -> None:
    with device(answers("401 Unauthorized", 'WWW-Authenticate: Basic realm="r"')) as (port, talks):
        describe(endpoint(port), NOW)
    told = [request for request in talks[0].requests if "Authorization: Basic " in request]
    raw = told[0].partition("Authorization: Basic ")[2].split("\r\n")[0]
    assert base64.b64decode(raw).decode() == f"{LOGIN.user}:{LOGIN.secret}"
    both = ('WWW-Authenticate: Digest realm="r", nonce="n", algorithm=ROT13', 'WWW-Authenticate: Basic realm="r"')
    with device(answers("401 Unauthorized", *both)) as (port, talks):
        describe(endpoint(port), NOW)
    assert not any("Authorization" in request for request in talks[0].requests)


def test_a_nonce_that_grew_old_is_answered_anew() -> None:
    nonces = iter(("first", "second"))

    def behave(talk: Talk) -> None:
        for _ in range(2):
            talk.hear()
            talk.say("401 Unauthorized", f'WWW-Authenticate: Digest realm="r", nonce="{next(nonces)}", stale=TRUE')
        talk.hear()
        talk.say("200 OK")

    with device(behave) as (port, talks):
        describe(endpoint(port), NOW, SHORT)
    assert [request.partition('nonce="')[2].partition('"')[0] for request in talks[0].requests] == ["", "first"]


@pytest.mark.parametrize(
    ("status", "fault", "said"),
    [
        ("404 Not Found", Fault.WRONG_PATH, "Sai đường dẫn"),
        ("301 Moved", Fault.REDIRECTED, "không đi theo"),
        ("503 Busy", Fault.REFUSED, "RTSP 503"),
        ("200 OK", Fault.NO_VIDEO, "m=video"),
    ],
)
def test_what_a_device_answers_instead_of_a_video(status: str, fault: Fault, said: str) -> None:
    seen = seen_of(answers(status))
    assert (seen.rungs[-1].name, seen.rungs[-1].fault) == (RungName.DESCRIBED, fault)
    assert said in seen.rungs[-1].reason and seen.video is None


@pytest.mark.parametrize(("busy", "state"), [(1, RungState.OK), (2, RungState.OK), (9, RungState.BAD)])
def test_a_device_that_is_busy_is_asked_again_twice_and_not_for_ever(busy: int, state: RungState) -> None:
    """One that shares a stream among viewers says 503 while it takes down what the last one has left."""

    def behave(talk: Talk) -> None:
        asked = 0
        while request := talk.hear():
            asked += request.startswith("DESCRIBE")
            is_busy = request.startswith("DESCRIBE") and asked <= busy
            talk.say("503 Service Unavailable") if is_busy else talk.say("200 OK", body=SDP)

    with device(behave) as (port, talks):
        seen = describe(endpoint(port), NOW)
    assert seen.rungs[-1].name is RungName.DESCRIBED and seen.rungs[-1].state is state, seen
    assert sum(request.startswith("DESCRIBE") for request in talks[0].requests) == min(busy, 2) + 1


def test_a_wrong_path_that_nobody_asked_a_password_for_proves_no_password() -> None:
    assert seen_of(answers("404 Not Found")).rungs[1].state is RungState.UNKNOWN
    asked = guarded(DIGESTS[0], lambda talk, _request: talk.say("404 Not Found"))
    assert seen_of(asked).rungs[1].state is RungState.OK


def test_a_closed_port_is_not_reachable() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    seen = describe(endpoint(port), NOW)
    assert states(seen) == [("reachable", "bad", "no_answer")] and "Cổng đóng" in seen.rungs[0].reason
    assert knock(endpoint(port), NOW).state is RungState.BAD


@pytest.mark.parametrize(
    "address", [("127.0.0.1", 99_999), ("127.0.0.1", -1), ("x\x00y", 554), ("a" * 300, 554), ("..", 554)]
)
def test_an_address_that_cannot_be_one_is_not_reachable(address: tuple[str, int]) -> None:
    seen = describe(CameraEndpoint("C1", *address, "/live"), NOW, SHORT)
    assert states(seen) == [("reachable", "bad", "no_answer")]


def silence(talk: Talk) -> None:
    while talk.hear():
        pass


def drips(talk: Talk) -> None:
    talk.hear()
    for letter in b"RTSP/1.0 200 OK\r\nX-Long: " + b"y" * 400:
        talk.connection.sendall(bytes([letter]))
        time.sleep(0.02)


@pytest.mark.parametrize("behaviour", [silence, drips], ids=["silence", "drips"])
def test_silence_and_drops_end_at_the_deadline(behaviour: Behaviour) -> None:
    began = time.monotonic()
    seen = seen_of(behaviour, budget=SHORT)
    assert time.monotonic() - began < 2
    assert states(seen)[1:] == [("authenticated", "unknown", None), ("described", "bad", "no_answer")]


@pytest.mark.parametrize(
    ("raw", "fault", "said"),
    [
        (b"", Fault.NO_ANSWER, "đóng kết nối"),
        (b"RTSP/1.0 200 O", Fault.BROKEN_ANSWER, "giữa chừng"),
        (b"RTSP/1.0 200 OK\r\nContent-Length: 50\r\n\r\nhalf", Fault.BROKEN_ANSWER, "giữa chừng"),
        (b"RTSP/1.0 200 OK\r\nX: " + b"y" * 10_000_000, Fault.BROKEN_ANSWER, "16 KB"),
        (b"RTSP/1.0 200 OK\r\n" + b"X: y\r\n" * 9000 + b"\r\n", Fault.BROKEN_ANSWER, "16 KB"),
        (b"RTSP/1.0 200 OK\r\nContent-Length: 99999999\r\n\r\n", Fault.BROKEN_ANSWER, "64 KB"),
        (b"RTSP/1.0 200 OK\r\nContent-Length: -5\r\n\r\n", Fault.BROKEN_ANSWER, "độ dài"),
        (b"HTTP/1.1 200 OK\r\n\r\n<html>", Fault.BROKEN_ANSWER, "không phải RTSP"),
        (bytes(range(256)) * 8 + b"\r\n\r\n", Fault.BROKEN_ANSWER, "không phải RTSP"),
        (b"SSH-2.0-OpenSSH_9.2\r\n\r\n", Fault.BROKEN_ANSWER, "không phải RTSP"),
    ],
    ids=["nothing", "half a line", "half a body", "10 MB header", "9000 headers", "large body", "negative", "web",
         "noise", "ssh"],
)  # fmt: skip
def test_an_answer_nobody_can_use_is_said(raw: bytes, fault: Fault, said: str) -> None:
    seen = seen_of(sends(raw))
    assert (seen.rungs[0].state, seen.rungs[1].state) == (RungState.OK, RungState.UNKNOWN)
    assert (seen.rungs[2].fault, said in seen.rungs[2].reason) == (fault, True), seen.rungs[2]


def test_a_redirect_is_never_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    with device(silence) as (trap, trapped):
        where = [f"Location: rtsp://127.0.0.1:{trap}/x", "Location: rtsp://10.9.8.7/x"]
        with device(answers("302 Moved", *where)) as (port, _), only_loopback(monkeypatch) as asked:
            assert describe(endpoint(port), NOW).rungs[-1].fault is Fault.REDIRECTED
    assert trapped == [] and asked == [("127.0.0.1", port)]


def test_a_secret_is_in_no_repr_and_in_no_reason() -> None:
    told = endpoint(1)
    assert LOGIN.secret not in repr(told) + str(told) + told.url
    seen = seen_of(guarded(DIGESTS[0], describes), login=Login("giamsat", "khóa-khác"))
    assert "khóa-khác" not in repr(seen)


def test_each_use_of_a_nonce_is_counted_from_one() -> None:
    with device(guarded(DIGESTS[1], describes)) as (port, talks):
        describe(endpoint(port), NOW)
    counts = [request.partition(" nc=")[2][:8] for request in talks[0].requests if " nc=" in request]
    assert counts == ["00000001"]


def test_the_password_does_not_travel_in_clear_with_a_digest() -> None:
    with device(guarded(DIGESTS[1], describes)) as (port, talks):
        describe(endpoint(port), NOW)
    assert LOGIN.secret not in "".join(talks[0].requests)


def test_a_device_cannot_write_a_header_of_ours() -> None:
    with device(answers("401 No", 'WWW-Authenticate: Digest realm="a\\"b", nonce="n\rX-Evil: 1"')) as (port, talks):
        describe(endpoint(port), NOW)
    assert not any(line.startswith("X-Evil") for one in talks for line in "".join(one.requests).splitlines())
