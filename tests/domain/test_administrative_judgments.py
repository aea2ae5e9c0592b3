"""Administrative judgments: one state a day, parts that sum to the whole on any day, terms that are data."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from judgments_support import a_judgment

from domain.administrative_judgments import (
    AdministrativeJudgment,
    DatedEvent,
    DebtorKind,
    JudgmentClock,
    JudgmentCounts,
    JudgmentEvent,
    JudgmentFilter,
    JudgmentShowing,
    JudgmentState,
    counts_by_unit,
    judgment_checks,
    judgment_counts,
    overdue_of,
    running_clocks,
    standings,
    state_identity,
    state_on,
    years_offered,
)
from domain.deadlines import DeadlineRule, DeadlineUnit
from domain.statistics import StatisticalYear
from domain.working_days import WorkingCalendar

YEAR = StatisticalYear(2027)
TODAY = date(2026, 11, 24)
CALENDAR = WorkingCalendar(frozenset(), ((time(7, 30), time(17)),))
DAY = timedelta(days=1)


def a_rule(code: str, quantity: int, unit: DeadlineUnit, valid_from: date = date(2016, 7, 1)) -> DeadlineRule:
    return DeadlineRule(code, code, quantity, unit, "", "", "", valid_from, None, "verified")


RULES = (a_rule("D52", 5, DeadlineUnit.WORKING_DAYS), a_rule("D52b", 30, DeadlineUnit.DAYS))
days = st.dates(date(2024, 8, 1), date(2027, 12, 31))
events = st.lists(st.builds(DatedEvent, st.sampled_from(JudgmentEvent), days), max_size=7).map(tuple)
judgments = st.lists(
    st.builds(
        AdministrativeJudgment,
        unit=st.sampled_from(["A", "B", "C"]),
        reference=st.uuids().map(str),
        judged_on=st.just(date(2024, 7, 1)),
        registered_on=days,
        debtor=st.sampled_from(DebtorKind),
        events=events,
    ),
    max_size=25,
)


def test_a_judgment_has_no_state_before_it_is_registered_and_one_on_every_day_after() -> None:
    judgment = a_judgment(TODAY, postponed=TODAY + 3 * DAY, resumed=TODAY + 8 * DAY, completed=TODAY + 20 * DAY)
    assert state_on(judgment, TODAY - DAY) is None
    told = [state_on(judgment, TODAY + number * DAY) for number in (0, 2, 3, 7, 8, 19, 20, 400)]
    enforcing, postponed, done = JudgmentState.ENFORCING, JudgmentState.POSTPONED, JudgmentState.COMPLETED
    assert told == [enforcing, enforcing, postponed, postponed, enforcing, enforcing, done, done]


def test_whoever_pauses_and_resumes_on_one_day_has_resumed_and_what_ended_first_stays_ended() -> None:
    assert state_on(a_judgment(TODAY, suspended=TODAY, resumed=TODAY), TODAY) is JudgmentState.ENFORCING
    both = a_judgment(TODAY, cancelled=TODAY + DAY, completed=TODAY + 2 * DAY)
    assert state_on(both, TODAY + 9 * DAY) is JudgmentState.CANCELLED and both.ended_on == TODAY + DAY


def test_the_published_figures_of_the_nation_hold_and_one_wrong_number_does_not() -> None:
    published = JudgmentCounts(carried_over=1200, newly_registered=773, completed=896, paused=11, enforcing=1066)
    check = judgment_checks(published)[0]
    assert check.holds and check.numbers == "1.973 = 896 + 11 + 1.066"
    assert not state_identity(1973, 896, 12, 1066).holds
    assert not judgment_checks(replace(published, enforcing=1065))[0].holds


@given(judgments, st.integers(0, 364))
def test_on_any_day_the_parts_sum_to_the_whole_and_the_units_to_the_province(
    found: list[AdministrativeJudgment], passed: int
) -> None:
    day = YEAR.first_on + passed * DAY
    counts = judgment_counts(found, YEAR, day)
    assert all(check.holds for check in judgment_checks(counts))
    assert counts.to_enforce == counts.completed + counts.cancelled + counts.paused + counts.enforcing
    assert max(counts.worked, counts.compelled) <= counts.to_enforce
    by_unit = [each for each in counts_by_unit(found, ["A", "B"], YEAR, day).values() if each is not None]
    assert sum(by_unit, JudgmentCounts()) == counts


@given(judgments)
def test_what_a_year_leaves_is_what_the_next_one_begins_with(found: list[AdministrativeJudgment]) -> None:
    left = judgment_counts(found, StatisticalYear(2026), StatisticalYear(2026).last_on)
    begun = judgment_counts(found, YEAR, YEAR.first_on)
    assert begun.carried_over == left.remaining


@given(judgments, st.randoms(use_true_random=False))
def test_the_order_of_rows_and_events_changes_nothing(found: list[AdministrativeJudgment], chance: object) -> None:
    shuffled = [replace(one, events=tuple(reversed(one.events))) for one in reversed(found)]
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert judgment_counts(shuffled, YEAR, TODAY) == judgment_counts(found, YEAR, TODAY)
    told, again = (
        sorted(repr((one.judgment.reference, one.state, one.clocks)) for one in standings(rows, RULES, CALENDAR, TODAY))
        for rows in (found, shuffled)
    )
    assert told == again


def test_a_unit_that_was_never_named_is_unknown_and_a_day_outside_of_the_year_is_refused() -> None:
    counts = counts_by_unit([a_judgment(TODAY, unit="A")], ["A", "B"], YEAR, TODAY)
    assert counts["A"] == JudgmentCounts(newly_registered=1, enforcing=1) and counts["B"] is None
    with pytest.raises(ValueError, match="does not lie"):
        judgment_counts([], YEAR, YEAR.first_on - DAY)


def test_the_notice_is_due_after_five_working_days_and_the_body_after_thirty_days() -> None:
    monday = date(2026, 10, 5)
    judgment = a_judgment(monday, received=monday)
    notice, voluntary = running_clocks(judgment, RULES, CALENDAR, monday)
    assert (notice.clock, notice.due_on) == (JudgmentClock.NOTICE, date(2026, 10, 12))
    assert (voluntary.clock, voluntary.due_on) == (JudgmentClock.VOLUNTARY, date(2026, 11, 4))
    assert not notice.is_overdue(date(2026, 10, 12)) and notice.is_overdue(date(2026, 10, 13))
    noticed = replace(judgment, events=(*judgment.events, DatedEvent(JudgmentEvent.NOTICED, monday + 3 * DAY)))
    assert [clock.clock for clock in running_clocks(noticed, RULES, CALENDAR, TODAY)] == [JudgmentClock.VOLUNTARY]


def test_nothing_runs_on_what_is_paused_or_has_ended() -> None:
    begun = TODAY - 90 * DAY
    for event in ("postponed", "suspended", "cancelled", "completed"):
        assert running_clocks(a_judgment(begun, received=begun, **{event: begun + DAY}), RULES, CALENDAR, TODAY) == ()


def test_without_a_rule_or_a_day_to_run_from_a_term_is_unknown_and_never_in_time() -> None:
    begun = TODAY - 90 * DAY
    no_day = a_judgment(begun, 1, noticed=begun)
    no_rule = a_judgment(begun, 2, noticed=begun, received=begun)
    assert running_clocks(no_day, RULES, CALENDAR, TODAY)[0].started_on is None
    assert [clock.due_on for clock in running_clocks(no_rule, RULES[:1], CALENDAR, TODAY)] == [None]
    counted = overdue_of(standings([no_day], RULES, CALENDAR, TODAY), TODAY)
    assert (counted.total, counted.unknown) == (0, 1)
    in_hours = a_rule("D52b", 30, DeadlineUnit.HOURS)
    assert running_clocks(no_rule, [in_hours], CALENDAR, TODAY)[0].due_on is None


def test_a_term_of_the_agency_replaces_the_shipped_one_from_its_day_on() -> None:
    begun = date(2026, 11, 2)
    judgment = a_judgment(begun, received=begun, noticed=begun)
    theirs = a_rule("D52b", 60, DeadlineUnit.DAYS, date(2026, 11, 1))
    (clock,) = running_clocks(judgment, [theirs, *RULES], CALENDAR, TODAY)
    assert clock.due_on == date(2027, 1, 1)


def test_the_list_begins_with_what_is_overdue_longest_and_ends_with_what_has_ended() -> None:
    begun = TODAY - 90 * DAY
    oldest = a_judgment(begun, 1, received=begun, noticed=begun)
    older = a_judgment(begun, 2, received=begun + DAY, noticed=begun)
    unknown = a_judgment(begun, 3, noticed=begun)
    paused = a_judgment(begun, 4, received=begun, postponed=begun)
    done = a_judgment(begun, 5, completed=TODAY - DAY)
    found = standings([done, paused, unknown, older, oldest], RULES, CALENDAR, TODAY)
    assert [one.judgment.reference[:2] for one in found] == ["01", "02", "03", "04", "05"]
    assert overdue_of(found, TODAY).by_unit == {"PHUVANG": 2}


def test_the_address_is_the_filter() -> None:
    wanted = JudgmentFilter("PHUVANG", 2026, JudgmentShowing.OVERDUE)
    assert JudgmentFilter.from_address({"unit": "PHUVANG", "year": "2026", "showing": "overdue"}) == wanted
    assert wanted.address() == "?unit=PHUVANG&year=2026&showing=overdue" and JudgmentFilter().address() == ""
    assert JudgmentFilter.from_address({"year": "¹²³⁴", "showing": "x"}) == JudgmentFilter()
    assert wanted.day_on(TODAY) == date(2026, 9, 30) and JudgmentFilter(year=1900).year_on(TODAY) == YEAR
    assert JudgmentFilter(year=2028).day_on(TODAY) == TODAY and years_offered(TODAY) == [2027, 2026, 2025, 2024]
