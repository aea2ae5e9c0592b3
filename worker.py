"""The clock: leads by a fenced lease, polls sources when due, draws and publishes scenes. `python worker.py` runs it.

The heart loop never blocks over a second: what may take longer runs in threads (polls) or child processes (imports).
"""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from types import FrameType

import structlog
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from access.audience import PROVINCE
from access.principal import Principal
from access.vault import Vault
from actions.case_inbox import CaseInbox, poll_case_inbox
from actions.check_audit import anchor_audit
from actions.check_cameras import CameraPass
from actions.check_certificates import CERTIFICATES_EVERY, check_certificates
from actions.deliver_webhooks import DELIVER_EVERY, WebhookDelivery
from actions.desk_job_makers import job_makers
from actions.evaluate_alarms import AlarmEngine
from actions.import_cases import CaseImporter
from actions.import_cases.interruptions import recover_interrupted
from actions.keep_pledges import keep_pledges
from actions.manage_users import close_demo_accounts
from actions.pair_screen import close_demo_screen
from actions.place_city_alerts import place_city_alerts
from actions.plan_briefings import BriefingPlanner
from actions.poll_connected import (
    attendance_poll,
    city_alert_poll,
    field_report_poll,
    reception_poll,
    service_poll,
)
from actions.poll_security import SecurityPoll
from actions.probe_services import ProbePass
from actions.sheet_feeds import SHEET_FEEDS
from actions.sheets import SheetInbox
from actions.thin_snapshots import SnapshotThinner
from actions.work_jobs import JobWorker
from clock import Clock, real_clock
from data_access.alert_places import AlertPlacer
from data_access.boundary_shapes import BoundariesRefused, maps_in_force
from data_access.leases import LeaseKeeper, LeaseLost
from data_access.regimes import load_regimes
from data_access.schema import SchemaRefused, require_current_schema
from data_access.session import Database
from data_access.versions import DatabaseGone, VersionWatch
from domain.alarms import Facts
from domain.boundaries import UnitMap
from domain.cameras import PASS_EVERY
from domain.software_systems import LOOK_EVERY
from domain.units import Organisation
from manage_commands.environment import Refused
from manage_commands.readiness import (
    SOURCES_KEY,
    kept_demo_clock,
    open_database,
    read_clock,
    read_key,
    read_organisation,
    read_settings,
)
from scenes.alarm_facts import FACT_TOPICS, alarm_facts
from scenes.drawing import Question
from scenes.publishing import Publisher
from scenes.registry import FEEDS, SCENES
from server.logs import configure_logs, report_incident
from settings import Settings

log = structlog.get_logger(__name__)

LEASE = "worker"
BEAT_SECONDS = 0.5
INBOX_EVERY = timedelta(seconds=1)
SHEETS_EVERY = timedelta(seconds=5)
# Under a half of the shortest period of an asked source; a lost one is asked more rarely by itself.
ASK_EVERY = timedelta(seconds=15)
# Requests take days; a minute is soon enough.
SERVICES_EVERY = timedelta(minutes=1)
# It listens for most of the time by itself; between two turns nobody hears.
HEAR_AGAIN_AFTER = timedelta(seconds=1)
THIN_EVERY = timedelta(minutes=10)
ANCHOR_EVERY = timedelta(hours=1)
WORK_EVERY = timedelta(seconds=1)
PLEDGES_EVERY = timedelta(minutes=5)
PLAN_EVERY = timedelta(seconds=20)
# After an unexpected error a job waits longer each time, up to a quarter of an hour.
BACK_OFF = tuple(timedelta(seconds=seconds) for seconds in (60, 120, 480, 900))


@dataclass(slots=True)
class Job:
    """Something done again and again in a thread; `run` is given the time and must bring its own deadline."""

    name: str
    every: timedelta
    run: Callable[[datetime], object]
    next_attempt: float = 0.0
    errors: int = 0
    running: Future[object] | None = field(default=None, repr=False)


