"""The city's cameras over RTSP: one listening port of loopback, one path per camera, digest login, real H.264.

It plays interleaved RTP that it makes itself, so that a decoder decodes something; without one, rungs 1 to 3 stay.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import select
import socket
import socketserver
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from urllib.parse import urlsplit

from demo_city.cameras import PASSWORD, USER, CityCamera, CityCameras
from demo_city.video import blocks_of, key_frame, parameter_sets, rtp_packets

REALM = "THADS (du lieu mau)"
FRAMES_A_SECOND = 10
_LONGEST_HEAD = 8192
_PATIENCE = 30.0
_SDP = (
    "v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\ns=Du lieu mau\r\nc=IN IP4 0.0.0.0\r\nt=0 0\r\na=control:*\r\n"
    "m=video 0 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\na=fmtp:96 packetization-mode=1\r\na=control:track1\r\n"
)


class CameraService(socketserver.ThreadingTCPServer):
    """Listens on 127.0.0.1; `pace` is how many times faster than real time pictures come."""

    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, port: int, cameras: CityCameras, clock: Callable[[], datetime], pace: float = 1.0) -> None:
        super().__init__(("127.0.0.1", port), _Visit)
        self.cameras, self.clock, self.pace = cameras, clock, pace

    def start(self) -> int:
        """Answer in a thread that ends with the process; gives the port."""
        threading.Thread(target=self.serve_forever, name="cameras", daemon=True).start()
        return int(self.server_address[1])


class _Visit(socketserver.BaseRequestHandler):
    """One connection: requests until somebody leaves."""

    server: CameraService
    request: socket.socket

    def setup(self) -> None:
        self.request.settimeout(_PATIENCE)
        self._nonce = secrets.token_hex(16)
        self._session = secrets.token_hex(8)
        self._buffer = b""

    def handle(self) -> None:
        with suppress(OSError):
            while (head := self._head()) and self._answer(head):
                continue

    def _head(self) -> str:
        while b"\r\n\r\n" not in self._buffer:
            part = self.request.recv(4096)
            if not part or len(self._buffer) > _LONGEST_HEAD:
                return ""
            self._buffer += part
        head, _, self._buffer = self._buffer.partition(b"\r\n\r\n")
        return head.decode("latin-1")

    def _answer(self, head: str) -> bool:
        """Whether the visit goes on."""
        asked = re.match(r"([A-Z_]+) (\S+) RTSP/1\.0\r?\n?", head)
        if asked is None:
            return self._say("400 Bad Request", "0")
        method, url = asked[1], asked[2]
        number = _header(head, "CSeq")
        camera = self.server.cameras.at_path(urlsplit(url).path)
        doing = self.server.cameras.doing(camera, self.server.clock()) if camera else "live"
        if doing == "off":
            return False
        if doing == "cut":
            self.request.recv(1)
            return False
        if method == "OPTIONS":
            return self._say("200 OK", number, "Public: OPTIONS, DESCRIBE, SETUP, PLAY, TEARDOWN")
        if doing == "locked" or not self._is_known(head, method, url):
            return self._say(
                "401 Unauthorized", number, f'WWW-Authenticate: Digest realm="{REALM}", nonce="{self._nonce}"'
            )
        if camera is None:
            return self._say("404 Not Found", number)
        return self._serve(method, url, number, camera, doing)

    def _serve(self, method: str, url: str, number: str, camera: CityCamera, doing: str) -> bool:
        session = f"Session: {self._session}"
        if method == "DESCRIBE":
            return self._say("200 OK", number, "Content-Type: application/sdp", f"Content-Base: {url}/", body=_SDP)
        if method == "SETUP":
            return self._say("200 OK", number, session, "Transport: RTP/AVP/TCP;unicast;interleaved=0-1")
        if method == "PLAY":
            self._say("200 OK", number, session)
            self._play(camera, doing)
            return False
        if method == "TEARDOWN":
            self._say("200 OK", number)
            return False
        return self._say("405 Method Not Allowed", number)

    def _play(self, camera: CityCamera, doing: str) -> None:
        """Frames until the other side says anything or leaves, or half a minute is over."""
        began = time.monotonic()
        sequence = 0
        for number in range(int(_PATIENCE * FRAMES_A_SECOND)):
            frame = key_frame(blocks_of(doing, camera.code, number), number)
            for nal in (*parameter_sets(), frame):
                for packet in rtp_packets(nal, sequence, number * 90_000 // FRAMES_A_SECOND):
                    sequence += 1
                    self.request.sendall(b"$\x00" + len(packet).to_bytes(2, "big") + packet)
            due = began + (number + 1) / FRAMES_A_SECOND / self.server.pace
            if select.select([self.request], [], [], max(0.0, due - time.monotonic()))[0]:
                return

    def _is_known(self, head: str, method: str, url: str) -> bool:
        told = dict(re.findall(r'(\w+)="([^"]*)"', _header(head, "Authorization")))

        def hashed(text: str) -> str:
            return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()

        right = hashed(f"{hashed(f'{USER}:{REALM}:{PASSWORD}')}:{self._nonce}:{hashed(f'{method}:{url}')}")
        return told.get("nonce") == self._nonce and secrets.compare_digest(told.get("response", ""), right)

    def _say(self, status: str, number: str, *headers: str, body: str = "") -> bool:
        lines = [f"RTSP/1.0 {status}", f"CSeq: {number}", *headers]
        lines += [f"Content-Length: {len(body)}"] if body else []
        self.request.sendall("\r\n".join([*lines, "", body]).encode())
        return True


def _header(head: str, name: str) -> str:
    found = re.search(rf"^{name}:\s*(.*?)\s*$", head, re.IGNORECASE | re.MULTILINE)
    return found[1] if found else ""
