"""The table of rules that ships, and the sample rows that only a demo sees."""

from __future__ import annotations

from datetime import date
from itertools import combinations

from data_access.deadlines import load_deadline_rules
from domain.deadlines import CLOCKS, Clock, DeadlineRule, DeadlineUnit, clock_rules, rule_on

RULES, WITH_SAMPLE = load_deadline_rules(False), load_deadline_rules(True)
EVE, REFORM, TODAY = date(2026, 6, 30), date(2026, 7, 1), date(2026, 11, 23)


def test_all_rules_ship_and_none_of_them_is_a_sample() -> None:
    assert len(RULES) == 54
    assert not any(rule.is_sample for rule in RULES)
    assert all(rule.legal_basis and rule.status == "verified" for rule in RULES)


def test_no_two_rules_of_one_code_hold_on_the_same_day() -> None:
    for rules in (RULES, WITH_SAMPLE):
        for one, other in combinations(rules, 2):
            assert one.code != other.code or not (
                one.is_in_force(other.valid_from) or other.is_in_force(one.valid_from)
            )


def test_the_law_of_2008_holds_until_the_last_of_june_and_its_successors_values_are_unknown() -> None:
    reverification = rule_on(RULES, "D11", EVE)
    assert reverification is not None
    assert (reverification.quantity, reverification.unit) == (6, DeadlineUnit.MONTHS)
    assert rule_on(RULES, "D11", REFORM) is None
    assert [clock for clock in Clock if clock_rules(RULES, clock, TODAY) is not None] == [Clock.LONG_NOT_ENFORCEABLE]


def test_a_demo_goes_on_with_sample_rules_that_say_what_they_are() -> None:
    for codes in CLOCKS.values():
        for code in codes:
            assert rule_on(WITH_SAMPLE, code, TODAY) is not None
    samples = [rule for rule in WITH_SAMPLE if rule.is_sample]
    assert {rule.code for rule in samples} == {rule.code for rule in RULES if rule.valid_to == EVE}
    assert all(rule.valid_from == REFORM and "Dữ liệu mẫu" in rule.legal_basis for rule in samples)
    assert {rule.status for rule in samples} == {"Dữ liệu mẫu"}
    assert _terms(samples) == _terms([rule for rule in RULES if rule.valid_to == EVE])


def _terms(rules: list[DeadlineRule]) -> dict[str, tuple[int, DeadlineUnit]]:
    return {rule.code: (rule.quantity, rule.unit) for rule in rules}
