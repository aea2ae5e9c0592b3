"""What feeds cost and how soon a dead camera is told: 100 cameras, reports, 60 punches a minute, real processes.

Prints seconds from a camera that dies to the drawn panel that says so and back, then the worker's share of one core
(alone, and with the decoders it starts) and its memory over the same minutes.
`python benchmarks/feeds_worker.py [--kills 6] [--minutes 6]`.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import io
import itertools
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Callable
from contextlib import ExitStack
from datetime import date, datetime
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "benchmarks")]

from attendance_support import a_staffed_morning  # noqa: E402 - needs the path above
from feeds_to_glass import Source, free_port, say  # noqa: E402
from sqlalchemy import select  # noqa: E402

from access.principal import Principal  # noqa: E402
from access.vault import Vault  # noqa: E402
from actions.connect_source import SHARED_LOGIN, WantedConnection, connect_source  # noqa: E402
from clock import build_clock  # noqa: E402
from components import ids  # noqa: E402
from data_access.models.live import PanelContent, Snapshot  # noqa: E402
from data_access.session import Database  # noqa: E402
from demo_city.camera_service import CameraService  # noqa: E402
from demo_city.cameras import PASSWORD, CityCamera, CityCameras, deliver_inventory  # noqa: E402
from demo_city.moods import MOODS  # noqa: E402
from demo_city.units import Pack  # noqa: E402
from domain.local_time import local  # noqa: E402
from domain.permissions import Role  # noqa: E402
from manage_commands.readiness import SOURCES_KEY, make_var, open_database, read_key, read_organisation  # noqa: E402
from settings import Settings  # noqa: E402

NUMBER = 100
# Every camera has been looked at once by then, so that nothing is due but what is always due.
SETTLE_SECONDS = 330.0
LONGEST = 200.0


class Switched(CityCameras):
    """The city's cameras, all live but those that are switched off here."""

    def __init__(self, pack: Pack, day: date) -> None:
        super().__init__(pack.units_on(day), 2027, MOODS["calm"], day)
        self.dead: set[str] = set()

    def doing(self, camera: CityCamera, now: datetime) -> str:
        """A dead one hangs up as a camera without power behind a living switch does."""
        return "off" if camera.code in self.dead else "live"

    def hundred(self, port: int) -> str:
        """The inventory with a hundred cameras: the last ones look through the first ones' lenses."""
        head, *rows = csv.reader(io.StringIO(self.inventory(port, 0)))
        more = [[f"{row[0]}-B", *row[1:3], f"{row[3]} B", *row[4:]] for row in rows[: NUMBER - len(rows)]]
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerows([head, *rows, *more])
        return out.getvalue()


class Load:
    """A process that is looked at every five seconds: processor since the beginning, memory now."""

    def __init__(self, pid: int) -> None:
        self._process = psutil.Process(pid)
        self.memory: list[float] = []
        self._began, self._at = self._used(), time.monotonic()
        self._ends = threading.Event()
        threading.Thread(target=self._look, daemon=True).start()

    def _used(self) -> tuple[float, float]:
        times = self._process.cpu_times()
        own = times.user + times.system
        return own, own + times.children_user + times.children_system

    def _look(self) -> None:
        while not self._ends.wait(5):
            self.memory.append(self._process.memory_info().rss / 1e6)

    def tell(self) -> None:
        """Print what was seen."""
        self._ends.set()
        lasted, used = time.monotonic() - self._at, self._used()
        alone, whole = ((now - then) / lasted * 100 for now, then in zip(used, self._began, strict=True))
        first, last = statistics.median(self.memory[:6]), statistics.median(self.memory[-6:])
        print(f"the worker over {lasted / 60:.1f} minutes: {alone:.1f} % of one core, {whole:.1f} % with its decoders")
        print(
            f"its memory: median {statistics.median(self.memory):.0f} MB, most {max(self.memory):.0f} MB, "
            f"first half minute {first:.0f}, last {last:.0f}, N={len(self.memory)}"
        )


def lost_panel(database: Database) -> str:
    """What the newest drawing of the panel of lost cameras says; '' while there is none."""
    newest = (
        select(PanelContent.body)
        .join(Snapshot, Snapshot.content_hash == PanelContent.content_hash)
        .where(Snapshot.panel == ids.CAMERAS_LOST)
        .order_by(Snapshot.id.desc())
        .limit(1)
    )
    with database.reading() as session:
        body = session.scalar(newest)
    return json.dumps(json.loads(gzip.decompress(body)), ensure_ascii=False) if body else ""


