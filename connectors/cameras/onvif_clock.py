"""Rung 6 by ONVIF: GetSystemDateAndTime, asked as plain SOAP. The device's service address is ours, never its XAddr."""

from __future__ import annotations

import base64
import hashlib
import secrets
import time
from datetime import UTC, datetime, timedelta
from typing import Any
from xml.sax.saxutils import escape

from connectors.cameras.device_web import DeviceWeb
from connectors.cameras.device_xml import all_named, text_at, xml_of
from connectors.cameras.endpoint import CameraEndpoint, Login
from connectors.cameras.rtsp_wire import WireTrouble
from domain.cameras import CameraLimits, Fault, Rung, RungName, judge_clock

PATH = "/onvif/device_service"
BUDGET = timedelta(seconds=5)
_KIND = "application/soap+xml; charset=utf-8"
_WSS = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss"
_ENVELOPE = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Header>{header}</s:Header>'
    '<s:Body><GetSystemDateAndTime xmlns="http://www.onvif.org/ver10/device/wsdl"/></s:Body></s:Envelope>'
)
_DIGITS = ("Year", "Month", "Day", "Hour", "Minute", "Second")


def onvif_clock(endpoint: CameraEndpoint, limits: CameraLimits, now: datetime, budget: timedelta = BUDGET) -> Rung:
    """How far the camera's clock is off; unknown when it could not be asked. No exception leaves here.

    The profile lets anybody ask for the time. A token is sent only when a device refuses without one: it carries our
    time, and a device whose clock is far off would refuse it just when that is to be found out.
    """
    began = time.monotonic()
    web = DeviceWeb(endpoint.host, endpoint.onvif_port, began + budget.total_seconds())
    try:
        code, body = web.ask("POST", PATH, envelope(), _KIND)
        if code in {400, 401, 403, 500} and endpoint.login is not None:
            code, body = web.ask("POST", PATH, envelope(token(endpoint.login, now)), _KIND)
        if code in {401, 403}:
            reason = f"Chưa đọc được đồng hồ: sai tên hoặc mật khẩu ONVIF ({code})."
            return Rung.unknown(RungName.CLOCK, now, reason, Fault.WRONG_PASSWORD)
        if code != 200:
            return Rung.unknown(RungName.CLOCK, now, f"Chưa đọc được đồng hồ: ONVIF báo lỗi {code}.")
        told_at = told_time(xml_of(body))
    except WireTrouble as trouble:
        return Rung.unknown(RungName.CLOCK, now, f"Chưa đọc được đồng hồ: {trouble.reason}", trouble.fault)
    if told_at is None:
        return Rung.unknown(RungName.CLOCK, now, "Thiết bị không nêu giờ UTC.")
    # `now` was when the question was put; the device wrote its answer about half-way since.
    return judge_clock(told_at - now - timedelta(seconds=(time.monotonic() - began) / 2), limits, now)


def envelope(header: str = "") -> bytes:
    """The question, with a security header or without one."""
    return _ENVELOPE.format(header=header).encode()


def token(login: Login, now: datetime, nonce: bytes | None = None) -> str:
    """WS-UsernameToken with a digest: Base64(SHA-1(nonce + created + secret)), as the profile has it."""
    chosen = secrets.token_bytes(16) if nonce is None else nonce
    created = now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    hashed = hashlib.sha1(chosen + created.encode() + login.secret.encode(), usedforsecurity=False).digest()
    return (
        f'<Security xmlns="{_WSS}-wssecurity-secext-1.0.xsd"><UsernameToken>'
        f"<Username>{escape(login.user)}</Username>"
        f'<Password Type="{_WSS}-username-token-profile-1.0#PasswordDigest">{_encoded(hashed)}</Password>'
        f'<Nonce EncodingType="{_WSS}-soap-message-security-1.0#Base64Binary">{_encoded(chosen)}</Nonce>'
        f'<Created xmlns="{_WSS}-wssecurity-utility-1.0.xsd">{created}</Created>'
        "</UsernameToken></Security>"
    )


def told_time(root: Any) -> datetime | None:
    """UTCDateTime as an instant; None when it is missing or no time."""
    element = next(all_named(root, "UTCDateTime"), None)
    if element is None:
        return None
    digits = [text_at(element, name) for name in _DIGITS]
    if not all(text.isascii() and text.isdigit() and len(text) <= 4 for text in digits):
        return None
    year, month, day, hour, minute, second = (int(text) for text in digits)
    try:
        return datetime(year, month, day, hour, minute, min(second, 59), tzinfo=UTC)
    except ValueError:
        return None


def _encoded(raw: bytes) -> str:
    return base64.b64encode(raw).decode()
