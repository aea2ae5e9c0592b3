"""From a fact in the database to the signed webhook of its alarm at a receiver, median and p95.

The real worker runs on a database of its own; each security event is of another unit or kind; the receiver is an HTTP
server of this process that verifies each signature. Then the receiver is away for a while, and it is measured how soon
after its return everything has arrived. `python benchmarks/alarm_to_webhook.py [--number 40] [--away 30]`.
"""

from __future__ import annotations

import argparse
import logging
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime
from itertools import product
from pathlib import Path
from wsgiref.types import StartResponse, WSGIEnvironment

from standardwebhooks.webhooks import Webhook
from werkzeug.serving import make_server

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from security_support import a_record, heard, store  # noqa: E402 - needs the path above

from access.principal import Principal  # noqa: E402
from access.vault import Vault  # noqa: E402
from actions.manage_receivers import WantedReceiver, add_receiver  # noqa: E402
from benchmarks.feeds_to_glass import say  # noqa: E402
from clock import Clock, build_clock  # noqa: E402
from data_access.session import Database  # noqa: E402
from domain.permissions import Role  # noqa: E402
from domain.security import SecurityKind  # noqa: E402
from manage_commands.readiness import SOURCES_KEY, make_var, open_database, read_key, read_organisation  # noqa: E402
from settings import Settings  # noqa: E402

KINDS = (SecurityKind.GATHERING, SecurityKind.DISORDER, SecurityKind.INTRUSION, SecurityKind.TAMPER)
OPENED = "alarm.opened"


@dataclass(slots=True)
class Receiver:
    """A WSGI application: when each alarm that opened was first taken, by unit and kind; away, it answers 503."""

    key: str = ""
    is_away: bool = False
    taken: dict[tuple[str, str], float] = field(default_factory=dict)
    repeated: int = 0

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> list[bytes]:
        body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
        signed = {
            f"webhook-{name}": environ[f"HTTP_WEBHOOK_{name.upper()}"] for name in ("id", "timestamp", "signature")
        }
        if self.is_away:
            start("503 Service Unavailable", [("Content-Length", "0")])
            return []
        payload = Webhook(self.key).verify(body, signed)
        if payload["type"] == OPENED:
            alarm = (payload["data"]["unit"], payload["data"]["kind"].removeprefix("security_"))
            self.repeated += alarm in self.taken
            self.taken.setdefault(alarm, time.time())
        start("204 No Content", [])
        return []

    def await_all(self, wanted: set[tuple[str, str]], patience: float) -> None:
        """Wait until all of them were taken; raises TimeoutError."""
        until = time.monotonic() + patience
        while not wanted <= self.taken.keys():
            if time.monotonic() > until:
                raise TimeoutError(f"never received: {sorted(wanted - self.taken.keys())}")
            time.sleep(0.01)


def one_by_one(
    database: Database, receiver: Receiver, events: list[tuple[SecurityKind, str]], now: Clock
) -> list[float]:
    """Seconds from each fact to its webhook, at random moments of the worker's rhythm."""
    taken = []
    for at, (kind, unit) in enumerate(events):
        time.sleep(random.uniform(0.8, 2.5))
        began = time.time()
        store(database, a_record(unit, kind, now(), f"{unit}-{at}"), now=now())
        receiver.await_all({(unit, kind.value)}, 60)
        taken.append(receiver.taken[unit, kind.value] - began)
    return taken


def across_an_outage(
    database: Database, receiver: Receiver, events: list[tuple[SecurityKind, str]], away: int, now: Clock
) -> None:
    """Facts while the receiver is away; print how long after its return all of them had arrived."""
    receiver.is_away = True
    for at, (kind, unit) in enumerate(events):
        store(database, a_record(unit, kind, now(), f"{unit}-away-{at}"), now=now())
        time.sleep(away / len(events))
    receiver.is_away, back = False, time.time()
    wanted = {(unit, kind.value) for kind, unit in events}
    receiver.await_all(wanted, 600)
    last = max(receiver.taken[one] for one in wanted) - back
    print(f"{len(events)} alarms while the receiver was away for {away} s: all there {last:.1f} s after its return")


def main() -> None:
    """Measure one event at a time, then an outage."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--number", type=int, default=40)
    parser.add_argument("--away", type=int, default=30, help="seconds")
    wanted = parser.parse_args()
    demo_clock = f"2026-11-24T09:40:00+07:00@{time.time():.0f}"
    now = build_clock(True, demo_clock)
    with tempfile.TemporaryDirectory() as folder, ExitStack() as ending:
        settings = Settings(var_dir=Path(folder) / "var", demo=True)
        make_var(settings)
        organisation, database = read_organisation(settings), open_database(settings)
        ending.callback(database.close)
        receiver = Receiver()
        receiver.key = registered(database, settings, serve(receiver, ending), now())
        heard(database, "security", now=now())
        environment = {**os.environ, "VAR_DIR": str(settings.var_dir), "DEMO": "1", "DEMO_CLOCK": demo_clock}
        process = subprocess.Popen([sys.executable, "worker.py"], cwd=ROOT, env=environment, stderr=subprocess.DEVNULL)
        ending.callback(process.wait, 20)
        ending.callback(process.terminate)
        time.sleep(15)
        units = [unit.code for unit in organisation.case_units_on(now().date())]
        events = list(product(KINDS, units))
        number = min(wanted.number, len(events) - 5)
        say(
            "a fact in the database to its signed webhook at the receiver",
            one_by_one(database, receiver, events[:number], now),
        )
        across_an_outage(database, receiver, events[number : number + 5], wanted.away, now)
        print(f"N {number}, repeated {receiver.repeated}, load {os.getloadavg()[0]:.1f}, {os.cpu_count()} processors")


def serve(receiver: Receiver, ending: ExitStack) -> str:
    """The receiver on a free port of loopback until the end; its address."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = make_server("127.0.0.1", 0, receiver, threaded=True)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    ending.callback(server.shutdown)
    return f"http://127.0.0.1:{server.server_port}/hook"


def registered(database: Database, settings: Settings, address: str, now: datetime) -> str:
    """The receiver as an administrator registers it; its key."""
    vault = Vault(read_key(settings.var_dir, SOURCES_KEY, may_be_new=True))
    administrator = Principal(Role.ADMINISTRATOR, "a", "quantri")
    wanted = WantedReceiver("IOC", address, ("alarm",))
    return add_receiver(database, administrator, vault, wanted, now, allow_loopback=True)


if __name__ == "__main__":
    main()