def seconds_until(is_so: Callable[[], bool]) -> float:
    """How long it takes; gives up after LONGEST."""
    began = time.monotonic()
    while not is_so():
        if time.monotonic() - began > LONGEST:
            raise SystemExit(f"the panel did not say so within {LONGEST:g} s")
        time.sleep(0.1)
    return time.monotonic() - began


def punch_every_second(port: int, terminals: list[str], now: Callable[[], datetime]) -> None:
    """Sixty punches a minute from all terminals in turn, until the process ends."""
    for turn in itertools.count():
        time.sleep(1)
        line = f"{1 + turn % 12}\t{local(now()):%Y-%m-%d %H:%M:%S}\t0\t1\t0\t0\n".encode()
        address = f"http://127.0.0.1:{port}/iclock/cdata?SN={terminals[turn % len(terminals)]}&table=ATTLOG&Stamp=1"
        try:
            urllib.request.urlopen(urllib.request.Request(address, data=line), timeout=10).read()
        except OSError as error:
            print(f"a punch was not taken: {error}")


def connect(
    settings: Settings, database: Database, city: Switched, source: Source, now: Callable[[], datetime]
) -> None:
    """List the cameras, give their password and the address of the reports."""
    deliver_inventory(settings.inbox_dir, city.hundred(CameraService(0, city, now).start()), now())
    vault = Vault(read_key(settings.var_dir, SOURCES_KEY, may_be_new=True))
    for wanted in (
        WantedConnection("field_reports", "open311_json", source.address),
        WantedConnection("cameras", SHARED_LOGIN, "", PASSWORD),
    ):
        connect_source(database, Principal(Role.ADMINISTRATOR, "b", "b"), vault, wanted, now())


def start(settings: Settings, demo_clock: str, ending: ExitStack) -> tuple[int, int]:
    """The real web server and the real worker; gives the port of the one and the process number of the other."""
    port = free_port()
    environment = {**os.environ, "VAR_DIR": str(settings.var_dir), "DEMO": "1", "DEMO_CLOCK": demo_clock}
    web = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--worker-class", "gthread"]
    for command in (
        [*web, "--threads", "16", "--no-control-socket", "app:build_server()"],
        [sys.executable, "worker.py"],
    ):
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL)
        ending.callback(process.wait, 20)
        ending.callback(process.terminate)
    time.sleep(20)
    return port, process.pid


def kill_cameras(
    city: Switched, source: Source, database: Database, names: dict[str, str], kills: int, now: Callable[[], datetime]
) -> None:
    """One after the other at random moments, each brought back once it was told; print how long both took."""
    told, back = [], []
    for camera in random.sample(city.cameras, kills):
        source.add(now())
        time.sleep(random.uniform(1, 20))
        name = names[camera.unit]
        city.dead.add(camera.code)
        told.append(seconds_until(lambda name=name: name in lost_panel(database)))
        city.dead.clear()
        back.append(seconds_until(lambda name=name: name not in lost_panel(database)))
    say("a dead camera to the drawn panel that says so", told)
    say("a camera that is back to the drawn panel", back)


def main() -> None:
    """Start everything, let it settle, then kill cameras while the worker is watched."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=6)
    parser.add_argument("--minutes", type=float, default=6)
    asked = parser.parse_args()
    demo_clock = f"2026-11-24T09:40:00+07:00@{time.time():.0f}"
    now = build_clock(True, demo_clock)
    with tempfile.TemporaryDirectory() as folder, ExitStack() as ending:
        settings = Settings(var_dir=Path(folder) / "var", demo=True)
        make_var(settings)
        organisation, database = read_organisation(settings), open_database(settings)
        names = {unit.code: unit.short_name for unit in organisation.case_units_on(now().date())}
        a_staffed_morning(database, list(names), now(), missing=5)
        city, source = Switched(Pack(settings.organisation_dir), now().date()), Source()
        connect(settings, database, city, source, now)
        port, worker = start(settings, demo_clock, ending)
        terminals = [f"T{unit}" for unit in names]
        threading.Thread(target=punch_every_second, args=(port, terminals, now), daemon=True).start()
        time.sleep(SETTLE_SECONDS)
        load, began = Load(worker), time.monotonic()
        kill_cameras(city, source, database, names, asked.kills, now)
        time.sleep(max(0.0, asked.minutes * 60 - (time.monotonic() - began)))
        load.tell()
        print(f"load {' '.join(f'{part:.1f}' for part in os.getloadavg())} on {os.cpu_count()} cores")
        database.close()


if __name__ == "__main__":
    main()
