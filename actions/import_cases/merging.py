"""How one case changes by what a file says of it: pure, so that order and repetition can be tested without a database.

A file repeated, or two files in either order, must end in the same facts: equal facts are counted, not appended (a file
that says a payment twice means two payments, two files that say it once each mean one).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from data_access.cases.lives import StoredCase, StoredDecision
from domain.cases import CaseRecord, DecisionKind, DecisionRecord, MoneyKind, MoneyRecord
from domain.cases.handling import HandlingResolver, StatedHandling
from domain.local_time import local_day

DecisionFact = tuple[DecisionKind, date, int | None]
MoneyFact = tuple[MoneyKind, date, int]


@dataclass(slots=True)
class Merge:
    """What the file adds to a case: the record in force afterwards and the facts to store or withdraw."""

    record: CaseRecord
    restated: bool = False
    handling: list[StatedHandling] = field(default_factory=list)
    decisions: list[DecisionFact] = field(default_factory=list)
    born_withdrawn: list[DecisionFact] = field(default_factory=list)
    withdrawn_ids: list[int] = field(default_factory=list)
    money: list[MoneyFact] = field(default_factory=list)

    @property
    def changes_anything(self) -> bool:
        """Whether a single row has to be written."""
        facts = (self.handling, self.decisions, self.born_withdrawn, self.withdrawn_ids, self.money)
        return self.restated or any(facts)


def merge_case(
    stored: StoredCase | None,
    record: CaseRecord | None,
    decisions: Sequence[DecisionRecord],
    money: Sequence[MoneyRecord],
    as_of_at: datetime,
    resolver: HandlingResolver,
) -> Merge:
    """What a file as of `as_of_at` adds to a case; either `stored` or `record` is given."""
    if stored is None:
        if record is None:
            raise ValueError("a case that is neither stored nor in the file cannot be merged")
        merge = Merge(record)
        merge.handling = resolver.first_handling(
            record.key.issuing_unit,
            record.handling_unit,
            record.docketed_on,
            local_day(as_of_at),
            record.area,
            record.officer,
        )
    else:
        merge = _restate(stored, record, as_of_at, resolver)
    if stored is None and not any(item.withdrawn for item in decisions):
        # Nothing to compare with: the common case of a first import, taken without counting.
        merge.decisions = [(item.kind, item.effective_on, item.amount) for item in decisions]
        merge.money = [(item.kind, item.effective_on, item.amount) for item in money]
        return merge
    is_named = record is not None or bool(decisions) or bool(money)
    _merge_decisions(merge, stored, decisions, as_of_at, is_named)
    known_money = Counter(stored.money) if stored else Counter()
    stated_money = Counter((item.kind, item.effective_on, item.amount) for item in money)
    merge.money = list((stated_money - known_money).elements())
    return merge


def _restate(stored: StoredCase, record: CaseRecord | None, as_of_at: datetime, resolver: HandlingResolver) -> Merge:
    # An older file that arrives late must not turn attributes back.
    if record is None or as_of_at < stored.stated_at:
        return Merge(stored.record)
    merge = Merge(record, restated=_attributes(record) != _attributes(stored.record))
    on = local_day(as_of_at)
    unit, officer = resolver.unit_on(stored.handling, record.area, on)
    # A file may still name a dissolved unit (the issuing one is the default of an empty cell): its successor is meant.
    stated = (resolver.carried(record.handling_unit, record.area, on), record.officer or officer)
    if stated != (unit, officer):
        merge.handling = [StatedHandling(on, *stated)]
    return merge


def _merge_decisions(
    merge: Merge, stored: StoredCase | None, decisions: Sequence[DecisionRecord], as_of_at: datetime, named: bool
) -> None:
    plain = Counter((item.kind, item.effective_on, item.amount) for item in decisions if not item.withdrawn)
    in_force = list(stored.decisions) if stored else []
    withdrawn = Counter(stored.withdrawn) if stored else Counter()
    known = Counter((item.kind, item.effective_on, item.amount) for item in in_force) + withdrawn
    named_withdrawn = Counter(_withdrawn_fact(item, {*plain, *known}) for item in decisions if item.withdrawn)
    for fact in (plain - known).elements():
        # A withdrawal without an amount that came before its decision has been waiting for it.
        waiting = (
            fact[2] is not None
            and withdrawn[(*fact[:2], None)]
            and not any(other[:2] == fact[:2] and other[2] is not None for other in withdrawn)
        )
        (merge.born_withdrawn if waiting else merge.decisions).append(fact)
    for fact, count in named_withdrawn.items():
        missing = count - withdrawn[fact]
        for _ in range(max(0, missing)):
            _withdraw(merge, in_force, fact)
    for item in in_force:
        # A case that a later file names again had not vanished.
        if named and item.kind is DecisionKind.VANISHED and item.effective_on <= local_day(as_of_at):
            merge.withdrawn_ids.append(item.id)


def _withdraw(merge: Merge, in_force: list[StoredDecision], fact: DecisionFact) -> None:
    for item in in_force:
        if (item.kind, item.effective_on, item.amount) == fact:
            merge.withdrawn_ids.append(item.id)
            in_force.remove(item)
            return
    if fact in merge.decisions:
        merge.decisions.remove(fact)
    merge.born_withdrawn.append(fact)


def _withdrawn_fact(item: DecisionRecord, facts: set[DecisionFact]) -> DecisionFact:
    """The fact a withdrawal means: without an amount, the only one of that kind and day."""
    exact = (item.kind, item.effective_on, item.amount)
    if exact in facts or item.amount is not None:
        return exact
    same_day = [fact for fact in facts if fact[:2] == exact[:2]]
    return same_day[0] if len(same_day) == 1 else exact


def _attributes(record: CaseRecord) -> tuple[object, ...]:
    return (record.docketed_on, record.kind, record.case_type, record.area, record.amount_due, record.groups)
