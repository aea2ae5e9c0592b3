"""Khiếu nại, tố cáo: how much time each accepted one has left, by the dated rules.

Both kinds are told together: a single denunciation must not be picked out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from domain.deadlines import CannotReckon, DeadlineRule, due_in_turn, rule_on
from domain.reception.records import PetitionKind, PetitionRecord, PetitionSubject

SOON = timedelta(days=10)
# The codes in data/deadlines.csv of the first instance. For the second there is no row: its term is known only where
# the register states the day.
_COMPLAINT_RULES = {
    PetitionSubject.BEFORE_MEASURES: "D48",
    PetitionSubject.SECURING: "D49",
    PetitionSubject.COERCION: "D50",
}
_DENUNCIATION_RULE = "D51"


@dataclass(frozen=True, slots=True)
class PetitionCounts:
    """Đơn đang giải quyết by the time left: later than ten days, within ten days, overdue, and those for which no rule
    is in force (unknown, never in time). `is_sample`: judged by sample terms."""

    later: int = 0
    soon: int = 0
    overdue: int = 0
    without_rule: int = 0
    resolved: int = 0
    is_sample: bool = False

    @property
    def open(self) -> int:
        """Those being dealt with."""
        return self.later + self.soon + self.overdue + self.without_rule


def petition_rule(petition: PetitionRecord, rules: Sequence[DeadlineRule], today: date) -> DeadlineRule | None:
    """The rule by which its last day is reckoned; None when the register states the day, or no rule can."""
    if petition.due_on is not None or petition.instance != 1:
        return None
    is_complaint = petition.kind is PetitionKind.COMPLAINT
    return rule_on(rules, _COMPLAINT_RULES[petition.subject] if is_complaint else _DENUNCIATION_RULE, today)


def petition_due_on(petition: PetitionRecord, rules: Sequence[DeadlineRule], today: date) -> date | None:
    """The last day in time: as the register states it, else by the rule in force; None when nobody can say (no rule,
    the second instance, a term in working days)."""
    if petition.due_on is not None:
        return petition.due_on
    rule = petition_rule(petition, rules, today)
    try:
        return None if rule is None else due_in_turn([rule], petition.accepted_on)
    except CannotReckon:
        return None


def petition_counts(
    petitions: Iterable[PetitionRecord], rules: Sequence[DeadlineRule], since: date, today: date
) -> PetitionCounts:
    """Count petitions; resolved ones from `since` on."""
    later = soon = overdue = without_rule = resolved = 0
    is_sample = False
    for petition in petitions:
        if petition.resolved_on is not None and petition.resolved_on <= today:
            resolved += petition.resolved_on >= since
            continue
        rule = petition_rule(petition, rules, today)
        is_sample = is_sample or (rule is not None and rule.is_sample)
        due_on = petition_due_on(petition, rules, today)
        without_rule += due_on is None
        overdue += due_on is not None and due_on < today
        soon += due_on is not None and today <= due_on <= today + SOON
        later += due_on is not None and due_on > today + SOON
    return PetitionCounts(later, soon, overdue, without_rule, resolved, is_sample)
