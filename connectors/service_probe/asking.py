"""One question to one system, by its kind: what is found, how long it took; nothing is raised for what a peer does."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

from connectors.service_probe import file_age, http, imap, ldap, smtp, tcp
from connectors.service_probe.address import Address, ProbeRefused, read_address
from connectors.service_probe.wire import WireTrouble
from domain.software_systems import HealthState, Probe, ProbeKind, ProbeResult

# A whole exchange, whatever the peer does in between.
BUDGET = timedelta(seconds=8)


@dataclass(frozen=True, slots=True)
class ProbeTarget:
    """A probe with its open secret and the folder below which files may be looked at; the secret is in no repr."""

    probe: Probe
    folder: Path
    secret: str = field(default="", repr=False)


def ask(target: ProbeTarget, now: datetime, budget: timedelta = BUDGET) -> ProbeResult:
    """What is found; later than the limit of the probe it is slow."""
    probe = target.probe
    try:
        address = read_address(probe.kind, probe.address)
    except ProbeRefused as refused:
        return ProbeResult(HealthState.UNKNOWN, str(refused))
    if probe.kind is ProbeKind.FILE:
        return file_age.newest_file(target.folder, address.path, timedelta(hours=probe.limit), now)
    began = time.monotonic()
    try:
        found = _BY_KIND[probe.kind](target, address, began + budget.total_seconds())
    except WireTrouble as trouble:
        return ProbeResult(trouble.state, trouble.reason)
    latency = timedelta(seconds=time.monotonic() - began)
    if found.state is HealthState.ANSWERING and latency >= timedelta(seconds=probe.limit):
        found = replace(found, state=HealthState.SLOW, reason=f"Chậm hơn {probe.limit} giây.")
    return replace(found, latency=latency)


Question = Callable[[ProbeTarget, Address, float], ProbeResult]
_BY_KIND: Mapping[ProbeKind, Question] = {
    ProbeKind.HTTP: lambda target, address, until: http.page(target.probe.address, target.probe.expects, until),
    ProbeKind.TCP: lambda target, address, until: tcp.open_port(address, until),
    ProbeKind.TLS: lambda target, address, until: tcp.open_port(address, until),
    ProbeKind.IMAP: lambda target, address, until: imap.greeting(address, until),
    ProbeKind.SMTP: lambda target, address, until: smtp.greeting(address, until),
    ProbeKind.LDAP: lambda target, address, until: ldap.bind(address, target.probe.user_name, target.secret, until),
}
