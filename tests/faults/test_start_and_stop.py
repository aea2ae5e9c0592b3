"""The whole product as a person starts it: it answers, survives the death of a part, and leaves nothing behind."""

from __future__ import annotations

import json
import os
import re
import select
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest
from ports_support import free_ports

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_SECONDS = 90

pytestmark = pytest.mark.faults


class Run:
    """One `manage.py run` of its own; everything it started is in `processes`."""

    def __init__(self, var_dir: Path, **settings: str) -> None:
        # The web server's, and beside it those of the demo city's systems and cameras.
        self.port = free_ports(3)
        environment = {"PATH": os.environ["PATH"], "VAR_DIR": str(var_dir), "PORT": str(self.port), **settings}
        self.manage = subprocess.Popen(
            [sys.executable, str(ROOT / "manage.py"), "run"],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            bufsize=0,
        )
        self.said = ""

    def wait_until_it_says(self, words: str) -> None:
        """Read what it prints until `words` are among it."""
        assert self.manage.stdout is not None
        deadline = time.monotonic() + PATIENCE_SECONDS
        while words not in self.said:
            ready, _, _ = select.select([self.manage.stdout], [], [], max(0.0, deadline - time.monotonic()))
            more = os.read(self.manage.stdout.fileno(), 4096) if ready else b""
            assert more, f"it never said {words!r} but:\n{self.said}"
            self.said += more.decode()

    @property
    def processes(self) -> list[psutil.Process]:
        return psutil.Process(self.manage.pid).children(recursive=True)

    def of(self, part: str) -> list[int]:
        """Process ids whose command line names this part, the oldest first."""
        found = [process for process in self.processes if any(part in word for word in command_of(process))]
        return [process.pid for process in sorted(found, key=lambda process: process.create_time())]

    def healthz(self) -> dict[str, object]:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=5) as answer:
            return json.load(answer)


def command_of(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline()
    except psutil.Error:
        return []


def eventually(what: Callable[[], bool], seconds: float = 30) -> bool:
    """Whether it comes true in time; a refused connection counts as not yet."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            if what():
                return True
        except (OSError, psutil.Error):
            pass
        time.sleep(0.1)
    return False


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Run]]:
    """Start the product; whatever the test leaves running is stopped by its own process id."""
    runs: list[Run] = []

    def begin(**settings: str) -> Run:
        runs.append(Run(tmp_path / "var", **settings))
        return runs[-1]

    yield begin
    for run in runs:
        left = run.processes if run.manage.poll() is None else []
        if run.manage.poll() is None:
            run.manage.terminate()
            run.manage.wait(40)
        for process in left:
            if process.is_running():
                process.kill()
        if run.manage.stdout:
            run.manage.stdout.close()


def test_the_demo_prints_one_address_that_opens_the_wall_and_stops_without_a_trace(start: Callable[..., Run]) -> None:
    run = start()
    run.wait_until_it_says("Ctrl-C")
    (address,) = re.findall(r"http://\S+", run.said)
    assert re.fullmatch(rf"http://127\.0\.0\.1:{run.port}/wall\?code=[0-9A-Z-]+", address)
    assert "quantri" in run.said
    assert eventually(lambda: bool(run.healthz()["database"]))
    for part in ("gunicorn", "worker.py", "demo_city"):
        assert run.of(part)
    stops_without_a_trace(run, signal.SIGINT)


def stops_without_a_trace(run: Run, how: signal.Signals) -> None:
    began = run.processes
    run.manage.send_signal(how)
    assert run.manage.wait(40) == 0
    assert eventually(lambda: not any(process.is_running() for process in began), 5)


def test_a_second_start_is_refused_a_killed_part_comes_back_alone_and_all_stop_together(
    start: Callable[..., Run],
) -> None:
    run = start(DEMO="0")
    run.wait_until_it_says("Ctrl-C")
    assert "create-user" in run.said
    second = start(DEMO="0")
    second.wait_until_it_says(f"một lần chạy khác (tiến trình {run.manage.pid})")
    assert second.manage.wait(20) == 1
    assert eventually(lambda: bool(run.healthz()))
    web, worker = run.of("gunicorn"), run.of("worker.py")[0]
    for pid in reversed(web):
        os.kill(pid, signal.SIGKILL)
    assert eventually(lambda: bool(run.healthz()) and not set(web) & set(run.of("gunicorn")))
    assert run.of("worker.py")[0] == worker
    os.kill(worker, signal.SIGKILL)
    assert eventually(lambda: run.of("worker.py") not in ([], [worker]))
    assert eventually(lambda: bool(run.healthz()))
    stops_without_a_trace(run, signal.SIGTERM)


def test_nothing_outlives_a_start_that_is_killed_outright(start: Callable[..., Run]) -> None:
    run = start(DEMO="0")
    run.wait_until_it_says("Ctrl-C")
    began = run.processes
    assert len(began) >= 3
    run.manage.kill()
    run.manage.wait(10)
    assert eventually(lambda: not any(process.is_running() for process in began), 40)
