"""Writes what replaying the cases yields and a version before did not keep: asked at every start, done once."""

from __future__ import annotations

from data_access.cases.replays import replace_replays, replays_are_missing
from data_access.session import Database
from data_access.versions import lock_writers
from domain.cases.handling import HandlingResolver
from domain.units import Organisation


def replay_is_missing(database: Database) -> bool:
    """Whether there are cases without their ledger or their clocks."""
    with database.reading() as session:
        return replays_are_missing(session)


def replay_cases(database: Database, organisation: Organisation) -> int:
    """Replay every case into its ledger and clocks, all or nothing; how many rows were written."""
    with database.writing() as session:
        lock_writers(session, "cases")
        return replace_replays(session, HandlingResolver(organisation))
