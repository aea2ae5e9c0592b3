"""Writes the ledger of cases that a version before it kept left without one: asked at every start, done once."""

from __future__ import annotations

from data_access.cases.entries import entries_are_missing, replace_entries
from data_access.session import Database
from data_access.versions import lock_writers
from domain.cases.handling import HandlingResolver
from domain.units import Organisation


def ledger_is_missing(database: Database) -> bool:
    """Whether there are cases without their ledger."""
    with database.reading() as session:
        return entries_are_missing(session)


def fill_ledger(database: Database, organisation: Organisation) -> int:
    """Replay every case into its ledger, all or nothing; how many entries were written."""
    with database.writing() as session:
        lock_writers(session, "cases")
        return replace_entries(session, HandlingResolver(organisation))
