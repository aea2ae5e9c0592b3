"""How a system stands now, from its probes: any that fails makes it fail, one that nobody knows of makes it unknown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.software_systems.health import HealthInterval, HealthState, state_at
from domain.software_systems.records import Probe, SoftwareSystem

# The first of these that any probe has is the state of the system.
WORST_FIRST = (
    HealthState.SILENT,
    HealthState.REFUSED,
    HealthState.CUT,
    HealthState.UNKNOWN,
    HealthState.NEVER,
    HealthState.SLOW,
    HealthState.ANSWERING,
)


@dataclass(frozen=True, slots=True)
class ProbeStanding:
    """Một phép kiểm tra as it stands: its last interval, when it was asked last, the last latency and certificate, and
    since when it has been in this state (in whatever words)."""

    probe: Probe
    last: HealthInterval | None = None
    asked_at: datetime | None = None
    latency: timedelta | None = None
    certificate_until: datetime | None = None
    since: datetime | None = None

    def state(self, now: datetime) -> HealthState:
        """How it stands now."""
        return state_at(self.last, now)


@dataclass(frozen=True, slots=True)
class SystemStanding:
    """Phần mềm lúc này: its state since when (None where nobody knows), why, when it was asked last, how long it took,
    until when the certificate that ends first is valid."""

    system: SoftwareSystem
    probes: tuple[ProbeStanding, ...]
    state: HealthState
    since: datetime | None
    reason: str
    asked_at: datetime | None
    latency: timedelta | None
    certificate_until: datetime | None

    @property
    def is_watched(self) -> bool:
        """Whether it has a probe at all."""
        return bool(self.probes)


def standing_of(system: SoftwareSystem, probes: Sequence[ProbeStanding], now: datetime) -> SystemStanding:
    """The standing of one system; without a probe it was never asked."""
    states = [(one.state(now), one) for one in probes]
    state = next((worst for worst in WORST_FIRST if any(worst is found for found, _ in states)), HealthState.NEVER)
    those = [one for found, one in states if found is state]
    known = [one for one in those if one.since is not None and state is not HealthState.UNKNOWN]
    # It fails since the first of them did, and answers since the last of them began to.
    pick = max if state in (HealthState.ANSWERING, HealthState.SLOW) else min
    since = pick((one.since for one in known if one.since is not None), default=None)
    reason = next((one.last.reason for one in those if one.last is not None and one.last.reason), "")
    latencies = [one.latency for one in probes if one.latency is not None]
    ends = [one.certificate_until for one in probes if one.certificate_until is not None]
    return SystemStanding(
        system,
        tuple(probes),
        state,
        since,
        reason if state is not HealthState.UNKNOWN else reason or "Chưa hỏi lại được.",
        min((one.asked_at for one in probes if one.asked_at is not None), default=None),
        max(latencies, default=None),
        min(ends, default=None),
    )
