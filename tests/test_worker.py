"""The worker's heart: one leader, jobs that fail hold up nothing, any trouble is outlived."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from actions.thin_snapshots import SnapshotThinner
from data_access.leases import LeaseKeeper, LeaseLost
from data_access.models.live import Snapshot
from data_access.session import Database
from data_access.snapshots import DrawnPanel, panels_after, save_panels
from domain.units import Organisation
from scenes.publishing import Publisher
from scenes.registry import SCENES
from worker import BACK_OFF, Job, Jobs, Worker, alarm_engine


class HandClock:
    """A monotonic clock that moves when told."""

    seconds = 100.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def hand_clock() -> HandClock:
    return HandClock()


@pytest.fixture
def jobs_of(hand_clock: HandClock) -> Iterator[Callable[..., Jobs]]:
    made: list[Jobs] = []

    def make(*jobs: Job) -> Jobs:
        made.append(Jobs(jobs, hand_clock))
        return made[-1]

    yield make
    for jobs in made:
        jobs.close()


def finished(job: Job) -> None:
    """Wait for the run under way."""
    assert job.running is not None
    job.running.exception(timeout=10)


def test_a_job_runs_again_only_after_its_period(
    jobs_of: Callable[..., Jobs], hand_clock: HandClock, now: datetime
) -> None:
    runs: list[datetime] = []
    job = Job("poll", timedelta(seconds=60), runs.append)
    jobs = jobs_of(job)
    jobs.start_due(now)
    finished(job)
    jobs.start_due(now)
    hand_clock.seconds += 59
    jobs.start_due(now)
    assert len(runs) == 1
    hand_clock.seconds += 1
    jobs.start_due(now)
    finished(job)
    assert len(runs) == 2


def test_a_job_still_running_is_not_started_again_and_holds_up_no_other(
    jobs_of: Callable[..., Jobs], hand_clock: HandClock, now: datetime
) -> None:
    go_on, quick_runs, slow_runs = threading.Event(), [], []

    def slow(at: datetime) -> None:
        slow_runs.append(at)
        go_on.wait(10)

    quick_job = Job("quick", timedelta(seconds=1), quick_runs.append)
    slow_job = Job("slow", timedelta(seconds=1), slow)
    jobs = jobs_of(slow_job, quick_job)
    for _ in range(3):
        jobs.start_due(now)
        finished(quick_job)
        jobs.start_due(now)
        hand_clock.seconds += 2
    go_on.set()
    finished(slow_job)
    assert len(slow_runs) == 1
    assert len(quick_runs) >= 3


def test_a_failing_job_waits_longer_each_time_and_recovers(
    jobs_of: Callable[..., Jobs], hand_clock: HandClock, now: datetime
) -> None:
    trouble: list[Exception | None] = [ValueError("broken")]

    def run(at: datetime) -> None:
        if trouble[0]:
            raise trouble[0]

    job = Job("poll", timedelta(seconds=1), run)
    jobs = jobs_of(job)
    waits = []
    for _ in range(5):
        jobs.start_due(now)
        finished(job)
        jobs.start_due(now)
        waits.append(timedelta(seconds=job.next_attempt - hand_clock.seconds))
        hand_clock.seconds = job.next_attempt
    assert waits == [*BACK_OFF, BACK_OFF[-1]]
    trouble[0] = None
    jobs.start_due(now)
    finished(job)
    jobs.start_due(now)
    assert job.errors == 0
    assert job.next_attempt == hand_clock.seconds + 1


def a_worker(database: Database, organisation: Organisation, now: datetime, *jobs: Job) -> Worker:
    publisher = Publisher(database, organisation, SCENES, True, lambda event, error, **fields: "SC-TEST22")
    alarms = alarm_engine(database, organisation, is_sample=True)
    return Worker(database, lambda: now, publisher, Jobs(jobs), alarms, "test")


def test_of_two_workers_only_the_leader_draws_and_polls(
    database: Database, organisation: Organisation, now: datetime
) -> None:
    polled: list[str] = []
    done = threading.Event()

    def poll(name: str) -> Callable[[datetime], None]:
        def run(at: datetime) -> None:
            polled.append(name)
            done.set()

        return run

    leader, second = (
        a_worker(database, organisation, now, Job(name, timedelta(hours=1), poll(name))) for name in ("a", "b")
    )
    second.lease.holder = "second"
    leader.beat()
    second.beat()
    assert done.wait(10)
    assert (leader.lease.leads, second.lease.leads) == (True, False)
    assert polled == ["a"]
    with database.reading() as session:
        drawn = session.scalars(select(Snapshot.panel)).all()
    assert len(drawn) == sum(len(scene.panels) for scene in SCENES)


def test_a_worker_told_to_stop_gives_its_lease_back(
    database: Database, organisation: Organisation, now: datetime
) -> None:
    worker, stop = a_worker(database, organisation, now), threading.Event()
    running = threading.Thread(target=worker.run, args=(stop,))
    running.start()
    successor = a_worker(database, organisation, now)
    while not worker.lease.leads:
        stop.wait(0.01)
    stop.set()
    running.join(10)
    assert not running.is_alive()
    successor.beat()
    assert successor.lease.leads


def test_a_beat_that_fails_is_outlived(
    sqlite_database: Database, organisation: Organisation, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    worker, stop, beats = a_worker(sqlite_database, organisation, now), threading.Event(), []

    def beat() -> None:
        beats.append(1)
        if len(beats) == 1:
            raise RuntimeError("unexpected")
        stop.set()

    monkeypatch.setattr(worker, "beat", beat)
    worker.run(stop)
    assert len(beats) == 2


def test_the_log_of_the_wall_keeps_every_change_of_a_quarter_hour_then_minutes_then_a_month(
    database: Database, now: datetime
) -> None:
    ages = [timedelta(days=32), timedelta(days=31), timedelta(minutes=20), timedelta(minutes=19, seconds=51)]
    for age in (*ages, timedelta(seconds=9), timedelta()):
        with database.writing() as session:
            save_panels(session, "wall", [DrawnPanel("overview", "tile", str(age).encode())], now - age)
    lease, thin = LeaseKeeper("worker", "test"), SnapshotThinner(database)
    lease.keep(database, now)
    for _ in range(2):
        thin(now, lease)
    with database.reading() as session:
        kept = [now - state.drawn_at for state in panels_after(session, 0)]
    # What was live a month ago stays, however old.
    assert kept == [timedelta(days=31), timedelta(minutes=19, seconds=51), timedelta(seconds=9), timedelta()]


def test_only_the_leader_thins_the_log(database: Database, now: datetime) -> None:
    with pytest.raises(LeaseLost):
        SnapshotThinner(database)(now, LeaseKeeper("worker", "test"))
