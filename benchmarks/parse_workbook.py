"""Seconds and peak memory of reading a case workbook through the limited child process.

    python benchmarks/parse_workbook.py [--cases 100000] [--decisions 100000] [--money 0] [--runs 5] [--file FILE]

Each run is a fresh process, so that peaks are its own; medians are printed.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from datetime import date, timedelta
from pathlib import Path

import xlsxwriter

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from connectors.case_workbook import Reference, SheetKind, headers_of, read_workbook  # noqa: E402
from domain.cases import CASE_KIND_NAMES, CASE_TYPE_NAMES, DECISION_KIND_NAMES, MONEY_KIND_NAMES  # noqa: E402

TODAY = date(2026, 11, 23)
UNITS = [f"CHICUC{number}" for number in range(10)]
AREAS = [f"{19700 + number}" for number in range(152)]
REFERENCE = Reference({unit.lower(): unit for unit in UNITS}, {area: area for area in AREAS}, TODAY)


def write_workbook(path: Path, cases: int, decisions: int, money: int, seed: int = 2027) -> None:
    """An honest workbook as Excel saves it: shared strings, date cells, number cells."""
    chance = random.Random(seed)
    days = [date(2024, 10, 1) + timedelta(days=number) for number in range(780)]
    keys = [(chance.choice(UNITS), f"{number}/QĐ-CCTHADS", chance.choice(days)) for number in range(1, cases + 1)]
    with xlsxwriter.Workbook(str(path), {"default_date_format": "dd/mm/yyyy"}) as book:
        sheet = book.add_worksheet("Việc")
        sheet.write_row(0, 0, headers_of(SheetKind.CASES))
        kinds, types = list(CASE_KIND_NAMES.values()), list(CASE_TYPE_NAMES.values())
        for row, (unit, number, day) in enumerate(keys, 1):
            officer = f"CHV-{chance.randrange(60):02}"
            start = (unit, number, day, day, unit, chance.choice(kinds), chance.choice(types), officer)
            sheet.write_row(
                row, 0, (*start, chance.choice(AREAS), chance.randrange(10**9), chance.choice(["", "TD", "TD;NS"]))
            )
        sheet = book.add_worksheet("Quyết định")
        sheet.write_row(0, 0, headers_of(SheetKind.DECISIONS))
        names = list(DECISION_KIND_NAMES.values())
        for row in range(1, decisions + 1):
            key = keys[row % cases]
            sheet.write_row(row, 0, (*key, chance.choice(names), chance.choice(days), chance.choice(["", 10**7]), ""))
        sheet = book.add_worksheet("Thu chi")
        sheet.write_row(0, 0, headers_of(SheetKind.MONEY))
        names = list(MONEY_KIND_NAMES.values())
        for row in range(1, money + 1):
            key = keys[row % cases]
            sheet.write_row(row, 0, (*key, chance.choice(days), chance.choice(names), chance.randrange(10**8)))


def peak_megabytes() -> float:
    """Peak of this process since it began; ru_maxrss would remember the process that started it."""
    status = Path("/proc/self/status").read_text()
    return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) / 1024


def measure_once(path: Path) -> dict[str, float]:
    """Read in this process and say what it took; the child's peak is that of our only child."""
    before = peak_megabytes()
    began = time.perf_counter()
    workbook = read_workbook(path, REFERENCE)
    seconds = time.perf_counter() - began
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return {
        "seconds": seconds,
        "child processor seconds": children.ru_utime + children.ru_stime,
        "parent peak MB": peak_megabytes(),
        "parent growth MB": peak_megabytes() - before,
        "child peak MB": children.ru_maxrss / 1024,
        "rows": workbook.rows_read,
        "rejected": workbook.rejected_count,
    }


def main() -> None:
    """Write the workbook, read it `--runs` times, print medians."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for option, default in (("cases", 100_000), ("decisions", 100_000), ("money", 0), ("runs", 5)):
        parser.add_argument(f"--{option}", type=int, default=default)
    parser.add_argument("--file", type=Path, help="an existing workbook instead of a made one")
    parser.add_argument("--once", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.once:
        print(json.dumps(measure_once(options.file)))
        return
    with tempfile.TemporaryDirectory() as folder:
        path = options.file or Path(folder) / "viec.xlsx"
        if options.file is None:
            write_workbook(path, options.cases, options.decisions, options.money)
        print(f"{path.name}: {path.stat().st_size / 1e6:.1f} MB", end="")
        if path.suffix == ".xlsx":
            with zipfile.ZipFile(path) as package:
                print(f", unpacked {sum(part.file_size for part in package.infolist()) / 1e6:.1f} MB", end="")
        print(f"; median of {options.runs} runs")
        command = [sys.executable, __file__, "--once", "--file", str(path)]
        runs = [
            json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
            for _ in range(options.runs)
        ]
    for name in runs[0]:
        print(f"  {name:24} {statistics.median(run[name] for run in runs):12.1f}")


if __name__ == "__main__":
    main()
