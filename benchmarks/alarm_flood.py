"""182 cameras that come and go, 500 changes a minute for ten minutes, through the engine and its database.

Twice: as the product judges (one alarm of each unit, its cameras as members), and with an alarm for each camera. Time
is moved, not waited for. Prints how long one decision takes, how often the list changed, and whether the records alone
lead to the stored state.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from sqlalchemy import func, select  # noqa: E402
from sqlalchemy.orm import Session  # noqa: E402

from access.principal import Principal  # noqa: E402
from actions.evaluate_alarms import AlarmEngine  # noqa: E402
from data_access.alarms import alarms_listed, records_of  # noqa: E402
from data_access.models.alarms import AlarmRecordRow, AlarmRow  # noqa: E402
from data_access.schema import upgrade_schema  # noqa: E402
from data_access.session import Database  # noqa: E402
from data_access.units import load_organisation  # noqa: E402
from data_access.versions import bump_version, versions  # noqa: E402
from domain.alarms import Alarm, AlarmState, Condition, Facts, Priority  # noqa: E402

BEGINS = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
CAMERAS, CHANGES_A_MINUTE, MINUTES = 182, 500, 10
PACK = ROOT / "data" / "organisations" / "hue-two-level"


def conditions(lost: set[int], units: list[str], is_grouped: bool) -> tuple[Condition, ...]:
    """What is lost, judged as one condition of each unit or as one of each camera."""
    found: dict[tuple[str, str], list[str]] = {}
    for camera in sorted(lost):
        unit = units[camera % len(units)]
        found.setdefault((unit, "" if is_grouped else f"{camera:03d}"), []).append(f"{camera:03d}")
    title = "Camera mất tín hiệu"
    return tuple(
        Condition(
            "camera_link",
            Priority.HIGH,
            unit,
            unit,
            title,
            len(codes),
            "camera",
            source="cameras",
            subject=subject,
            members=tuple(codes),
        )
        for (unit, subject), codes in found.items()
    )


def replayed(session: Session, alarm: Alarm) -> AlarmState:
    """The state the records lead to, oldest first; a gap between two is an error."""
    state = AlarmState.NORMAL
    for record in reversed(records_of(session, Principal.worker(), alarm)):
        if record.from_state is not state:
            raise AssertionError(f"a record is missing of {alarm.public_id}")
        state = record.to_state
    return state


def flood(database: Database, is_grouped: bool) -> None:
    """Run the ten minutes and print what they cost."""
    organisation = load_organisation(PACK)
    units = [unit.code for unit in organisation.case_units_on(BEGINS.date())]
    rng, lost = Random(2027), set[int]()
    ticks = 0.0
    engine = AlarmEngine(
        database,
        lambda _session, now: (Facts(conditions(lost, units, is_grouped)), now + timedelta(hours=1)),
        frozenset({"cameras"}),
        lambda: ticks,
    )
    took, listing, seen = [], [], Counter[int]()
    for second in range(60 * MINUTES):
        now, ticks = BEGINS + timedelta(seconds=second), float(second)
        for _ in range(CHANGES_A_MINUTE // 60 + (rng.random() < CHANGES_A_MINUTE % 60 / 60)):
            lost ^= {rng.randrange(CAMERAS)}
        with database.writing() as session:
            bump_version(session, "cameras", now)
        began = time.perf_counter()
        engine.decide_due(now, lambda _session: None)
        took.append(time.perf_counter() - began)
        with database.reading() as session:
            seen[versions(session).get("alarms", 0)] += 1
            began = time.perf_counter()
            listed = alarms_listed(session, Principal.worker(), organisation, now)
            listing.append(time.perf_counter() - began)
    with database.reading() as session:
        raised = session.scalar(select(func.count()).select_from(AlarmRow)) or 0
        records = session.scalar(select(func.count()).select_from(AlarmRecordRow)) or 0
        wrong = sum(replayed(session, alarm) is not alarm.state for alarm in listed)
    name = "one alarm of each unit" if is_grouped else "one alarm of each camera"
    slowest = 1000 * sorted(took)[int(0.95 * len(took))]
    print(f"{name}: decision median {1000 * statistics.median(took):.0f} ms, p95 {slowest:.0f} ms (N={len(took)})")
    print(f"  list read median {1000 * statistics.median(listing):.1f} ms; {len(seen) - 1} changes in {60 * MINUTES} s")
    print(f"  {raised} alarms raised, {records} records, {len(listed)} in the list at the end")
    print(f"  states that the records do not lead to: {wrong}")


def main() -> None:
    """Both, each in a database of its own."""
    print(f"load {os.getloadavg()[0]:.1f}")
    for is_grouped in (True, False):
        with tempfile.TemporaryDirectory() as folder:
            database = Database(f"sqlite:///{folder}/flood.sqlite")
            upgrade_schema(database)
            flood(database, is_grouped)
            database.close()


if __name__ == "__main__":
    main()
