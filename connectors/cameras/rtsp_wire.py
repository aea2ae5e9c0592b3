"""RTSP 1.0 on the wire (RFC 2326): requests out, answers and interleaved packets in, bounded in time and in size.

Everything a device can do wrong becomes WireTrouble, with the fault and the Vietnamese reason of a rung.
"""

from __future__ import annotations

import contextlib
import re
import socket
import time
from dataclasses import dataclass, field

from connectors.cameras.digest import authorization
from connectors.cameras.endpoint import CameraEndpoint, Login, authority
from domain.cameras import Fault

LARGEST_HEAD = 16 * 1024
LARGEST_BODY = 64 * 1024
_STATUS = re.compile(rb"RTSP/1\.[0-9] ([1-5][0-9][0-9])(?: [^\r\n]*)?")
_READ = 65_536
# How long to wait before a device that is busy is asked again.
_BUSY_SECONDS = (0.1, 0.3)


class WireTrouble(Exception):
    """The device gave no answer that can be used; `fault` for rules, the text for people."""

    def __init__(self, fault: Fault, reason: str) -> None:
        super().__init__(reason)
        self.fault = fault
        self.reason = reason


@dataclass(frozen=True, slots=True)
class RtspAnswer:
    """One answer: its code, headers by lower-case name (a repeated one keeps all), and the body."""

    code: int
    headers: dict[str, list[str]] = field(default_factory=dict)
    body: bytes = b""

    def header(self, name: str) -> str:
        """The first value of a header, '' without one."""
        return next(iter(self.headers.get(name, ())), "")


