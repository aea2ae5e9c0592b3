"""The limits from which a camera is not well, as the agency has them in data/camera_limits.csv for a day."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from pathlib import Path

from domain.cameras import CameraLimits
from domain.units import covers

LIMITS_FILE = Path(__file__).resolve().parent.parent / "data" / "camera_limits.csv"
CODES = (
    "black_mean", "black_std", "still_difference", "still_samples", "clock_warning", "clock_fault", "recording_gap",
    "frame_for", "site_cameras",
)  # fmt: skip


@lru_cache(maxsize=8)
def load_camera_limits(on: date, path: Path = LIMITS_FILE) -> CameraLimits:
    """The limits in force on a day; raises ValueError naming what is missing, doubled, no number, not above zero."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if _is_in_force(row, on)]
    values = {code: _limit(rows, code) for code in CODES}
    if values["clock_warning"] >= values["clock_fault"]:
        raise ValueError("data/camera_limits.csv: clock_warning must be below clock_fault")
    return CameraLimits(
        black_mean=float(values["black_mean"]),
        black_std=float(values["black_std"]),
        still_difference=float(values["still_difference"]),
        still_samples=_count(values, "still_samples"),
        clock_warning=timedelta(seconds=float(values["clock_warning"])),
        clock_fault=timedelta(seconds=float(values["clock_fault"])),
        recording_gap=timedelta(minutes=float(values["recording_gap"])),
        frame_for=timedelta(minutes=float(values["frame_for"])),
        site_cameras=_count(values, "site_cameras"),
    )


def _is_in_force(row: Mapping[str, str], on: date) -> bool:
    try:
        valid_to = date.fromisoformat(row["valid_to"]) if row["valid_to"] else None
        return covers(date.fromisoformat(row["valid_from"]), valid_to, on)
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(f"data/camera_limits.csv: days of {row.get('code')} cannot be read") from error


def _limit(rows: list[dict[str, str]], code: str) -> Decimal:
    found = [row for row in rows if row["code"] == code]
    if len(found) != 1:
        raise ValueError(f"data/camera_limits.csv has {len(found)} rows in force for {code}")
    try:
        limit = Decimal(found[0]["value"])
    except (InvalidOperation, TypeError) as error:
        raise ValueError(f"data/camera_limits.csv lacks a number for {code}") from error
    # No limit of a camera is beyond this; a slipped comma must not become a span nobody can reckon with.
    if not limit.is_finite() or not 0 < limit <= 1_000_000:
        raise ValueError(f"data/camera_limits.csv: {code} must be above zero and below a million")
    return limit


def _count(values: Mapping[str, Decimal], code: str) -> int:
    if values[code] % 1:
        raise ValueError(f"data/camera_limits.csv: {code} must be a whole number")
    return int(values[code])
