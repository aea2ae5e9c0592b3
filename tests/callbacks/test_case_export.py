"""The workbook of /cases: a link while the list is short, work of the worker where it is long."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from cases_support import take_in_cases
from gate_support import Site, build, drawn

from actions.desk_job_makers import job_makers
from actions.make_case_workbook import ask_case_workbook
from actions.work_jobs import JobWorker
from components import ids
from domain.case_filters import CaseFilter
from domain.units import Organisation

NOW = datetime(2026, 11, 24, 2, 45, tzinfo=UTC)


@pytest.fixture
def site(tmp_path: Path, sqlite_template: Path, organisation: Organisation) -> Site:
    site = build(tmp_path, sqlite_template, organisation, NOW)
    take_in_cases(site.database, organisation, tmp_path, NOW)
    return site


def test_a_short_list_is_a_link_and_a_long_one_a_button(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    def hidden() -> list[bool]:
        answer = drawn(site, "lanhdao", ids.CASES_EXPORT_MAKE, query="", path="/cases")
        places = answer.split(f'"{ids.CASES_EXPORT_MAKE}"')
        return ['"hidden": true' in places[0], '"hidden": true' in places[1]]

    assert hidden() == [False, True]
    monkeypatch.setattr("callbacks.case_export.LONG_ROWS", 3)
    monkeypatch.setattr("server.exports.LONG_ROWS", 3)
    assert hidden() == [True, False]
    refused = site.as_("lanhdao").get("/cases/export.xlsx")
    assert refused.status_code == 409 and "Lập Excel" in refused.get_data(as_text=True)


def test_what_was_made_is_fetched_by_whoever_asked(site: Site, organisation: Organisation) -> None:
    site.as_("lanhdao")
    ask_case_workbook(site.database, site.people["lanhdao"], organisation, CaseFilter(), NOW)
    waiting = drawn(site, "lanhdao", ids.CASES_EXPORT_JOBS, query="", path="/cases")
    assert "Đang chờ" in waiting and "cases-export_cancel-button" in waiting
    JobWorker(site.database, job_makers(organisation, True), "w", lambda: NOW, lambda session: None)(NOW)
    done = drawn(site, "lanhdao", ids.CASES_EXPORT_JOBS, query="", path="/cases")
    address = done.split('"href": "')[1].split('"')[0]
    assert site.as_("lanhdao").get(address).data.startswith(b"PK")
    assert site.as_("truong.phuvang").get(address).status_code == 404
    assert site.as_("screen").get(address).status_code == 403
