"""What the city notices and what its guards write: the same at the same time, and readable by the product."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from connectors.case_workbook.words import reference_key
from connectors.security.alert_stream import events_in
from connectors.security.guard_log import read_guard_log
from demo_city.cameras import CityCameras
from demo_city.disturbances import Disturbances, alert_part, heartbeat_part
from demo_city.guards import GuardLogs, unit_named
from demo_city.moods import MOODS
from demo_city.units import Pack, Unit
from domain.security import EventOutcome, SecurityKind

DAY = date(2026, 11, 24)
# 09:40 in Huế.
NOW = datetime(2026, 11, 24, 2, 40, tzinfo=UTC)
PACKS = Path(__file__).resolve().parents[2] / "data" / "organisations"


def the_city(mood: str = "calm", pack: str = "hue-two-level") -> Disturbances:
    units = Pack(PACKS / pack).units_on(DAY)
    cameras = CityCameras(units, 2027, MOODS[mood], DAY)
    return Disturbances(cameras, 2027, MOODS[mood], unit_named(units, "phu vang").code)


@pytest.mark.parametrize("pack", ["hue", "hue-two-level"])
def test_the_same_time_has_the_same_disturbances_however_it_is_cut(pack: str) -> None:
    whole = the_city(pack=pack).between(NOW, NOW + timedelta(minutes=30))
    parts = [
        each
        for minute in range(30)
        for each in the_city(pack=pack).between(NOW + timedelta(minutes=minute), NOW + timedelta(minutes=minute + 1))
    ]
    assert whole and whole == parts
    assert all(NOW < each.at <= NOW + timedelta(minutes=30) for each in whole)


def test_people_walk_about_by_day_and_hardly_at_night() -> None:
    by_day = Counter(each.kind for each in the_city().between(NOW, NOW + timedelta(hours=1)))
    night = NOW + timedelta(hours=14)
    by_night = Counter(each.kind for each in the_city().between(night, night + timedelta(hours=1)))
    assert by_day["VMD"] > 10 * by_night["VMD"] and by_day["group"] == by_night["group"] == 0


def test_a_crowd_gathers_before_one_seat_for_an_hour_on_its_day() -> None:
    begins = NOW + timedelta(minutes=2)
    crowd = [each for each in the_city("crowd_day").between(NOW, NOW + timedelta(hours=3)) if each.kind == "group"]
    assert {each.camera.unit for each in crowd} == {"PHUVANG"} and len(crowd) > 10
    assert begins <= crowd[0].at < begins + timedelta(minutes=1) and crowd[-1].at < begins + timedelta(hours=1)


def test_what_the_recorder_says_is_read_as_it_happened() -> None:
    told = next(each for each in the_city("crowd_day").between(NOW, NOW + timedelta(minutes=5)) if each.kind == "group")
    stream = heartbeat_part(NOW) + alert_part(told, 1) + heartbeat_part(NOW)
    (event,) = events_in(stream)
    assert (event.kind, event.channel, event.told_at) == (SecurityKind.GATHERING, told.camera.number, told.at)


@pytest.mark.parametrize("pack", ["hue", "hue-two-level"])
def test_the_guards_log_is_taken_in_whole_and_names_nobody(tmp_path: Path, pack: str) -> None:
    units = Pack(PACKS / pack).units_on(DAY)
    path = GuardLogs(tmp_path, units, 2027, MOODS["calm"], DAY).tick(NOW)
    assert path is not None and path.parent.name == "security" and not list((tmp_path / ".writing").iterdir())
    log = read_guard_log(path, _folded(units), NOW)
    assert (log.refused, log.rows_read) == ([], len(units) + 2)
    assert log.quiet >= len(units) // 2
    incident = next(record for record in log.records if record.kind is SecurityKind.INCIDENT)
    assert incident.outcome is EventOutcome.ACCEPTED and incident.guard.startswith("BV-")


def _folded(units: Iterable[Unit]) -> dict[str, str]:
    return {reference_key(unit.code): unit.code for unit in units}
