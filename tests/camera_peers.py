"""RTSP devices under the control of a test, on loopback: what they are asked, and what they answer or do not."""

from __future__ import annotations

import hashlib
import re
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import pytest

from connectors.cameras.endpoint import CameraEndpoint, Login

LOGIN = Login("giamsat", "mật khẩu: đúng")
SDP = (
    "v=0\r\ns=x\r\nm=audio 0 RTP/AVP 0\r\na=control:audio\r\nm=video 0 RTP/AVP 96\r\n"
    "a=rtpmap:96 H264/90000\r\na=control:trackID=1\r\n"
)
Behaviour = Callable[["Talk"], None]


class Talk:
    """One connection, seen from the device."""

    def __init__(self, connection: socket.socket) -> None:
        self.connection = connection
        self.requests: list[str] = []
        self._buffer = b""

    def hear(self) -> str:
        """The next request, '' when the other side has left."""
        while b"\r\n\r\n" not in self._buffer:
            part = self.connection.recv(65_536)
            if not part:
                return ""
            self._buffer += part
        head, _, self._buffer = self._buffer.partition(b"\r\n\r\n")
        self.requests.append(head.decode())
        return self.requests[-1]

    def say(self, status: str, *headers: str, body: str = "") -> None:
        """An answer."""
        lines = [f"RTSP/1.0 {status}", *headers, f"Content-Length: {len(body.encode())}", "", body]
        self.connection.sendall("\r\n".join(lines).encode())


@contextmanager
def device(behaviour: Behaviour) -> Iterator[tuple[int, list[Talk]]]:
    """A device on a free port; gives the port and the connections it had."""
    talks: list[Talk] = []
    listener = socket.create_server(("127.0.0.1", 0))

    def visit(connection: socket.socket) -> None:
        with connection, suppress(OSError):
            connection.settimeout(10)
            talks.append(Talk(connection))
            behaviour(talks[-1])

    def listen() -> None:
        with suppress(OSError):
            while True:
                connection, _ = listener.accept()
                threading.Thread(target=visit, args=(connection,), daemon=True).start()

    threading.Thread(target=listen, daemon=True).start()
    try:
        yield listener.getsockname()[1], talks
    finally:
        # Closing alone does not wake the thread that waits in accept.
        with suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()


def endpoint(port: int, path: str = "/live", login: Login | None = LOGIN) -> CameraEndpoint:
    return CameraEndpoint("C1", "127.0.0.1", port, path, login)


def parts_of(text: str) -> dict[str, str]:
    """The parts of a challenge or of an answer to one."""
    return {name: quoted or plain for name, quoted, plain in re.findall(r'(\w+)=(?:"([^"]*)"|([^",]+))', text)}


def right_digest(request: str, challenge: str, login: Login = LOGIN) -> bool:
    """A second opinion on RFC 2617 and RFC 7616, written from the device's side."""
    told = parts_of(request.partition("Authorization: Digest ")[2].split("\r\n")[0])
    asked = parts_of(challenge.removeprefix("Digest "))
    method, url = request.split()[:2]
    kind = {"SHA-256": "sha256"}.get(asked.get("algorithm", ""), "md5")

    def hashed(text: str) -> str:
        return hashlib.new(kind, text.encode()).hexdigest()

    middle = [asked["nonce"]]
    if "qop" in asked:
        middle += [told.get("nc", ""), told.get("cnonce", ""), "auth"]
    first = hashed(f"{login.user}:{asked['realm']}:{login.secret}")
    expected = hashed(":".join([first, *middle, hashed(f"{method}:{told.get('uri')}")]))
    return told.get("uri") == url and told.get("response") == expected


def guarded(challenge: str, answer: Callable[[Talk, str], None], login: Login = LOGIN) -> Behaviour:
    """A device that wants the right login for everything but OPTIONS; `answer` says what comes then."""

    def behave(talk: Talk) -> None:
        while request := talk.hear():
            if request.startswith("OPTIONS"):
                talk.say("200 OK", "Public: DESCRIBE")
            elif right_digest(request, challenge, login):
                answer(talk, request)
            else:
                talk.say("401 Unauthorized", f"WWW-Authenticate: {challenge}")

    return behave


def answers(status: str, *headers: str, body: str = "") -> Behaviour:
    """A device that says the same to everything."""

    def behave(talk: Talk) -> None:
        while talk.hear():
            talk.say(status, *headers, body=body)

    return behave


def sends(raw: bytes) -> Behaviour:
    """A device that sends bytes once it was asked, and hangs up."""

    def behave(talk: Talk) -> None:
        talk.hear()
        talk.connection.sendall(raw)

    return behave


@contextmanager
def only_loopback(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[tuple[str, int]]]:
    """Notes every address a socket of this process connects to, and lets none leave this machine."""
    asked: list[tuple[str, int]] = []
    real = socket.socket.connect

    def connect(self: socket.socket, address: tuple[str, int]) -> None:
        asked.append(address[:2])
        assert address[0] in {"127.0.0.1", "::1"}, f"a connection left this machine: {address}"
        real(self, address)

    with monkeypatch.context() as patch:
        patch.setattr(socket.socket, "connect", connect)
        yield asked
    assert {host for host, _ in asked} <= {"127.0.0.1", "::1"}
