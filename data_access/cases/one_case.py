"""One case with everything that is on record of it: for its page, and for nobody outside its unit's scope."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from access.principal import Principal
from data_access.cases.lives import stored_cases
from data_access.cases.questions import covers
from data_access.models.cases import (
    CaseClassInterval,
    CaseDecision,
    CaseEntry,
    CaseHandling,
    EnforcementCase,
    MoneyTransaction,
)
from data_access.models.sources import ImportBatch
from data_access.scope import NotFound, visible_units
from domain.cases import CaseClass, CaseKey, CaseRecord, ClassInterval, DecisionKind, MoneyKind
from domain.units import Organisation


@dataclass(frozen=True, slots=True)
class CaseFact:
    """One dated fact of a case and where it is known from. `amount` is whole đồng, None where none was stated."""

    on: date
    kind: DecisionKind | MoneyKind
    amount: int | None
    file_name: str
    recorded_at: datetime
    withdrawn_at: datetime | None


@dataclass(frozen=True, slots=True)
class CaseEntryRow:
    """One line of the ledger of a case: what it moved in the figures, on which day, for whom."""

    day: date
    counted: str
    cases: int
    amount: int
    unit: str
    officer: str | None


@dataclass(frozen=True, slots=True)
class CaseDetail:
    """A case as it stands on a day, its life behind it. `handling` is (from day, unit, officer) as files stated it."""

    id: int
    public_id: str
    record: CaseRecord
    now: ClassInterval
    intervals: tuple[ClassInterval, ...]
    decisions: tuple[CaseFact, ...]
    money: tuple[CaseFact, ...]
    handling: tuple[tuple[date, str, str | None], ...]
    entries: tuple[CaseEntryRow, ...]
    stated_at: datetime
    file_name: str

    @property
    def completed_amount(self) -> int:
        """Đồng of it that are done with: completed or terminated, to this day."""
        done = (CaseClass.COMPLETED.value, CaseClass.TERMINATED.value)
        return sum(entry.amount for entry in self.entries if entry.counted in done)


def case_detail(
    session: Session, principal: Principal, organisation: Organisation, public_id: str, on: date
) -> CaseDetail:
    """One case; raises NotFound when it is unknown or handled outside the principal's scope, NotAllowed for a scope
    that holds no unit."""
    visible = visible_units(principal, organisation, on)
    found = session.execute(
        select(EnforcementCase, CaseClassInterval)
        .join(CaseClassInterval, CaseClassInterval.case_id == EnforcementCase.id)
        .where(EnforcementCase.public_id == public_id, covers(on))
    ).one_or_none()
    if found is None or (visible is not None and found[1].unit not in visible):
        raise NotFound(public_id)
    row, interval = found
    case_id, stated_at = row.id, row.stated_at
    key = CaseKey(row.issuing_unit, row.number, row.year)
    now = _interval(interval)
    file_name = session.scalar(select(ImportBatch.file_name).where(ImportBatch.id == row.batch_id)) or ""
    record = stored_cases(session, [key])[key].record
    return CaseDetail(
        case_id,
        public_id,
        record,
        now,
        _intervals(session, case_id),
        _facts(session, CaseDecision, DecisionKind, case_id),
        _facts(session, MoneyTransaction, MoneyKind, case_id),
        _handling(session, case_id),
        _entries(session, case_id, on),
        stated_at,
        file_name,
    )


def _interval(row: CaseClassInterval) -> ClassInterval:
    return ClassInterval(CaseClass(row.case_class), row.unit, row.officer, row.from_on, row.to_on)


def _intervals(session: Session, case_id: int) -> tuple[ClassInterval, ...]:
    question = (
        select(CaseClassInterval)
        .where(CaseClassInterval.case_id == case_id)
        .order_by(CaseClassInterval.from_on, CaseClassInterval.id)
    )
    return tuple(_interval(row) for row in session.scalars(question))


def _facts(
    session: Session,
    table: type[CaseDecision] | type[MoneyTransaction],
    kinds: type[DecisionKind] | type[MoneyKind],
    case_id: int,
) -> tuple[CaseFact, ...]:
    """Facts in force and withdrawn ones, oldest first."""
    question = (
        select(table.effective_on, table.kind, table.amount, ImportBatch.file_name)
        .add_columns(table.recorded_at, table.withdrawn_at)
        .join(ImportBatch, ImportBatch.id == table.batch_id)
        .where(table.case_id == case_id)
        .order_by(table.effective_on, table.id)
    )
    return tuple(CaseFact(row[0], kinds(row[1]), *row[2:]) for row in session.execute(question))


def _handling(session: Session, case_id: int) -> tuple[tuple[date, str, str | None], ...]:
    question = (
        select(CaseHandling.from_on, CaseHandling.unit, CaseHandling.officer)
        .where(CaseHandling.case_id == case_id, CaseHandling.withdrawn_at.is_(None))
        .order_by(CaseHandling.from_on, CaseHandling.id)
    )
    return tuple((row[0], row[1], row[2]) for row in session.execute(question))


def _entries(session: Session, case_id: int, on: date) -> tuple[CaseEntryRow, ...]:
    entry = CaseEntry
    question = (
        select(entry.day, entry.counted, entry.cases, entry.amount, entry.unit, entry.officer)
        .where(entry.case_id == case_id, entry.day <= on)
        .order_by(entry.day, entry.id)
    )
    return tuple(CaseEntryRow(*row) for row in session.execute(question))
