"""Age of cases, asked of the class intervals."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from workbook_support import write_cases

from access.principal import NotAllowed, Principal
from actions.import_cases import CaseImporter, ImportMode
from data_access.cases import cases_over_twelve_months
from data_access.regimes import load_regimes
from data_access.session import Database
from domain.cases import DecisionKind
from domain.permissions import Role
from domain.units import Organisation
from factories import a_case, a_decision

WORKER = Principal.worker()


@pytest.fixture
def filled(database: Database, organisation: Organisation, tmp_path: Path, now: datetime) -> Database:
    """Phú Vang: one old case with means, one without, one ended, one a year old today. Nam Đông: one young case."""
    old = [a_case(number, decided_on=date(2025, 3, 3)) for number in (1, 2, 3)]
    cases = [*old, a_case(4, decided_on=date(2025, 11, 23)), a_case(1, unit="NAMDONG", decided_on=date(2026, 10, 5))]
    decisions = [
        a_decision(old[1], DecisionKind.NOT_ENFORCEABLE, date(2025, 6, 2)),
        a_decision(old[2], DecisionKind.COMPLETED, date(2026, 11, 2)),
    ]
    path = write_cases(tmp_path / "viec.xlsx", cases, decisions, [], now)
    CaseImporter(database, organisation, load_regimes()).take_in(WORKER, path, ImportMode.CHANGES, now)
    return database


def test_only_enforceable_unfinished_cases_grow_old(filled: Database, organisation: Organisation, today: date) -> None:
    with filled.reading() as session:
        found = cases_over_twelve_months(session, WORKER, organisation, today)
        before = cases_over_twelve_months(session, WORKER, organisation, date(2026, 5, 1))
    assert (found["PHUVANG"], found["NAMDONG"]) == (1, 0)
    assert before["PHUVANG"] == 2
    assert len(found) == 10


def test_a_case_is_over_twelve_months_only_the_day_after(
    filled: Database, organisation: Organisation, today: date
) -> None:
    with filled.reading() as session:
        assert cases_over_twelve_months(session, WORKER, organisation, today + timedelta(days=1))["PHUVANG"] == 2


def test_age_is_scoped_to_the_principals_unit(filled: Database, organisation: Organisation, today: date) -> None:
    head = Principal(Role.DEPARTMENT_HEAD, "p-1", "truongdonvi", unit="NAMDONG")
    with filled.reading() as session:
        assert cases_over_twelve_months(session, head, organisation, today) == {"NAMDONG": 0}
        with pytest.raises(NotAllowed):
            stranger = Principal(Role.DEPARTMENT_HEAD, "p-2", "x", unit="NOWHERE")
            cases_over_twelve_months(session, stranger, organisation, today)
