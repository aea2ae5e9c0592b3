"""Whether a port opens; over TLS also until when its certificate is valid. Nothing is said."""

from __future__ import annotations

from connectors.service_probe.address import Address
from connectors.service_probe.wire import Wire
from domain.software_systems import HealthState, ProbeResult


def open_port(address: Address, until: float) -> ProbeResult:
    """Open it and hang up; raises WireTrouble."""
    with Wire(address, until) as wire:
        return ProbeResult(HealthState.ANSWERING, certificate_until=wire.certificate_until)
