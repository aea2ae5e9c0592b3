"""A long list of cases as a workbook: asked for at a desk, made by the worker as a job, fetched for a day; audited."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from urllib.parse import parse_qsl

from access.principal import Principal
from actions.report_cases import case_rows_expected, writing_cases
from actions.work_jobs import Maker
from data_access.audit import record_audit
from data_access.case_workbooks import save_workbook
from data_access.cases import units_asked
from data_access.jobs import save_job
from data_access.session import Database
from domain.case_filters import CaseFilter
from domain.jobs import DeskJob, JobKind, JobStep
from domain.local_time import local_day
from domain.permissions import Permission
from domain.units import Organisation
from domain.vietnamese_numbers import dotted

# From so many rows on a workbook is made in the background: below, it is there before a progress bar could be read.
LONG_ROWS = 5_000
BEGUN, WRITTEN = 5, 90


def ask_case_workbook(
    database: Database, principal: Principal, organisation: Organisation, wanted: CaseFilter, now: datetime
) -> DeskJob:
    """Queue the workbook of a filter. Raises NotAllowed, NotFound for a unit outside the scope, JobRefused."""
    principal.require(Permission.SEE_CASES)
    units_asked(principal, organisation, wanted, wanted.period(local_day(now)).to_on)
    with database.writing() as session:
        job = save_job(session, principal, JobKind.CASE_WORKBOOK, principal.unit or "", wanted.address(), now)
        # Only an appointment can have been kept already.
        assert job is not None
        detail = {"filter": wanted.address()}
        record_audit(session, principal, "case_workbook_asked", job.public_id, detail, now)
    return job


def case_workbook_maker(organisation: Organisation, is_sample: bool) -> Maker:
    """What makes a workbook of this installation."""

    def make(database: Database, job: DeskJob, now: datetime) -> Iterator[JobStep]:
        return _made(database, job, organisation, is_sample, now)

    return make


def _made(
    database: Database, job: DeskJob, organisation: Organisation, is_sample: bool, now: datetime
) -> Iterator[JobStep]:
    """Row by row from one reading, so that list and figures are of one moment; a step every few thousand rows."""
    asker = Principal(job.role, job.asked_by_id, job.asked_by, job.unit or None)
    wanted = CaseFilter.from_address(dict(parse_qsl(job.wanted.lstrip("?"))))
    yield JobStep(1, "Đếm số việc")
    expected = max(case_rows_expected(database, asker, organisation, wanted, now), 1)
    yield JobStep(BEGUN, f"Ghi {dotted(expected)} việc")
    number = 0
    with tempfile.TemporaryDirectory(prefix="case-workbook-") as folder:
        path = Path(folder) / "viec.xlsx"
        for number in writing_cases(database, asker, organisation, wanted, is_sample, now, path):
            done = BEGUN + (WRITTEN - BEGUN) * min(number, expected) // expected
            yield JobStep(done, f"Đã ghi {dotted(number)} việc")
        content = path.read_bytes()
    yield JobStep(95, "Lưu tệp")
    with database.writing() as session:
        public_id = save_workbook(session, asker, job.public_id, content, number, now)
        detail = {"rows": str(number), "filter": wanted.address()}
        record_audit(session, asker, "cases_exported", asker.unit or "", detail, now)
    yield JobStep(100, f"{dotted(number)} việc", public_id)
