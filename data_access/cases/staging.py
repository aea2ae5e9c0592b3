"""Prepared changes of one file: staged in short transactions, applied set-based in one."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import Table, case, delete, func, insert, literal, null, select, update
from sqlalchemy.orm import Session

from data_access.cases.lives import groups_to_text
from data_access.cases.replays import clock_rows, entry_rows
from data_access.models.base import Base
from data_access.models.cases import (
    CaseClassInterval,
    CaseClock,
    CaseDecision,
    CaseEntry,
    CaseHandling,
    CaseHistory,
    EnforcementCase,
    MoneyTransaction,
    StagedCase,
    StagedClock,
    StagedEntry,
    StagedFact,
    StagedInterval,
)
from domain.case_clocks import ClockInterval
from domain.cases import CaseRecord, ClassInterval, LedgerEntry

ROWS_A_TRANSACTION = 4_000
ATTRIBUTES = (
    "issuing_unit",
    "number",
    "year",
    "decided_on",
    "docketed_on",
    "kind",
    "case_type",
    "area",
    "amount_due",
    "groups",
    "stated_at",
)


@dataclass(slots=True)
class Staging:
    """Rows gathered in memory until they are worth a transaction."""

    batch_id: int
    cases: list[dict[str, Any]] = field(default_factory=list)
    facts: list[dict[str, Any]] = field(default_factory=list)
    intervals: list[dict[str, Any]] = field(default_factory=list)
    entries: list[dict[str, Any]] = field(default_factory=list)
    clocks: list[dict[str, Any]] = field(default_factory=list)

    def add_case(self, case_id: int, public_id: str, record: CaseRecord, stated_at: datetime, is_new: bool) -> None:
        """A case to insert, or whose attributes are stated anew."""
        self.cases.append(
            {
                "batch_id": self.batch_id,
                "case_id": case_id,
                "is_new": is_new,
                "public_id": public_id,
                "issuing_unit": record.key.issuing_unit,
                "number": record.key.number,
                "year": record.key.year,
                "decided_on": record.decided_on,
                "docketed_on": record.docketed_on,
                "kind": record.kind.value,
                "case_type": record.case_type.value,
                "area": record.area,
                "amount_due": record.amount_due,
                "groups": groups_to_text(record.groups),
                "stated_at": stated_at,
            }
        )

    def add_fact(
        self,
        table: type[Base],
        case_id: int,
        effective_on: date,
        kind: str | None = None,
        amount: int | None = None,
        unit: str | None = None,
        officer: str | None = None,
        withdraws_id: int | None = None,
        is_withdrawn: bool = False,
    ) -> None:
        """A fact to insert into `table` (already withdrawn when the file says so), or one of its rows to withdraw."""
        self.facts.append(
            {
                "batch_id": self.batch_id,
                "case_id": case_id,
                "table": table.__tablename__,
                "kind": kind,
                "effective_on": effective_on,
                "amount": amount,
                "unit": unit,
                "officer": officer,
                "withdraws_id": withdraws_id,
                "is_withdrawn": is_withdrawn,
            }
        )

    def add_intervals(self, case_id: int, intervals: Sequence[ClassInterval]) -> None:
        """The class intervals that replace those of the case."""
        for interval in intervals:
            self.intervals.append(
                {
                    "batch_id": self.batch_id,
                    "case_id": case_id,
                    "case_class": interval.case_class.value,
                    "unit": interval.unit,
                    "officer": interval.officer,
                    "from_on": interval.from_on,
                    "to_on": interval.to_on,
                }
            )

    def add_entries(self, case_id: int, entries: Sequence[LedgerEntry], record: CaseRecord) -> None:
        """The ledger entries that replace those of the case."""
        self.entries.extend({"batch_id": self.batch_id, **row} for row in entry_rows(case_id, entries, record))

    def add_clocks(self, case_id: int, clocks: Sequence[ClockInterval]) -> None:
        """The stretches of clocks that replace those of the case."""
        self.clocks.extend({"batch_id": self.batch_id, **row} for row in clock_rows(case_id, clocks))


def save_staging(writing: Callable[[], Any], staging: Staging) -> None:
    """Store what was gathered and forget it, in transactions short enough (goal 200 ms) not to hold anybody up."""
    parts: tuple[tuple[type[Base], list[dict[str, Any]]], ...] = (
        (StagedCase, staging.cases),
        (StagedFact, staging.facts),
        (StagedInterval, staging.intervals),
        (StagedEntry, staging.entries),
        (StagedClock, staging.clocks),
    )
    for model, rows in parts:
        for start in range(0, len(rows), ROWS_A_TRANSACTION):
            with writing() as session:
                # The table, not the class: the ORM would split rows by which columns are NULL and send them one by one.
                session.execute(insert(cast(Table, model.__table__)), rows[start : start + ROWS_A_TRANSACTION])
        rows.clear()


def next_case_id(session: Session) -> int:
    """The first free case id; importers assign ids themselves and are serialised by the topic version."""
    return (session.scalar(select(func.max(EnforcementCase.id))) or 0) + 1


def apply_staging(session: Session, batch_id: int, now: datetime) -> None:
    """Move the staged rows of a batch into the facts, set by set; the caller owns the transaction."""
    _apply_cases(session, batch_id, now)
    _apply_facts(session, batch_id, now)
    _replace(session, batch_id, StagedInterval, CaseClassInterval)
    _replace(session, batch_id, StagedEntry, CaseEntry)
    _replace(session, batch_id, StagedClock, CaseClock)


def save_stated(session: Session, case_ids: Sequence[int], as_of_at: datetime) -> None:
    """Remember that a file as of `as_of_at` named these cases, so that an older one cannot turn them back."""
    for start in range(0, len(case_ids), 5_000):
        named = EnforcementCase.id.in_(case_ids[start : start + 5_000])
        older = EnforcementCase.stated_at < as_of_at
        session.execute(update(EnforcementCase).where(named, older).values(stated_at=as_of_at))


def forget_staging(session: Session, batch_id: int) -> None:
    """Empty the staging tables of a batch, applied or given up."""
    for model in (StagedCase, StagedFact, StagedInterval, StagedEntry, StagedClock):
        session.execute(delete(model).where(model.batch_id == batch_id))


def _replace(
    session: Session,
    batch_id: int,
    staged: type[StagedInterval] | type[StagedEntry] | type[StagedClock],
    model: type[CaseClassInterval] | type[CaseEntry] | type[CaseClock],
) -> None:
    """Put the staged rows in the place of all rows that the cases of the batch had. Each has an interval; of clocks it
    may have none left."""
    touched = select(StagedInterval.case_id).where(StagedInterval.batch_id == batch_id)
    session.execute(delete(model).where(model.case_id.in_(touched)))
    names = [column.name for column in model.__table__.columns if column.name != "id"]
    columns = [getattr(staged, name) for name in names]
    rows = select(*columns).where(staged.batch_id == batch_id).order_by(staged.id)
    session.execute(insert(model).from_select(names, rows))


def _apply_cases(session: Session, batch_id: int, now: datetime) -> None:
    names = ["id", "public_id", *ATTRIBUTES, "recorded_at", "batch_id"]
    columns = [
        StagedCase.case_id,
        StagedCase.public_id,
        *(getattr(StagedCase, name) for name in ATTRIBUTES),
        literal(now, EnforcementCase.recorded_at.type),
        StagedCase.batch_id,
    ]
    is_mine = StagedCase.batch_id == batch_id
    new = select(*columns).where(is_mine, StagedCase.is_new.is_(True)).order_by(StagedCase.id)
    session.execute(insert(EnforcementCase).from_select(names, new))
    restated = session.scalars(select(StagedCase).where(is_mine, StagedCase.is_new.is_(False))).all()
    if not restated:
        return
    stored = {
        row.id: row
        for start in range(0, len(restated), 400)
        for row in session.scalars(
            select(EnforcementCase).where(
                EnforcementCase.id.in_([staged.case_id for staged in restated[start : start + 400]])
            )
        )
    }
    history = [
        {
            "case_id": row.case_id,
            "attributes": _attributes_text(stored[row.case_id]),
            "replaced_at": now,
            "batch_id": batch_id,
        }
        for row in restated
    ]
    session.execute(insert(CaseHistory), history)
    changes = [{"id": row.case_id, **{name: getattr(row, name) for name in ATTRIBUTES}} for row in restated]
    session.execute(update(EnforcementCase), changes)


def _apply_facts(session: Session, batch_id: int, now: datetime) -> None:
    shapes: tuple[tuple[type[CaseHandling | CaseDecision | MoneyTransaction], list[tuple[str, Any]]], ...] = (
        (
            CaseHandling,
            [("from_on", StagedFact.effective_on), ("unit", StagedFact.unit), ("officer", StagedFact.officer)],
        ),
        (
            CaseDecision,
            [("kind", StagedFact.kind), ("effective_on", StagedFact.effective_on), ("amount", StagedFact.amount)],
        ),
        (
            MoneyTransaction,
            [("kind", StagedFact.kind), ("effective_on", StagedFact.effective_on), ("amount", StagedFact.amount)],
        ),
    )
    for model, columns in shapes:
        is_mine = (StagedFact.batch_id == batch_id) & (StagedFact.table == model.__tablename__)
        names = [
            "case_id",
            *(name for name, _ in columns),
            "recorded_at",
            "batch_id",
            "withdrawn_at",
            "withdrawn_batch_id",
        ]
        recorded_at = literal(now, model.recorded_at.type)
        rows = (
            select(
                StagedFact.case_id,
                *(column for _, column in columns),
                recorded_at,
                StagedFact.batch_id,
                case((StagedFact.is_withdrawn, recorded_at), else_=null()),
                case((StagedFact.is_withdrawn, StagedFact.batch_id), else_=null()),
            )
            .where(is_mine, StagedFact.withdraws_id.is_(None))
            .order_by(StagedFact.id)
        )
        session.execute(insert(model).from_select(names, rows))
        withdrawn = select(StagedFact.withdraws_id).where(is_mine, StagedFact.withdraws_id.is_not(None))
        session.execute(
            update(model)
            .where(model.id.in_(withdrawn), model.withdrawn_at.is_(None))
            .values(withdrawn_at=now, withdrawn_batch_id=batch_id)
        )


def _attributes_text(case: EnforcementCase) -> str:
    values = {name: getattr(case, name) for name in ATTRIBUTES}
    return json.dumps(
        {name: value.isoformat() if isinstance(value, (date, datetime)) else value for name, value in values.items()},
        ensure_ascii=False,
        sort_keys=True,
    )
