"""How software stands, from its intervals: since when is right however many there are, and asked in one question."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from software_support import ADMINISTRATOR, a_probe
from sqlalchemy import event

from data_access.models.software_systems import ServiceHealthRow
from data_access.session import Database
from data_access.software_systems import software_standings
from domain.software_systems import HealthState

MINUTE = timedelta(minutes=1)
SILENT, SLOW, ANSWERING = HealthState.SILENT, HealthState.SLOW, HealthState.ANSWERING


def keep(database: Database, probe: str, states: Sequence[HealthState], began: datetime, gap_after: int = -1) -> None:
    """An interval of a minute for each state; one touches the next, but for the one before the gap."""
    with database.writing() as session:
        for number, state in enumerate(states):
            at = began + number * MINUTE
            until = at if number == gap_after else at + MINUTE
            session.add(
                ServiceHealthRow(probe=probe, state=state.value, reason=str(number), from_at=at, until_at=until)
            )
            session.flush()


def test_since_when_it_is_so_is_right_after_any_number_of_intervals(database: Database, now: datetime) -> None:
    began = now - 1101 * MINUTE
    codes = {
        system: a_probe(database, system, "tcp://127.0.0.1:1", began)
        for system in ("email", "archive", "documents", "personnel")
    }
    keep(database, codes["email"], [SILENT, *[ANSWERING, SLOW] * 550], began)
    keep(database, codes["archive"], [SILENT] * 1101, began, gap_after=299)
    keep(database, codes["documents"], [ANSWERING, SILENT, SILENT], now - 3 * MINUTE)
    asked: list[str] = []
    event.listen(database.engine, "before_cursor_execute", lambda *details: asked.append(details[2]))
    with database.reading() as session:
        found = {one.system.code: one.since for one in software_standings(session, ADMINISTRATOR, now)}
    assert found["email"] == began + MINUTE, "answering slowly is answering"
    assert found["archive"] == began + 300 * MINUTE
    assert found["documents"] == now - 2 * MINUTE
    assert found["personnel"] is None
    assert len([one for one in asked if "service_health" in one]) == 2


def test_without_any_probe_nothing_is_known_of_anything(database: Database, now: datetime) -> None:
    with database.reading() as session:
        assert {one.since for one in software_standings(session, ADMINISTRATOR, now)} == {None}
