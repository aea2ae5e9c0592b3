"""Compare a parsed file with what is stored, case by case, and stage the difference. Applies nothing."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TypeVar

from actions.import_cases.merging import Merge, merge_case
from connectors.case_workbook import ParsedWorkbook, RowRef, SheetKind
from data_access.cases.lives import StoredCase, StoredDecision, life_of, stored_cases
from data_access.cases.questions import expected_keys
from data_access.cases.staging import Staging, next_case_id, save_staging
from data_access.counters import Changes
from data_access.import_batches import RefusedRow
from data_access.models.cases import CaseDecision, CaseHandling, MoneyTransaction
from data_access.session import Database
from domain.case_clocks import clock_intervals
from domain.cases import CaseKey, CaseRecord, DecisionKind, DecisionRecord, MoneyRecord, ledger_and_intervals
from domain.cases.handling import HandlingResolver
from domain.local_time import local_day

KEYS_A_CHUNK = 2_000
Fact = TypeVar("Fact", DecisionRecord, MoneyRecord)


@dataclass(slots=True)
class Preparation:
    """What applying the batch will do, once its rows are staged."""

    changes: Changes = field(default_factory=Changes)
    refused: list[RefusedRow] = field(default_factory=list)
    new: int = 0
    changed: int = 0
    vanished: int = 0
    expected: int = 0
    restated_ids: list[int] = field(default_factory=list)
    kept_all: bool = False

    @property
    def vanished_share(self) -> float:
        """Which share of the cases a full file should have named are missing from it; 0 when none were expected."""
        return self.vanished / self.expected if self.expected else 0.0


@dataclass(frozen=True, slots=True)
class Stated:
    """What a file says of its own time: its figures are those of `as_of_at`; it cannot have known what was stated at or
    after `from_at`, which is earlier when only a day is stated."""

    as_of_at: datetime
    from_at: datetime


class Preparer:
    """Prepares one batch; build a new one for each attempt."""

    def __init__(self, database: Database, batch_id: int, stated: Stated, resolver: HandlingResolver) -> None:
        self.database = database
        self.stated = stated
        self.as_of_at = stated.as_of_at
        self.resolver = resolver
        self.staging = Staging(batch_id)
        self.result = Preparation()
        self.parsed = ParsedWorkbook()
        self.case_indexes: dict[CaseKey, int] = {}
        self.next_id = 0

    def prepare(self, parsed: ParsedWorkbook, is_full: bool) -> Preparation:
        """Stage the difference of the whole file:

        1. keep the first row of each case; refuse rows that contradict it;
        2. chunk by chunk, merge what the file says with what is stored;
        3. for a full file, let the cases vanish that it should have named and does not.
        """
        self.parsed = parsed
        cases = self._cases_by_key()
        decisions, money = _by_key(parsed.decisions), _by_key(parsed.money)
        keys = list(dict.fromkeys([*cases, *decisions, *money]))
        with self.database.reading() as session:
            self.next_id = next_case_id(session)
        for start in range(0, len(keys), KEYS_A_CHUNK):
            chunk = keys[start : start + KEYS_A_CHUNK]
            with self.database.reading() as session:
                stored = stored_cases(session, chunk)
            for key in chunk:
                self._prepare_case(stored.get(key), cases.get(key), decisions.get(key, ()), money.get(key, ()))
            save_staging(self.database.writing, self.staging)
        if is_full and not self._misses_rows():
            self._prepare_vanished(cases, frozenset(keys))
            save_staging(self.database.writing, self.staging)
        return self.result

    def _cases_by_key(self) -> dict[CaseKey, CaseRecord]:
        cases: dict[CaseKey, CaseRecord] = {}
        for index, record in enumerate(self.parsed.cases):
            first = cases.setdefault(record.key, record)
            self.case_indexes.setdefault(record.key, index)
            if first is not record and first != record:
                other = first.decided_on != record.decided_on
                reason = (
                    "cùng số quyết định nhưng khác ngày" if other else "việc này đã có ở dòng trước với nội dung khác"
                )
                self._refuse(SheetKind.CASES, self.parsed.case_ref(index), "Số quyết định", record.key.number, reason)
        return cases

    def _prepare_case(
        self,
        stored: StoredCase | None,
        record: CaseRecord | None,
        decisions: Sequence[tuple[DecisionRecord, int]],
        money: Sequence[tuple[MoneyRecord, int]],
    ) -> None:
        decided_on = stored.record.decided_on if stored else record.decided_on if record else None
        if decided_on is None:
            self._refuse_facts(decisions, money, None, "chưa có việc này trong hệ thống và trong tệp")
            return
        if record is not None and record.decided_on != decided_on:
            reason = f"số quyết định này đã được ghi với ngày {decided_on:%d/%m/%Y}"
            ref = self.parsed.case_ref(self.case_indexes[record.key])
            self._refuse(SheetKind.CASES, ref, "Ngày quyết định", f"{record.decided_on:%d/%m/%Y}", reason)
            record = None
        agreed_decisions = [item for item, _ in decisions if item.decided_on == decided_on]
        agreed_money = [item for item, _ in money if item.decided_on == decided_on]
        if len(agreed_decisions) + len(agreed_money) < len(decisions) + len(money):
            reason = f"ngày quyết định khác ngày đã ghi của việc ({decided_on:%d/%m/%Y})"
            self._refuse_facts(decisions, money, decided_on, reason)
        merge = merge_case(stored, record, agreed_decisions, agreed_money, self.as_of_at, self.resolver)
        if merge.changes_anything:
            self._stage(stored, merge)
        if stored is not None and record is not None and stored.stated_at < self.as_of_at:
            self.result.restated_ids.append(stored.id)

    def _stage(self, stored: StoredCase | None, merge: Merge) -> None:
        """Stage a merge: rows, intervals, and the difference of the two ledgers for the counters."""
        if stored is None:
            case_id, self.next_id = self.next_id, self.next_id + 1
            self.result.new += 1
        else:
            case_id = stored.id
            self.result.changed += 1
            before, _ = ledger_and_intervals(stored.life(self.resolver))
            self.result.changes.add(before, stored.record.kind.value, -1)
        if stored is None or merge.restated:
            public_id = secrets.token_urlsafe(12)
            self.staging.add_case(case_id, public_id, merge.record, self.as_of_at, is_new=stored is None)
        self._stage_facts(case_id, merge)
        gone = set(merge.withdrawn_ids)
        life = life_of(
            merge.record,
            [*(stored.handling if stored else ()), *merge.handling],
            [
                *((item.kind, item.effective_on, item.amount) for item in _in_force(stored) if item.id not in gone),
                *merge.decisions,
            ],
            [*(stored.money if stored else ()), *merge.money],
            self.resolver,
        )
        after, intervals = ledger_and_intervals(life)
        self.result.changes.add(after, merge.record.kind.value)
        self.staging.add_intervals(case_id, intervals)
        self.staging.add_entries(case_id, after, merge.record)
        self.staging.add_clocks(case_id, clock_intervals(life, intervals))

    def _stage_facts(self, case_id: int, merge: Merge) -> None:
        for handling in merge.handling:
            self.staging.add_fact(CaseHandling, case_id, handling.from_on, unit=handling.unit, officer=handling.officer)
        for decision_kind, effective_on, part in merge.decisions:
            self.staging.add_fact(CaseDecision, case_id, effective_on, kind=decision_kind.value, amount=part)
        for decision_kind, effective_on, part in merge.born_withdrawn:
            self.staging.add_fact(
                CaseDecision, case_id, effective_on, kind=decision_kind.value, amount=part, is_withdrawn=True
            )
        for row_id in merge.withdrawn_ids:
            self.staging.add_fact(CaseDecision, case_id, local_day(self.as_of_at), withdraws_id=row_id)
        for money_kind, effective_on, amount in merge.money:
            self.staging.add_fact(MoneyTransaction, case_id, effective_on, kind=money_kind.value, amount=amount)

    def _misses_rows(self) -> bool:
        """Whether a row of sheet Việc was refused: the case it names is there, so nothing may be said to be missing."""
        refused_here = any(row.kind == SheetKind.CASES.value for row in self.result.refused)
        refused_while_reading = any(row.kind is SheetKind.CASES for row in self.parsed.rejected)
        self.result.kept_all = refused_here or refused_while_reading or bool(self.parsed.rejected_beyond)
        return self.result.kept_all

    def _prepare_vanished(self, cases: dict[CaseKey, CaseRecord], named: frozenset[CaseKey]) -> None:
        """Let go what a full file should have named: every living case of the units it covers, and every one ended
        this year, unless a newer file has stated the case since."""
        on = local_day(self.as_of_at)
        issuing = {key.issuing_unit for key in cases}
        handling = {self.resolver.carried(item.handling_unit, item.area, on) for item in cases.values()}
        with self.database.reading() as session:
            expected = expected_keys(session, issuing, handling, on, self.stated.from_at)
            missing = [key for key in expected if key not in named]
        self.result.expected, self.result.vanished = len(expected), len(missing)
        for start in range(0, len(missing), KEYS_A_CHUNK):
            with self.database.reading() as session:
                gone = stored_cases(session, missing[start : start + KEYS_A_CHUNK])
            for stored in gone.values():
                merge = Merge(stored.record, decisions=[(DecisionKind.VANISHED, on, None)])
                self._stage(stored, merge)
                self.result.changed -= 1

    def _refuse_facts(
        self,
        decisions: Sequence[tuple[DecisionRecord, int]],
        money: Sequence[tuple[MoneyRecord, int]],
        decided_on: date | None,
        reason: str,
    ) -> None:
        told: list[tuple[SheetKind, RowRef, date]] = [
            *((SheetKind.DECISIONS, self.parsed.decision_ref(at), item.decided_on) for item, at in decisions),
            *((SheetKind.MONEY, self.parsed.money_ref(at), item.decided_on) for item, at in money),
        ]
        for kind, ref, stated_on in told:
            if stated_on != decided_on:
                self._refuse(kind, ref, "Ngày quyết định", f"{stated_on:%d/%m/%Y}", reason)

    def _refuse(self, kind: SheetKind, ref: RowRef, column: str, value: str, reason: str) -> None:
        self.result.refused.append(RefusedRow(kind.value, ref.sheet, ref.row_number, column, value, reason, ()))


def _in_force(stored: StoredCase | None) -> Sequence[StoredDecision]:
    return stored.decisions if stored else ()


def _by_key(facts: Sequence[Fact]) -> dict[CaseKey, list[tuple[Fact, int]]]:
    """Facts by case, each with its place in the parsed list."""
    by_key: dict[CaseKey, list[tuple[Fact, int]]] = {}
    for index, fact in enumerate(facts):
        by_key.setdefault(fact.key, []).append((fact, index))
    return by_key
