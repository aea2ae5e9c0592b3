"""How the wall fares while the smart-city centre polls the feed: commit to fetched panels with nobody polling, at the
agreed rate and at ten times of it, in turn.

Runs the real worker and the real gunicorn on a database of its own. `python benchmarks/feed_polling.py [--changes 12]`.
"""

from __future__ import annotations

import argparse
import itertools
import os
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections import Counter
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

from live_glass import PAUSE_SECONDS, Screen, Stage, cpu, median_ms, p95_ms  # noqa: E402 - needs the path above

from access.principal import Principal  # noqa: E402
from actions.manage_service_accounts import create_service_account, issue_token  # noqa: E402
from clock import real_clock  # noqa: E402
from domain.feed import FeedScope  # noqa: E402
from domain.permissions import Role  # noqa: E402

PATHS = (
    *("/api/v1/indicators?limit=200", "/api/v1/alarms?limit=200", "/api/v1/cameras", "/api/v1/field-reports?limit=200"),
    *("/api/v1/boundaries", "/api/v1/cap.atom", "/ngsi-ld/v1/entities?type=KeyPerformanceIndicator&limit=200"),
)
ADMINISTRATOR = Principal(Role.ADMINISTRATOR, "bench", "bench")


class Poller(threading.Thread):
    """Asks the paths in turn, so many times a minute, and counts what it is answered."""

    def __init__(self, stage: Stage, per_minute: int, token: str) -> None:
        super().__init__(daemon=True)
        self.stage, self.every, self.token = stage, 60 / per_minute if per_minute else 0.0, token
        self.answers: Counter[int] = Counter()
        self.took: list[float] = []
        self.ends = threading.Event()

    def run(self) -> None:
        due = time.monotonic()
        for path in itertools.cycle(PATHS):
            if not self.every or self.ends.wait(max(0.0, due - time.monotonic())):
                return
            due += self.every
            headers = {"Authorization": f"Bearer {self.token}", "Accept-Encoding": "gzip"}
            began = time.monotonic()
            try:
                with urllib.request.urlopen(urllib.request.Request(self.stage.url + path, headers=headers)) as answer:
                    answer.read()
                    self.answers[answer.status] += 1
                    self.took.append(time.monotonic() - began)
            except urllib.error.HTTPError as refused:
                self.answers[refused.code] += 1


def measure(stage: Stage, crowd: list[Screen], per_minute: int, changes: int, token: str, web: psutil.Process) -> None:
    """Print one round."""
    poller = Poller(stage, per_minute, token)
    poller.start()
    time.sleep(PAUSE_SECONDS)
    began, spent, latencies = time.monotonic(), cpu(web), []
    for number in range(changes):
        before = [len(screen.changed_at) for screen in crowd]
        stage.change(1 + number % 3)
        committed = time.monotonic()
        time.sleep(PAUSE_SECONDS)
        for screen, count in zip(crowd, before, strict=True):
            latencies.extend(at - committed for at in screen.changed_at[count : count + 1])
    share = (cpu(web) - spent) / (time.monotonic() - began)
    poller.ends.set()
    poller.join(20)
    print(f"\n{per_minute} questions a minute: {len(latencies)} arrivals of {changes * len(crowd)} expected")
    print(f"  commit to fetched panels: p50 {median_ms(latencies)}  p95 {p95_ms(latencies)}")
    print(f"  web {share * 100:.1f} % of a core; answers {dict(poller.answers)}; p95 of 200: {p95_ms(poller.took)}")


def main() -> None:
    """Measure on a temporary database, every rate twice."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--changes", type=int, default=12)
    parser.add_argument("--screens", type=int, default=10)
    chosen = parser.parse_args()
    print(
        f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, SQLite, N={chosen.changes} x {chosen.screens} screens"
    )
    with tempfile.TemporaryDirectory(prefix="thads-bench-") as folder:
        stage = Stage(Path(folder))
        stage.change(100)
        rate = stage.settings.feed_requests_per_minute
        account, secret = create_service_account(stage.database, ADMINISTRATOR, "IOC", tuple(FeedScope), real_clock())
        with stage.processes() as (web, _):
            crowd = [Screen(stage) for _ in range(chosen.screens)]
            for screen in crowd:
                screen.start()
            for screen in crowd:
                screen.ready.wait(30)
            for per_minute in (0, rate, 10 * rate) * 2:
                token = issue_token(stage.database, account, secret, "", real_clock()).token
                measure(stage, crowd, per_minute, chosen.changes, token, web)
        stage.database.close()
    print(f"load at the end {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
