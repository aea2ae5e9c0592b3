"""Stores decisions about systems, probes, and what a pass found: an interval grows, and a change begins another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from access.principal import Principal
from data_access.models.software_systems import ServiceHealthRow, ServiceProbeRow, SoftwareSystemChangeRow
from data_access.scope import NotFound
from data_access.software_systems.questions import StoredProbe
from data_access.versions import bump_version, lock_writers
from domain.permissions import Permission
from domain.software_systems import HealthInterval, HealthState, ProbeResult, SystemChange, continued

TOPIC = "software"


@dataclass(frozen=True, slots=True)
class Look:
    """What one look at one probe found, and when (aware UTC); since when its password is not taken, None: it is."""

    row: int
    probe: str
    result: ProbeResult
    at: datetime
    login_refused_at: datetime | None = None


def save_system_change(session: Session, principal: Principal, change: SystemChange, now: datetime) -> None:
    """Append a decision about a system inside the caller's writing transaction. Raises NotAllowed."""
    principal.require(Permission.ADMINISTER)
    session.add(
        SoftwareSystemChangeRow(
            code=change.code,
            valid_from=change.valid_from,
            name=change.system.name,
            purpose=change.system.purpose,
            owner=change.system.owner,
            is_retired=change.system.is_retired,
            reason=change.reason,
            by=change.by,
            at=change.at,
        )
    )
    session.flush()
    bump_version(session, TOPIC, now)


def save_probe(session: Session, principal: Principal, stored: StoredProbe, reason: str, now: datetime) -> None:
    """Ask so from now on, in place of what the probe of this code asked before. Raises NotAllowed."""
    principal.require(Permission.ADMINISTER)
    probe = stored.probe
    _retire(session, principal, probe.code, "", now)
    session.add(
        ServiceProbeRow(
            code=probe.code,
            system=probe.system,
            kind=probe.kind.value,
            address=probe.address,
            expects=probe.expects,
            user_name=probe.user_name,
            secret=stored.secret,
            limit_value=probe.limit,
            added_at=now,
            added_by=principal.name,
            reason=reason,
            retired_at=None,
            login_refused_at=stored.login_refused_at,
        )
    )
    session.flush()
    bump_version(session, TOPIC, now)


def save_probe_retired(session: Session, principal: Principal, code: str, reason: str, now: datetime) -> None:
    """Ask no more; raises NotAllowed, and NotFound when it is not asked now."""
    principal.require(Permission.ADMINISTER)
    if not _retire(session, principal, code, reason, now):
        raise NotFound(code)
    bump_version(session, TOPIC, now)


def save_looks(session: Session, looks: Sequence[Look], now: datetime) -> int:
    """Store what a pass found; returns how many probes changed state. One that was changed meanwhile is left out."""
    lock_writers(session, TOPIC)
    row = ServiceProbeRow
    question = select(row).where(row.id.in_([look.row for look in looks]), row.retired_at.is_(None))
    asked = {one.id: one for one in session.scalars(question)}
    last = _last_rows(session, [look.probe for look in looks])
    changed = 0
    for look in looks:
        probe = asked.get(look.row)
        if probe is None:
            continue
        latency, until = look.result.latency, look.result.certificate_until
        probe.asked_at, probe.login_refused_at = look.at, look.login_refused_at
        probe.latency_ms = None if latency is None else int(latency / timedelta(milliseconds=1))
        # A look that failed before a certificate was shown says nothing of it.
        probe.certificate_until = until or probe.certificate_until
        changed += _append(session, last.get(look.probe), look)
    session.flush()
    bump_version(session, TOPIC, now)
    return changed


def last_intervals(session: Session, probes: Sequence[str]) -> dict[str, HealthInterval]:
    """The last interval of each of these probes."""
    return {
        probe: HealthInterval(HealthState(row.state), row.reason, row.from_at, row.until_at)
        for probe, row in _last_rows(session, probes).items()
    }


def _append(session: Session, row: ServiceHealthRow | None, look: Look) -> bool:
    last = None if row is None else HealthInterval(HealthState(row.state), row.reason, row.from_at, row.until_at)
    lengthened, begun = continued(last, look.result, look.at)
    if row is not None and lengthened is not None:
        row.until_at = lengthened.until_at
    if begun is not None:
        session.add(
            ServiceHealthRow(
                probe=look.probe,
                state=begun.state.value,
                reason=begun.reason,
                from_at=begun.from_at,
                until_at=begun.until_at,
            )
        )
    return begun is not None and (last is None or last.state is not begun.state)


def _last_rows(session: Session, probes: Sequence[str]) -> dict[str, ServiceHealthRow]:
    row = ServiceHealthRow
    newest = select(func.max(row.id)).where(row.probe.in_(sorted(set(probes)))).group_by(row.probe)
    return {one.probe: one for one in session.scalars(select(row).where(row.id.in_(newest)))}


def _retire(session: Session, principal: Principal, code: str, reason: str, now: datetime) -> bool:
    row = ServiceProbeRow
    retired = session.execute(
        update(row)
        .where(row.code == code, row.retired_at.is_(None))
        .values(retired_at=now, retired_by=principal.name, retired_reason=reason)
        .returning(row.id)
    ).first()
    return retired is not None
