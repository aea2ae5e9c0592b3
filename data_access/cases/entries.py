"""The ledger of every case as rows: written with the case, and filled at once where an older version kept none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, cast

from sqlalchemy import Table, delete, exists, func, insert, select
from sqlalchemy.orm import Session

from data_access.cases.lives import all_cases, groups_to_text
from data_access.counters import Place
from data_access.models.cases import CaseEntry, EnforcementCase
from domain.cases import CaseRecord, LedgerEntry, ledger
from domain.cases.handling import HandlingResolver

ROWS_AT_ONCE = 4_000


def entry_rows(case_id: int, entries: Iterable[LedgerEntry], record: CaseRecord) -> Iterator[dict[str, Any]]:
    """The rows of one case: each entry, with the attributes of the case that filters ask for."""
    attributes = {
        "case_id": case_id,
        "kind": record.kind.value,
        "case_type": record.case_type.value,
        "area": record.area,
        "groups": groups_to_text(record.groups),
        "amount_due": record.amount_due,
        "docketed_on": record.docketed_on,
    }
    for entry in entries:
        yield {**attributes, **entry._asdict()}


def entries_are_missing(session: Session) -> bool:
    """Whether cases are stored and their ledger is not, as a version before this one left it. A state, not a figure:
    it is not scoped."""
    has_cases = session.scalar(select(exists().where(EnforcementCase.id.is_not(None))))
    return bool(has_cases) and not session.scalar(select(exists().where(CaseEntry.id.is_not(None))))


def replace_entries(session: Session, resolver: HandlingResolver) -> int:
    """Write the ledger of every stored case anew; how many entries there are. Internal to writers: not scoped."""
    session.execute(delete(CaseEntry))
    written = 0
    waiting: list[dict[str, Any]] = []
    for case in all_cases(session):
        waiting.extend(entry_rows(case.id, ledger(case.life(resolver)), case.record))
        if len(waiting) >= ROWS_AT_ONCE:
            written += _insert(session, waiting)
            waiting = []
    return written + _insert(session, waiting)


def entry_sums(session: Session) -> dict[Place, tuple[int, int]]:
    """The ledger summed to the grain of the daily counters, without what sums to nothing: what a recount compares.
    Internal to recounts: it is not scoped."""
    table = CaseEntry
    grain = (table.unit, table.counted, table.kind, table.day)
    rows = session.execute(select(*grain, func.sum(table.cases), func.sum(table.amount)).group_by(*grain))
    # PostgreSQL sums BIGINT to NUMERIC: cast back, money is whole đồng.
    sums = {Place(*row[:4]): (int(row[4]), int(row[5])) for row in rows}
    return {place: change for place, change in sums.items() if change != (0, 0)}


def _insert(session: Session, rows: Sequence[dict[str, Any]]) -> int:
    if rows:
        session.execute(insert(cast(Table, CaseEntry.__table__)), list(rows))
    return len(rows)
