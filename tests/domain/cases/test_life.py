"""The class of a case on a date and the ledger that counts it, one rule at a time."""

from __future__ import annotations

from datetime import date

import pytest
from statistics_support import CURRENT, figures_of_lives

from domain.cases import (
    CaseClass,
    DecisionKind,
    Handling,
    Regime,
    StatisticalGroup,
    class_as_of,
    class_intervals,
    class_on,
    ledger,
    statistical_year,
)
from domain.statistics import Measure, StatisticalYear
from factories import a_life

OCT, NOV, DEC = date(2026, 10, 12), date(2026, 11, 10), date(2026, 12, 1)


def test_the_statistical_year_begins_on_the_first_of_october() -> None:
    assert statistical_year(date(2026, 9, 30)) == 2026
    assert statistical_year(date(2026, 10, 1)) == 2027


def test_a_case_without_any_decision_is_enforceable_from_its_docket_day() -> None:
    life = a_life(OCT)
    assert class_on(life, date(2026, 10, 11)) is None
    assert class_on(life, OCT) is CaseClass.ENFORCEABLE


@pytest.mark.parametrize(
    ("kind", "case_class"),
    [
        (DecisionKind.NOT_ENFORCEABLE, CaseClass.NOT_ENFORCEABLE),
        (DecisionKind.SEPARATE_REGISTER, CaseClass.SEPARATE_REGISTER),
        (DecisionKind.POSTPONED, CaseClass.POSTPONED),
        (DecisionKind.POSTPONED_BY_CONSENT, CaseClass.POSTPONED_BY_CONSENT),
        (DecisionKind.SUSPENDED, CaseClass.SUSPENDED),
        (DecisionKind.COMPLETED, CaseClass.COMPLETED),
        (DecisionKind.TERMINATED, CaseClass.TERMINATED),
        (DecisionKind.ENTRUSTED, CaseClass.ENTRUSTED),
        (DecisionKind.WITHDRAWN, CaseClass.REVOKED),
        (DecisionKind.CANCELLED, CaseClass.REVOKED),
        (DecisionKind.TAKEN_UP, CaseClass.TAKEN_UP),
        (DecisionKind.VERIFIED, CaseClass.ENFORCEABLE),
        (DecisionKind.COERCED, CaseClass.ENFORCEABLE),
        (DecisionKind.REDUCED, CaseClass.ENFORCEABLE),
    ],
)
def test_a_decision_takes_effect_on_its_day_and_not_before(kind: DecisionKind, case_class: CaseClass) -> None:
    life = a_life(OCT, decisions=((NOV, kind),))
    assert class_on(life, date(2026, 11, 9)) is CaseClass.ENFORCEABLE
    assert class_on(life, NOV) is case_class


def test_a_resumed_case_returns_to_the_class_it_had_before_the_pause() -> None:
    life = a_life(
        OCT,
        decisions=(
            (OCT, DecisionKind.NOT_ENFORCEABLE),
            (NOV, DecisionKind.SUSPENDED),
            (DEC, DecisionKind.RESUMED),
        ),
    )
    assert class_on(life, NOV) is CaseClass.SUSPENDED
    assert class_on(life, DEC) is CaseClass.NOT_ENFORCEABLE


def test_an_ended_case_is_not_classified_again_by_a_later_decision() -> None:
    life = a_life(OCT, decisions=((NOV, DecisionKind.TERMINATED), (DEC, DecisionKind.NOT_ENFORCEABLE)))
    assert class_on(life, DEC) is CaseClass.TERMINATED


def test_a_decision_dated_before_docketing_counts_from_the_docket_day() -> None:
    life = a_life(OCT, decisions=((date(2026, 9, 1), DecisionKind.NOT_ENFORCEABLE),))
    assert [entry.day for entry in ledger(life)] == [OCT] * len(ledger(life))
    assert class_on(life, OCT) is CaseClass.NOT_ENFORCEABLE


def test_postponement_by_consent_counts_as_enforceable_and_any_other_pause_as_other() -> None:
    consent = a_life(OCT, decisions=((NOV, DecisionKind.POSTPONED_BY_CONSENT),))
    pause = a_life(OCT, decisions=((NOV, DecisionKind.POSTPONED),))
    assert class_as_of(consent, NOV, CURRENT) is StatisticalGroup.ENFORCEABLE
    assert class_as_of(pause, NOV, CURRENT) is StatisticalGroup.OTHER


