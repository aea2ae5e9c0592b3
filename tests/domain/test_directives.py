"""Directives: who may take which step, when one is overdue, what a list counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from domain.directives import (
    ENDED,
    MOVES,
    Directive,
    DirectiveFilter,
    DirectiveOrigin,
    DirectiveState,
    DirectiveStep,
    counted,
    deadline_words,
    may_take,
)
from domain.permissions import Role

TODAY = date(2026, 11, 24)
ONE = Directive(
    "d", "PHUVANG", "Rà soát", "", DirectiveOrigin.THOUGHT, "", datetime(2026, 11, 20, tzinfo=UTC), "lanhdao", TODAY
)
LISTS = st.lists(
    st.builds(
        lambda state, days: replace(ONE, state=state, due_on=TODAY + timedelta(days=days)),
        st.sampled_from(DirectiveState),
        st.integers(-40, 40),
    )
)


def test_a_directive_is_overdue_only_after_its_day_and_only_while_unanswered() -> None:
    assert not ONE.is_overdue(TODAY)
    assert ONE.is_overdue(TODAY + timedelta(days=1))
    assert not replace(ONE, state=DirectiveState.ANSWERED).is_overdue(TODAY + timedelta(days=9))


def test_a_deadline_is_in_words() -> None:
    assert deadline_words(ONE, TODAY - timedelta(days=2)) == "còn 2 ngày"
    assert deadline_words(ONE, TODAY) == "đến hạn hôm nay"
    assert deadline_words(ONE, TODAY + timedelta(days=1)) == "quá hạn 1 ngày"
    assert deadline_words(replace(ONE, state=DirectiveState.CLOSED), TODAY) == ""


def test_nothing_leaves_an_ended_state_and_a_leader_never_answers_for_a_unit() -> None:
    for step in DirectiveStep:
        assert not any(may_take(step, state, role) for state in ENDED for role in Role)
    assert not may_take(DirectiveStep.ANSWER, DirectiveState.ISSUED, Role.LEADER)
    assert not may_take(DirectiveStep.ACCEPT, DirectiveState.ANSWERED, Role.DEPARTMENT_HEAD)
    assert may_take(DirectiveStep.RETURN, DirectiveState.ANSWERED, Role.LEADER)
    assert {move.target for move in MOVES.values()} | {DirectiveState.ISSUED} == set(DirectiveState)


@given(LISTS)
def test_each_open_directive_is_either_owed_by_the_unit_or_waits_for_the_leader(found: list[Directive]) -> None:
    counts = counted(found, TODAY)
    assert counts.overdue + counts.due_soon + counts.awaiting <= counts.open
    assert counts.open - counts.awaiting == sum(each.awaits_answer for each in found)


@given(st.dictionaries(st.sampled_from(["unit", "state", "overdue"]), st.text(max_size=60)))
def test_any_address_is_understood_and_an_empty_one_is_the_default(values: dict[str, str]) -> None:
    wanted = DirectiveFilter.from_address(values)
    assert wanted.state in {"", *DirectiveState}
    assert DirectiveFilter().address() == ""
    assert DirectiveFilter(state="issued").address(directive="x") == "?state=issued&directive=x"
