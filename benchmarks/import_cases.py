"""Time and memory of a 100,000-row workbook, from file to counted figures: goal 25 s and 400 MB on two cores."""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import sys
import tempfile
import time
from datetime import UTC, date, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from published_support import Part, Plan, write_workbook  # noqa: E402

from access.principal import Principal  # noqa: E402
from actions.import_cases import CaseImporter, ImportMode  # noqa: E402
from data_access.regimes import load_regimes  # noqa: E402
from data_access.schema import upgrade_schema  # noqa: E402
from data_access.session import Database  # noqa: E402
from data_access.units import load_organisation  # noqa: E402
from domain.cases import DecisionKind  # noqa: E402

NOW = datetime(2026, 11, 23, 2, 40, tzinfo=UTC)


def plan(rows: int) -> Plan:
    """A province of `rows` việc: half of them classified or ended, a fifth paid."""
    fifth = rows // 5
    return Plan(
        "benchmark",
        date(2026, 10, 1),
        date(2026, 11, 23),
        (
            Part(fifth, DecisionKind.COMPLETED, fifth * 1_000_000, fifth * 1_000_000),
            Part(fifth, DecisionKind.NOT_ENFORCEABLE, fifth * 2_000_000),
            Part(fifth // 2, DecisionKind.SUSPENDED, is_carried=True),
            Part(rows - 2 * fifth - fifth // 2, None, rows * 500_000, is_carried=True),
        ),
    )


def peak_megabytes() -> tuple[float, float]:
    """Peak resident memory of this process and of its largest child."""
    own, children = (
        resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return own, children


def run_once(workbook: Path, folder: Path, rows: int) -> float:
    """Import into an empty database; seconds."""
    database = Database(f"sqlite:///{folder / 'bench.sqlite'}", audit_key=b"benchmark")
    upgrade_schema(database)
    importer = CaseImporter(
        database, load_organisation(ROOT / "data" / "organisations" / "hue-two-level"), load_regimes()
    )
    began = time.perf_counter()
    outcome = importer.take_in(Principal.worker(), workbook, ImportMode.FULL, NOW)
    seconds = time.perf_counter() - began
    database.close()
    if outcome.new != rows:
        raise SystemExit(f"imported {outcome.new} of {rows}: {outcome.message}")
    return seconds


def main() -> None:
    """Print the median of N runs, the peaks and the machine's load."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        workbook = write_workbook(plan(options.rows), Path(name) / "viec_den-ngay-2026-11-23.xlsx")
        seconds = []
        for run in range(options.runs):
            folder = Path(name) / str(run)
            folder.mkdir()
            seconds.append(run_once(workbook, folder, options.rows))
    own, child = peak_megabytes()
    print(
        f"import of {options.rows} rows: median {statistics.median(seconds):.1f} s "
        f"(min {min(seconds):.1f}, max {max(seconds):.1f}, N={options.runs}); "
        f"peak {own:.0f} MB own, {child:.0f} MB largest child; load {os.getloadavg()[0]:.1f}"
    )


if __name__ == "__main__":
    main()
