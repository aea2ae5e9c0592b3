"""kill -9 in the middle of imports: every batch is wholly there or not at all, and nothing is lost or counted twice."""

from __future__ import annotations

import random
import subprocess
import sys
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from workbook_support import write_cases

from access.principal import Principal
from actions.case_inbox import CaseInbox
from actions.recount import recount
from data_access.counters import figures_of
from data_access.regimes import load_regimes
from data_access.session import Database
from domain.cases import DecisionKind, regime_on
from domain.statistics import StatisticalYear
from domain.units import Organisation
from factories import a_case, a_decision, a_payment

WORKER = Principal.worker()
ROOT = Path(__file__).resolve().parents[2]
FILES, CASES_A_FILE, KILLS = 10, 150, 8


def run_child(database: Database, inbox: CaseInbox, kill_after: float | None) -> None:
    """Import in a process of its own; kill it after some seconds, or let it finish."""
    child = subprocess.Popen(
        [
            sys.executable,
            str(ROOT / "tests" / "faults" / "importing_child.py"),
            str(database.engine.url.render_as_string(hide_password=False)),
            str(inbox.folder),
        ],
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"},
    )
    try:
        child.wait(timeout=kill_after if kill_after is not None else 120)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
        assert kill_after is not None, "the importing process did not finish"


@pytest.mark.faults
@pytest.mark.slow
def test_after_random_kills_every_file_is_counted_exactly_once(
    database: Database, organisation: Organisation, tmp_path: Path, now: datetime, today: date
) -> None:
    inbox = CaseInbox(tmp_path / "inbox")
    inbox.prepare()
    for number in range(FILES):
        cases = [a_case(number * CASES_A_FILE + index, amount_due=10) for index in range(1, CASES_A_FILE + 1)]
        write_cases(
            inbox.folder / "changes" / f"{number:02}.xlsx",
            cases,
            [a_decision(case, DecisionKind.COMPLETED, date(2026, 11, 2)) for case in cases[::2]],
            [a_payment(case, date(2026, 11, 2), 10) for case in cases[::2]],
            now - timedelta(minutes=FILES - number),
        )
    dice = random.Random(2027)
    for _ in range(KILLS):
        run_child(database, inbox, kill_after=dice.uniform(0.6, 2.2))
        assert recount(database, WORKER, organisation, now).agrees
    run_child(database, inbox, kill_after=None)
    assert inbox.waiting() == []
    assert recount(database, WORKER, organisation, now).agrees
    with database.reading() as session:
        period = StatisticalYear.of(today).to_date(today)
        found = figures_of(session, WORKER, organisation, period, regime_on(load_regimes(), today))
        staged = session.scalar(text("SELECT count(*) FROM staged_case"))
    assert found.cases.newly_docketed == FILES * CASES_A_FILE
    assert found.cases.completed == FILES * CASES_A_FILE // 2
    assert found.amount.completed == FILES * CASES_A_FILE // 2 * 10
    assert staged == 0
