"""When a duty shift should have been handed over, as the agency has it in data/duty_limits.csv for a day."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

from data_access.dated_limits import DATA, whole_numbers
from domain.duty import DutyLimits

LIMITS_FILE = DATA / "duty_limits.csv"


@lru_cache(maxsize=8)
def load_duty_limits(on: date, path: Path = LIMITS_FILE) -> DutyLimits:
    """The limits in force on a day; raises OSError, or ValueError naming what is wrong."""
    return DutyLimits(timedelta(hours=whole_numbers(path, ("hand_over_within",), on)["hand_over_within"]))
