"""A briefing from asking to the stored row: within the scope, cancelled between steps, never stuck, never changed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from alarm_support import CAMERA, CROWD, store_alarms
from briefing_support import NOW, a_job_worker
from reports_support import a_morning, store_reports
from scenes_support import store_figures
from sqlalchemy import delete, update
from sqlalchemy.exc import DatabaseError

from access.principal import NotAllowed, Principal
from actions.make_briefing import ask_briefing, wanted_briefing
from actions.report_briefing import save_briefing_chart, save_briefing_document
from actions.work_jobs import JobWorker, cancel_job
from data_access.audit import audit_events
from data_access.briefing import briefing_by_id, briefings
from data_access.jobs import MOST_OPEN, own_jobs, save_job
from data_access.models.briefing import BriefingRow
from data_access.models.jobs import DeskJobRow
from data_access.scope import NotFound
from data_access.session import Database
from data_access.versions import versions
from domain.briefing_schedule import BriefingKind, BriefingRefused
from domain.jobs import FAILED_WORDS, DeskJob, JobKind, JobRefused, JobState, JobStep
from domain.permissions import Role
from domain.units import Organisation

LEADER = Principal(Role.LEADER, "l", "lanhdao")
OPERATOR = Principal(Role.OPERATOR, "o", "truc")
HEAD = Principal(Role.DEPARTMENT_HEAD, "h", "truong", "PHUVANG")
OTHER_HEAD = Principal(Role.DEPARTMENT_HEAD, "h2", "truong2", "PHULOC")
ADMINISTRATOR = Principal(Role.ADMINISTRATOR, "a", "quantri")
SCREEN = Principal(Role.SCREEN, "s", "man-hinh")
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


class Stepped:
    """A maker of three steps that a test can look into and break."""

    def __init__(self, breaks: int = 0) -> None:
        self.begun, self.reached, self.breaks = 0, 0, breaks
        self.before_second = lambda: None

    def __call__(self, _database: Database, _job: DeskJob, _now: datetime) -> Iterator[JobStep]:
        self.begun += 1
        yield JobStep(10, "Một")
        self.before_second()
        if self.begun <= self.breaks:
            raise RuntimeError("the process died here")
        yield JobStep(50, "Hai")
        self.reached += 1
        yield JobStep(100, "Xong", "kq")


def hands(database: Database, maker: Stepped, holder: str = "w1") -> JobWorker:
    return JobWorker(database, {JobKind.BRIEFING: maker}, holder, lambda: NOW, lambda session: None)


def work(database: Database, organisation: Organisation, now: datetime = NOW) -> None:
    a_job_worker(database, organisation, lambda: now)(now)


def jobs_of(database: Database, principal: Principal, now: datetime = NOW) -> list[DeskJob]:
    with database.reading() as session:
        return own_jobs(session, principal, JobKind.BRIEFING, now)


def test_a_briefing_says_what_stands_in_the_scope_and_is_read_again(
    database: Database, organisation: Organisation, tmp_path: Path
) -> None:
    store_figures(database, organisation, NOW)
    units = [unit.code for unit in organisation.case_units_on(NOW.date())]
    store_reports(database, organisation, a_morning(units, NOW), NOW)
    store_alarms(database, NOW - HOUR, CAMERA, CROWD)
    ask_briefing(database, LEADER, organisation, "morning", "", NOW)
    ask_briefing(database, HEAD, organisation, "weekly", "PHUVANG", NOW)
    work(database, organisation)
    work(database, organisation)
    assert [job.state for job in (*jobs_of(database, LEADER), *jobs_of(database, HEAD))] == [JobState.DONE] * 2
    with database.reading() as session:
        whole, own = (
            briefing_by_id(session, each, organisation, jobs_of(database, each)[0].result, NOW)
            for each in (LEADER, HEAD)
        )
        seen = {each.public_id for each in briefings(session, HEAD, organisation, NOW)}
        assert len(briefings(session, OPERATOR, organisation, NOW)) == 2
        with pytest.raises(NotFound):
            briefing_by_id(session, HEAD, organisation, whole.public_id, NOW)
        with pytest.raises(NotFound):
            briefing_by_id(session, OTHER_HEAD, organisation, own.public_id, NOW)
        with pytest.raises(NotAllowed):
            briefings(session, SCREEN, organisation, NOW)
        told = {row.action for row in audit_events(session, ADMINISTRATOR)}
        assert {"briefing", "jobs"} <= set(versions(session))
    assert seen == {own.public_id}
    assert whole.is_whole and (whole.made_by, own.made_by) == ("lanhdao", "truong")
    figures = whole.facts.figures
    assert figures is not None and len(figures.units) == len(units)
    assert sum(unit.completed or 0 for unit in figures.units) == figures.total.completed == 770
    assert [(alarm.title, alarm.unit_name) for alarm in whole.facts.burning.alarms] == [
        ("Tụ tập trước trụ sở", "Phú Vang"),
        ("Camera mất tín hiệu", "Phú Lộc"),
    ]
    assert whole.facts.burning.report_count == 2 and whole.facts.changes.cameras_failing is None
    assert [each.percent for each in whole.facts.pledges][:3] == [None] * 3
    own_figures = own.facts.figures
    assert own_figures is not None and [unit.code for unit in own_figures.units] == ["PHUVANG"]
    assert {alarm.unit_name for alarm in own.facts.burning.alarms} == {"Phú Vang"}
    for name in ("a.docx", "a.pdf"):
        save_briefing_document(database, HEAD, organisation, own.public_id, NOW, tmp_path / name)
    for name in ("a.png", "a.svg"):
        save_briefing_chart(database, HEAD, organisation, own.public_id, "units", NOW, tmp_path / name)
    with pytest.raises(NotFound):
        save_briefing_chart(database, HEAD, organisation, own.public_id, "x", NOW, tmp_path / "b.png")
    assert {"briefing_asked", "briefing_made"} <= told
    with database.reading() as session:
        rows = [row.action for row in audit_events(session, ADMINISTRATOR)]
    assert (rows.count("briefing_exported"), rows.count("chart_exported")) == (2, 2)


def test_a_file_of_last_month_says_what_was_said_then(
    database: Database, organisation: Organisation, tmp_path: Path
) -> None:
    store_figures(database, organisation, NOW)
    ask_briefing(database, LEADER, organisation, "morning", "", NOW)
    work(database, organisation)
    made = jobs_of(database, LEADER)[0].result
    save_briefing_document(database, LEADER, organisation, made, NOW, tmp_path / "now.pdf")
    store_figures(database, organisation, NOW + 20 * DAY)
    save_briefing_document(database, LEADER, organisation, made, NOW + 30 * DAY, tmp_path / "later.pdf")
    assert (tmp_path / "now.pdf").read_bytes() == (tmp_path / "later.pdf").read_bytes()


def test_nothing_is_known_of_an_empty_installation_and_a_briefing_is_made_all_the_same(
    database: Database, organisation: Organisation
) -> None:
    ask_briefing(database, LEADER, organisation, "weekly", "", NOW)
    work(database, organisation)
    with database.reading() as session:
        facts = briefing_by_id(session, LEADER, organisation, jobs_of(database, LEADER)[0].result, NOW).facts
    assert facts.figures is None and facts.curve is None and facts.burning.clocks.total is None
    assert facts.burning.report_count is None and all(pledge.percent is None for pledge in facts.pledges)


def test_nobody_asks_beyond_the_own_scope_or_for_what_is_not_there(
    database: Database, organisation: Organisation
) -> None:
    for principal, unit in ((HEAD, ""), (HEAD, "PHULOC"), (LEADER, "KHONGCO"), (SCREEN, "")):
        with pytest.raises(NotAllowed):
            ask_briefing(database, principal, organisation, "morning", unit, NOW)
    root = organisation.root_on(NOW.date())
    assert root is not None
    assert ask_briefing(database, LEADER, organisation, "morning", root.code, NOW).unit == ""
    with pytest.raises(NotAllowed):
        ask_briefing(database, HEAD, organisation, "morning", root.code, NOW)
    with pytest.raises(BriefingRefused, match="loại"):
        ask_briefing(database, LEADER, organisation, "yearly", "", NOW)


def test_a_briefing_is_never_changed(database: Database, organisation: Organisation) -> None:
    ask_briefing(database, LEADER, organisation, "morning", "", NOW)
    work(database, organisation)
    for statement in (update(BriefingRow).values(facts="{}"), delete(BriefingRow)):
        with pytest.raises(DatabaseError, match="append-only"), database.writing() as session:
            session.execute(statement)


def test_one_person_has_one_open_at_a_time(database: Database, organisation: Organisation) -> None:
    ask_briefing(database, LEADER, organisation, "morning", "", NOW)
    with pytest.raises(JobRefused, match="đang chờ"):
        ask_briefing(database, LEADER, organisation, "weekly", "", NOW)
    ask_briefing(database, OPERATOR, organisation, "weekly", "", NOW)
    work(database, organisation)
    ask_briefing(database, LEADER, organisation, "weekly", "", NOW)


def test_whoever_waits_at_a_desk_is_not_behind_nor_shut_out_by_the_appointments(
    database: Database, organisation: Organisation
) -> None:
    with database.writing() as session:
        for number in range(MOST_OPEN):
            wanted = wanted_briefing(BriefingKind.MORNING, NOW)
            save_job(session, Principal.worker(), JobKind.BRIEFING, "", wanted, NOW, f"morning:{number}")
    ask_briefing(database, LEADER, organisation, "morning", "", NOW)
    hands(database, Stepped())(NOW)
    assert jobs_of(database, LEADER)[0].state is JobState.DONE


def test_what_waits_is_cancelled_at_once_and_only_by_whoever_asked(
    database: Database, organisation: Organisation
) -> None:
    job = ask_briefing(database, LEADER, organisation, "morning", "", NOW)
    with pytest.raises(NotFound):
        cancel_job(database, OPERATOR, job.public_id, NOW)
    assert cancel_job(database, LEADER, job.public_id, NOW).state is JobState.CANCELLED
    with pytest.raises(JobRefused, match="đã kết thúc"):
        cancel_job(database, LEADER, job.public_id, NOW)
    work(database, organisation)
    with database.reading() as session:
        assert briefings(session, LEADER, organisation, NOW) == []


def test_what_runs_tells_how_far_it_is_and_stops_between_two_steps(
    database: Database, organisation: Organisation
) -> None:
    job, maker = ask_briefing(database, LEADER, organisation, "morning", "", NOW), Stepped()
    seen: list[DeskJob] = []

    def look_and_cancel() -> None:
        seen.extend(jobs_of(database, LEADER))
        cancel_job(database, LEADER, job.public_id, NOW)

    maker.before_second = look_and_cancel
    hands(database, maker)(NOW)
    assert [(each.state, each.progress, each.words) for each in seen] == [(JobState.RUNNING, 10, "Một")]
    assert (jobs_of(database, LEADER)[0].state, maker.reached) == (JobState.CANCELLED, 0)


def test_a_job_of_a_dead_worker_is_begun_anew_and_one_that_kills_twice_has_failed(
    database: Database, organisation: Organisation
) -> None:
    ask_briefing(database, LEADER, organisation, "morning", "", NOW)
    maker = Stepped(breaks=1)
    with pytest.raises(RuntimeError):
        hands(database, maker, "w1")(NOW)
    assert jobs_of(database, LEADER)[0].state is JobState.RUNNING
    hands(database, maker, "w2")(NOW)
    done = jobs_of(database, LEADER)[0]
    assert (done.state, done.progress, done.result, done.attempts) == (JobState.DONE, 100, "kq", 2)
    ask_briefing(database, LEADER, organisation, "morning", "", NOW)
    deadly = Stepped(breaks=9)
    for _ in range(2):
        with pytest.raises(RuntimeError):
            hands(database, deadly)(NOW)
    hands(database, deadly)(NOW)
    failed = jobs_of(database, LEADER)[0]
    assert (failed.state, failed.words, deadly.begun) == (JobState.FAILED, FAILED_WORDS, 2)


def test_a_worker_that_was_followed_by_another_writes_nothing_more(
    database: Database, organisation: Organisation
) -> None:
    ask_briefing(database, LEADER, organisation, "morning", "", NOW)
    old, new = Stepped(), Stepped()
    old.before_second = lambda: hands(database, new, "w2")(NOW)
    hands(database, old, "w1")(NOW)
    assert (new.reached, old.reached) == (1, 0)
    assert jobs_of(database, LEADER)[0].state is JobState.DONE


def test_a_cancelled_job_of_a_dead_worker_is_cancelled_and_not_begun_anew(
    database: Database, organisation: Organisation
) -> None:
    job, maker = ask_briefing(database, LEADER, organisation, "morning", "", NOW), Stepped(breaks=1)
    with pytest.raises(RuntimeError):
        hands(database, maker)(NOW)
    cancel_job(database, LEADER, job.public_id, NOW)
    hands(database, maker)(NOW)
    assert (jobs_of(database, LEADER)[0].state, maker.begun) == (JobState.CANCELLED, 1)


def test_a_briefing_of_a_unit_that_is_gone_fails_with_words(database: Database, organisation: Organisation) -> None:
    ask_briefing(database, HEAD, organisation, "morning", "PHUVANG", NOW)
    with database.writing() as session:
        session.execute(update(DeskJobRow).values(unit="KHONGCO"))
    work(database, organisation)
    failed = jobs_of(database, HEAD)[0]
    assert failed.state is JobState.FAILED and "đơn vị không còn" in failed.words
