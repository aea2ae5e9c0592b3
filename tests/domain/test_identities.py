"""Identities I1-I9 and the agreement of two ways of counting, under random lives of cases."""

from __future__ import annotations

from datetime import date

from case_lives_support import FIRST, UNITS, days, lives
from hypothesis import given
from hypothesis import strategies as st
from statistics_support import CURRENT, figures_of_lives

from domain.cases import (
    LIVING,
    CaseClass,
    CaseLife,
    StatisticalGroup,
    class_intervals,
    ledger,
)
from domain.statistics import Figures, Measure, StatisticalYear, total


def check_identities(measure: Measure) -> None:
    """I1, I2, I3b, I8, I9 as equations over the published columns."""
    assert measure.total_docketed == measure.carried_over + measure.newly_docketed
    assert measure.to_enforce == (
        measure.total_docketed - measure.entrusted - measure.revoked - measure.taken_up - measure.reduced
    )
    assert measure.to_enforce == measure.enforceable + measure.not_enforceable + measure.other
    assert measure.carried_forward == measure.to_enforce - measure.completed
    assert measure.enforceable == measure.completed + measure.enforceable_in_progress


@given(st.lists(lives(), max_size=5), days)
def test_cases_counted_by_ledger_equal_cases_counted_one_by_one(population: list[CaseLife], on: date) -> None:
    first_on = StatisticalYear.of(on).first_on
    groups = dict.fromkeys(StatisticalGroup, 0)
    new = carried = 0
    for life in population:
        standing = [item for item in class_intervals(life) if item.from_on <= on][-1:]
        if not standing or standing[0].case_class is CaseClass.VANISHED:
            continue
        ended_on = standing[0].from_on if standing[0].case_class not in LIVING else None
        if ended_on is not None:
            ended_on = next(item.from_on for item in class_intervals(life) if item.case_class not in LIVING)
        if ended_on is not None and ended_on < first_on:
            continue
        group = CURRENT.group(standing[0].case_class)
        assert group is not None
        groups[group] += 1
        if group is not StatisticalGroup.SEPARATE_REGISTER:
            new, carried = (new + 1, carried) if life.docketed_on >= first_on else (new, carried + 1)
    found = figures_of_lives(population, on).cases
    check_identities(found)
    assert (found.newly_docketed, found.carried_over) == (new, carried)
    assert found.completed == groups[StatisticalGroup.COMPLETED]
    assert found.not_enforceable == groups[StatisticalGroup.NOT_ENFORCEABLE]
    assert found.other == groups[StatisticalGroup.OTHER]
    assert found.separate_register == groups[StatisticalGroup.SEPARATE_REGISTER]
    assert found.entrusted == groups[StatisticalGroup.ENTRUSTED]
    assert found.revoked == groups[StatisticalGroup.REVOKED]
    assert found.taken_up == groups[StatisticalGroup.TAKEN_UP]
    assert found.enforceable_in_progress == groups[StatisticalGroup.ENFORCEABLE]


@given(st.lists(lives(), max_size=5), days)
def test_units_sum_to_the_total_on_every_day(population: list[CaseLife], on: date) -> None:
    whole = figures_of_lives(population, on)
    check_identities(whole.cases)
    check_identities(whole.amount)
    assert total(figures_of_lives(population, on, unit) for unit in UNITS) == whole


@given(lives(), days)
def test_every_dong_due_or_grown_is_in_exactly_one_place(life: CaseLife, on: date) -> None:
    entries = [entry for entry in ledger(life) if entry.day <= on]
    vanished = any(item.case_class is CaseClass.VANISHED and item.from_on <= on for item in class_intervals(life))
    separate = [item.case_class for item in class_intervals(life) if item.from_on <= on][-1:] == [
        CaseClass.SEPARATE_REGISTER
    ]
    if vanished or separate:
        return
    ever_separate = any(item.case_class is CaseClass.SEPARATE_REGISTER for item in class_intervals(life))
    if ever_separate:
        return
    docketed = sum(entry.amount for entry in entries if entry.counted == "docketed")
    placed = sum(entry.amount for entry in entries if entry.counted != "docketed")
    assert docketed == placed


@given(st.lists(lives(), max_size=4), st.integers(2025, 2026))
def test_the_new_year_opens_with_what_the_old_one_carried_forward(population: list[CaseLife], year: int) -> None:
    last_on = date(year - 1, 9, 30)
    quiet = [life for life in population if not any(entry.day == date(year - 1, 10, 1) for entry in ledger(life))]
    opening = figures_of_lives(quiet, date(year - 1, 10, 1))
    closing = figures_of_lives(quiet, last_on)
    assert opening.cases.carried_over == closing.cases.carried_forward
    assert opening.amount.carried_over == closing.amount.carried_forward
    assert opening.cases.newly_docketed == 0
    assert opening.cases.separate_register == closing.cases.separate_register


@given(lives())
def test_a_case_has_one_class_a_day_and_the_ledger_holds_it_once(life: CaseLife) -> None:
    intervals = class_intervals(life)
    assert intervals[0].from_on == life.docketed_on
    assert intervals[-1].to_on is None
    assert [item.to_on for item in intervals[:-1]] == [item.from_on for item in intervals[1:]]
    for interval in intervals:
        stock: dict[str, int] = {}
        for entry in ledger(life):
            if entry.day <= interval.from_on and entry.counted in {item.value for item in LIVING}:
                stock[entry.counted] = stock.get(entry.counted, 0) + entry.cases
        living = {counted for counted, cases in stock.items() if cases}
        assert living == ({interval.case_class.value} if interval.case_class in LIVING else set())


def test_nobody_is_counted_before_the_first_day() -> None:
    assert figures_of_lives([], FIRST) == Figures()
