"""The limits by which security events are read, as the agency has them in data/security_limits.csv for a day."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from pathlib import Path

from domain.security import SecurityLimits
from domain.units import covers

LIMITS_FILE = Path(__file__).resolve().parent.parent / "data" / "security_limits.csv"
NAME = "data/security_limits.csv"
CODES = ("repeat_within", "ahead_for", "behind_for", "alarm_for")
# A month in minutes: whatever is longer is a slipped comma.
LONGEST = 44_640


@lru_cache(maxsize=8)
def load_security_limits(on: date, path: Path = LIMITS_FILE) -> SecurityLimits:
    """The limits in force on a day; raises OSError, or ValueError naming what is missing, doubled, no number."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if _is_in_force(row, on)]
    return SecurityLimits(**{code: _minutes(rows, code) for code in CODES})


def _is_in_force(row: Mapping[str, str], on: date) -> bool:
    try:
        valid_to = date.fromisoformat(row["valid_to"]) if row["valid_to"] else None
        return covers(date.fromisoformat(row["valid_from"]), valid_to, on)
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(f"{NAME}: days of {row.get('code')} cannot be read") from error


def _minutes(rows: list[dict[str, str]], code: str) -> timedelta:
    found = [row for row in rows if row["code"] == code]
    if len(found) != 1:
        raise ValueError(f"{NAME} has {len(found)} rows in force for {code}")
    try:
        limit = Decimal(found[0]["value"])
    except (InvalidOperation, TypeError) as error:
        raise ValueError(f"{NAME} lacks a number for {code}") from error
    if not limit.is_finite() or not 0 < limit <= LONGEST:
        raise ValueError(f"{NAME}: {code} must be above zero and at most {LONGEST} minutes")
    return timedelta(minutes=float(limit))
