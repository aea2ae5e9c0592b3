"""Random lives of cases for property tests, and a way to count them into a database without a file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta

from hypothesis import strategies as st
from sqlalchemy import delete, insert

from data_access.cases.lives import groups_from_text
from data_access.cases.replays import clock_rows, entry_rows
from data_access.counters import Changes, replace_counters
from data_access.import_batches import save_batch
from data_access.models.cases import (
    CaseClassInterval,
    CaseClock,
    CaseDecision,
    CaseEntry,
    EnforcementCase,
    MoneyTransaction,
)
from data_access.models.sources import ImportBatch
from data_access.session import Database
from domain.case_clocks import clock_intervals
from domain.cases import (
    CaseKey,
    CaseKind,
    CaseLife,
    CaseRecord,
    CaseType,
    DecisionKind,
    Handling,
    LifeDecision,
    LifeMoney,
    MoneyKind,
    class_intervals,
    ledger,
)

FIRST = date(2024, 7, 1)
DAYS = 730
UNITS = ("PHUVANG", "NAMDONG", "ALUOI")
_AT = datetime(2026, 11, 23, tzinfo=UTC)
_BATCH = {
    "public_id": "b-1",
    "source": "cases",
    "file_name": "viec.xlsx",
    "sha256": "",
    "mode": "full",
    "state": "applied",
    "as_of_at": _AT,
    "received_at": _AT,
    "received_by": "worker",
}

days = st.integers(0, DAYS).map(lambda offset: FIRST + timedelta(days=offset))
decisions = st.lists(
    st.tuples(days, st.sampled_from(list(DecisionKind)), st.one_of(st.none(), st.integers(0, 150))), max_size=6
)
money = st.lists(st.tuples(days, st.sampled_from(list(MoneyKind)), st.integers(-40, 150)), max_size=4)


@st.composite
def lives(draw: st.DrawFn) -> CaseLife:
    """A case that may be paid, paused, transferred, reorganised, ended or lost on any days of two years."""
    docketed_on = draw(days)
    stretches = [Handling(docketed_on, draw(st.sampled_from(UNITS)), draw(st.sampled_from(["CHV-01", "CHV-02", None])))]
    for offset in sorted(draw(st.lists(st.integers(1, 400), max_size=2, unique=True))):
        stretches.append(
            Handling(
                docketed_on + timedelta(days=offset),
                draw(st.sampled_from(UNITS)),
                draw(st.sampled_from(["CHV-01", "CHV-02", None])),
                by_succession=draw(st.booleans()),
            )
        )
    return CaseLife(
        docketed_on,
        draw(st.integers(0, 100)),
        tuple(stretches),
        tuple(LifeDecision(on, kind, part) for on, kind, part in draw(decisions)),
        tuple(LifeMoney(on, kind, amount) for on, kind, amount in draw(money)),
    )


def count_lives(
    database: Database, population: Iterable[CaseLife], kinds: Sequence[CaseKind] = (CaseKind.ON_REQUEST,)
) -> None:
    """Make the counters exactly those of these lives, `kinds` in turn."""
    changes = Changes()
    for number, life in enumerate(population, 1):
        changes.add(ledger(life), kinds[number % len(kinds)].value)
    with database.writing() as session:
        replace_counters(session, changes)


def store_lives(
    database: Database,
    population: Sequence[CaseLife],
    groups: Sequence[str] = ("",),
    kinds: Sequence[CaseKind] = (CaseKind.ON_REQUEST,),
) -> None:
    """Make the stored cases, their facts, intervals and counters exactly those of these lives, `groups` and `kinds` in
    turn."""
    count_lives(database, population, kinds)
    with database.writing() as session:
        facts = (CaseEntry, CaseClock, CaseClassInterval, CaseDecision, MoneyTransaction)
        for table in (*facts, EnforcementCase, ImportBatch):
            session.execute(delete(table))
        batch = save_batch(session, **_BATCH)
        for number, life in enumerate(population, 1):
            session.add(_case(number, life, groups[number % len(groups)], kinds[number % len(kinds)], batch))
            session.flush()
            known = {"case_id": number, "recorded_at": _AT, "batch_id": batch}
            for on, kind, amount in life.decisions:
                session.add(CaseDecision(kind=kind.value, effective_on=on, amount=amount, **known))
            for on, money_kind, amount in life.money:
                session.add(MoneyTransaction(kind=money_kind.value, effective_on=on, amount=amount, **known))
            intervals = class_intervals(life)
            for interval in intervals:
                session.add(CaseClassInterval(case_id=number, **interval._asdict()))
            for clock in clock_rows(number, clock_intervals(life, intervals)):
                session.add(CaseClock(**clock))
            row = session.get_one(EnforcementCase, number)
            session.execute(insert(CaseEntry), list(entry_rows(number, ledger(life), _record(row))))


def _record(row: EnforcementCase) -> CaseRecord:
    return CaseRecord(
        CaseKey(row.issuing_unit, row.number, row.year),
        row.decided_on,
        row.docketed_on,
        row.issuing_unit,
        CaseKind(row.kind),
        CaseType(row.case_type),
        None,
        row.area,
        row.amount_due,
        groups_from_text(row.groups),
    )


def _case(number: int, life: CaseLife, groups: str, kind: CaseKind, batch: int) -> EnforcementCase:
    return EnforcementCase(
        id=number,
        public_id=f"c-{number}",
        issuing_unit=life.handling[0].unit,
        number=str(number),
        year=2025,
        decided_on=life.docketed_on,
        docketed_on=life.docketed_on,
        kind=kind.value,
        case_type=CaseType.CIVIL.value,
        area=None,
        amount_due=life.amount_due,
        groups=groups,
        stated_at=_AT,
        recorded_at=_AT,
        batch_id=batch,
    )
