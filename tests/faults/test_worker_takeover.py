"""Two real workers: one leads; when it is killed or frozen the other takes over and is the only one.

That a lease runs out within 15 s is tried with moved time beside `data_access/leases.py`; here a busy machine decides.
"""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from data_access.leases import LIFE
from data_access.models.live import Lease, Snapshot
from data_access.session import Database
from manage_commands.readiness import make_var, open_database
from settings import Settings

ROOT = Path(__file__).resolve().parents[2]
pytestmark = [pytest.mark.faults, pytest.mark.slow]


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    settings = Settings(var_dir=tmp_path / "var", demo=True)
    make_var(settings)
    database = open_database(settings)
    yield database
    database.close()


@pytest.fixture
def workers(tmp_path: Path, database: Database) -> Iterator[dict[int, subprocess.Popen[bytes]]]:
    """Two workers on one database, by process id."""
    environment = {"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path / "var"), "DEMO": "1"}
    with (tmp_path / "workers.log").open("wb") as log:
        started = [
            subprocess.Popen([sys.executable, "worker.py"], cwd=ROOT, env=environment, stderr=log) for _ in range(2)
        ]
        yield {worker.pid: worker for worker in started}
        for worker in started:
            if worker.poll() is None:
                worker.send_signal(signal.SIGCONT)
                worker.kill()
            worker.wait(10)


def holder(database: Database) -> int | None:
    """The process id of the leader; None when nobody leads."""
    with database.reading() as session:
        name = session.scalar(select(Lease.holder).where(Lease.name == "worker"))
    return int(name.split(":")[1]) if name else None


def something_is_drawn(database: Database) -> bool:
    """Whether the wall has anything to show."""
    with database.reading() as session:
        return session.scalar(select(Snapshot.id).limit(1)) is not None


def wait_until(is_so: Callable[[], bool], patience: float) -> float:
    """Seconds until it was so; fails after `patience`."""
    began = time.monotonic()
    while not is_so():
        assert time.monotonic() - began < patience
        time.sleep(0.1)
    return time.monotonic() - began


def is_stopped(pid: int) -> bool:
    """Whether no thread of a process runs any more."""
    threads = Path(f"/proc/{pid}/task").iterdir()
    return all((each / "stat").read_text().rpartition(")")[2].split()[0] == "T" for each in threads)


def freeze_between_writes(worker: subprocess.Popen[bytes], database: Database) -> None:
    """Stop a process while it does not hold SQLite's write lock: frozen with it, nobody could write until it is killed
    (docs/operations.md), and there would be nothing to take over."""

    def is_frozen_without_the_lock() -> bool:
        worker.send_signal(signal.SIGSTOP)
        # Told is not yet stopped: on a busy machine it could still take the lock after it was looked for.
        wait_until(lambda: is_stopped(worker.pid), 10)
        try:
            with sqlite3.connect(str(database.engine.url.database), timeout=0.3, isolation_level=None) as connection:
                connection.execute("BEGIN IMMEDIATE")
                connection.execute("ROLLBACK")
        except sqlite3.OperationalError:
            worker.send_signal(signal.SIGCONT)
            return False
        return True

    wait_until(is_frozen_without_the_lock, 30)


def first_leader(database: Database, workers: dict[int, subprocess.Popen[bytes]]) -> int:
    """The process id of the worker that came first."""
    wait_until(lambda: holder(database) is not None, 60)
    leader = holder(database)
    assert leader in workers
    return leader


def test_a_leader_that_vanishes_is_replaced(database: Database, workers: dict[int, subprocess.Popen[bytes]]) -> None:
    leader = first_leader(database, workers)
    workers[leader].kill()
    wait_until(lambda: holder(database) not in (None, leader), 60)
    wait_until(lambda: something_is_drawn(database), 60)


def test_a_frozen_leader_is_replaced_and_led_by_again_at_once_when_the_other_is_told_to_stop(
    database: Database, workers: dict[int, subprocess.Popen[bytes]]
) -> None:
    leader = first_leader(database, workers)
    freeze_between_writes(workers[leader], database)
    wait_until(lambda: holder(database) not in (None, leader), 60)
    successor = holder(database)
    assert successor in workers
    workers[leader].send_signal(signal.SIGCONT)
    # Awake again, it must notice that it was replaced and leave the lease alone.
    time_of_two_renewals = time.monotonic() + 5
    wait_until(lambda: time.monotonic() > time_of_two_renewals, 10)
    assert holder(database) == successor
    assert workers[leader].poll() is None
    wait_until(lambda: something_is_drawn(database), 60)
    workers[successor].terminate()
    assert workers[successor].wait(10) == 0
    # Sooner than its lease could have run out: it was given back.
    assert wait_until(lambda: holder(database) == leader, 60) < LIFE.total_seconds()
