"""The dated rules on terms: data/deadlines.csv, and in the demo those of data/deadlines_sample.csv beside them."""

from __future__ import annotations

import csv
from datetime import date
from functools import lru_cache
from pathlib import Path

from domain.deadlines import DeadlineRule, DeadlineUnit

DATA = Path(__file__).resolve().parent.parent / "data"
DEADLINES_FILE = DATA / "deadlines.csv"
SAMPLE_FILE = DATA / "deadlines_sample.csv"


@lru_cache(maxsize=2)
def load_deadline_rules(is_sample: bool) -> tuple[DeadlineRule, ...]:
    """Every rule, with the sample ones (marked as such) when `is_sample`; raises KeyError or ValueError when a file is
    unusable."""
    rules = read_deadline_rules(DEADLINES_FILE)
    return rules + read_deadline_rules(SAMPLE_FILE, is_sample=True) if is_sample else rules


def read_deadline_rules(path: Path, is_sample: bool = False) -> tuple[DeadlineRule, ...]:
    """The rules of one file in its order; raises KeyError or ValueError."""
    with path.open(encoding="utf-8", newline="") as lines:
        return tuple(_rule(row, is_sample) for row in csv.DictReader(lines))


def _rule(row: dict[str, str], is_sample: bool) -> DeadlineRule:
    return DeadlineRule(
        code=row["code"],
        name=row["name"],
        quantity=int(row["quantity"]),
        unit=DeadlineUnit(row["unit"]),
        note=row["note"],
        counted_from=row["counted_from"],
        legal_basis=row["legal_basis"],
        valid_from=date.fromisoformat(row["valid_from"]),
        valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
        status=row["status"],
        is_sample=is_sample,
    )