class Jobs:
    """Starts each job when due, one run of it at a time; a failing one is pushed ahead and holds up no other."""

    def __init__(self, jobs: Sequence[Job], monotonic: Callable[[], float] = time.monotonic) -> None:
        self._jobs = jobs
        self._monotonic = monotonic
        self._threads = ThreadPoolExecutor(max_workers=max(len(jobs), 1), thread_name_prefix="job")

    def start_due(self, now: datetime) -> None:
        """Collect what has ended and start what is due."""
        for job in self._jobs:
            if job.running is not None and job.running.done():
                self._collect(job, job.running)
            if job.running is None and self._monotonic() >= job.next_attempt:
                job.running = self._threads.submit(job.run, now)

    def close(self) -> None:
        """Start nothing more; runs under way end with the process."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _collect(self, job: Job, ended: Future[object]) -> None:
        job.running = None
        error = ended.exception()
        if error is None:
            job.errors = 0
            job.next_attempt = self._monotonic() + job.every.total_seconds()
            return
        wait = BACK_OFF[min(job.errors, len(BACK_OFF) - 1)]
        job.errors += 1
        job.next_attempt = self._monotonic() + wait.total_seconds()
        report_incident("job failed", error, job=job.name, next_attempt_in=wait.total_seconds())


class Worker:
    """One process's heart. Build it, call `run`; `beat` is one turn."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        publisher: Publisher,
        jobs: Jobs,
        alarms: AlarmEngine,
        holder: str = "",
    ) -> None:
        self.database = database
        self.clock = clock
        self.publisher = publisher
        self.jobs = jobs
        self.alarms = alarms
        self.lease = LeaseKeeper(LEASE, holder or own_name())
        self._led = False

    def run(self, stop: threading.Event) -> None:
        """Beat until `stop` is set, then give the lease back; any trouble is logged and outlived."""
        watch = VersionWatch(self.database)
        troubled = False
        while not stop.is_set():
            try:
                watch.changed(BEAT_SECONDS)
                self.beat()
                troubled = False
            except LeaseLost as error:
                log.warning("lease lost", reason=str(error))
            except (DatabaseGone, SQLAlchemyError) as error:
                if not troubled:
                    log.warning("database gone", reason=str(error).splitlines()[0])
                troubled = True
                stop.wait(BEAT_SECONDS)
            except Exception as error:
                report_incident("beat failed", error)
                stop.wait(BEAT_SECONDS)
        self.jobs.close()
        watch.close()
        try:
            self.lease.release(self.database, self.clock())
        except SQLAlchemyError as error:
            log.warning("lease not given back", reason=str(error).splitlines()[0])

    def beat(self) -> None:
        """Keep the lease; when leading, start due jobs, decide about alarms, publish due scenes.

        Raises LeaseLost and database errors.
        """
        now = self.clock()
        if self.lease.is_due:
            self.lease.keep(self.database, now)
        if self.lease.leads != self._led:
            self._led = self.lease.leads
            log.info("leading" if self._led else "following", holder=self.lease.holder)
            self.publisher.forget()
            self.alarms.forget()
        if not self.lease.leads:
            return
        self.jobs.start_due(now)
        # Before drawing, so that no mark is on the glass without its entry in the list.
        decide_alarms(self.alarms, now, self.lease.require)
        self.publisher.publish_due(now, self.lease.require)


def own_name() -> str:
    """This process among all that ever worked here."""
    return f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(3)}"


def decide_alarms(engine: AlarmEngine, now: datetime, guard: Callable[[Session], None]) -> None:
    """Let the engine decide; a question it cannot ask is reported and tried again later, and the wall is drawn still.

    Raises LeaseLost.
    """
    try:
        engine.decide_due(now, guard)
    except LeaseLost:
        raise
    except Exception as error:
        report_incident("alarms not decided", error)
        engine.wait(now, guard)


