"""How long one question to each peer takes, from asking to the answer read: median and p95 in milliseconds, with N.

RTSP rungs against GStreamer, ONVIF replies recorded by others, Open311 of the demo city, a punch from HTTP to its row.
`python benchmarks/peers_round_trip.py`; what `make test-peers` has not installed is said and left out.
"""

from __future__ import annotations

import itertools
import logging
import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, date, datetime, timedelta
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from attendance_support import a_terminal  # noqa: E402 - needs the path above
from camera_peers import endpoint  # noqa: E402
from gstreamer_peer import MISSING, has_gstreamer, rtsp_server  # noqa: E402
from ladder_support import LIMITS  # noqa: E402
from onvif_replay import replaying  # noqa: E402
from sqlalchemy import func, select  # noqa: E402
from web_source_support import serving  # noqa: E402

from app import create_app  # noqa: E402
from connectors.cameras.endpoint import CameraEndpoint, Login  # noqa: E402
from connectors.cameras.frames import look  # noqa: E402
from connectors.cameras.onvif_clock import onvif_clock  # noqa: E402
from connectors.cameras.rtsp import describe, knock  # noqa: E402
from connectors.ways import report_connector  # noqa: E402
from data_access.attendance import save_terminals  # noqa: E402
from data_access.models.attendance import PunchRow  # noqa: E402
from demo_city.citizens import Citizens  # noqa: E402
from demo_city.moods import MOODS  # noqa: E402
from demo_city.report_service import report_service  # noqa: E402
from domain.cameras import RungState  # noqa: E402
from domain.local_time import local  # noqa: E402
from manage_commands.readiness import make_var, open_database, read_organisation  # noqa: E402
from settings import Settings  # noqa: E402

NOW = datetime(2026, 11, 24, 3, 0, 5, tzinfo=UTC)
RECORDED_AT = datetime(2014, 12, 24, 19, 14, 37, tzinfo=UTC)
LOGIN = Login("giamsat", "mat-khau-1")
RECORDED = ROOT / "var" / "peers" / "onvif"
PLAIN = {"Content-Type": "text/plain"}


# GStreamer takes a shared picture down after each question and answers 503 to one that comes within that moment.
BETWEEN_SECONDS = 0.2


def measure(name: str, number: int, ask: Callable[[], bool], pause: float = 0.0) -> None:
    """Ask so often, once before that does not count; a wrong answer ends the measurement."""
    took = []
    for turn in range(number + 1):
        time.sleep(pause)
        began = time.monotonic()
        if not ask():
            raise SystemExit(f"{name}: the peer did not answer as it should")
        if turn:
            took.append((time.monotonic() - began) * 1000)
    p95 = statistics.quantiles(took, n=20)[-1]
    print(f"{name:<58} p50 {statistics.median(took):8.2f} ms  p95 {p95:8.2f} ms  N={number}", flush=True)


def rtsp_rungs() -> None:
    """Rungs 1, 1 to 3, 1 to 3 with a wrong password, 4 and 5."""
    if not has_gstreamer():
        print(MISSING)
        return
    with rtsp_server(LOGIN) as port:
        live, wrong = endpoint(port, "/live", LOGIN), endpoint(port, "/live", Login(LOGIN.user, "sai"))
        measure("RTSP, port (rung 1), GStreamer", 200, lambda: knock(live, NOW).state is RungState.OK)
        measure(
            "RTSP, digest and description (rungs 1-3), GStreamer", 100,
            lambda: all(rung.state is RungState.OK for rung in describe(live, NOW).rungs), BETWEEN_SECONDS,
        )  # fmt: skip
        measure(
            "RTSP, wrong password refused, GStreamer", 100,
            lambda: describe(wrong, NOW).rungs[-1].state is RungState.BAD, BETWEEN_SECONDS,
        )  # fmt: skip
        ffmpeg = shutil.which("ffmpeg")
        measure(
            "RTSP, 3 s of picture decoded and judged (rungs 4-5)", 20,
            lambda: all(rung.state is RungState.OK for rung in look(live, ffmpeg, 0, LIMITS, NOW).rungs),
            BETWEEN_SECONDS,
        )  # fmt: skip


def onvif_replay() -> None:
    """The clock of a recorded camera."""
    if not RECORDED.is_dir():
        print("no recorded ONVIF replies: `make test-peers` fetches them")
        return
    with replaying(RECORDED) as (port, _):
        camera = CameraEndpoint("C1", "127.0.0.1", 1, "/x", None, onvif_port=port)
        measure(
            "ONVIF, clock (rung 6), replies recorded by others", 200,
            lambda: onvif_clock(camera, LIMITS, RECORDED_AT).state is RungState.OK,
        )  # fmt: skip


def open311() -> None:
    """A day of reports, as each minute asks for them, and the first ninety days."""
    with serving(report_service(Citizens(2027, MOODS["calm"], date(2026, 11, 24)), lambda: NOW)) as address:
        for kind in ("open311_json", "open311_xml"):
            source = report_connector(kind, f"{address}/open311/v2", "", "")
            minute = (NOW - timedelta(minutes=1)).isoformat()
            measure(
                f"Open311 {kind[-4:].strip('_')}, the last day, our connector", 100,
                lambda source=source, minute=minute: len(source.fetch(minute, [], NOW).records) > 20,
            )  # fmt: skip
            measure(
                f"Open311 {kind[-4:].strip('_')}, 90 days, our connector", 20,
                lambda source=source: len(source.fetch("", [], NOW).records) > 1500,
            )  # fmt: skip


def punches() -> None:
    """One punch a request, each another second; the answer comes after the commit."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as ending:
        settings = Settings(var_dir=Path(folder) / "var", demo=True)
        make_var(settings)
        organisation, database = read_organisation(settings), open_database(settings)
        ending.callback(database.close)
        with database.writing() as session:
            save_terminals(session, [a_terminal()], NOW, NOW)
        app = create_app(settings, database, lambda: NOW, organisation)
        place = urlsplit(ending.enter_context(serving(app.server)))
        seconds = itertools.count(1)

        def push() -> bool:
            line = f"7\t{local(NOW - timedelta(seconds=next(seconds))):%Y-%m-%d %H:%M:%S}\t0\t1\t0\t0\n"
            connection = HTTPConnection(place.hostname or "", place.port or 80, timeout=10)
            connection.request(
                "POST", "/iclock/cdata?SN=TA1&table=ATTLOG", line.encode(), {"Content-Type": "text/plain"}
            )
            answer = connection.getresponse().read()
            connection.close()
            return answer == b"OK: 1\n"

        measure("ADMS, one punch by HTTP to the stored row (SQLite)", 300, push)
        with database.reading() as session:
            print(f"{'':<58} {session.scalar(select(func.count()).select_from(PunchRow))} rows stored")


def main() -> None:
    """Every peer in turn, with what the machine did besides."""
    # A line for every question would be part of the time.
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    print(f"load before {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    for part in (rtsp_rungs, onvif_replay, open311, punches):
        part()
    print(f"load after {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
