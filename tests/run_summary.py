"""What `make test` says last: how many tests of each kind ran, and everything that was skipped, with its reason.

A pytest plugin (`-p tests.run_summary`), because with several test processes only the first one sees all reports.
"""

from __future__ import annotations

from collections import Counter

import pytest

KINDS = ("browser", "property", "faults", "architecture")
ON_POSTGRESQL = "of these on PostgreSQL"
OUTCOMES = ("passed", "failed", "skipped")
counts: Counter[tuple[str, str]] = Counter()
skips: Counter[tuple[str, str]] = Counter()


def kind_of(report: pytest.TestReport) -> str:
    """The first marker (or folder) that names a kind; anything else is a unit test."""
    return next((kind for kind in KINDS if kind in report.keywords or f"tests/{kind}/" in report.nodeid), "unit")


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    if report.when == "call" or report.outcome != "passed":
        counts[kind_of(report), report.outcome] += 1
    if "postgresql" in report.nodeid and report.when == "call":
        counts[ON_POSTGRESQL, report.outcome] += 1
    if report.skipped and isinstance(report.longrepr, tuple):
        path, _, reason = report.longrepr
        skips[reason.removeprefix("Skipped: "), path.rsplit("/tests/", 1)[-1]] += 1


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    write = terminalreporter.write_line
    terminalreporter.section("tests by kind")
    write(f"{'':<24}" + "".join(f"{outcome:>9}" for outcome in OUTCOMES))
    for kind in ("unit", *KINDS, ON_POSTGRESQL):
        write(f"{kind:<24}" + "".join(f"{counts[kind, outcome]:>9}" for outcome in OUTCOMES))
    terminalreporter.section("what was skipped, and why")
    if not skips:
        write("nothing")
    for (reason, path), count in sorted(skips.items()):
        write(f"{count:>4}  {path}: {reason}", yellow=True, bold=True)