def build_worker(settings: Settings, database: Database, clock: Clock, organisation: Organisation) -> Worker:
    """The worker of this installation with every job it has."""
    publisher = Publisher(
        database,
        organisation,
        (*SCENES, *FEEDS),
        settings.demo,
        report_incident,
        maps=wall_maps(organisation, settings),
    )
    importer = CaseImporter(database, organisation, load_regimes(), settings.suspicious_drop_share)
    inbox = CaseInbox(settings.inbox_dir)
    vault = Vault(read_key(settings.var_dir, SOURCES_KEY, may_be_new=True))

    recovered: list[int] = []

    def poll_cases(now: datetime) -> None:
        # Once, before the first poll of this process: only the leader polls, so what is half prepared is nobody's.
        if not recovered:
            recovered.append(recover_interrupted(database))
        poll_case_inbox(database, importer, inbox, Principal.worker(), now)

    def anchor(now: datetime) -> None:
        anchor_audit(database, settings.audit_anchors, now)

    def thin_snapshots(now: datetime) -> None:
        thin(now, worker.lease)

    def sheets(source: str) -> SheetInbox:
        return SheetInbox(database, organisation, settings.inbox_dir, source, SHEET_FEEDS[source])

    @lru_cache(maxsize=1)
    def placer() -> AlertPlacer:
        return AlertPlacer(organisation)

    def lead(session: Session) -> None:
        worker.lease.require(session)

    thin = SnapshotThinner(database)
    told = WebhookDelivery(database, vault, organisation, lead, clock, real_clock, allow_loopback=settings.demo)
    holder = own_name()
    makers = job_makers(organisation, settings.demo)
    jobs = Jobs(
        [
            Job("poll cases", INBOX_EVERY, poll_cases),
            *(Job(f"poll sheets of {source}", SHEETS_EVERY, sheets(source)) for source in SHEET_FEEDS),
            Job("check cameras", PASS_EVERY, CameraPass(database, vault, shutil.which("ffmpeg"))),
            Job("probe software", LOOK_EVERY, ProbePass(database, vault, settings.watched_folder)),
            Job("hear security events", HEAR_AGAIN_AFTER, SecurityPoll(database, vault)),
            Job("poll field reports", ASK_EVERY, field_report_poll(database, vault, organisation)),
            Job("poll attendance", ASK_EVERY, attendance_poll(database, vault, organisation)),
            Job("poll reception", ASK_EVERY, reception_poll(database, vault, organisation)),
            Job("keep pledges", PLEDGES_EVERY, lambda now: keep_pledges(database, organisation, now)),
            Job("poll public services", SERVICES_EVERY, service_poll(database, vault, organisation)),
            Job("poll city alerts", ASK_EVERY, city_alert_poll(database, vault, organisation)),
            Job("place city alerts", INBOX_EVERY, lambda now: place_city_alerts(database, placer, now)),
            Job("check certificates", CERTIFICATES_EVERY, lambda now: check_certificates(database, now)),
            Job("deliver webhooks", DELIVER_EVERY, told),
            Job("work desk jobs", WORK_EVERY, JobWorker(database, makers, holder, clock, lead)),
            Job("plan briefings", PLAN_EVERY, BriefingPlanner(database, organisation, lead)),
            Job("thin history", THIN_EVERY, thin_snapshots),
            Job("anchor audit", ANCHOR_EVERY, anchor),
        ]
    )
    worker = Worker(database, clock, publisher, jobs, alarm_engine(database, organisation, settings.demo), holder)
    return worker


def alarm_engine(database: Database, organisation: Organisation, is_sample: bool) -> AlarmEngine:
    """The engine that judges what the wall of the whole province judges."""

    def ask(session: Session, now: datetime) -> tuple[Facts, datetime]:
        return alarm_facts(Question(session, PROVINCE.principal(), organisation, now, is_sample))

    return AlarmEngine(database, ask, FACT_TOPICS)


def wall_maps(organisation: Organisation, settings: Settings) -> tuple[UnitMap, ...]:
    """The maps the wall draws; without a usable file the wall says that it has no map, and the rest lives."""
    try:
        return maps_in_force(organisation.name, settings.var_dir)
    except BoundariesRefused as error:
        log.warning("no map for the wall", reason=str(error))
        return ()


def main() -> int:
    """Run until INT or TERM; 1 when something must be put right by a person first."""
    configure_logs()
    try:
        settings = read_settings()
        clock = read_clock(settings, kept_demo_clock(settings))
        organisation = read_organisation(settings)
        database = open_database(settings, upgrade=False)
        require_current_schema(database)
    except (Refused, SchemaRefused) as error:
        log.error("refused to start", reason=str(error))
        return 1
    if not settings.demo:
        close_demo_accounts(database, clock())
        close_demo_screen(database, clock())
    stop = threading.Event()

    def on_signal(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGINT, on_signal)
    signal.signal(signal.SIGTERM, on_signal)
    build_worker(settings, database, clock, organisation).run(stop)
    # A poll may still sit in a file or a query; the lease is given back and its transaction rolls back by itself.
    sys.stderr.flush()
    os._exit(0)


if __name__ == "__main__":
    sys.exit(main())
