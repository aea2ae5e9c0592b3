"""A long case list as a job: told how far it is, cancelled between two steps, for whoever asked and for a day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from cases_support import take_in_cases

from access.principal import Principal
from actions.desk_job_makers import job_makers
from actions.make_case_workbook import ask_case_workbook
from actions.work_jobs import JobWorker, cancel_job
from data_access.case_workbooks import KEPT_FOR, workbook_content
from data_access.jobs import own_jobs
from data_access.scope import NotFound
from data_access.session import Database
from domain.case_filters import CaseFilter
from domain.jobs import DeskJob, JobKind, JobRefused, JobState
from domain.permissions import Role
from domain.units import Organisation

NOW = datetime(2026, 11, 24, 2, 45, tzinfo=UTC)
LEADER = Principal(Role.LEADER, "p-1", "lanhdao")
HEAD = Principal(Role.DEPARTMENT_HEAD, "p-2", "truongdonvi", unit="PHUVANG")


@pytest.fixture
def stocked(database: Database, organisation: Organisation, tmp_path: Path) -> Database:
    take_in_cases(database, organisation, tmp_path, NOW)
    return database


@pytest.fixture
def work(stocked: Database, organisation: Organisation) -> Callable[[], None]:
    def once() -> None:
        makers = job_makers(organisation, True)
        JobWorker(stocked, makers, "worker-1", lambda: NOW, lambda session: None)(NOW)

    return once


def only_job(database: Database, principal: Principal) -> DeskJob:
    with database.reading() as session:
        return own_jobs(session, principal, JobKind.CASE_WORKBOOK, NOW)[0]


def fetched(database: Database, principal: Principal, job: DeskJob, at: datetime = NOW) -> bytes:
    with database.reading() as session:
        return workbook_content(session, principal, job.result, at)


def test_the_workbook_is_made_by_the_worker_and_holds_the_filter_in_the_scope_of_whoever_asked(
    stocked: Database, organisation: Organisation, work: Callable[[], None]
) -> None:
    ask_case_workbook(stocked, HEAD, organisation, CaseFilter(case_type="civil"), NOW)
    assert only_job(stocked, HEAD).state is JobState.QUEUED
    work()
    job = only_job(stocked, HEAD)
    assert (job.state, job.progress) == (JobState.DONE, 100)
    book = openpyxl.load_workbook(BytesIO(fetched(stocked, HEAD, job)), read_only=True)
    rows = list(book["Việc"].iter_rows(min_row=2, values_only=True))
    assert rows and {row[2] for row in rows} == {"Chi cục THADS huyện Phú Vang"}
    assert job.words == f"{len(rows)} việc"
    assert any("civil" in str(row[1]) for row in book["Nguồn gốc"].iter_rows(values_only=True))


def test_nobody_else_fetches_it_nor_anybody_after_a_day_or_with_another_scope(
    stocked: Database, organisation: Organisation, work: Callable[[], None]
) -> None:
    ask_case_workbook(stocked, LEADER, organisation, CaseFilter(), NOW)
    work()
    job = only_job(stocked, LEADER)
    assert fetched(stocked, LEADER, job)
    for principal, at in (
        (HEAD, NOW),
        (replace(LEADER, unit="PHUVANG"), NOW),
        (LEADER, NOW + KEPT_FOR),
    ):
        with pytest.raises(NotFound):
            fetched(stocked, principal, job, at)


def test_a_unit_outside_the_scope_is_refused_before_anything_is_queued(
    stocked: Database, organisation: Organisation
) -> None:
    with pytest.raises(NotFound):
        ask_case_workbook(stocked, HEAD, organisation, CaseFilter(unit="NAMDONG"), NOW)


def test_one_at_a_time_and_cancelled_while_it_waits(stocked: Database, organisation: Organisation) -> None:
    job = ask_case_workbook(stocked, LEADER, organisation, CaseFilter(), NOW)
    with pytest.raises(JobRefused):
        ask_case_workbook(stocked, LEADER, organisation, CaseFilter(), NOW)
    cancel_job(stocked, LEADER, job.public_id, NOW)
    assert only_job(stocked, LEADER).state is JobState.CANCELLED


def test_cancelled_while_rows_are_written_nothing_is_kept(
    stocked: Database, organisation: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = ask_case_workbook(stocked, LEADER, organisation, CaseFilter(), NOW)
    makers = job_makers(organisation, True)
    seen: list[int] = []

    def cancelling(database: Database, job: DeskJob, now: datetime):  # type: ignore[no-untyped-def]
        for step in makers[JobKind.CASE_WORKBOOK](database, job, now):
            seen.append(step.progress)
            if step.progress > 5:
                cancel_job(stocked, LEADER, asked.public_id, now + timedelta(seconds=1))
            yield step

    JobWorker(stocked, {JobKind.CASE_WORKBOOK: cancelling}, "worker-1", lambda: NOW, lambda session: None)(NOW)
    job = only_job(stocked, LEADER)
    assert (job.state, job.result) == (JobState.CANCELLED, "")
    assert seen[:2] == [1, 5] and max(seen) < 95
