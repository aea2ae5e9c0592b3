"""The dated statistical regimes (data/regimes.csv)."""

from __future__ import annotations

import csv
from datetime import date
from functools import lru_cache
from pathlib import Path

from domain.cases import Regime

REGIMES_FILE = Path(__file__).resolve().parent.parent / "data" / "regimes.csv"


@lru_cache(maxsize=4)
def load_regimes(path: Path = REGIMES_FILE) -> tuple[Regime, ...]:
    """Every regime, oldest first; raises KeyError or ValueError when the file is unusable."""
    with path.open(encoding="utf-8", newline="") as lines:
        regimes = [
            Regime(row["code"], row["name"], date.fromisoformat(row["from_on"]), row["others_are_enforceable"] == "1")
            for row in csv.DictReader(lines)
        ]
    return tuple(sorted(regimes, key=lambda regime: regime.from_on))