class RtspWire:
    """One connection to the configured host and port; a context manager. All of it ends at `until` (monotonic)."""

    def __init__(self, endpoint: CameraEndpoint, until: float) -> None:
        self._login: Login | None = endpoint.login
        self._until = until
        self._number = 0
        self._buffer = bytearray()
        self._challenges: list[str] = []
        self._answered = 0
        self._root = f"rtsp://{authority(endpoint.host, endpoint.port)}"
        self.was_challenged = False
        try:
            self._socket = socket.create_connection((endpoint.host, endpoint.port), timeout=self._left())
        except ConnectionRefusedError as error:
            raise WireTrouble(Fault.NO_ANSWER, "Cổng đóng: thiết bị từ chối kết nối.") from error
        except (OSError, OverflowError, ValueError) as error:
            raise WireTrouble(Fault.NO_ANSWER, "Không kết nối được tới thiết bị.") from error

    def __enter__(self) -> RtspWire:
        return self

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(OSError):
            self._socket.close()

    def ask(self, method: str, path: str, headers: dict[str, str] | None = None) -> RtspAnswer:
        """The answer to a request for a path of the configured host. A challenge is answered once: devices lock an
        account after a few wrong tries, so the same login is sent again only when its nonce was too old."""
        had_login = bool(self._challenges)
        answer = self._exchange(method, path, headers or {})
        if answer.code != 401:
            return answer
        self.was_challenged = True
        self._challenges, self._answered = answer.headers.get("www-authenticate", []), 0
        is_stale = any(re.search(r"\bstale\s*=\s*\"?true", text, re.IGNORECASE) for text in self._challenges)
        if self._login is None or not self._challenges or (had_login and not is_stale):
            return answer
        return self._exchange(method, path, headers or {})

    def describe(self, path: str) -> RtspAnswer:
        """The answer to DESCRIBE; a device that is busy (503) is asked again twice, a moment later. One that shares a
        stream among viewers says so while it takes down what the viewer before has left, which may have been us."""
        answer = self.ask("DESCRIBE", path, {"Accept": "application/sdp"})
        for pause in _BUSY_SECONDS:
            if answer.code != 503 or time.monotonic() + pause >= self._until:
                break
            time.sleep(pause)
            answer = self.ask("DESCRIBE", path, {"Accept": "application/sdp"})
        return answer

    def tell(self, method: str, path: str, headers: dict[str, str]) -> None:
        """Send a request and wait for nothing."""
        with contextlib.suppress(WireTrouble):
            self._send(method, path, headers)

    def packet(self) -> tuple[int, bytes]:
        """The next interleaved packet: its channel and content; answers in between are passed over."""
        while True:
            self._fill(1)
            if self._buffer[0] != 0x24:
                self._answer()
                continue
            self._fill(4)
            channel, size = self._buffer[1], int.from_bytes(self._buffer[2:4], "big")
            self._fill(4 + size)
            content = bytes(self._buffer[4 : 4 + size])
            del self._buffer[: 4 + size]
            return channel, content

    def _exchange(self, method: str, path: str, headers: dict[str, str]) -> RtspAnswer:
        self._send(method, path, headers)
        while True:
            self._fill(1)
            if self._buffer[0] == 0x24:
                self.packet()
                continue
            return self._answer()

    def _send(self, method: str, path: str, headers: dict[str, str]) -> None:
        self._number += 1
        url = self._root + path
        lines = [f"{method} {url} RTSP/1.0", f"CSeq: {self._number}", "User-Agent: thads-command-centre"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        if self._login is not None and self._challenges:
            self._answered += 1
            said = authorization(self._challenges, self._login, method, url, self._answered)
            lines += [f"Authorization: {said}"] if said else []
        try:
            self._socket.settimeout(self._left())
            self._socket.sendall("\r\n".join([*lines, "", ""]).encode())
        except OSError as error:
            raise WireTrouble(Fault.NO_ANSWER, "Thiết bị đóng kết nối.") from error

    def _answer(self) -> RtspAnswer:
        head = self._head()
        first, *lines = head.split(b"\n")
        status = _STATUS.fullmatch(first.rstrip(b"\r"))
        if status is None:
            raise WireTrouble(Fault.BROKEN_ANSWER, "Thiết bị trả lời không phải RTSP.")
        headers: dict[str, list[str]] = {}
        for line in lines:
            name, colon, value = line.decode("latin-1").partition(":")
            if colon:
                headers.setdefault(name.strip().lower(), []).append(value.strip())
        length = next(iter(headers.get("content-length", ())), "0")
        if not (length.isascii() and length.isdigit() and len(length) < 9):
            raise WireTrouble(Fault.BROKEN_ANSWER, "Thiết bị nêu độ dài câu trả lời sai.")
        if int(length) > LARGEST_BODY:
            raise WireTrouble(Fault.BROKEN_ANSWER, f"Câu trả lời quá {LARGEST_BODY // 1024} KB.")
        self._fill(int(length))
        body = bytes(self._buffer[: int(length)])
        del self._buffer[: int(length)]
        return RtspAnswer(int(status[1]), headers, body)

    def _head(self) -> bytes:
        """Everything before the empty line, which is taken off the buffer with it."""
        while True:
            end = re.search(rb"\r?\n\r?\n", self._buffer)
            if end is not None and end.start() <= LARGEST_HEAD:
                head = bytes(self._buffer[: end.start()])
                del self._buffer[: end.end()]
                return head
            if end is not None or len(self._buffer) > LARGEST_HEAD:
                raise WireTrouble(Fault.BROKEN_ANSWER, f"Phần đầu câu trả lời quá {LARGEST_HEAD // 1024} KB.")
            self._receive()

    def _fill(self, size: int) -> None:
        while len(self._buffer) < size:
            self._receive()

    def _receive(self) -> None:
        try:
            self._socket.settimeout(self._left())
            part = self._socket.recv(_READ)
        except TimeoutError as error:
            raise WireTrouble(Fault.NO_ANSWER, "Thiết bị không trả lời kịp.") from error
        except OSError as error:
            raise WireTrouble(Fault.NO_ANSWER, "Thiết bị ngắt kết nối.") from error
        if not part:
            fault = Fault.BROKEN_ANSWER if self._buffer else Fault.NO_ANSWER
            raise WireTrouble(fault, "Thiết bị đóng kết nối giữa chừng.")
        self._buffer += part

    def _left(self) -> float:
        left = self._until - time.monotonic()
        if left <= 0:
            raise WireTrouble(Fault.NO_ANSWER, "Thiết bị không trả lời kịp.")
        return left
