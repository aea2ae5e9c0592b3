"""Rules are dated, terms end as the Civil Code reckons, and a clock without a rule is not a clock at zero."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.deadlines import (
    CannotReckon,
    Clock,
    ClockCounts,
    DeadlineRule,
    DeadlineUnit,
    clock_rules,
    due_in_turn,
    due_on,
    last_overdue_start,
    rule_on,
)
from domain.working_days import WorkingCalendar

MONDAY = date(2026, 11, 23)
LONG_AGO = date(2015, 7, 1)
# A Thursday off, and the Saturday after it worked instead.
CALENDAR = WorkingCalendar(frozenset({date(2026, 11, 26)}), ((time(7), time(17)),), frozenset({date(2026, 11, 28)}))


def a_rule(
    quantity: int = 10, unit: DeadlineUnit = DeadlineUnit.DAYS, code: str = "D27", **changes: object
) -> DeadlineRule:
    rule = DeadlineRule(code, "Thanh toán tiền", quantity, unit, "", "thu tiền", "Luật", LONG_AGO, None, "verified")
    return replace(rule, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("rule", "started_on", "due"),
    [
        (a_rule(10), date(2026, 11, 2), date(2026, 11, 12)),
        (a_rule(0), MONDAY, MONDAY),
        (a_rule(10), date(2026, 11, 4), date(2026, 11, 16)),
        (a_rule(10), date(2026, 11, 5), date(2026, 11, 16)),
        (a_rule(6, DeadlineUnit.MONTHS), date(2026, 5, 25), date(2026, 11, 25)),
        (a_rule(6, DeadlineUnit.MONTHS), date(2026, 8, 31), date(2027, 3, 1)),
        (a_rule(6, DeadlineUnit.MONTHS), date(2025, 8, 29), date(2026, 3, 2)),
        (a_rule(2, DeadlineUnit.YEARS), date(2024, 2, 29), date(2026, 3, 2)),
        (a_rule(2, DeadlineUnit.YEARS), date(2024, 11, 24), date(2026, 11, 24)),
    ],
)
def test_a_term_ends_on_its_last_working_weekday(rule: DeadlineRule, started_on: date, due: date) -> None:
    assert due_on(rule, started_on) == due


def test_what_needs_a_calendar_is_refused_not_guessed() -> None:
    with pytest.raises(CannotReckon):
        due_on(a_rule(5, DeadlineUnit.WORKING_DAYS), MONDAY)
    with pytest.raises(CannotReckon):
        due_on(a_rule(5, DeadlineUnit.HOURS), MONDAY, CALENDAR)


@pytest.mark.parametrize(
    ("rule", "started_on", "due"),
    [
        (a_rule(5, DeadlineUnit.WORKING_DAYS), MONDAY, date(2026, 11, 30)),
        (a_rule(0, DeadlineUnit.WORKING_DAYS), date(2026, 11, 26), date(2026, 11, 27)),
        (a_rule(2, DeadlineUnit.WORKING_DAYS), date(2026, 11, 27), date(2026, 11, 30)),
        (a_rule(3), MONDAY, date(2026, 11, 27)),
        (a_rule(5), MONDAY, date(2026, 11, 28)),
    ],
)
def test_the_calendar_says_which_days_count_and_on_which_a_term_may_end(
    rule: DeadlineRule, started_on: date, due: date
) -> None:
    assert due_on(rule, started_on, CALENDAR) == due


def test_a_rule_holds_on_its_first_and_last_day_only() -> None:
    rules = [a_rule(valid_to=date(2026, 6, 30)), a_rule(15, valid_from=date(2027, 1, 1))]
    assert rule_on(rules, "D27", date(2026, 6, 30)) == rules[0]
    assert rule_on(rules, "D27", date(2026, 7, 1)) is None
    assert rule_on(rules, "D27", date(2027, 1, 1)) == rules[1]
    assert rule_on(rules, "D11", date(2027, 1, 1)) is None


def test_a_real_rule_comes_before_a_sample() -> None:
    sample, real = a_rule(99, is_sample=True, valid_from=date(2026, 7, 1)), a_rule(10)
    assert rule_on([sample, real], "D27", MONDAY) == real


def test_a_clock_of_two_terms_needs_both_rules() -> None:
    voluntary, verification = a_rule(code="D09"), a_rule(code="D10")
    assert clock_rules([voluntary], Clock.FIRST_VERIFICATION, MONDAY) is None
    assert clock_rules([verification, voluntary], Clock.FIRST_VERIFICATION, MONDAY) == (voluntary, verification)


def test_nothing_is_overdue_before_the_second_day_of_the_law_that_asks_for_it() -> None:
    rule = a_rule(2, DeadlineUnit.YEARS, valid_from=date(2026, 7, 1))
    assert due_in_turn([rule], date(2020, 1, 6)) == date(2026, 7, 1)
    assert last_overdue_start([rule], date(2026, 7, 1)) is None
    assert last_overdue_start([rule], date(2026, 7, 2)) == date(2024, 7, 1)


terms = st.tuples(
    st.integers(0, 60), st.sampled_from([unit for unit in DeadlineUnit if unit is not DeadlineUnit.HOURS])
)
moments = st.dates(date(2022, 1, 1), date(2032, 12, 31))


holidays = st.sets(st.integers(0, 3000).map(lambda shift: date(2024, 1, 1) + timedelta(days=shift)), max_size=12)


@given(st.lists(terms, min_size=1, max_size=2), moments, st.integers(-40, 40), holidays)
def test_the_newest_overdue_start_parts_overdue_from_in_time(
    chosen: list[tuple[int, DeadlineUnit]], on: date, shift: int, off: set[date]
) -> None:
    calendar = WorkingCalendar(frozenset(off), ((time(7), time(17)),))
    rules = [a_rule(quantity, unit, valid_from=date(1900, 1, 1)) for quantity, unit in chosen]
    cutoff = last_overdue_start(rules, on, calendar)
    assert cutoff is not None
    started_on = cutoff + timedelta(days=shift)
    assert (due_in_turn(rules, started_on, calendar) < on) is (started_on <= cutoff)


def test_counts_are_unknown_only_when_no_clock_has_a_rule() -> None:
    counted = ClockCounts({Clock.PAY_OUT: {"A": 0, "B": 2}, Clock.REVERIFICATION: {"A": 1}}, {}, is_sample=True)
    assert (counted.by_unit, counted.total, counted.note) == ({"A": 1, "B": 2}, 3, "Thời hạn mẫu")
    missed = replace(counted, missed_on={"A": date(2026, 3, 2), "B": date(2026, 1, 5)})
    assert (missed.oldest_due, missed.of({"A"}).oldest_due) == (date(2026, 1, 5), date(2026, 3, 2))
    assert (missed.of({"A"}).by_unit, missed.of(set()).oldest_due) == ({"A": 1}, None)
    unknown = ClockCounts({}, {Clock.PAY_OUT: 61, Clock.REVERIFICATION: 4})
    assert (unknown.by_unit, unknown.total) == (None, None)
    assert unknown.note == "Chưa có quy định: xác minh lại, chi trả tiền đã thu"
