"""How a pledge stands: kept only when all is known, unknown never zero, since when, who is behind."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from domain.freshness import FreshnessLimits, SourceFacts
from domain.programme import (
    EvidenceKind,
    PledgeDay,
    PledgeEvidence,
    PledgeRule,
    PledgeStanding,
    Reached,
    Verdict,
    counted_verdicts,
    held_since,
    judge,
    summed,
)

LIMITS = FreshnessLimits(timedelta(minutes=10), timedelta(minutes=30), timedelta(hours=2))
SOURCE = SourceFacts("cameras", "Camera", configured=True, limits=LIMITS)
RULE = PledgeRule(
    "offices",
    "Trụ sở",
    2020,
    Decimal(100),
    "trụ sở",
    EvidenceKind.LIVE,
    "cameras",
    False,
    "mọi đơn vị",
    "a / b",
    "Đề án",
)
FREE = replace(RULE, target=None)
FULL, HALF = Reached(Decimal(4), Decimal(4)), Reached(Decimal(2), Decimal(4))
COUNTS = st.integers(0, 9)
PARTS = st.none() | st.builds(lambda part, rest: Reached(Decimal(part), Decimal(part + rest)), COUNTS, COUNTS)
FIRST = date(2026, 11, 1)


def standing(by_unit: dict[str, Reached | None], unknown: int = 0, target: int | None = 100) -> PledgeStanding:
    rule = replace(RULE, target=None if target is None else Decimal(target))
    return PledgeStanding(rule, PledgeEvidence(by_unit, summed(by_unit.values()), unknown, SOURCE))


def test_each_verdict_is_what_its_words_say() -> None:
    assert judge(RULE, FULL, 0) is Verdict.KEPT
    assert judge(RULE, FULL, 1) is Verdict.UNPROVEN
    # What is known to fall short stays short, whatever else turns up for a whole that must be complete.
    assert judge(RULE, HALF, 3) is Verdict.MISSED
    assert judge(RULE, None, 0) is Verdict.UNKNOWN
    assert judge(RULE, Reached(Decimal(0), Decimal(0)), 0) is Verdict.UNKNOWN
    assert judge(FREE, FULL, 0) is Verdict.NO_TARGET
    assert judge(FREE, Reached(Decimal(12)), 0) is Verdict.NO_TARGET


def test_what_is_unknown_within_the_whole_may_still_turn_out_well() -> None:
    rule = replace(RULE, unknown_in_whole=True)
    assert judge(rule, HALF, 2) is Verdict.UNPROVEN
    assert judge(rule, HALF, 1) is Verdict.MISSED
    assert judge(rule, FULL, 0) is Verdict.KEPT


@given(part=st.integers(0, 500), rest=st.integers(0, 500), unknown=st.integers(0, 5), target=st.integers(1, 100))
def test_kept_means_that_nothing_is_missing(part: int, rest: int, unknown: int, target: int) -> None:
    verdict = judge(replace(RULE, target=Decimal(target)), Reached(Decimal(part), Decimal(part + rest)), unknown)
    if verdict is Verdict.KEPT:
        # Two places, half up: at most half of a hundredth of a point is forgiven.
        assert unknown == 0 and part + rest > 0 and 100 * part >= (Decimal(target) - Decimal("0.005")) * (part + rest)
    if part + rest == 0:
        assert verdict is Verdict.UNKNOWN


@given(by_unit=st.dictionaries(st.text(min_size=1, max_size=3), PARTS, max_size=8))
def test_every_unit_is_behind_silent_or_there(by_unit: dict[str, Reached | None]) -> None:
    found = standing(by_unit)
    there = {
        unit
        for unit, reached in by_unit.items()
        if reached is not None and reached.percent in (None, Decimal("100.00"))
    }
    assert sorted([*found.behind, *found.silent, *there]) == sorted(by_unit)
    shares = [by_unit[unit].percent for unit in found.behind]  # type: ignore[union-attr]
    assert shares == sorted(shares)  # type: ignore[type-var]


@given(runs=st.lists(st.sampled_from([None, HALF, FULL]), min_size=1, max_size=12))
def test_since_is_the_first_day_of_the_last_unbroken_run(runs: list[Reached | None]) -> None:
    days = [PledgeDay(FIRST + timedelta(days=place), reached) for place, reached in enumerate(runs)]
    verdicts = [judge(RULE, day.reached, day.unknown) for day in days]
    assert held_since(RULE, days, verdicts[-1]) == days[-_last_run(verdicts)].on
    assert held_since(RULE, days, Verdict.UNPROVEN) is None


def _last_run(verdicts: list[Verdict]) -> int:
    length = 0
    while length < len(verdicts) and verdicts[-1 - length] is verdicts[-1]:
        length += 1
    return length


def test_a_standing_without_days_is_since_never_and_counts_add_up() -> None:
    all_of_them = [
        standing({"A": FULL}),
        standing({"A": HALF, "B": None}),
        standing({"A": None}),
        standing({}, target=None),
    ]
    assert all_of_them[0].since_on is None
    counts = counted_verdicts(all_of_them)
    assert sum(counts.values()) == 4 and counts[Verdict.KEPT] == 1 and counts[Verdict.UNKNOWN] == 2


def test_a_pledge_is_due_when_its_year_is_over() -> None:
    assert not RULE.is_due(date(2020, 12, 31)) and RULE.is_due(date(2021, 1, 1))
