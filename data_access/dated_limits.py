"""Limits that the agency keeps in a dated file of data/ (code, name, value, unit, valid_from, valid_to, status)."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from domain.units import covers

DATA = Path(__file__).resolve().parent.parent / "data"


def whole_numbers(path: Path, codes: tuple[str, ...], on: date) -> Mapping[str, int]:
    """Each code with its value in force on a day; raises OSError, or ValueError naming what is missing, doubled, no
    whole number above zero."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if _is_in_force(path.name, row, on)]
    return {code: _number(path.name, rows, code) for code in codes}


def _is_in_force(name: str, row: Mapping[str, str], on: date) -> bool:
    try:
        valid_to = date.fromisoformat(row["valid_to"]) if row["valid_to"] else None
        return covers(date.fromisoformat(row["valid_from"]), valid_to, on)
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(f"{name}: days of {row.get('code')} cannot be read") from error


def _number(name: str, rows: list[dict[str, str]], code: str) -> int:
    found = [row["value"] or "" for row in rows if row["code"] == code]
    if len(found) != 1 or not found[0].isdecimal() or int(found[0]) == 0:
        raise ValueError(f"{name} needs one whole number above zero for {code}")
    return int(found[0])
