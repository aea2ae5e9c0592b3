"""What was planned, held and forgotten; whoever was not tested is not proved able; unknown is no zero."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from training_support import DAY, a_part, a_test

from domain.counted_share import CountedShare
from domain.training import (
    ProficiencyRecord,
    SessionState,
    SessionSum,
    TrainingCounts,
    proficient_staff,
    sessions_of,
    training_counts,
    training_year,
)

TODAY = date(2026, 11, 24)


@st.composite
def any_test(draw: st.DrawFn) -> ProficiencyRecord:
    staff = draw(st.integers(1, 200))
    tested = draw(st.integers(0, staff))
    return a_test(TODAY, staff=staff, tested=tested, passed=draw(st.integers(0, tested)))


@given(st.dictionaries(st.text(min_size=1, max_size=4), st.none() | any_test()))
def test_proficiency_is_of_all_staff_and_silent_units_are_beside_it(tests: dict) -> None:
    share, silent = proficient_staff(tests)
    assert share.whole == sum(test.staff for test in tests.values() if test) and share.part <= share.whole
    assert silent + sum(test is not None for test in tests.values()) == len(tests)
    assert (share.percent is None) == (share.whole == 0)


@given(st.lists(st.tuples(st.integers(-400, 400), st.none() | st.integers(0, 50), st.none() | st.integers(0, 50))))
def test_every_session_is_in_one_state_and_nobody_fills_the_chair_of_another(parts: list) -> None:
    records = [
        a_part(TODAY + days * DAY, code=f"B-{at}", invited=invited, attended=attended if days <= 0 else None)
        for at, (days, invited, attended) in enumerate(parts)
    ]
    counts = training_counts(records, [], TODAY)
    known = counts.sessions
    assert counts.proficiency is None and (known is None) == (not records)
    if known is not None:
        assert known.held + known.planned + known.unreported == len(records)
        assert known.came <= known.invited
        assert (known.attended is None) == all(record.attended is None for record in records)
        CountedShare(known.came, known.invited)


def test_where_a_session_stands() -> None:
    for days, attended, state in (
        (-1, 0, SessionState.HELD),
        (-1, None, SessionState.UNREPORTED),
        (0, None, SessionState.PLANNED),
        (5, None, SessionState.PLANNED),
    ):
        (session,) = sessions_of([a_part(TODAY + days * DAY, attended=attended)])
        assert session.state(TODAY) is state


def test_the_parts_of_units_are_one_session_and_what_one_does_not_say_is_not_zero() -> None:
    parts = [
        a_part(TODAY, unit="A", attended=7, material="Sổ tay", reference="12/HD"),
        a_part(TODAY, unit="B", attended=None, invited=None, material="Sổ tay", reference="12/HD"),
        a_part(TODAY - DAY, unit="B", code="DT-00", attended=None, invited=None),
    ]
    first, second = sessions_of(parts)
    assert (first.units, first.invited, first.attended, first.materials) == (2, 10, 7, (("Sổ tay", "12/HD"),))
    assert second.invited is second.attended is None
    counts = training_counts(parts, [a_test(TODAY), a_test(TODAY, unit="B", passed=3)], TODAY)
    assert counts.sessions == SessionSum(held=1, planned=0, unreported=1, attended=7, came=7, invited=10)
    assert counts.proficiency is not None
    assert counts.proficiency.passed_share == CountedShare(12, 24)
    assert counts.proficiency.tested_share == CountedShare(20, 24)
    assert training_counts([], [], TODAY) == TrainingCounts()


def test_a_year_of_the_address_is_a_year() -> None:
    assert training_year("2025", TODAY) == 2025
    assert {training_year(text, TODAY) for text in ("", "x", "99999", "1066", "٢٠٢٥")} == {2026}
