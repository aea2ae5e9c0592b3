"""What the engine of alarms is told about the sector's software: of the whole only, with announced work respected."""

from __future__ import annotations

from datetime import datetime, timedelta

from software_support import ADMINISTRATOR, a_probe, looked_for

from access.audience import PROVINCE
from actions.announce_maintenance import WantedWindow, announce_maintenance
from data_access.session import Database
from domain.alarms import Facts
from domain.software_systems import HealthState
from domain.units import Organisation
from scenes.alarm_facts import alarm_facts
from scenes.drawing import Question

MINUTE = timedelta(minutes=1)


def facts(database: Database, organisation: Organisation, at: datetime) -> Facts:
    with database.reading() as session:
        return alarm_facts(Question(session, PROVINCE.principal(), organisation, at, True))[0]


def software(found: Facts) -> list[tuple[str, str]]:
    return [(one.rule, one.subject) for one in found.conditions if one.source == "software"]


def test_one_that_fails_for_long_enough_is_a_condition_and_announced_work_hides_it(
    sqlite_database: Database, organisation: Organisation, now: datetime
) -> None:
    for system in ("email", "archive"):
        a_probe(sqlite_database, system, "tcp://127.0.0.1:1", now)
    states = {"email": HealthState.SILENT, "archive": HealthState.ANSWERING}
    looked_for(sqlite_database, states, now, now + 6 * MINUTE)
    assert software(facts(sqlite_database, organisation, now + 4 * MINUTE)) == []
    at = now + 6 * MINUTE
    found = facts(sqlite_database, organisation, at)
    assert software(found) == [("software_silent", "email")] and "software" not in found.unknown
    wanted = WantedWindow("", "source:software/email", "", "12:00 23/11/2026", "nâng cấp máy chủ")
    announce_maintenance(sqlite_database, ADMINISTRATOR, organisation, wanted, at)
    hidden = facts(sqlite_database, organisation, at)
    (condition,) = [one for one in hidden.conditions if one.source == "software"]
    (window,) = hidden.maintenance
    assert window.hides(condition) and window.is_on(at)


def test_our_own_line_is_one_condition_and_an_old_pass_ends_nothing(
    sqlite_database: Database, organisation: Organisation, now: datetime
) -> None:
    for system in ("email", "archive", "documents"):
        a_probe(sqlite_database, system, "tcp://127.0.0.1:1", now)
    states = dict.fromkeys(("email", "archive", "documents"), HealthState.CUT)
    looked_for(sqlite_database, states, now, now + 6 * MINUTE)
    assert software(facts(sqlite_database, organisation, now + 6 * MINUTE)) == [("software_link", "")]
    assert "software" in facts(sqlite_database, organisation, now + 6 * MINUTE).unknown, "nothing recovers behind it"
    later = facts(sqlite_database, organisation, now + timedelta(minutes=30))
    assert software(later) == [] and "software" in later.unknown
