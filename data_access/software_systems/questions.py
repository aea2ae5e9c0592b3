"""Which systems there are on a day and how they are asked; what ships is data/software_systems.csv."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from access.principal import Principal
from data_access.models.software_systems import ServiceProbeRow, SoftwareSystemChangeRow
from data_access.scope import NotFound
from domain.permissions import Permission
from domain.software_systems import Probe, ProbeKind, SoftwareSystem, SystemChange, systems_on

SYSTEMS_FILE = Path(__file__).resolve().parents[2] / "data" / "software_systems.csv"


@dataclass(frozen=True, slots=True)
class StoredProbe:
    """A probe with its row, its sealed secret, from when until when (None: still) it is asked, and when its password
    was not taken (None: the last one sent was)."""

    row: int
    probe: Probe
    secret: str = field(repr=False)
    added_at: datetime
    added_by: str
    reason: str
    retired_at: datetime | None = None
    retired_by: str = ""
    retired_reason: str = ""
    login_refused_at: datetime | None = None


@lru_cache(maxsize=4)
def shipped_systems(path: Path = SYSTEMS_FILE) -> Mapping[str, SoftwareSystem]:
    """The systems that ship, in their order; raises OSError, or ValueError for a code that is named twice."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    found = {row["code"]: SoftwareSystem(row["code"], row["name"], row["purpose"], row["owner"]) for row in rows}
    if len(found) != len(rows):
        raise ValueError(f"data/{path.name} names a system twice")
    return found


def software_systems(session: Session, principal: Principal, on: date) -> Mapping[str, SoftwareSystem]:
    """Every system as it is on a day, retired ones too; needs SEE_SOFTWARE, raises NotAllowed."""
    principal.require(Permission.SEE_SOFTWARE)
    return listed_systems(session, on)


def listed_systems(session: Session, on: date) -> Mapping[str, SoftwareSystem]:
    """The same for the wall and for what a window of maintenance may name: no figure of anybody."""
    return systems_on(shipped_systems(), _changes(session), on)


def system_changes(session: Session, principal: Principal) -> list[SystemChange]:
    """Every decision about a system, in the order in which they were written; needs SEE_SOFTWARE."""
    principal.require(Permission.SEE_SOFTWARE)
    return _changes(session)


def _changes(session: Session) -> list[SystemChange]:
    row = SoftwareSystemChangeRow
    return [
        SystemChange(
            SoftwareSystem(one.code, one.name, one.purpose, one.owner, one.is_retired),
            one.valid_from,
            one.reason,
            one.by,
            one.at,
        )
        for one in session.scalars(select(row).order_by(row.id))
    ]


def live_probes(session: Session) -> list[StoredProbe]:
    """Every probe that is asked now. For the worker."""
    row = ServiceProbeRow
    return [_stored(one) for one in session.scalars(select(row).where(row.retired_at.is_(None)).order_by(row.id))]


def probes_of_system(session: Session, principal: Principal, system: str) -> list[StoredProbe]:
    """Every probe a system has or had, the first one first; needs SEE_SOFTWARE."""
    principal.require(Permission.SEE_SOFTWARE)
    row = ServiceProbeRow
    return [_stored(one) for one in session.scalars(select(row).where(row.system == system).order_by(row.id))]


def probe_of(session: Session, principal: Principal, code: str) -> StoredProbe:
    """One probe that is asked now; needs ADMINISTER, raises NotAllowed and NotFound."""
    principal.require(Permission.ADMINISTER)
    row = ServiceProbeRow
    found = session.scalars(select(row).where(row.code == code, row.retired_at.is_(None))).first()
    if found is None:
        raise NotFound(code)
    return _stored(found)


def _stored(row: ServiceProbeRow) -> StoredProbe:
    probe = Probe(
        code=row.code,
        system=row.system,
        kind=ProbeKind(row.kind),
        address=row.address,
        limit=row.limit_value,
        expects=row.expects,
        user_name=row.user_name,
    )
    return StoredProbe(
        row.id,
        probe,
        row.secret,
        row.added_at,
        row.added_by,
        row.reason,
        row.retired_at,
        row.retired_by,
        row.retired_reason,
        row.login_refused_at,
    )
