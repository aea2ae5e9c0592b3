"""Signed webhooks (Standard Webhooks 1.0): the payload of an event, its signature, one delivery. Keeps nothing.

One deadline for a whole delivery, no redirect followed, an answer is looked at only so far as its status. The machine
of a receiver is checked at the connection itself, before a byte of ours is sent: no name can lead anywhere else.
"""

from __future__ import annotations

import ipaddress
import json
import socket
import ssl
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from urllib.parse import urlsplit

import httpx
from standardwebhooks.webhooks import Webhook

from domain.outbox import BUSY, Answer, EventKind, OutboxEvent

TEST_KIND = "webhook.test"
BUDGET = timedelta(seconds=10)
# What a receiver says beside its status is of no use to us; a little is read so that a proper answer ends properly.
LARGEST_ANSWER = 16 * 1024
LONGEST_ADDRESS = 500
_CONNECTED = "connection.connect_tcp.complete"
_OPENED = frozenset({_CONNECTED, "connection.start_tls.complete"})


class AddressRefused(ValueError):
    """Nothing is sent to this address; the text is Vietnamese and can be shown."""


@dataclass(frozen=True, slots=True)
class Message:
    """What travels: `webhook_id` is the same at every attempt, `body` is signed as it stands."""

    webhook_id: str
    body: str


def message_of(webhook_id: str, event: OutboxEvent, unit_name: str, source_title: str) -> Message:
    """The payload of an event: type, time and facts, with the names of unit and source as they are called."""
    data: dict[str, object] = dict(event.facts)
    if event.kind in {EventKind.ALARM_OPENED, EventKind.ALARM_CHANGED, EventKind.ALARM_CLOSED}:
        data["unit_name"] = unit_name
    elif event.kind in {EventKind.SOURCE_LOST, EventKind.SOURCE_BACK}:
        data["name"] = source_title
    return _message(webhook_id, event.kind.value, event.happened_at, data)


def trial_message(webhook_id: str, at: datetime) -> Message:
    """What the test button sends: an event of no meaning."""
    return _message(webhook_id, TEST_KIND, at, {})


def refuse_address(address: str, allow_loopback: bool) -> None:
    """Refuse what is no https address of another machine. Raises AddressRefused.

    Loopback, also without TLS, is for DEMO and tests. Addresses of a private network are allowed, as for connected
    sources: the city's centre is reached inside the city's own network. Names are checked when they are connected to.
    """
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError as error:
        raise AddressRefused("Địa chỉ không đúng dạng.") from error
    host = parts.hostname or ""
    if not host or port == 0 or parts.fragment or len(address) > LONGEST_ADDRESS or not address.isprintable():
        raise AddressRefused("Địa chỉ không đúng dạng.")
    if parts.username or parts.password:
        raise AddressRefused("Không đặt tên và mật khẩu trong địa chỉ: sự kiện đã được ký bằng khóa.")
    is_here = host == "localhost" or _is_loopback(host)
    if parts.scheme != "https" and not (allow_loopback and is_here and parts.scheme == "http"):
        raise AddressRefused("Địa chỉ phải bắt đầu bằng https://.")
    if host == "localhost" and not allow_loopback:
        raise AddressRefused("Không gửi tới chính máy này.")
    _refuse_machine(host, allow_loopback)


def deliver(
    address: str,
    secret: str,
    message: Message,
    signed_at: datetime,
    allow_loopback: bool = False,
    budget: timedelta = BUDGET,
) -> Answer:
    """Post once and say what came; never raises for what a receiver or a network does.

    `secret` is 'whsec_…', `signed_at` the machine's own time (aware UTC), which receivers hold against theirs.
    """
    try:
        refuse_address(address, allow_loopback)
        signature = Webhook(secret).sign(message.webhook_id, signed_at, message.body)
    except AddressRefused as refused:
        return Answer(None, str(refused))
    except (ValueError, RuntimeError) as error:
        return Answer(None, f"Khóa không dùng được: {type(error).__name__}.")
    headers = {
        "webhook-id": message.webhook_id,
        "webhook-timestamp": str(int(signed_at.timestamp())),
        "webhook-signature": signature,
        "Content-Type": "application/json",
        "User-Agent": "thads-command-centre",
        "Accept-Encoding": "identity",
        "Connection": "close",
    }
    until = time.monotonic() + budget.total_seconds()
    try:
        return _posted(address, message.body.encode(), headers, until, allow_loopback)
    except AddressRefused as refused:
        return Answer(None, str(refused))
    except (httpx.TimeoutException, httpx.InvalidURL):
        return Answer(None, "Nơi nhận không trả lời kịp.")
    except httpx.HTTPError:
        late = time.monotonic() >= until
        return Answer(None, "Nơi nhận không trả lời kịp." if late else "Không kết nối được tới nơi nhận.")


