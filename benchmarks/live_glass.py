"""From a committed change to the glass: latency in Chromium, bytes per screen, CPU per change with 1 and 50 screens.

Runs the real worker and the real gunicorn on a database of its own. `python benchmarks/live_glass.py [--changes 15]`.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from actions.pair_screen import open_demo_screen, pair_device  # noqa: E402 - needs the path above
from clock import real_clock  # noqa: E402
from data_access.counters import Changes, Place, save_changes  # noqa: E402
from data_access.session import Database  # noqa: E402
from data_access.sources import save_source_success  # noqa: E402
from data_access.versions import bump_version  # noqa: E402
from domain.local_time import local_day  # noqa: E402
from domain.units import Organisation  # noqa: E402
from manage_commands.readiness import make_var, open_database, read_organisation  # noqa: E402
from server.identity import DEVICE_COOKIE  # noqa: E402
from settings import Settings  # noqa: E402

SCREENS = 50
# As live.js asks.
AT_ONCE = 40
PAUSE_SECONDS = 2.6  # longer than the shortest time between two drawings, so that each change is measured alone
QUIET_SECONDS = 20


class Stage:
    """The database of the benchmark and the processes that serve it."""

    def __init__(self, folder: Path) -> None:
        self.settings = Settings(var_dir=folder / "var", demo=True)
        make_var(self.settings)
        self.organisation: Organisation = read_organisation(self.settings)
        self.database: Database = open_database(self.settings)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port: int = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.code = open_demo_screen(self.database, real_clock())
        self.cookie = pair_device(self.database, self.code, "127.0.0.1", True, real_clock()).token
        self.units = [unit.code for unit in self.organisation.case_units_on(local_day(real_clock()))]

    def change(self, cases: int = 1) -> None:
        """Commit what an import commits at its end: counters, version, source."""
        now, changes = real_clock(), Changes()
        for unit in self.units:
            for counted, number in (("completed", cases), ("enforceable", 3 * cases), ("docketed", 4 * cases)):
                changes.by_place[Place(unit, counted, "on_request", local_day(now))] = (number, number * 1_000_000)
        with self.database.writing() as session:
            save_changes(session, changes)
            bump_version(session, "cases", now)
            save_source_success(session, "cases", now, now)

    @contextmanager
    def processes(self) -> Iterator[tuple[psutil.Process, psutil.Process]]:
        """The web worker process and the worker, answering."""
        environment = {**os.environ, "VAR_DIR": str(self.settings.var_dir), "DEMO": "1", "DEMO_CLOCK": ""}
        web = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{self.port}", "--worker-class", "gthread",
             "--threads", "96", "--keep-alive", "75", "--no-control-socket", "app:build_server()"],
            cwd=ROOT, env=environment, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        worker = subprocess.Popen([sys.executable, "worker.py"], cwd=ROOT, env=environment, stderr=subprocess.DEVNULL)
        try:
            self._wait_until_drawn(time.monotonic() + 90)
            yield psutil.Process(web.pid).children()[0], psutil.Process(worker.pid)
        finally:
            for process in (web, worker):
                process.terminate()
            for process in (web, worker):
                process.wait(20)

    def _wait_until_drawn(self, deadline: float) -> None:
        request = urllib.request.Request(f"{self.url}/live/snapshot", headers={"Cookie": self.cookie_header})
        while True:
            try:
                with urllib.request.urlopen(request, timeout=2) as answer:
                    if json.load(answer)["panels"]:
                        return
            except OSError:
                pass
            if time.monotonic() > deadline:
                raise TimeoutError("the servers did not come up")
            time.sleep(0.2)

    @property
    def cookie_header(self) -> str:
        return f"{DEVICE_COOKIE}={self.cookie}"


class Screen(threading.Thread):
    """A screen without glass: reads the stream as live.js does and fetches what changed; counts every byte it gets."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(daemon=True)
        self.stage = stage
        self.bytes = 0
        self.changed_at: list[float] = []
        self.ready = threading.Event()
        self._panels: dict[str, str] = {}
        self._fetching: socket.socket | None = None

    def run(self) -> None:
        stream = self._connect()
        self._ask(stream, "/live/stream")
        text = b""
        try:
            while data := stream.recv(65536):
                self.bytes += len(data)
                text += data
                *whole, text = text.split(b"\n\n")
                for event in whole:
                    found = re.search(rb"event: state\r?\ndata: (.*)", event)
                    if found:
                        self._take(json.loads(found[1]))
        except OSError:
            pass

    def _take(self, state: dict[str, object]) -> None:
        panels = dict(state.get("panels", {}))  # type: ignore[call-overload]
        fresh = [name for panel, name in panels.items() if self._panels.get(panel) != name]
        self._panels.update(panels)
        if fresh:
            for start in range(0, len(fresh), AT_ONCE):
                self._fetch("/live/content?h=" + "&h=".join(fresh[start : start + AT_ONCE]))
            self.changed_at.append(time.monotonic())
        self.ready.set()

    def _fetch(self, path: str) -> None:
        self._fetching = self._fetching or self._connect()
        self._ask(self._fetching, path)
        answer = b""
        while b"\r\n\r\n" not in answer:
            data = self._fetching.recv(65536)
            if not data:
                raise ConnectionError("the server closed a kept connection")
            answer += data
        head, body = answer.split(b"\r\n\r\n", 1)
        length = int(re.search(rb"(?i)content-length: (\d+)", head)[1])  # type: ignore[index]
        while len(body) < length:
            body += self._fetching.recv(65536)
        self.bytes += len(head) + 4 + length

    def _connect(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.stage.port))

    def _ask(self, connection: socket.socket, path: str) -> None:
        lines = (f"GET {path} HTTP/1.1", "Host: 127.0.0.1", f"Cookie: {self.stage.cookie_header}")
        connection.sendall(("\r\n".join((*lines, "Accept-Encoding: gzip", "", ""))).encode())


