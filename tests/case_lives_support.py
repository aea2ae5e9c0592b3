"""Random lives of cases for property tests, and a way to count them into a database without a file."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from hypothesis import strategies as st

from data_access.counters import Changes, replace_counters
from data_access.session import Database
from domain.cases import CaseKind, CaseLife, DecisionKind, Handling, LifeDecision, LifeMoney, MoneyKind, ledger

FIRST = date(2024, 7, 1)
DAYS = 730
UNITS = ("PHUVANG", "NAMDONG", "ALUOI")

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


def count_lives(database: Database, population: Iterable[CaseLife]) -> None:
    """Make the counters exactly those of these lives."""
    changes = Changes()
    for life in population:
        changes.add(ledger(life), CaseKind.ON_REQUEST.value)
    with database.writing() as session:
        replace_counters(session, changes)
