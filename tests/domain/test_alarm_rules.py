"""Rules and limits from a day on, the band under a limit, announced work, and what the records allow to tell."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from alarm_support import CAMERA, CROWD, LIMITS, NOW, PACE, Engine
from hypothesis import given
from hypothesis import strategies as st

from data_access.alarm_rules import load_alarm_rules
from data_access.limits import load_wall_limits
from domain.alarms import (
    AlarmState,
    AlarmStep,
    Condition,
    Facts,
    Holding,
    LimitChange,
    MaintenanceWindow,
    Priority,
    RuleChange,
    UnitRates,
    clock_alarms,
    decide,
    holdings_of,
    in_force,
    missing_for,
    rules_on,
    times_raised,
    to_come,
)
from domain.limits import Limit, lowered
from domain.rates import RateComparison

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
FIRST = date(2026, 11, 20)
RULE = load_alarm_rules()["clocks_overdue"]
NOBODY = RateComparison(None)


def a_limit(day: int, value: int) -> LimitChange:
    return LimitChange("overdue_clocks", Decimal(value), FIRST + timedelta(days=day), "thử", "quantri", NOW)


def a_window(unit: str = "PHULOC", source: str = "cameras", rules: str = "", minutes: int = 60) -> MaintenanceWindow:
    return MaintenanceWindow("W", unit, source, rules, NOW, NOW + minutes * MINUTE, "thay nguồn", "quantri", NOW)


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(1, 99)), max_size=12), st.integers(-1, 10))
def test_in_force_is_the_latest_that_has_begun_and_of_one_day_the_last_written(
    written: list[tuple[int, int]], day: int
) -> None:
    changes = [a_limit(*each) for each in written]
    found = in_force(changes, FIRST + timedelta(days=day)).get("overdue_clocks")
    begun = [(begins, place) for place, (begins, _) in enumerate(written) if begins <= day]
    assert (found is None) == (not begun)
    if found is not None:
        assert found is changes[max(begun)[1]]
    coming = to_come(changes, FIRST + timedelta(days=day)).get("overdue_clocks", ())
    assert all(one.valid_from > FIRST + timedelta(days=day) for one in coming)
    assert all(one.valid_from < other.valid_from for one, other in pairwise(coming))


def test_a_rule_is_as_it_ships_until_a_change_begins_and_one_that_no_longer_ships_is_gone() -> None:
    longer = replace(RULE, on_delay=5 * MINUTE)
    changes = [RuleChange(longer, FIRST, "quantri", NOW), RuleChange(replace(RULE, code="old"), FIRST, "quantri", NOW)]
    shipped = {RULE.code: RULE}
    assert rules_on(shipped, changes, FIRST - DAY) == shipped
    assert rules_on(shipped, changes, FIRST) == {RULE.code: longer}


@pytest.mark.parametrize(
    ("unit", "value", "is_admitted"),
    [
        ("việc", "3", True),
        ("việc", "2.5", False),
        ("điểm", "2.5", True),
        ("phút", "0", False),
        ("giờ", "-1", False),
        ("giờ", "721", False),
        ("phút", "NaN", False),
    ],
)
def test_a_limit_admits_only_what_can_be_meant(unit: str, value: str, is_admitted: bool) -> None:
    assert Limit("x", "x", Decimal(1), unit, "").admits(Decimal(value)) is is_admitted


def test_hiding_an_urgent_alarm_has_a_bound_of_its_own() -> None:
    assert not Limit("shelve_urgent", "x", Decimal(30), "phút", "").admits(Decimal(31))


@given(st.integers(1, 50), st.integers(0, 60))
def test_a_lowered_limit_still_needs_something_to_be_there(limit: int, by: int) -> None:
    limits = replace(load_wall_limits(), overdue_clocks=limit, unexplained_absences=limit)
    below = lowered(
        limits, {"overdue_clocks": Decimal(by), "unexplained_absences": Decimal(by), "waiting": Decimal(by)}
    )
    assert 1 <= below.overdue_clocks <= limit and 1 <= below.unexplained_absences <= limit
    assert timedelta(0) < below.reception.waiting <= limits.reception.waiting
    assert below.overdue_clocks == max(1, limit - by)


@given(
    st.integers(2, 6),
    st.integers(1, 5),
    st.lists(st.integers(0, 9), min_size=1, max_size=40),
)
def test_within_the_band_nothing_chatters_and_below_it_the_alarm_ends(
    limit: int, hysteresis: int, measures: list[int]
) -> None:
    limits = replace(load_wall_limits(), overdue_clocks=limit)
    below = lowered(limits, {"overdue_clocks": Decimal(hysteresis)})
    engine = Engine(timedelta(0))
    stands, steps = False, 0
    for minute, measure in enumerate(measures):
        unit = UnitRates("PHUVANG", "Phú Vang", NOBODY, NOBODY, measure)
        holding = clock_alarms(unit, limits)
        near = () if holding else tuple(clock_alarms(unit, below))
        engine.at(NOW + minute * 20 * MINUTE, *holding, near=near)
        expected = measure >= limit or (stands and measure >= below.overdue_clocks)
        steps += stands != expected
        stands = expected
        assert bool(engine.standing) == stands
        if stands:
            assert engine.standing[0].measure == measure
    ended = {AlarmStep.RAISED, AlarmStep.LAPSED}
    assert sum(record.step in ended for record in engine.records) == steps


def test_what_is_near_its_limit_raises_nothing_and_wakes_nothing_that_has_ended() -> None:
    engine = Engine()
    engine.at(NOW, near=(CAMERA,))
    assert engine.standing == []
    engine.at(NOW, CAMERA)
    engine.at(NOW + MINUTE)
    engine.at(NOW + 3 * MINUTE)
    assert engine.standing[0].state is AlarmState.RETURNED
    engine.at(NOW + 4 * MINUTE, near=(CAMERA,))
    assert engine.standing[0].state is AlarmState.RETURNED


def test_a_priority_of_the_rule_replaces_that_of_the_condition() -> None:
    engine = Engine()
    engine.rules["cases_behind_pace"] = replace(engine.rules["cases_behind_pace"], priority=Priority.ORDINARY)
    engine.at(NOW, PACE)
    assert engine.standing[0].priority is Priority.ORDINARY
    engine.rules["cases_behind_pace"] = replace(engine.rules["cases_behind_pace"], priority=None)
    engine.at(NOW + MINUTE, PACE)
    assert engine.standing[0].priority is Priority.HIGH
    assert engine.records[-1].step is AlarmStep.CHANGED


def test_a_rule_that_is_off_hides_its_alarms_with_the_reason_and_lets_them_come_back() -> None:
    engine = Engine()
    engine.at(NOW, PACE)
    engine.rules[PACE.rule] = replace(engine.rules[PACE.rule], is_on=False, reason="đổi cách tính")
    engine.at(NOW + MINUTE, PACE)
    assert (engine.standing[0].state, engine.standing[0].cause) == (
        AlarmState.SUPPRESSED,
        "Quy tắc đã tắt: đổi cách tính",
    )
    engine.rules[PACE.rule] = replace(engine.rules[PACE.rule], is_on=True, reason="")
    engine.at(NOW + 2 * MINUTE, PACE)
    assert engine.standing[0].state is AlarmState.UNACKNOWLEDGED


def test_maintenance_hides_what_it_was_announced_for_says_so_and_gives_it_back() -> None:
    engine, window = Engine(), a_window()
    decision = engine.at(NOW, CAMERA, PACE, maintenance=(window,))
    by_rule = {alarm.rule: alarm for alarm in engine.standing}
    assert by_rule["camera_link"].state is AlarmState.SUPPRESSED
    assert by_rule["camera_link"].cause == "Bảo trì: thay nguồn"
    assert by_rule["cases_behind_pace"].state is AlarmState.UNACKNOWLEDGED
    assert decision.decide_at == window.ends_at
    assert "Bảo trì: thay nguồn" in [record.words for record in engine.records]
    engine.at(window.ends_at, CAMERA, PACE, maintenance=(window,))
    assert {alarm.rule: alarm.state for alarm in engine.standing}["camera_link"] is AlarmState.UNACKNOWLEDGED


def test_what_ends_during_maintenance_ends_and_an_early_end_gives_the_rest_back() -> None:
    engine, window = Engine(), a_window()
    engine.at(NOW, CAMERA, maintenance=(window,))
    engine.at(NOW + MINUTE, maintenance=(window,))
    engine.at(NOW + 3 * MINUTE, maintenance=(window,))
    assert engine.standing == []
    engine.at(NOW + 10 * MINUTE, CAMERA, maintenance=(window,))
    early = replace(window, ended_at=NOW + 11 * MINUTE)
    engine.at(NOW + 11 * MINUTE, CAMERA, maintenance=(early,))
    assert engine.standing[0].state is AlarmState.UNACKNOWLEDGED


def test_an_announced_window_is_looked_at_when_it_begins() -> None:
    later = replace(a_window(), begins_at=NOW + 5 * MINUTE)
    rules = load_alarm_rules()
    decision = decide(rules, LIMITS, [], Facts((CAMERA,), maintenance=(later,)), {}, {}, NOW, lambda: "A1")
    assert decision.alarms[0].state is AlarmState.UNACKNOWLEDGED and decision.decide_at == later.begins_at


@given(st.sampled_from(["", "PHUVANG"]), st.sampled_from([("security", ""), ("", "security_"), ("", "s")]))
def test_no_maintenance_hides_an_urgent_alarm_of_security(unit: str, what: tuple[str, str]) -> None:
    window = a_window(unit, *what)
    assert not window.hides(CROWD)
    assert window.hides(replace(CROWD, priority=Priority.HIGH))


def test_a_window_of_another_unit_or_of_two_minds_hides_nothing() -> None:
    assert not a_window("PHUVANG").hides(CAMERA) and a_window("").hides(CAMERA)
    with pytest.raises(ValueError, match="two minds"):
        a_window(rules="camera_")
    with pytest.raises(ValueError, match="hides nothing"):
        a_window(minutes=0)


spans = st.lists(st.tuples(st.integers(0, 1000), st.integers(0, 60), st.sampled_from("ab")), max_size=20)


def held(found: list[tuple[int, int, str]]) -> list[Holding]:
    return [Holding(key, NOW + begins * MINUTE, NOW + (begins + lasts) * MINUTE) for begins, lasts, key in found]


@given(spans, st.integers(0, 30), st.integers(0, 30), st.integers(0, 30))
def test_longer_delays_never_raise_more(found: list[tuple[int, int, str]], on: int, off: int, more: int) -> None:
    def count(on: int, off: int) -> int:
        return times_raised(held(found), on * MINUTE, off * MINUTE, NOW - DAY, NOW + 3 * DAY)

    assert count(on, off + more) <= count(on, off) <= len(found)
    assert count(on + more, off) <= count(0, 0)


@given(st.lists(st.tuples(st.integers(1, 30), st.integers(1, 30)), min_size=1, max_size=12), st.integers(0, 10))
def test_replaying_the_records_under_the_same_delays_counts_what_was_raised(
    turns: list[tuple[int, int]], off: int
) -> None:
    engine = Engine()
    limits = replace(LIMITS, flap_count=1_000)
    engine.limits = limits
    engine.rules[PACE.rule] = replace(engine.rules[PACE.rule], off_delay=off * MINUTE, on_delay=2 * MINUTE)
    minute = 0
    for lasts, gone in turns:
        for _ in range(lasts):
            engine.at(NOW + minute * MINUTE, PACE)
            minute += 1
        for _ in range(gone):
            engine.at(NOW + minute * MINUTE)
            minute += 1
    rule, raised = engine.rules[PACE.rule], sum(record.step is AlarmStep.RAISED for record in engine.records)
    keys = {alarm.public_id: alarm.key for alarm in engine.alarms.values()}
    holdings = holdings_of(engine.records, keys, rule)
    assert times_raised(holdings, rule.on_delay, rule.off_delay, NOW, NOW + 3 * DAY) == raised


def test_what_was_never_recorded_is_said() -> None:
    before = replace(RULE, on_delay=MINUTE, off_delay=MINUTE)
    assert missing_for(before, before) == ()
    assert len(missing_for(replace(RULE, on_delay=timedelta(0), off_delay=timedelta(0)), before)) == 2


def test_a_rule_with_a_hysteresis_below_zero_is_refused() -> None:
    with pytest.raises(ValueError, match="hysteresis"):
        replace(RULE, hysteresis=Decimal(-1))
    assert isinstance(PACE, Condition)
