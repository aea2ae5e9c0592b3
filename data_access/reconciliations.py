"""Reconciliations: kept as they were found, read within a principal's scope; they change no figure."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from datetime import datetime

from pydantic import TypeAdapter
from sqlalchemy import select
from sqlalchemy.orm import Session

from access.principal import Principal
from data_access.models.periods import ReconciliationRow
from data_access.periods import TOPIC
from data_access.scope import visible_units
from data_access.versions import bump_version
from domain.periods import ReportingPeriod
from domain.permissions import Permission
from domain.reconciliation import Reconciliation
from domain.units import Organisation

LISTED = 20
_CONTENT: TypeAdapter[Reconciliation] = TypeAdapter(Reconciliation)


@dataclass(frozen=True, slots=True)
class ReconciledFile:
    """One kept comparison: of which file, by whom and when, with what was found."""

    public_id: str
    period: str
    made_at: datetime
    made_by: str
    file_name: str
    sha256: str
    found: Reconciliation


def reconciliations(
    session: Session, principal: Principal, organisation: Organisation, period: ReportingPeriod
) -> list[ReconciledFile]:
    """The newest comparisons of a period; somebody of some units reads the differences of those only, without what
    could not be compared, which may name others. Needs SEE_FIGURES, raises NotAllowed."""
    principal.require(Permission.SEE_FIGURES)
    visible = visible_units(principal, organisation, period.last_on)
    row = ReconciliationRow
    question = select(row).where(row.period == period.code).order_by(row.id.desc()).limit(LISTED)
    return [_scoped(_file(found), visible) for found in session.scalars(question)]


def save_reconciliation(
    session: Session,
    principal: Principal,
    period: ReportingPeriod,
    file: tuple[str, str],
    found: Reconciliation,
    now: datetime,
) -> ReconciledFile:
    """Keep what a file, (name, digest), was found to say, inside the caller's writing transaction."""
    row = ReconciliationRow(
        public_id=secrets.token_urlsafe(9),
        period=period.code,
        made_at=now,
        made_by=principal.name,
        file_name=file[0],
        sha256=file[1],
        content=_CONTENT.dump_json(found).decode(),
    )
    session.add(row)
    session.flush()
    bump_version(session, TOPIC, now)
    return _file(row)


def _file(row: ReconciliationRow) -> ReconciledFile:
    found = _CONTENT.validate_json(row.content)
    return ReconciledFile(row.public_id, row.period, row.made_at, row.made_by, row.file_name, row.sha256, found)


def _scoped(file: ReconciledFile, visible: frozenset[str] | None) -> ReconciledFile:
    if visible is None:
        return file
    own = tuple(each for each in file.found.differences if each.unit in visible)
    found = replace(file.found, differences=own, difference_count=len(own), not_compared=(), not_compared_count=0)
    return replace(file, found=found)