def _posted(address: str, body: bytes, headers: Mapping[str, str], until: float, allow_loopback: bool) -> Answer:
    # A client for each delivery: neither a cookie nor a connection of one receiver is there for another. trust_env:
    # neither a proxy nor a password of the machine's environment is for a receiver.
    with (
        _line(until, allow_loopback) as line,
        httpx.Client(verify=_authorities(), follow_redirects=False, trust_env=False) as client,
        client.stream(
            "POST",
            address,
            content=body,
            headers=dict(headers),
            timeout=max(0.01, until - time.monotonic()),
            extensions={"trace": line},
        ) as answer,
    ):
        size = 0
        # The status is the answer; whoever goes on talking is hung up on.
        for part in answer.iter_raw(4096):
            size += len(part)
            if size > LARGEST_ANSWER or time.monotonic() >= until:
                break
        return _answer(answer)


def _answer(answer: httpx.Response) -> Answer:
    code = answer.status_code
    if answer.is_success:
        return Answer(code)
    if answer.is_redirect:
        return Answer(code, f"Nơi nhận chuyển sang địa chỉ khác (HTTP {code}): kiểm tra địa chỉ.")
    if code == httpx.codes.GONE:
        return Answer(code, "Nơi nhận không nhận nữa (HTTP 410): đã dừng gửi.")
    return Answer(code, f"Nơi nhận báo lỗi (HTTP {code}).", _asked_wait(answer) if code in BUSY else None)


def _asked_wait(answer: httpx.Response) -> timedelta | None:
    seconds = answer.headers.get("Retry-After", "")
    return timedelta(seconds=int(seconds)) if seconds.isascii() and seconds.isdigit() and len(seconds) < 9 else None


class _Line:
    """Told by the HTTP library of every connection it opens: refuses forbidden machines, breaks off at the deadline."""

    def __init__(self, allow_loopback: bool) -> None:
        self.allow_loopback = allow_loopback
        self.refused = ""
        self._sockets: list[socket.socket] = []

    def __call__(self, event: str, about: Mapping[str, object]) -> None:
        stream = about.get("return_value")
        if event not in _OPENED or not hasattr(stream, "get_extra_info"):
            return
        self._sockets.append(stream.get_extra_info("socket"))
        if event == _CONNECTED:
            try:
                _refuse_machine(str(stream.get_extra_info("server_addr")[0]), self.allow_loopback)
            except AddressRefused as refused:
                # Broken off rather than raised through the library, which would forget to close it.
                self.refused = str(refused)
                self.cut()

    def cut(self) -> None:
        for one in self._sockets:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)


@contextmanager
def _line(until: float, allow_loopback: bool) -> Iterator[_Line]:
    """The library's time-outs are per read: a receiver that sends a byte a second would hold a thread for a day."""
    line = _Line(allow_loopback)
    timer = threading.Timer(max(0.0, until - time.monotonic()), line.cut)
    timer.daemon = True
    timer.start()
    try:
        yield line
    except httpx.HTTPError as error:
        if line.refused:
            raise AddressRefused(line.refused) from error
        raise
    finally:
        timer.cancel()


def _message(webhook_id: str, kind: str, at: datetime, data: Mapping[str, object]) -> Message:
    payload = {"type": kind, "timestamp": at.isoformat(timespec="milliseconds"), "data": data}
    return Message(webhook_id, json.dumps(payload, ensure_ascii=False, sort_keys=True, separators=(",", ":")))


def _refuse_machine(host: str, allow_loopback: bool) -> None:
    """Refuse an address that is no machine of a network; a name passes, and is refused when it leads to one."""
    address = _address(host)
    if address is None:
        return
    if address.is_loopback:
        if not allow_loopback:
            raise AddressRefused("Không gửi tới chính máy này.")
        return
    if address.is_link_local or address.is_multicast or address.is_unspecified or address.is_reserved:
        raise AddressRefused("Không gửi tới địa chỉ này.")


def _is_loopback(host: str) -> bool:
    address = _address(host)
    return address is not None and address.is_loopback


def _address(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return None
    # The same machine written as IPv6 is the same machine.
    return getattr(address, "ipv4_mapped", None) or address


@cache
def _authorities() -> ssl.SSLContext:
    """Whose certificates are believed; reading the list costs 40 ms of a processor: once."""
    return httpx.create_ssl_context(trust_env=False)
