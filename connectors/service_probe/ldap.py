"""A bind of LDAP (RFC 4511 4.2), anonymous or simple, in the few bytes that it is: asked, answered, unbound.

A name with an empty password is refused by us before anything is sent: servers answer it with success and authenticate
nobody (RFC 4513 5.1.2). A password leaves this machine over TLS only, to a peer whose certificate is trusted. Referrals
are not followed.
"""

from __future__ import annotations

import contextlib

from connectors.service_probe.address import Address
from connectors.service_probe.wire import Wire, WireTrouble, trusting_known
from domain.software_systems import HealthState, ProbeResult

LARGEST_ANSWER = 16 * 1024
INTEGER, OCTETS, ENUMERATED, SEQUENCE = 0x02, 0x04, 0x0A, 0x30
BIND_REQUEST, BIND_RESPONSE, SIMPLE = 0x60, 0x61, 0x80
UNBIND = bytes([SEQUENCE, 5, INTEGER, 1, 2, 0x42, 0])
INVALID_CREDENTIALS = 49
BAD_LOGIN = "Máy chủ LDAP không nhận tên hoặc mật khẩu."
EMPTY_PASSWORD = "Có tên mà mật khẩu trống: chưa gửi gì. Máy chủ LDAP coi đó là thành công mà không kiểm tra ai."
NOT_SECRET = "Mật khẩu LDAP chỉ gửi qua ldaps://."


def bind(address: Address, user_name: str, password: str, until: float) -> ProbeResult:
    """Bind and unbind; without a name anonymously. Raises WireTrouble."""
    if user_name and not password:
        return ProbeResult(HealthState.UNKNOWN, EMPTY_PASSWORD)
    if user_name and not (address.uses_tls or address.stays_here):
        return ProbeResult(HealthState.UNKNOWN, NOT_SECRET)
    secret = password if user_name else ""
    with Wire(address, until, trusting_known() if secret and not address.stays_here else None) as wire:
        wire.send(_bind_request(user_name, secret))
        code = _result_code(wire)
        with contextlib.suppress(WireTrouble):
            wire.send(UNBIND)
        if code == 0:
            return ProbeResult(HealthState.ANSWERING, certificate_until=wire.certificate_until)
        said = BAD_LOGIN if code == INVALID_CREDENTIALS else f"Máy chủ LDAP từ chối (mã {code})."
        return ProbeResult(HealthState.REFUSED, said, certificate_until=wire.certificate_until)


def _bind_request(name: str, password: str) -> bytes:
    said = _element(INTEGER, b"\x03") + _element(OCTETS, name.encode()) + _element(SIMPLE, password.encode())
    return _element(SEQUENCE, _element(INTEGER, b"\x01") + _element(BIND_REQUEST, said))


def _result_code(wire: Wire) -> int:
    """The code of the answer to message 1; raises WireTrouble for what is none."""
    tag, size = _head(wire)
    if tag != SEQUENCE:
        raise _not_ldap()
    message = _Elements(wire.take(size))
    number = message.next(INTEGER)
    answer = _Elements(message.next(BIND_RESPONSE))
    code = answer.next(ENUMERATED)
    if number != b"\x01" or not 1 <= len(code) <= 2:
        raise _not_ldap()
    return int.from_bytes(code, "big")


def _head(wire: Wire) -> tuple[int, int]:
    tag, size = wire.take(2)
    if size & 0x80:
        count = size & 0x7F
        if not 1 <= count <= 3:
            raise _not_ldap()
        size = int.from_bytes(wire.take(count), "big")
    if size > LARGEST_ANSWER:
        raise _not_ldap()
    return tag, size


class _Elements:
    """The elements of a body, one after the other."""

    def __init__(self, body: bytes) -> None:
        self._body = body

    def next(self, tag: int) -> bytes:
        """The content of the next one, which has this tag; raises WireTrouble."""
        body = self._body
        if len(body) < 2 or body[0] != tag:
            raise _not_ldap()
        size, start = body[1], 2
        if size & 0x80:
            start += size & 0x7F
            size = int.from_bytes(body[2:start], "big")
        if start + size > len(body):
            raise _not_ldap()
        self._body = body[start + size :]
        return body[start : start + size]


def _element(tag: int, content: bytes) -> bytes:
    size = len(content)
    length = bytes([size]) if size < 0x80 else b"\x82" + size.to_bytes(2, "big")
    return bytes([tag]) + length + content


def _not_ldap() -> WireTrouble:
    return WireTrouble(HealthState.REFUSED, "Có trả lời, không phải LDAP.")
