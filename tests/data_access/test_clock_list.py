"""Running clocks: what is due before a day is what the wall counts; pages are one list; one việc tells its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from case_lives_support import UNITS, days, lives, store_lives
from hypothesis import given
from hypothesis import strategies as st

from access.principal import NotAllowed, Principal
from data_access.cases import overdue_clocks
from data_access.cases.clock_list import clocks_listed, clocks_of_case, running_clocks
from data_access.deadlines import load_deadline_rules
from data_access.session import Database
from domain.cases import CaseLife, DecisionKind, LifeMoney, MoneyKind
from domain.deadline_radar import (
    ClockFilter,
    ClockGroup,
    ClockSort,
    ClockTimes,
    ClockWindow,
    RadarDays,
    RunningClock,
    times_of,
)
from domain.deadlines import Clock, DeadlineRule, DeadlineUnit
from domain.permissions import Role
from domain.units import Organisation
from domain.working_days import WorkingCalendar
from factories import a_life

WORKER = Principal.worker()
HEAD = Principal(Role.DEPARTMENT_HEAD, "p-1", "truongdonvi", unit="NAMDONG")
TODAY, LONG_AGO = date(2026, 11, 24), date(2024, 3, 4)
RULES = load_deadline_rules(True)
OFFICE = ((time(7), time(11)), (time(13), time(17)))
NOT_YET = DecisionKind.NOT_ENFORCEABLE


def days_from(on: date) -> RadarDays:
    return RadarDays(on, on + timedelta(days=6 - on.weekday()), on + timedelta(days=5))


def listed(
    database: Database, organisation: Organisation, on: date, wanted: ClockFilter, principal: Principal = WORKER
) -> list[RunningClock]:
    with database.reading() as session:
        moments = days_from(on)
        clocks = running_clocks(session, principal, organisation, RULES, wanted, moments)
        return clocks_listed(session, principal, organisation, clocks, wanted, moments, rows=3)


def whole_list(database: Database, organisation: Organisation, on: date, wanted: ClockFilter) -> list[RunningClock]:
    found: list[RunningClock] = []
    while page := listed(database, organisation, on, replace(wanted, page=1 + len(found) // 3)):
        found += page
        if len(page) < 3:
            break
    return found


@given(st.lists(lives(), max_size=5), days, st.integers(0, 90))
def test_what_is_due_before_a_day_is_what_the_wall_counts(
    database: Database, organisation: Organisation, population: list[CaseLife], day: date, shift: int
) -> None:
    on = day + timedelta(days=shift)
    store_lives(database, population)
    with database.reading() as session:
        counted = overdue_clocks(session, WORKER, organisation, on, RULES)
        asked = (organisation, RULES, ClockFilter(), days_from(on))
        found = running_clocks(session, WORKER, *asked)
        own = running_clocks(session, HEAD, *asked)
        one = running_clocks(session, WORKER, organisation, RULES, ClockFilter(unit=HEAD.unit or ""), days_from(on))
    assert own.groups == one.groups
    assert own.by_unit == {place: times for place, times in found.by_unit.items() if place[1] == HEAD.unit}
    assert sum(found.by_unit.values(), ClockTimes()) == times_of(found.groups, days_from(on))
    rows = whole_list(database, organisation, on, ClockFilter())
    assert counted.without_rule == found.without_rule
    for clock, unit in found.by_unit:
        of_unit = [ClockGroup(row.clock, row.started_on, row.due_on or on, 1) for row in rows if row.unit == unit]
        its_own = [group for group in of_unit if group.clock is clock]
        assert found.by_unit[clock, unit] == times_of(its_own, days_from(on))
    for units in (None, *({unit} for unit in UNITS)):
        missed = [row.due_on for row in rows if row.due_on and row.due_on < on and (not units or row.unit in units)]
        assert counted.of(units).oldest_due == min(missed, default=None)
    for clock, by_unit in counted.overdue.items():
        for unit, count in by_unit.items():
            overdue = [row for row in rows if (row.clock, row.unit) == (clock, unit) and row.due_on < on]
            assert len(overdue) == count


@given(
    st.lists(lives(), min_size=1, max_size=6),
    days,
    st.sampled_from(list(ClockSort)),
    st.booleans(),
    st.sampled_from(list(ClockWindow)),
    st.sampled_from(["", *UNITS]),
    st.sampled_from([None, *Clock]),
    st.sampled_from(["", "CHV-01"]),
)
def test_every_order_and_filter_pages_through_the_same_rows(
    database: Database,
    organisation: Organisation,
    population: list[CaseLife],
    day: date,
    sort: ClockSort,
    descending: bool,
    window: ClockWindow,
    unit: str,
    clock: Clock | None,
    officer: str,
) -> None:
    on = max(day, date(2026, 7, 20))
    store_lives(database, population)
    wanted = ClockFilter(unit, officer, clock, window, sort=sort, descending=descending)
    rows = whole_list(database, organisation, on, wanted)
    everything = whole_list(database, organisation, on, ClockFilter())
    moments = days_from(on)
    expected = [
        row
        for row in everything
        if unit in ("", row.unit)
        and officer in ("", row.officer)
        and clock in (None, row.clock)
        and moments.holds(window, row.due_on)
    ]
    assert len(rows) == len(set(rows)) == len(expected) and set(rows) == set(expected)
    if sort is ClockSort.DUE:
        assert [row.due_on for row in rows] == sorted((row.due_on for row in rows), reverse=descending)


def test_a_row_says_whose_step_it_is_and_until_when(database: Database, organisation: Organisation) -> None:
    store_lives(database, [a_life(LONG_AGO, 100, ((date(2026, 6, 8), NOT_YET),))])
    first, second = listed(database, organisation, TODAY, ClockFilter())
    assert (first.case, first.number, first.unit, first.officer) == ("c-1", "1", "PHUVANG", "CHV-07")
    assert (first.clock, first.started_on, first.due_on) == (
        Clock.REVERIFICATION, date(2026, 6, 8), date(2026, 12, 8),
    )  # fmt: skip
    assert (second.clock, second.due_on) == (Clock.LONG_NOT_ENFORCEABLE, date(2028, 6, 8))
    assert first.decision == "1/2024/QĐ-THA"


def test_a_head_sees_the_clocks_of_the_own_unit_only(database: Database, organisation: Organisation) -> None:
    store_lives(database, [a_life(LONG_AGO, 100, ((date(2026, 1, 5), NOT_YET),))])
    assert listed(database, organisation, TODAY, ClockFilter(), HEAD) == []
    with database.reading() as session:
        assert running_clocks(session, HEAD, organisation, RULES, ClockFilter(), days_from(TODAY)).units == ("NAMDONG",)
        assert clocks_of_case(session, HEAD, organisation, 1, TODAY, RULES) == []
        nobody = Principal(Role.DEPARTMENT_HEAD, "p-2", "x", unit="NOWHERE")
        with pytest.raises(NotAllowed):
            running_clocks(session, nobody, organisation, RULES, ClockFilter(), days_from(TODAY))
        with pytest.raises(NotAllowed):
            clocks_of_case(session, nobody, organisation, 1, TODAY, RULES)


@given(st.lists(lives(), min_size=1, max_size=4), days)
def test_one_case_tells_the_clocks_that_the_list_has_of_it(
    database: Database, organisation: Organisation, population: list[CaseLife], day: date
) -> None:
    on = max(day, date(2026, 7, 20))
    store_lives(database, population)
    everything = whole_list(database, organisation, on, ClockFilter())
    for number in range(1, len(population) + 1):
        with database.reading() as session:
            own = clocks_of_case(session, WORKER, organisation, number, on, RULES)
        assert set(own) == {row for row in everything if row.case == f"c-{number}"}
        assert [row.due_on for row in own] == sorted(row.due_on for row in own)


def test_a_clock_of_a_case_without_a_rule_has_no_last_day(database: Database, organisation: Organisation) -> None:
    store_lives(database, [a_life(LONG_AGO, 100, ((date(2026, 1, 5), NOT_YET),))])
    with database.reading() as session:
        own = clocks_of_case(session, WORKER, organisation, 1, TODAY, load_deadline_rules(False))
    assert [(one.clock, one.due_on) for one in own] == [
        (Clock.LONG_NOT_ENFORCEABLE, date(2028, 1, 5)),
        (Clock.REVERIFICATION, None),
    ]


def test_a_term_in_working_days_is_reckoned_by_the_calendar(database: Database, organisation: Organisation) -> None:
    store_lives(
        database, [replace(a_life(LONG_AGO, 100), money=(LifeMoney(date(2026, 11, 20), MoneyKind.COLLECTED, 50),))]
    )
    rule = DeadlineRule("D27", "", 3, DeadlineUnit.WORKING_DAYS, "", "", "Luật", date(2026, 7, 1), None, "Cơ quan nhập")
    calendar = WorkingCalendar(frozenset({date(2026, 11, 24)}), OFFICE)
    with database.reading() as session:
        asked = (organisation, [rule], ClockFilter(), days_from(TODAY))
        (group,) = running_clocks(session, WORKER, *asked, calendar).groups
        after = overdue_clocks(session, WORKER, organisation, date(2026, 11, 27), [rule], calendar)
        still = overdue_clocks(session, WORKER, organisation, date(2026, 11, 26), [rule], calendar)
    assert group.due_on == date(2026, 11, 26)
    assert (after.total, still.total) == (1, 0)
