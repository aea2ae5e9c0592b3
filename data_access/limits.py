"""The limits from which a figure is abnormal, as the agency has them in data/wall_limits.csv."""

from __future__ import annotations

import csv
from datetime import timedelta
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from pathlib import Path

from domain.limits import WallLimits
from domain.reception import ReceptionLimits

LIMITS_FILE = Path(__file__).resolve().parent.parent / "data" / "wall_limits.csv"


@lru_cache(maxsize=4)
def load_wall_limits(path: Path = LIMITS_FILE) -> WallLimits:
    """The limits in force; raises ValueError naming the code that is missing, no number, or not above zero."""
    with path.open(encoding="utf-8", newline="") as lines:
        values = {row["code"]: row["value"] for row in csv.DictReader(lines)}
    return WallLimits(
        fall_points=_limit(values, "fall_points"),
        band_points=_limit(values, "band_points"),
        overdue_clocks=int(_limit(values, "overdue_clocks")),
        report_soon=timedelta(hours=float(_limit(values, "report_soon"))),
        unexplained_absences=int(_limit(values, "unexplained_absences")),
        reception=ReceptionLimits(
            waiting=timedelta(minutes=float(_limit(values, "waiting"))),
            delegation_people=int(_limit(values, "delegation_people")),
            delegation_term=timedelta(hours=float(_limit(values, "delegation_term"))),
        ),
    )


def _limit(values: dict[str, str], code: str) -> Decimal:
    try:
        limit = Decimal(values[code])
    except (KeyError, InvalidOperation) as error:
        raise ValueError(f"data/wall_limits.csv lacks a number for {code}") from error
    if not limit.is_finite() or limit <= 0:
        raise ValueError(f"data/wall_limits.csv: {code} must be above zero")
    return limit
