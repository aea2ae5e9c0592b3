"""Stretches on which clocks run: longest, apart, and of whoever handles the việc then."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import groupby, pairwise

from case_lives_support import days, lives
from hypothesis import given

from domain.case_clocks import ClockInterval, clock_intervals
from domain.cases import CaseLife, DecisionKind, Handling, LifeMoney, MoneyKind, class_intervals
from domain.deadlines import Clock
from factories import a_life

BEGAN = date(2026, 1, 5)


def clocks(life: CaseLife) -> list[ClockInterval]:
    return clock_intervals(life, class_intervals(life))


def on(life: CaseLife, clock: Clock, day: date) -> list[ClockInterval]:
    return [
        one
        for one in clocks(life)
        if one.clock is clock and one.from_on <= day and (one.to_on is None or day < one.to_on)
    ]


@given(lives(), days)
def test_stretches_of_a_clock_lie_apart_and_go_on_as_long_as_nothing_changes(life: CaseLife, day: date) -> None:
    handled = {(each.unit, each.officer) for each in class_intervals(life)}
    for clock, found in groupby(clocks(life), key=lambda one: one.clock):
        stretches = list(found)
        for one in stretches:
            assert one.started_on <= one.from_on
            assert one.to_on is None or one.from_on < one.to_on
            assert (one.unit, one.officer) in handled
        for one, following in pairwise(stretches):
            assert one.to_on is not None and one.to_on <= following.from_on
            assert one.to_on < following.from_on or one[1:4] != following[1:4]
        assert len(on(life, clock, day)) <= 1


@given(lives(), days)
def test_what_happens_later_changes_nothing_before(life: CaseLife, day: date) -> None:
    known = replace(
        life,
        decisions=tuple(each for each in life.decisions if each.effective_on <= day),
        money=tuple(each for each in life.money if each.effective_on <= day),
    )
    for clock in Clock:
        assert [one[:4] for one in on(life, clock, day)] == [one[:4] for one in on(known, clock, day)]


def test_a_handover_goes_on_with_the_start_and_another_officer() -> None:
    handed = BEGAN + timedelta(days=40)
    handling = (Handling(BEGAN, "PHUVANG", "CHV-01"), Handling(handed, "PHUVANG", "CHV-02"))
    first, second = clocks(a_life(BEGAN, 100, handling=handling))
    assert (first.officer, first.started_on, first.from_on, first.to_on) == ("CHV-01", BEGAN, BEGAN, handed)
    assert (second.officer, second.started_on, second.from_on, second.to_on) == ("CHV-02", BEGAN, handed, None)


def test_money_is_owed_from_the_oldest_that_is_left_and_for_as_long() -> None:
    paid, again, last = (BEGAN + timedelta(days=days) for days in (10, 20, 30))
    money = (
        LifeMoney(BEGAN, MoneyKind.COLLECTED, 50),
        LifeMoney(paid, MoneyKind.PAID_OUT, 50),
        LifeMoney(again, MoneyKind.COLLECTED, 30),
        LifeMoney(last, MoneyKind.COLLECTED, 5),
    )
    life = replace(a_life(BEGAN, 100, ((BEGAN, DecisionKind.VERIFIED),)), money=money)
    assert [one[3:] for one in clocks(life)] == [(BEGAN, BEGAN, paid), (again, again, None)]
