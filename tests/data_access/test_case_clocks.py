"""Overdue clocks: by hand, and against a reckoning of every life by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from case_lives_support import days, lives, store_lives
from hypothesis import given
from hypothesis import strategies as st

from access.principal import NotAllowed, Principal
from data_access.cases import ClockCounts, overdue_clocks
from data_access.deadlines import load_deadline_rules
from data_access.session import Database
from data_access.working_days import load_working_calendar
from domain.cases import CaseClass, CaseLife, DecisionKind, LifeMoney, MoneyKind, class_intervals, class_on
from domain.deadlines import Clock, DeadlineRule, clock_rules, due_in_turn
from domain.permissions import Role
from domain.units import Organisation
from factories import a_life

WORKER = Principal.worker()
HEAD = Principal(Role.DEPARTMENT_HEAD, "p-1", "truongdonvi", unit="NAMDONG")
TODAY, LONG_AGO = date(2026, 11, 24), date(2024, 3, 4)
RULES = load_deadline_rules(True)
CALENDAR = load_working_calendar()
K = DecisionKind.NOT_ENFORCEABLE
DISCHARGING = (MoneyKind.PAID_OUT, MoneyKind.PAID_TO_BUDGET, MoneyKind.DEPOSITED)


def asked(
    database: Database,
    organisation: Organisation,
    on: date = TODAY,
    principal: Principal = WORKER,
    rules: Sequence[DeadlineRule] = RULES,
) -> ClockCounts:
    with database.reading() as session:
        return overdue_clocks(session, principal, organisation, on, rules)


def count(database: Database, organisation: Organisation, clock: Clock, life: CaseLife, on: date = TODAY) -> int:
    store_lives(database, [life])
    return sum(asked(database, organisation, on).overdue[clock].values())


@pytest.mark.parametrize(
    ("decisions", "expected"),
    [
        (((date(2026, 5, 22), K),), 1),
        (((date(2026, 5, 25), K),), 0),
        (((date(2026, 1, 5), K), (date(2026, 8, 3), DecisionKind.VERIFIED)), 0),
        (((date(2026, 1, 5), K), (date(2026, 4, 1), DecisionKind.VERIFIED)), 1),
        (((date(2026, 1, 5), K), (date(2026, 9, 1), DecisionKind.ENFORCEABLE)), 0),
        (((date(2026, 1, 5), K), (date(2026, 2, 2), DecisionKind.POSTPONED)), 0),
        (((date(2026, 1, 5), K), (date(2026, 2, 2), DecisionKind.POSTPONED), (TODAY, DecisionKind.RESUMED)), 0),
    ],
)
def test_reverification_is_owed_six_months_after_the_last_one(
    database: Database, organisation: Organisation, decisions: tuple[tuple[date, DecisionKind], ...], expected: int
) -> None:
    assert count(database, organisation, Clock.REVERIFICATION, a_life(LONG_AGO, 100, decisions)) == expected


@pytest.mark.parametrize(
    ("docketed_on", "decisions", "expected"),
    [
        (date(2026, 11, 2), (), 1),
        (date(2026, 11, 4), (), 0),
        (date(2026, 11, 2), ((date(2026, 11, 20), DecisionKind.VERIFIED),), 0),
        (date(2026, 9, 1), ((date(2026, 9, 4), DecisionKind.POSTPONED),), 0),
    ],
)
def test_the_first_verification_is_owed_after_the_days_of_good_will(
    database: Database,
    organisation: Organisation,
    docketed_on: date,
    decisions: tuple[tuple[date, DecisionKind], ...],
    expected: int,
) -> None:
    assert count(database, organisation, Clock.FIRST_VERIFICATION, a_life(docketed_on, 100, decisions)) == expected


def test_two_years_count_from_the_decision_unless_another_class_came_between(
    database: Database, organisation: Organisation
) -> None:
    verified = (date(2026, 8, 3), DecisionKind.VERIFIED)
    long = a_life(LONG_AGO, 100, ((date(2024, 11, 22), K), verified))
    moved = a_life(
        LONG_AGO, 100, ((date(2024, 11, 22), K), (date(2025, 2, 3), DecisionKind.ENFORCEABLE), (date(2025, 3, 3), K))
    )
    assert count(database, organisation, Clock.LONG_NOT_ENFORCEABLE, long) == 1
    assert count(database, organisation, Clock.LONG_NOT_ENFORCEABLE, long, date(2026, 11, 22)) == 0
    assert count(database, organisation, Clock.LONG_NOT_ENFORCEABLE, moved) == 0


@pytest.mark.parametrize(
    ("money", "expected"),
    [
        ([(date(2026, 11, 13), MoneyKind.COLLECTED, 50)], 1),
        ([(date(2026, 11, 16), MoneyKind.COLLECTED, 50)], 0),
        ([(date(2026, 11, 13), MoneyKind.COLLECTED, 50), (date(2026, 11, 20), MoneyKind.PAID_OUT, 50)], 0),
        ([(date(2026, 11, 13), MoneyKind.COLLECTED, 50), (date(2026, 11, 20), MoneyKind.PAID_TO_BUDGET, 49)], 1),
        ([(date(2026, 11, 13), MoneyKind.COLLECTED, 50), (date(2026, 11, 20), MoneyKind.COLLECTED, -50)], 0),
        ([(date(2026, 11, 13), MoneyKind.COLLECTED, 50), (date(2026, 11, 20), MoneyKind.DEPOSITED, 50)], 0),
        ([(date(2026, 11, 13), MoneyKind.ASSET_IN_SATISFACTION, 50)], 0),
        (
            [
                (date(2026, 11, 2), MoneyKind.COLLECTED, 30),
                (date(2026, 11, 4), MoneyKind.PAID_OUT, 30),
                (date(2026, 11, 20), MoneyKind.COLLECTED, 30),
            ],
            0,
        ),
    ],
)
def test_collected_money_is_to_be_paid_out_within_ten_days(
    database: Database, organisation: Organisation, money: list[tuple[date, MoneyKind, int]], expected: int
) -> None:
    life = replace(a_life(LONG_AGO, 100), money=tuple(LifeMoney(*item) for item in money))
    assert count(database, organisation, Clock.PAY_OUT, life) == expected


def test_a_clock_without_a_rule_says_whom_it_would_concern_and_counts_nothing(
    database: Database, organisation: Organisation
) -> None:
    store_lives(database, [a_life(LONG_AGO, 100, ((date(2026, 1, 5), K),)), a_life(LONG_AGO, 100, (), ((TODAY, 5),))])
    found = asked(database, organisation, rules=load_deadline_rules(False))
    assert found.without_rule == {Clock.REVERIFICATION: 1, Clock.FIRST_VERIFICATION: 1, Clock.PAY_OUT: 1}
    assert set(found.overdue) == {Clock.LONG_NOT_ENFORCEABLE}
    assert found.total == 0
    assert asked(database, organisation, rules=()).by_unit is None


def test_clocks_are_scoped_to_the_principals_unit(database: Database, organisation: Organisation) -> None:
    store_lives(database, [a_life(LONG_AGO, 100, ((date(2026, 1, 5), K),))])
    assert asked(database, organisation, principal=HEAD).by_unit == {"NAMDONG": 0}
    by_unit = asked(database, organisation).by_unit
    assert by_unit is not None
    assert (len(by_unit), by_unit["PHUVANG"]) == (10, 1)
    with pytest.raises(NotAllowed):
        asked(database, organisation, principal=Principal(Role.DEPARTMENT_HEAD, "p-2", "x", unit="NOWHERE"))


@given(st.lists(lives(), max_size=4), days, st.integers(0, 90))
def test_counting_by_set_equals_reckoning_every_life(
    database: Database, organisation: Organisation, population: list[CaseLife], day: date, shift: int
) -> None:
    on = day + timedelta(days=shift)
    store_lives(database, population)
    found = asked(database, organisation, on)
    for clock in Clock:
        in_force = clock_rules(RULES, clock, on)
        starts = [start for life in population if (start := _started_on(life, clock, on)) is not None]
        if in_force is None:
            assert found.without_rule[clock] == len(starts)
        else:
            assert sum(found.overdue[clock].values()) == sum(
                due_in_turn(in_force, start, CALENDAR) < on for start in starts
            )


def _started_on(life: CaseLife, clock: Clock, on: date) -> date | None:
    """Since when one life owes a step; None when it does not."""
    standing = class_on(life, on)
    if standing is None or (clock is not Clock.PAY_OUT and standing is not _RUNS_IN[clock]):
        return None
    if clock is Clock.PAY_OUT:
        return None if standing is CaseClass.VANISHED else _oldest_unpaid(life, on)
    if clock is Clock.LONG_NOT_ENFORCEABLE:
        past = [item for item in class_intervals(life) if item.from_on <= on]
        others = [item for item in past if item.case_class is not CaseClass.NOT_ENFORCEABLE]
        return max([life.docketed_on, *(item.to_on for item in others if item.to_on is not None)])
    decided = [item for item in life.decisions if item.effective_on <= on]
    restarting = {DecisionKind.RESUMED}
    if clock is Clock.REVERIFICATION:
        restarting |= {DecisionKind.VERIFIED, K}
    elif any(item.kind in (DecisionKind.VERIFIED, DecisionKind.ENFORCEABLE, K) for item in decided):
        return None
    return max([life.docketed_on, *(item.effective_on for item in decided if item.kind in restarting)])


_RUNS_IN = {
    Clock.REVERIFICATION: CaseClass.NOT_ENFORCEABLE,
    Clock.FIRST_VERIFICATION: CaseClass.ENFORCEABLE,
    Clock.LONG_NOT_ENFORCEABLE: CaseClass.NOT_ENFORCEABLE,
}


def _oldest_unpaid(life: CaseLife, on: date) -> date | None:
    """Pay the oldest money first, then say from which day on something is left."""
    known = sorted(item for item in life.money if item.effective_on <= on)
    taken_back = -sum(item.amount for item in known if item.kind is MoneyKind.COLLECTED and item.amount < 0)
    gone = taken_back + max(0, sum(item.amount for item in known if item.kind in DISCHARGING))
    for item in known:
        if item.kind is MoneyKind.COLLECTED and item.amount > 0:
            gone -= item.amount
            if gone < 0:
                return item.effective_on
    return None
