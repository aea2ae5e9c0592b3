"""The rules and limits of alarms, as the agency has them in data/alarm_rules.csv and data/alarm_limits.csv."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

from domain.alarms import AlarmLimits, AlarmRule
from domain.permissions import Role
from domain.units import covers

DATA = Path(__file__).resolve().parent.parent / "data"
RULES_FILE, LIMITS_FILE = DATA / "alarm_rules.csv", DATA / "alarm_limits.csv"


@lru_cache(maxsize=4)
def load_alarm_rules(path: Path = RULES_FILE) -> Mapping[str, AlarmRule]:
    """Every rule by its code; raises OSError, or ValueError naming the row that cannot be read."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    found = {row["code"]: _rule(row) for row in rows}
    if len(found) != len(rows):
        raise ValueError(f"{path.name} names a rule twice")
    return found


@lru_cache(maxsize=8)
def load_alarm_limits(on: date, path: Path = LIMITS_FILE) -> AlarmLimits:
    """The limits in force on a day; raises OSError, or ValueError naming what is missing, doubled or no number."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if _is_in_force(row, on)]
    return AlarmLimits(
        flap_count=_number(rows, "flap_count"),
        flap_within=timedelta(minutes=_number(rows, "flap_within")),
        flap_hold=timedelta(minutes=_number(rows, "flap_hold")),
        shelve_most=timedelta(minutes=_number(rows, "shelve_most")),
        shelve_urgent=timedelta(minutes=_number(rows, "shelve_urgent")),
        flood_count=_number(rows, "flood_count"),
    )


def _rule(row: Mapping[str, str]) -> AlarmRule:
    try:
        return AlarmRule(
            code=row["code"],
            name=row["name"],
            on_delay=timedelta(seconds=int(row["on_delay_seconds"])),
            off_delay=timedelta(seconds=int(row["off_delay_seconds"])),
            latches={"yes": True, "no": False}[row["latches"]],
            tasks=tuple(task.strip() for task in row["tasks"].split(";") if task.strip()),
            procedure=row["procedure"],
            owner=Role(row["owner"]),
            legal_basis=row["legal_basis"],
        )
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(f"alarm_rules.csv: the rule {row.get('code')} cannot be read") from error


def _is_in_force(row: Mapping[str, str], on: date) -> bool:
    valid_to = date.fromisoformat(row["valid_to"]) if row["valid_to"] else None
    return covers(date.fromisoformat(row["valid_from"]), valid_to, on)


def _number(rows: list[dict[str, str]], code: str) -> int:
    found = [row["value"] for row in rows if row["code"] == code]
    if len(found) != 1 or not found[0].isdigit() or int(found[0]) == 0:
        raise ValueError(f"alarm_limits.csv needs one whole number above zero for {code}")
    return int(found[0])
