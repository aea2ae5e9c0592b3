"""One question to a device over HTTP, with digest login: bounded in time and size, no redirect, no other host.

Digest is our own (connectors/cameras/digest.py): the one of httpx raises KeyError and NotImplementedError on challenges
that a device may well send.
"""

from __future__ import annotations

import ssl
import time
from contextlib import suppress
from dataclasses import dataclass, field

import httpx

from connectors.cameras.digest import authorization
from connectors.cameras.endpoint import Login, authority
from connectors.cameras.rtsp_wire import WireTrouble
from connectors.deadline import cut_off_at
from domain.cameras import Fault

LARGEST_BYTES = 256 * 1024
# Devices are asked in plain HTTP; without this each client would read the machine's authorities from disk.
_NO_TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


@dataclass(slots=True)
class DeviceWeb:
    """One device for one set of questions; all of them end at `until` (monotonic)."""

    host: str
    port: int
    until: float
    login: Login | None = None
    _challenges: list[str] = field(default_factory=list, repr=False)
    _answered: int = 0

    def ask(self, method: str, path: str, body: bytes = b"", kind: str = "application/xml") -> tuple[int, bytes]:
        """Status and body of an answer; 401 after the login means that it is wrong. Raises WireTrouble."""
        had_login = bool(self._challenges)
        code, content, challenges = self._exchange(method, path, body, kind)
        # A login that was just refused is not sent again: devices lock accounts.
        if code != httpx.codes.UNAUTHORIZED or self.login is None or had_login or not challenges:
            return code, content
        self._challenges = challenges
        code, content, _ = self._exchange(method, path, body, kind)
        return code, content

    def listen(self, path: str) -> tuple[int, bytes]:
        """Status of a device that answers without ever ending, and what it said until the deadline, at most
        LARGEST_BYTES: silence and a hang-up end it as well as the deadline. Raises WireTrouble before it begins."""
        code, content, challenges = self._exchange("GET", path, b"", "", is_endless=True)
        if code != httpx.codes.UNAUTHORIZED or self.login is None or self._challenges or not challenges:
            return code, content
        self._challenges = challenges
        code, content, _ = self._exchange("GET", path, b"", "", is_endless=True)
        return code, content

    def _exchange(
        self, method: str, path: str, body: bytes, kind: str, is_endless: bool = False
    ) -> tuple[int, bytes, list[str]]:
        headers = {"User-Agent": "thads-command-centre", "Connection": "close"}
        headers |= {"Content-Type": kind} if body else {}
        if self.login is not None and self._challenges:
            self._answered += 1
            said = authorization(self._challenges, self.login, method, path, self._answered)
            headers |= {"Authorization": said} if said else {}
        try:
            # trust_env: neither a proxy nor a password of the machine's environment is for a device.
            with (
                httpx.Client(verify=_NO_TLS, follow_redirects=False, trust_env=False, timeout=self._left()) as client,
                cut_off_at(self.until) as trace,
                client.stream(
                    method, f"http://{authority(self.host, self.port)}{path}",
                    content=body, headers=headers, extensions={"trace": trace},
                ) as answer,
            ):  # fmt: skip
                is_said = is_endless and answer.status_code == httpx.codes.OK
                content = self._said(answer) if is_said else self._body(answer)
                return answer.status_code, content, answer.headers.get_list("www-authenticate")
        except httpx.TimeoutException as error:
            raise WireTrouble(Fault.NO_ANSWER, "Thiết bị không trả lời kịp.") from error
        except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as error:
            raise WireTrouble(Fault.NO_ANSWER, "Không hỏi được thiết bị qua HTTP.") from error

    def _body(self, answer: httpx.Response) -> bytes:
        parts: list[bytes] = []
        size = 0
        for part in answer.iter_bytes(16_384):
            size += len(part)
            if size > LARGEST_BYTES:
                raise WireTrouble(Fault.BROKEN_ANSWER, f"Câu trả lời quá {LARGEST_BYTES // 1024} KB.")
            self._left()
            parts.append(part)
        return b"".join(parts)

    def _said(self, answer: httpx.Response) -> bytes:
        """What an endless answer says until it is cut off, one way or another."""
        said = bytearray()
        with suppress(httpx.HTTPError, OSError):
            # No size of pieces: what is said now must not wait for what is said next.
            for part in answer.iter_raw():
                said += part
                if len(said) > LARGEST_BYTES or time.monotonic() >= self.until:
                    break
        return bytes(said[:LARGEST_BYTES])

    def _left(self) -> float:
        left = self.until - time.monotonic()
        if left <= 0:
            raise WireTrouble(Fault.NO_ANSWER, "Thiết bị không trả lời kịp.")
        return left
