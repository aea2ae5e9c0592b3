"""From a report its source has, and from a punch at a terminal, to the drawn panel: median and p95 in seconds.

Runs the real web server and the real worker on a database of its own, at 09:40 of a working day. The last step, from
the drawn panel to the glass, is measured by live_glass.py. `python benchmarks/feeds_to_glass.py [--number 15]`.
"""

from __future__ import annotations

import argparse
import os
import random
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Callable
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path

from flask import Flask, Response, jsonify
from sqlalchemy import func, select
from werkzeug.serving import make_server

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from attendance_support import a_staffed_morning  # noqa: E402 - needs the path above

from access.principal import Principal  # noqa: E402
from access.vault import Vault  # noqa: E402
from actions.connect_source import WantedConnection, connect_source  # noqa: E402
from clock import build_clock  # noqa: E402
from components import ids  # noqa: E402
from data_access.models.live import Snapshot  # noqa: E402
from data_access.session import Database  # noqa: E402
from domain.local_time import local  # noqa: E402
from domain.permissions import Role  # noqa: E402
from manage_commands.readiness import SOURCES_KEY, make_var, open_database, read_key, read_organisation  # noqa: E402
from settings import Settings  # noqa: E402

LONGEST = 90.0
# So many have not come yet: each of their punches changes the figure.
MISSING = 10


def free_port() -> int:
    """A port of loopback nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Source:
    """An Open311 server whose reports are those the benchmark adds."""

    def __init__(self) -> None:
        self.reports: list[dict[str, str]] = []
        app = Flask("source")
        app.add_url_rule("/requests.json", "requests", self._answer)
        self._server = make_server("127.0.0.1", 0, app, threaded=True)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        self.address = f"http://127.0.0.1:{self._server.server_port}"

    def _answer(self) -> Response:
        return jsonify(self.reports)

    def add(self, now: datetime) -> None:
        """One more report, received now."""
        number = f"B{len(self.reports)}"
        told = {"service_request_id": number, "status": "open", "service_code": "payout_question"}
        self.reports.append({**told, "requested_datetime": now.isoformat(), "agency_responsible": "PHUVANG"})


def drawn_after(database: Database, panel: str, do: Callable[[], object]) -> float:
    """Seconds from doing something to a newer drawing of a panel."""
    newest = select(func.max(Snapshot.id)).where(Snapshot.panel == panel)
    with database.reading() as session:
        before = session.scalar(newest)
    began = time.monotonic()
    do()
    while time.monotonic() - began < LONGEST:
        with database.reading() as session:
            if session.scalar(newest) != before:
                return time.monotonic() - began
        time.sleep(0.05)
    raise SystemExit(f"{panel} was not drawn within {LONGEST:g} s")


def say(name: str, seconds: list[float]) -> None:
    """Median and p95 of a series."""
    p95 = statistics.quantiles(seconds, n=20)[-1]
    print(f"{name}: p50 {statistics.median(seconds):.1f} s, p95 {p95:.1f} s, N={len(seconds)}")


def main() -> None:
    """Measure both feeds, one event at a time at random moments."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--number", type=int, default=15)
    number = parser.parse_args().number
    demo_clock = f"2026-11-24T09:40:00+07:00@{time.time():.0f}"
    now = build_clock(True, demo_clock)
    with tempfile.TemporaryDirectory() as folder, ExitStack() as ending:
        settings = Settings(var_dir=Path(folder) / "var", demo=True)
        make_var(settings)
        organisation, database = read_organisation(settings), open_database(settings)
        units = [unit.code for unit in organisation.case_units_on(now().date())]
        a_staffed_morning(database, units, now(), missing=MISSING)
        source, port = Source(), free_port()
        vault = Vault(read_key(settings.var_dir, SOURCES_KEY, may_be_new=True))
        wanted = WantedConnection("field_reports", "open311_json", source.address)
        connect_source(database, Principal(Role.ADMINISTRATOR, "b", "b"), vault, wanted, now())
        environment = {**os.environ, "VAR_DIR": str(settings.var_dir), "DEMO": "1", "DEMO_CLOCK": demo_clock}
        web = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--worker-class", "gthread"]
        commands = [
            [*web, "--threads", "16", "--no-control-socket", "app:build_server()"],
            [sys.executable, "worker.py"],
        ]
        for command in commands:
            process = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL)
            ending.callback(process.wait, 20)
            ending.callback(process.terminate)
        time.sleep(25)

        def punch(pin: int) -> None:
            line = f"{pin}\t{local(now()):%Y-%m-%d %H:%M:%S}\t0\t1\t0\t0\n".encode()
            address = f"http://127.0.0.1:{port}/iclock/cdata?SN=T{units[0]}&table=ATTLOG&Stamp=1"
            urllib.request.urlopen(urllib.request.Request(address, data=line), timeout=10).read()

        reports, punches = [], []
        for at in range(number):
            time.sleep(random.uniform(1, 15))
            reports.append(drawn_after(database, ids.FIELD_REPORTS_COUNT, lambda: source.add(now())))
            if at < MISSING:
                punches.append(drawn_after(database, ids.ATTENDANCE_COUNT, lambda pin=at + 1: punch(pin)))
        say("a report at its source to the drawn panel", reports)
        say("a punch at a terminal to the drawn panel", punches)
        print(f"load {os.getloadavg()[0]:.1f}; reports are asked for every 15 s")
        database.close()
        time.sleep(timedelta(seconds=1).total_seconds())


if __name__ == "__main__":
    main()
