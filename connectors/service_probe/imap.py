"""The greeting of IMAP (RFC 9051 7.1): it is read, then the line is given up. No login, no mailbox."""

from __future__ import annotations

import contextlib

from connectors.service_probe.address import Address
from connectors.service_probe.wire import Wire, WireTrouble
from domain.software_systems import HealthState, ProbeResult


def greeting(address: Address, until: float) -> ProbeResult:
    """OK and PREAUTH live, BYE refuses; raises WireTrouble."""
    with Wire(address, until) as wire:
        words = wire.line().upper().split()
        with contextlib.suppress(WireTrouble):
            wire.send(b"a1 LOGOUT\r\n")
        if words[:2] in (["*", "OK"], ["*", "PREAUTH"]):
            return ProbeResult(HealthState.ANSWERING, certificate_until=wire.certificate_until)
        said = "máy chủ IMAP từ chối (BYE)" if words[:2] == ["*", "BYE"] else "lời chào không phải IMAP"
        return ProbeResult(HealthState.REFUSED, f"Có trả lời, {said}.", certificate_until=wire.certificate_until)