def measure_screens(stage: Stage, screens: int, changes: int, web: psutil.Process, worker: psutil.Process) -> None:
    """Print bytes and CPU per change with this many screens, and the cost of standing still."""
    crowd = [Screen(stage) for _ in range(screens)]
    for screen in crowd:
        screen.start()
    for screen in crowd:
        screen.ready.wait(30)
    time.sleep(PAUSE_SECONDS)
    still = spent(web, worker, lambda: time.sleep(QUIET_SECONDS), crowd)
    latencies: list[float] = []

    def change_often() -> None:
        for number in range(changes):
            before = [len(screen.changed_at) for screen in crowd]
            stage.change(1 + number % 3)
            committed = time.monotonic()
            time.sleep(PAUSE_SECONDS)
            for screen, count in zip(crowd, before, strict=True):
                latencies.extend(at - committed for at in screen.changed_at[count : count + 1])

    moving = spent(web, worker, change_often, crowd)
    idle_share = still["seconds"] and moving["seconds"] / still["seconds"]
    print(f"\n{screens} screen(s), {changes} changes, {len(latencies)} arrivals of {changes * screens} expected")
    print(f"  event to fetched panels: p50 {median_ms(latencies)}  p95 {p95_ms(latencies)}")
    per_change = (moving["bytes"] - still["bytes"] * idle_share) / changes / screens
    print(f"  bytes per change and screen: {per_change:.0f}")
    print(f"  bytes per unchanged minute and screen: {still['bytes'] / screens * 60 / still['seconds']:.0f}")
    for process in ("web", "worker"):
        work = (moving[process] - still[process] * idle_share) / changes
        idle = still[process] / still["seconds"]
        print(f"  CPU {process}: {work * 1000:.1f} ms per change, {idle * 100:.2f} % of a core while nothing changes")


def spent(web: psutil.Process, worker: psutil.Process, act: object, crowd: list[Screen]) -> dict[str, float]:
    """Seconds, CPU seconds of both processes and bytes of all screens while `act` runs."""
    before, bytes_before, began = (cpu(web), cpu(worker)), sum(screen.bytes for screen in crowd), time.monotonic()
    act()  # type: ignore[operator]
    return {
        "seconds": time.monotonic() - began,
        "web": cpu(web) - before[0],
        "worker": cpu(worker) - before[1],
        "bytes": sum(screen.bytes for screen in crowd) - bytes_before,
    }


def cpu(process: psutil.Process) -> float:
    """CPU seconds used so far."""
    times = process.cpu_times()
    return float(times.user + times.system)


def measure_chromium(stage: Stage, changes: int) -> None:
    """Print the time from commit to changed text in a real browser."""
    from playwright.sync_api import sync_playwright

    path = shutil.which("chromium")
    if path is None:
        print("\nno Chromium: event to glass not measured")
        return
    seen: list[float] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1920, "height": 1080})
        page.goto(f"{stage.url}/wall?code={stage.code}")
        page.wait_for_selector(".unit-table .is-total")
        page.expose_function("glassChanged", lambda: seen.append(time.monotonic()))
        page.evaluate(
            """() => new MutationObserver(() => window.glassChanged()).observe(
            document.querySelector("#units-comparison-panel"), {subtree: true, childList: true, characterData: true})"""
        )
        latencies = []
        for number in range(changes):
            page.wait_for_timeout(PAUSE_SECONDS * 1000)
            seen.clear()
            stage.change(1 + number % 3)
            committed = time.monotonic()
            page.wait_for_timeout(PAUSE_SECONDS * 1000)
            latencies.extend(at - committed for at in seen[:1])
        browser.close()
    print(f"\nChromium: {len(latencies)} of {changes} changes seen")
    print(f"  event to glass: p50 {median_ms(latencies)}  p95 {p95_ms(latencies)}")


def median_ms(seconds: list[float]) -> str:
    return f"{statistics.median(seconds) * 1000:.0f} ms" if seconds else "none"


def p95_ms(seconds: list[float]) -> str:
    return f"{sorted(seconds)[int(0.95 * (len(seconds) - 1))] * 1000:.0f} ms" if seconds else "none"


def main() -> None:
    """Measure on a temporary database."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--changes", type=int, default=15)
    changes = parser.parse_args().changes
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} {os.getloadavg()[1]:.1f}, SQLite, N={changes}")
    with tempfile.TemporaryDirectory(prefix="thads-bench-") as folder:
        stage = Stage(Path(folder))
        stage.change(100)
        with stage.processes() as (web, worker):
            measure_chromium(stage, changes)
            for screens in (1, SCREENS):
                measure_screens(stage, screens, changes, web, worker)
        stage.database.close()
    print(f"load at the end {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
