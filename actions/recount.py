"""Count every case again from its facts and compare with the running counters; repair them when asked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from sqlalchemy.orm import Session

from access.principal import Principal
from data_access.audit import record_audit
from data_access.cases.entries import entry_sums, replace_entries
from data_access.cases.lives import all_cases
from data_access.counters import Changes, OfficerPlace, Place, counter_rows, month_rows, officer_rows, replace_counters
from data_access.session import Database
from data_access.versions import bump_version, lock_writers
from domain.cases import ledger
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
    repaired: bool

    @property
    def agrees(self) -> bool:
        """Whether every counter, by day, month and officer, and the ledger of the cases equal their recount."""
        wrong = (self.differences, self.month_differences, self.officer_differences, self.entry_differences)
        return not any(wrong)


def recount(
    database: Database, principal: Principal, organisation: Organisation, now: datetime, repair: bool = False
) -> Recount:
    """Replay all cases in one consistent view and compare; with `repair`, rewrite counters that differ.

    A repair replays again inside its own writing transaction, so an import in between is not lost. Raises NotAllowed.
    """
    principal.require(Permission.ADMINISTER)
    with database.reading() as session:
        cases, changes = _replay_all(session, organisation)
        differences = _differences(counter_rows(session), _daily(changes))
        months = _differences(month_rows(session), _monthly(changes))
        officers = _differences(officer_rows(session), _by_officer(changes))
        entries = _differences(entry_sums(session), _daily(changes))
    found = Recount(cases, differences, len(months), len(officers), len(entries), repaired=False)
    if not repair or found.agrees:
        return found
    with database.writing() as session:
        lock_writers(session, "cases")
        _, changes = _replay_all(session, organisation)
        replace_counters(session, changes)
        replace_entries(session, HandlingResolver(organisation))
        bump_version(session, "cases", now)
        record_audit(session, principal, "counters_repaired", "cases", {"differences": len(differences)}, now)
    return replace(found, repaired=True)


def _replay_all(session: Session, organisation: Organisation) -> tuple[int, Changes]:
    resolver, changes, cases = HandlingResolver(organisation), Changes(), 0
    for case in all_cases(session):
        cases += 1
        changes.add(ledger(case.life(resolver)), case.record.kind.value)
    return cases, changes


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
