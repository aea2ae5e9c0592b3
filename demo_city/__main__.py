"""`python -m demo_city --inbox DIR --units PACK --seed N --pace X --port P --mood M --web ADDRESS`: lives until INT or
TERM.

Workbooks and sheets fall into the inbox; what is asked is served on 127.0.0.1; terminals push to the web address.
All of it in DEMO_CLOCK time.
"""

from __future__ import annotations

import argparse
import logging
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from types import FrameType

from werkzeug.serving import make_server

from demo_city.camera_service import CameraService
from demo_city.cameras import CityCameras, deliver_inventory
from demo_city.citizens import Citizens
from demo_city.city import City, seconds_until_next
from demo_city.clock import build_clock
from demo_city.disturbances import Disturbances
from demo_city.guards import GuardLogs, unit_named
from demo_city.judgments import deliver_judgment_register
from demo_city.moods import MOODS
from demo_city.public_service_portal import deliver_service_sheets, public_service_portal
from demo_city.reception_service import deliver_reception_sheets, reception_service
from demo_city.recorder_service import recorder_service
from demo_city.report_service import report_service
from demo_city.schooling import deliver_schooling
from demo_city.service_requests import ServiceRequests
from demo_city.software import Software, back_up, software_service, start_software
from demo_city.statements import deliver_statements
from demo_city.terminals import Terminals
from demo_city.units import Pack, PackRefused
from demo_city.visitors import Visitors
from demo_city.warnings import warning_service

# The product gets this long to take in the full set before anything refers to it.
_HEAD_START_SECONDS = 20.0
_TERMINALS_EVERY_SECONDS = 2.0


def main(arguments: list[str] | None = None) -> int:
    """Open the city and let it live; 2 when pack or clock cannot be read."""
    chosen = _chosen(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stdout)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _leave)
    try:
        clock = build_clock(os.environ.get("DEMO_CLOCK", ""))
        cameras = disturbances = None
        units, mood = Pack(chosen.units).units_on(clock().date()), MOODS[chosen.mood]
        guards = GuardLogs(chosen.inbox, units, chosen.seed, mood, clock().date())
        if chosen.camera_port:
            cameras = CityCameras(units, chosen.seed, mood, clock().date())
            disturbances = Disturbances(cameras, chosen.seed, mood, unit_named(units, "phu vang").code)
            CameraService(chosen.camera_port, cameras, clock).start()
            deliver_inventory(chosen.inbox, cameras.inventory(chosen.camera_port, chosen.port), clock())
        if chosen.port:
            visitors = Visitors(units, chosen.seed, mood, clock().date())
            citizens = Citizens(chosen.seed, mood, clock().date())
            requests = ServiceRequests(units, chosen.seed, mood, clock().date())
            answer_on(chosen.port, citizens, clock, visitors, requests, cameras, disturbances)
            if chosen.software_port:
                start_software(chosen.software_port, chosen.watched, clock)
            deliver_reception_sheets(chosen.inbox, visitors, units, chosen.seed, clock())
            deliver_service_sheets(chosen.inbox, requests, clock())
        deliver_schooling(chosen.inbox, units, chosen.seed, clock())
        deliver_judgment_register(chosen.inbox, units, chosen.seed, clock())
        deliver_statements(chosen.inbox, units, Pack(chosen.units).root_on(clock().date()), chosen.seed, clock())
        if chosen.web:
            push_to(Terminals(chosen.web, chosen.inbox, Pack(chosen.units), chosen.seed), clock)
        city = City(chosen.inbox, chosen.units, chosen.seed, chosen.state or chosen.inbox.parent / "city_state.json")
        fresh = city.open(clock())
    except (PackRefused, ValueError, OSError) as error:
        print(f"demo_city: {error}", file=sys.stderr)
        return 2
    time.sleep(_HEAD_START_SECONDS / chosen.pace if fresh else 0.0)
    while True:
        time.sleep(seconds_until_next(clock(), chosen.pace))
        city.tick(clock())
        keep_guard_logs(guards, clock())
        if chosen.software_port:
            keep_backups(chosen.watched, clock())


