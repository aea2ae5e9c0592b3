"""Count every case again from its facts and compare with the running counters; repair them when asked."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from sqlalchemy.orm import Session

from access.principal import Principal
from data_access.audit import record_audit
from data_access.cases.lives import all_cases
from data_access.cases.replays import ClockPlace, clock_sums, entry_sums, replace_replays
from data_access.counters import Changes, OfficerPlace, Place, counter_rows, month_rows, officer_rows, replace_counters
from data_access.session import Database
from data_access.versions import bump_version, lock_writers
from domain.case_clocks import clock_intervals
from domain.cases import ledger_and_intervals
from domain.cases.handling import HandlingResolver
from domain.permissions import Permission
from domain.units import Organisation

Grain = TypeVar("Grain", Place, OfficerPlace)


@dataclass(frozen=True, slots=True)
class Recount:
    """How many cases were replayed, and each counter that differs as (stored, counted anew)."""

    cases: int
    differences: dict[Place, tuple[tuple[int, int], tuple[int, int]]]
    month_differences: int
    officer_differences: int
    entry_differences: int
    clock_differences: int
    repaired: bool

    @property
    def agrees(self) -> bool:
        """Whether every counter, by day, month and officer, the ledger and the clocks of the cases equal their
        recount."""
        counters = (self.differences, self.month_differences, self.officer_differences)
        return not any((*counters, self.entry_differences, self.clock_differences))


def recount(
    database: Database, principal: Principal, organisation: Organisation, now: datetime, repair: bool = False
) -> Recount:
    """Replay all cases in one consistent view and compare; with `repair`, rewrite counters that differ.

    A repair replays again inside its own writing transaction, so an import in between is not lost. Raises NotAllowed.
    """
    principal.require(Permission.ADMINISTER)
    with database.reading() as session:
        cases, changes, clocks = _replay_all(session, organisation)
        differences = _differences(counter_rows(session), _daily(changes))
        months = _differences(month_rows(session), _monthly(changes))
        officers = _differences(officer_rows(session), _by_officer(changes))
        entries = _differences(entry_sums(session), _daily(changes))
        stretches = clock_sums(session)
    wrong_clocks = (stretches - clocks).total() + (clocks - stretches).total()
    found = Recount(cases, differences, len(months), len(officers), len(entries), wrong_clocks, repaired=False)
    if not repair or found.agrees:
        return found
    with database.writing() as session:
        lock_writers(session, "cases")
        _, changes, _ = _replay_all(session, organisation)
        replace_counters(session, changes)
        replace_replays(session, HandlingResolver(organisation))
        bump_version(session, "cases", now)
        record_audit(session, principal, "counters_repaired", "cases", {"differences": len(differences)}, now)
    return replace(found, repaired=True)


def _replay_all(session: Session, organisation: Organisation) -> tuple[int, Changes, Counter[ClockPlace]]:
    resolver, changes, cases, clocks = HandlingResolver(organisation), Changes(), 0, Counter[ClockPlace]()
    for case in all_cases(session):
        cases += 1
        life = case.life(resolver)
        entries, intervals = ledger_and_intervals(life)
        changes.add(entries, case.record.kind.value)
        for one in clock_intervals(life, intervals):
            clocks[ClockPlace(one.clock.value, one.unit, one.started_on, one.to_on)] += 1
    return cases, changes, clocks


def _daily(changes: Changes) -> dict[Place, tuple[int, int]]:
    return {place: change for place, change in changes.by_place.items() if change != (0, 0)}


def _by_officer(changes: Changes) -> dict[OfficerPlace, tuple[int, int]]:
    return {place: change for place, change in changes.by_officer.items() if change != (0, 0)}


def _monthly(changes: Changes) -> dict[Place, tuple[int, int]]:
    months: dict[Place, tuple[int, int]] = {}
    for place, (cases, amount) in changes.by_place.items():
        month = place._replace(day=place.day.replace(day=1))
        had = months.get(month, (0, 0))
        months[month] = (had[0] + cases, had[1] + amount)
    return {place: change for place, change in months.items() if change != (0, 0)}


def _differences(
    stored: dict[Grain, tuple[int, int]], counted: dict[Grain, tuple[int, int]]
) -> dict[Grain, tuple[tuple[int, int], tuple[int, int]]]:
    nothing = (0, 0)
    return {
        place: (stored.get(place, nothing), counted.get(place, nothing))
        for place in stored.keys() | counted.keys()
        if stored.get(place, nothing) != counted.get(place, nothing)
    }
