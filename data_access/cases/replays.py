"""What replaying a case yields, as rows: its ledger and its clocks. Written with the case, and filled at once where an
older version kept none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple, cast

from sqlalchemy import Table, delete, exists, func, insert, select
from sqlalchemy.orm import Session

from data_access.cases.lives import all_cases, groups_to_text
from data_access.counters import Place
from data_access.models.base import Base
from data_access.models.cases import CaseClock, CaseEntry, EnforcementCase
from domain.case_clocks import ClockInterval, clock_intervals
from domain.cases import CaseRecord, LedgerEntry, ledger_and_intervals
from domain.cases.handling import HandlingResolver

ROWS_AT_ONCE = 4_000


class ClockPlace(NamedTuple):
    """The grain at which a recount compares clocks."""

    clock: str
    unit: str
    started_on: date
    to_on: date | None


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


def clock_rows(case_id: int, clocks: Iterable[ClockInterval]) -> Iterator[dict[str, Any]]:
    """The rows of one case: each stretch on which a clock runs."""
    for clock in clocks:
        yield {"case_id": case_id, **clock._asdict(), "clock": clock.clock.value}


def replays_are_missing(session: Session) -> bool:
    """Whether cases are stored and their ledger or their clocks are not, as a version before this one left them. A
    state, not a figure: it is not scoped."""
    has_cases = session.scalar(select(exists().where(EnforcementCase.id.is_not(None))))
    return bool(has_cases) and not all(
        session.scalar(select(exists().where(model.id.is_not(None)))) for model in (CaseEntry, CaseClock)
    )


def replace_replays(session: Session, resolver: HandlingResolver) -> int:
    """Write the ledger and the clocks of every stored case anew; how many rows there are. Internal to writers: not
    scoped."""
    waiting: dict[type[Base], list[dict[str, Any]]] = {CaseEntry: [], CaseClock: []}
    for model in waiting:
        session.execute(delete(model))
    written = 0
    for case in all_cases(session):
        life = case.life(resolver)
        entries, intervals = ledger_and_intervals(life)
        waiting[CaseEntry].extend(entry_rows(case.id, entries, case.record))
        waiting[CaseClock].extend(clock_rows(case.id, clock_intervals(life, intervals)))
        for model, rows in waiting.items():
            if len(rows) >= ROWS_AT_ONCE:
                written += _insert(session, model, rows)
    return written + sum(_insert(session, model, rows) for model, rows in waiting.items())


def entry_sums(session: Session) -> dict[Place, tuple[int, int]]:
    """The ledger summed to the grain of the daily counters, without what sums to nothing: what a recount compares.
    Internal to recounts: it is not scoped."""
    table = CaseEntry
    grain = (table.unit, table.counted, table.kind, table.day)
    rows = session.execute(select(*grain, func.sum(table.cases), func.sum(table.amount)).group_by(*grain))
    # PostgreSQL sums BIGINT to NUMERIC: cast back, money is whole đồng.
    sums = {Place(*row[:4]): (int(row[4]), int(row[5])) for row in rows}
    return {place: change for place, change in sums.items() if change != (0, 0)}


def clock_sums(session: Session) -> Counter[ClockPlace]:
    """How many stored stretches of clocks there are: what a recount compares. Internal to recounts: not scoped."""
    table = CaseClock
    grain = (table.clock, table.unit, table.started_on, table.to_on)
    rows = session.execute(select(*grain, func.count()).group_by(*grain))
    return Counter({ClockPlace(*row[:4]): row[4] for row in rows})


def _insert(session: Session, model: type[Base], rows: list[dict[str, Any]]) -> int:
    written = len(rows)
    if rows:
        session.execute(insert(cast(Table, model.__table__)), list(rows))
        rows.clear()
    return written
