"""The greeting of SMTP (RFC 5321 4.2): read it, NOOP, QUIT. No sender, no recipient, no mail."""

from __future__ import annotations

import contextlib
import re

from connectors.service_probe.address import Address
from connectors.service_probe.wire import Wire, WireTrouble
from domain.software_systems import HealthState, ProbeResult

MOST_LINES = 32
_REPLY = re.compile(r"([2-5][0-9]{2})([ -]|$)")


def greeting(address: Address, until: float) -> ProbeResult:
    """220, then 250 to NOOP; raises WireTrouble."""
    with Wire(address, until) as wire:
        code = _reply(wire)
        if code == "220":
            wire.send(b"NOOP\r\n")
            code = _reply(wire)
        with contextlib.suppress(WireTrouble):
            wire.send(b"QUIT\r\n")
        if code == "250":
            return ProbeResult(HealthState.ANSWERING, certificate_until=wire.certificate_until)
        said = f"máy chủ thư từ chối ({code})" if code else "lời chào không phải SMTP"
        return ProbeResult(HealthState.REFUSED, f"Có trả lời, {said}.", certificate_until=wire.certificate_until)


def _reply(wire: Wire) -> str:
    """The code of a reply, whatever number of lines it has; '' for what is none."""
    for _ in range(MOST_LINES):
        read = _REPLY.match(wire.line())
        if read is None:
            return ""
        if read[2] != "-":
            return read[1]
    return ""