def _chosen(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="demo_city", description="A small invented city: every figure is sample data."
    )
    parser.add_argument(
        "--inbox", type=Path, required=True, help="watched folder; full/ and changes/ are made below it"
    )
    parser.add_argument("--units", type=Path, required=True, help="organisation pack, a folder of data/organisations")
    parser.add_argument("--seed", type=int, default=2027, help="the same seed and day give the same files")
    parser.add_argument("--pace", type=float, default=1.0, help="how many times faster than every five seconds")
    parser.add_argument("--state", type=Path, help="default: city_state.json beside the inbox")
    parser.add_argument("--port", type=int, default=0, help="where the city's systems answer on 127.0.0.1; 0: nowhere")
    parser.add_argument(
        "--web", default="", help="where attendance terminals push, http://127.0.0.1:8050; empty: nowhere"
    )
    parser.add_argument(
        "--camera-port", type=int, default=0, help="where the cameras answer over RTSP on 127.0.0.1; 0: nowhere"
    )
    parser.add_argument(
        "--software-port",
        type=int,
        default=0,
        help="first of the four ports of mail, directory, bare service; 0: nowhere",
    )
    parser.add_argument("--watched", type=Path, default=Path("var/watched"), help="where the accounting is backed up")
    parser.add_argument("--mood", choices=sorted(MOODS), default="calm", help="what kind of day it plays")
    chosen = parser.parse_args(arguments)
    if chosen.pace <= 0:
        parser.error("--pace must be above 0")
    return chosen


def keep_guard_logs(guards: GuardLogs, now: datetime) -> None:
    """Let the guards deliver; a folder that cannot be written is tried again at the next tick."""
    try:
        guards.tick(now)
    except OSError as error:
        logging.getLogger("demo_city").warning("demo city's guard log not delivered: %s", error)


def keep_backups(watched: Path, now: datetime) -> None:
    """Let the accounting back up; a folder that cannot be written is tried again at the next tick."""
    try:
        back_up(watched, now)
    except OSError as error:
        logging.getLogger("demo_city").warning("demo city's backup not written: %s", error)


def answer_on(
    port: int,
    citizens: Citizens,
    clock: Callable[[], datetime],
    visitors: Visitors,
    requests: ServiceRequests,
    cameras: CityCameras | None = None,
    disturbances: Disturbances | None = None,
) -> None:
    """Let the city's systems answer, in a thread that ends with the process; raises OSError when the port is taken."""
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    systems = report_service(citizens, clock)
    systems.register_blueprint(reception_service(visitors, clock))
    systems.register_blueprint(public_service_portal(requests, clock))
    systems.register_blueprint(software_service(Software(citizens.mood), clock))
    systems.register_blueprint(warning_service(citizens.mood, clock))
    if cameras is not None:
        systems.register_blueprint(recorder_service(cameras, clock, disturbances))
    server = make_server("127.0.0.1", port, systems, threaded=True)
    threading.Thread(target=server.serve_forever, name="systems", daemon=True).start()
    logging.getLogger("demo_city").info("demo city plays mood %s (%s)", citizens.mood.name, citizens.mood.title)


def push_to(terminals: Terminals, clock: Callable[[], datetime]) -> None:
    """Let the terminals speak, in a thread that ends with the process."""

    def speak() -> None:
        while True:
            try:
                terminals.tick(clock())
            except OSError as error:
                # The inbox could not be written: the sheets are tried again, the terminals wait for them.
                logging.getLogger("demo_city").warning("demo city's sheets not delivered: %s", error)
            time.sleep(_TERMINALS_EVERY_SECONDS)

    threading.Thread(target=speak, name="terminals", daemon=True).start()


def _leave(_number: int, _frame: FrameType | None) -> None:
    """Every file and the memory arrive by rename, so the city may be left at any moment."""
    raise SystemExit(0)


if __name__ == "__main__":
    raise SystemExit(main())