def test_before_2020_a_pause_stayed_inside_enforceable() -> None:
    old = Regime("old", "TT 01/2013", date(2013, 1, 1), others_are_enforceable=True)
    pause = a_life(OCT, decisions=((NOV, DecisionKind.SUSPENDED),))
    assert class_as_of(pause, NOV, old) is StatisticalGroup.ENFORCEABLE


def test_money_is_completed_on_the_day_it_is_collected_whatever_the_case_is() -> None:
    life = a_life(OCT, 100, decisions=((OCT, DecisionKind.NOT_ENFORCEABLE),), money=((NOV, 30),))
    amount = figures_of_lives([life], NOV).amount
    assert (amount.completed, amount.not_enforceable, amount.to_enforce, amount.total_docketed) == (30, 70, 100, 100)


def test_completion_without_full_payment_writes_the_rest_off_instead_of_collecting_it() -> None:
    life = a_life(OCT, 100, decisions=((NOV, DecisionKind.COMPLETED),), money=((NOV, 60),))
    found = figures_of_lives([life], NOV)
    assert (found.amount.completed, found.amount.reduced, found.amount.to_enforce) == (60, 40, 60)
    assert found.cases.completed == 1


def test_a_full_termination_completes_the_case_and_its_remaining_money() -> None:
    life = a_life(OCT, 100, decisions=((NOV, DecisionKind.TERMINATED, 100),), money=((OCT, 25),))
    found = figures_of_lives([life], NOV)
    assert (found.cases.completed, found.cases.terminated) == (1, 1)
    assert (found.amount.completed, found.amount.terminated) == (100, 75)


def test_a_termination_stated_with_zero_money_is_a_full_one() -> None:
    assert (
        figures_of_lives([a_life(OCT, 100, decisions=((NOV, DecisionKind.TERMINATED, 0),))], NOV).cases.completed == 1
    )


def test_a_partial_termination_moves_only_its_money() -> None:
    life = a_life(OCT, 100, decisions=((NOV, DecisionKind.TERMINATED, 40),))
    found = figures_of_lives([life], NOV)
    assert (found.cases.completed, found.cases.enforceable_in_progress) == (0, 1)
    assert (found.amount.completed, found.amount.enforceable_in_progress) == (40, 60)


def test_entrusting_the_rest_of_a_partly_enforced_case_completes_the_case() -> None:
    life = a_life(OCT, 100, decisions=((NOV, DecisionKind.ENTRUSTED),), money=((OCT, 10),))
    found = figures_of_lives([life], NOV)
    assert (found.cases.completed, found.cases.entrusted) == (1, 0)
    assert (found.amount.completed, found.amount.entrusted) == (10, 90)


def test_entrusting_an_untouched_case_is_no_completion() -> None:
    found = figures_of_lives([a_life(OCT, 100, decisions=((NOV, DecisionKind.ENTRUSTED),))], NOV)
    assert (found.cases.completed, found.cases.entrusted, found.cases.to_enforce) == (0, 1, 0)


def test_collecting_more_than_is_due_means_the_debt_had_grown() -> None:
    amount = figures_of_lives([a_life(OCT, 100, money=((NOV, 130),))], NOV).amount
    assert (amount.completed, amount.newly_docketed, amount.carried_over) == (130, 130, 0)


def test_a_negative_transaction_takes_a_collection_back() -> None:
    amount = figures_of_lives([a_life(OCT, 100, money=((OCT, 50), (NOV, -50)))], NOV).amount
    assert (amount.completed, amount.enforceable_in_progress) == (0, 100)


def test_a_reduction_lowers_what_is_to_be_enforced() -> None:
    amount = figures_of_lives([a_life(OCT, 100, decisions=((NOV, DecisionKind.REDUCED, 20),))], NOV).amount
    assert (amount.reduced, amount.to_enforce, amount.total_docketed) == (20, 80, 100)


