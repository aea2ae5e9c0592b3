"""Stored facts of cases, read back as they stand: what an import compares a file with, and what a recount replays."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from data_access.models.cases import CaseDecision, CaseHandling, EnforcementCase, MoneyTransaction
from domain.cases import (
    CaseGroup,
    CaseKey,
    CaseKind,
    CaseLife,
    CaseRecord,
    CaseType,
    DecisionKind,
    LifeDecision,
    LifeMoney,
    MoneyKind,
)
from domain.cases.handling import HandlingResolver, StatedHandling

KEYS_A_QUESTION = 400


@dataclass(slots=True)
class StoredDecision:
    """A decision in force with its row id, so that it can be withdrawn."""

    id: int
    kind: DecisionKind
    effective_on: date
    amount: int | None


@dataclass(slots=True)
class StoredCase:
    """A case with its facts in force, and the decisions withdrawn as wrong.

    `stated_at` is the as-of of the file that last stated its attributes.
    """

    id: int
    record: CaseRecord
    stated_at: datetime
    handling: list[StatedHandling] = field(default_factory=list)
    decisions: list[StoredDecision] = field(default_factory=list)
    withdrawn: list[tuple[DecisionKind, date, int | None]] = field(default_factory=list)
    money: list[tuple[MoneyKind, date, int]] = field(default_factory=list)

    def life(self, resolver: HandlingResolver) -> CaseLife:
        """The facts as a life that can be replayed."""
        return life_of(self.record, self.handling, self.decision_facts, self.money, resolver)

    @property
    def decision_facts(self) -> list[tuple[DecisionKind, date, int | None]]:
        return [(item.kind, item.effective_on, item.amount) for item in self.decisions]


def life_of(
    record: CaseRecord,
    handling: Sequence[StatedHandling],
    decisions: Sequence[tuple[DecisionKind, date, int | None]],
    money: Sequence[tuple[MoneyKind, date, int]],
    resolver: HandlingResolver,
) -> CaseLife:
    """A life from stored or stated facts, in any order."""
    return CaseLife(
        record.docketed_on,
        record.amount_due,
        resolver.resolve(handling, record.area),
        tuple(LifeDecision(day, kind, amount) for kind, day, amount in decisions),
        tuple(LifeMoney(day, kind, amount) for kind, day, amount in money),
    )


def stored_cases(session: Session, keys: Iterable[CaseKey]) -> dict[CaseKey, StoredCase]:
    """The stored cases among these keys, with every fact in force. Internal to writers: it is not scoped."""
    wanted = list(keys)
    found: dict[CaseKey, StoredCase] = {}
    key_columns = tuple_(EnforcementCase.issuing_unit, EnforcementCase.number, EnforcementCase.year)
    for start in range(0, len(wanted), KEYS_A_QUESTION):
        part = [tuple(key) for key in wanted[start : start + KEYS_A_QUESTION]]
        rows = session.scalars(select(EnforcementCase).where(key_columns.in_(part))).all()
        session.expunge_all()
        found.update(_with_facts(session, rows))
    return found


def all_cases(session: Session, page: int = 2_000) -> Iterator[StoredCase]:
    """Every stored case in order of id, a page at a time. Internal to recounts: it is not scoped."""
    last = 0
    while True:
        question = select(EnforcementCase).where(EnforcementCase.id > last).order_by(EnforcementCase.id).limit(page)
        rows = session.scalars(question).all()
        session.expunge_all()
        if not rows:
            return
        last = rows[-1].id
        yield from _with_facts(session, rows).values()


def _with_facts(session: Session, rows: Sequence[EnforcementCase]) -> dict[CaseKey, StoredCase]:
    by_id: dict[int, StoredCase] = {}
    for row in rows:
        by_id[row.id] = StoredCase(row.id, _record(row), row.stated_at)
    ids = list(by_id)
    for start in range(0, len(ids), KEYS_A_QUESTION):
        _add_facts(session, by_id, ids[start : start + KEYS_A_QUESTION])
    return {case.record.key: case for case in by_id.values()}


def _add_facts(session: Session, by_id: dict[int, StoredCase], ids: list[int]) -> None:
    handling = (
        select(CaseHandling.case_id, CaseHandling.from_on, CaseHandling.unit, CaseHandling.officer)
        .where(CaseHandling.case_id.in_(ids), CaseHandling.withdrawn_at.is_(None))
        .order_by(CaseHandling.from_on, CaseHandling.id)
    )
    for case_id, from_on, unit, officer in session.execute(handling):
        by_id[case_id].handling.append(StatedHandling(from_on, unit, officer))
    decision = CaseDecision
    decisions = (
        select(
            decision.case_id, decision.id, decision.kind, decision.effective_on, decision.amount, decision.withdrawn_at
        )
        .where(decision.case_id.in_(ids))
        .order_by(decision.id)
    )
    for case_id, row_id, kind, effective_on, amount, withdrawn_at in session.execute(decisions):
        if withdrawn_at is None:
            by_id[case_id].decisions.append(StoredDecision(row_id, DecisionKind(kind), effective_on, amount))
        else:
            by_id[case_id].withdrawn.append((DecisionKind(kind), effective_on, amount))
    money = (
        select(MoneyTransaction.case_id, MoneyTransaction.kind, MoneyTransaction.effective_on, MoneyTransaction.amount)
        .where(MoneyTransaction.case_id.in_(ids), MoneyTransaction.withdrawn_at.is_(None))
        .order_by(MoneyTransaction.id)
    )
    for case_id, money_kind, effective_on, money_amount in session.execute(money):
        by_id[case_id].money.append((MoneyKind(money_kind), effective_on, money_amount))


def _record(row: EnforcementCase) -> CaseRecord:
    return CaseRecord(
        key=CaseKey(row.issuing_unit, row.number, row.year),
        decided_on=row.decided_on,
        docketed_on=row.docketed_on,
        handling_unit="",
        kind=CaseKind(row.kind),
        case_type=CaseType(row.case_type),
        officer=None,
        area=row.area,
        amount_due=row.amount_due,
        groups=groups_from_text(row.groups),
    )


def groups_to_text(groups: frozenset[CaseGroup]) -> str:
    """';TD;NS;' so that one group can be found with a bounded LIKE; empty when there is none."""
    return f";{';'.join(sorted(groups))};" if groups else ""


def groups_from_text(text: str) -> frozenset[CaseGroup]:
    """The groups of `groups_to_text`."""
    return frozenset(CaseGroup(part) for part in text.split(";") if part)