def test_the_separate_register_is_outside_everything_but_itself() -> None:
    life = a_life(date(2024, 3, 1), 100, decisions=((NOV, DecisionKind.SEPARATE_REGISTER),))
    before, after = figures_of_lives([life], date(2026, 11, 9)).cases, figures_of_lives([life], NOV).cases
    assert (before.carried_over, before.to_enforce) == (1, 1)
    assert after == Measure(separate_register=1)


def test_last_years_completion_is_not_counted_this_year() -> None:
    life = a_life(date(2026, 3, 1), decisions=((date(2026, 9, 30), DecisionKind.COMPLETED),))
    assert figures_of_lives([life], NOV).cases == Measure()
    assert figures_of_lives([life], date(2026, 9, 30)).cases.completed == 1


def test_the_new_year_carries_over_what_the_old_one_left() -> None:
    life = a_life(date(2026, 3, 1))
    last, first = figures_of_lives([life], date(2026, 9, 30)).cases, figures_of_lives([life], date(2026, 10, 1)).cases
    assert (last.carried_forward, last.newly_docketed) == (1, 1)
    assert (first.carried_over, first.newly_docketed) == (1, 0)


def test_a_transfer_moves_the_living_case_and_leaves_the_collected_money() -> None:
    handling = (Handling(OCT, "PHUVANG", "CHV-07"), Handling(NOV, "NAMDONG", "CHV-01"))
    life = a_life(OCT, 100, money=((OCT, 30),), handling=handling)
    left, right = (figures_of_lives([life], NOV, unit) for unit in ("PHUVANG", "NAMDONG"))
    assert (left.cases, left.amount.completed, left.amount.total_docketed) == (Measure(), 30, 30)
    assert (right.cases.newly_docketed, right.cases.carried_over, right.amount.total_docketed) == (1, 0, 70)


def test_a_reorganisation_moves_the_whole_years_results_to_the_successor() -> None:
    handling = (
        Handling(OCT, "OLD", "CHV-07"),
        Handling(DEC, "NEW", "CHV-07", by_succession=True),
    )
    life = a_life(OCT, 100, decisions=((NOV, DecisionKind.COMPLETED),), money=((NOV, 100),), handling=handling)
    assert figures_of_lives([life], NOV, "OLD").cases.completed == 1
    assert figures_of_lives([life], DEC, "OLD").cases == Measure()
    assert figures_of_lives([life], DEC, "NEW").cases.completed == 1
    assert figures_of_lives([life], DEC, "NEW").amount.completed == 100


def test_a_vanished_case_leaves_this_years_figures_and_stays_in_last_years() -> None:
    life = a_life(date(2026, 3, 1), 100, decisions=((NOV, DecisionKind.VANISHED),), money=((OCT, 10),))
    assert figures_of_lives([life], date(2026, 9, 30)).cases.carried_forward == 1
    assert figures_of_lives([life], date(2026, 11, 9)).amount.completed == 10
    gone = figures_of_lives([life], NOV)
    assert (gone.cases, gone.amount.completed, gone.amount.to_enforce) == (Measure(), 0, 0)


def test_intervals_follow_each_other_without_gap_or_overlap() -> None:
    life = a_life(
        OCT,
        decisions=((OCT, DecisionKind.NOT_ENFORCEABLE), (NOV, DecisionKind.ENFORCEABLE), (DEC, DecisionKind.COMPLETED)),
    )
    intervals = class_intervals(life)
    assert [item.case_class for item in intervals] == [
        CaseClass.NOT_ENFORCEABLE,
        CaseClass.ENFORCEABLE,
        CaseClass.COMPLETED,
    ]
    assert [item.to_on for item in intervals] == [NOV, DEC, None]
    assert intervals[0].from_on == OCT
    assert StatisticalYear.of(DEC).first_on == date(2026, 10, 1)


def test_facts_of_one_day_count_the_same_in_whatever_order_they_are_stated() -> None:
    facts = ((NOV, DecisionKind.ENFORCEABLE), (NOV, DecisionKind.NOT_ENFORCEABLE), (NOV, DecisionKind.REDUCED, 5))
    money = ((NOV, 130), (NOV, -130))
    one = a_life(OCT, 100, decisions=facts, money=money)
    other = a_life(OCT, 100, decisions=facts[::-1], money=money[::-1])
    assert ledger(one) == ledger(other)
    assert class_on(one, NOV) is CaseClass.NOT_ENFORCEABLE
