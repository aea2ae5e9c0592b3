"""Search, one case and kept views: what is found is within the scope, and nothing of another unit is ever there."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
from people_support import CHIEF
from workbook_support import write_cases

from access.principal import Principal
from actions.import_cases import CaseImporter, ImportMode
from actions.keep_view import drop_view, keep_view
from actions.recount import recount
from actions.replay_cases import replay_cases, replay_is_missing
from data_access.cases import case_detail, find, officer_codes
from data_access.models.cases import CaseClock, CaseEntry
from data_access.regimes import load_regimes
from data_access.saved_views import saved_views
from data_access.scope import NotFound
from data_access.session import Database
from domain.case_filters import CaseFilter
from domain.cases import CaseClass, DecisionKind
from domain.permissions import Role
from domain.saved_views import MOST_VIEWS, ViewRefused
from domain.units import Organisation
from factories import a_case, a_decision, a_payment

WORKER = Principal.worker()
HEAD = Principal(Role.DEPARTMENT_HEAD, "p-1", "truongdonvi", unit="NAMDONG")


@pytest.fixture
def filled(database: Database, organisation: Organisation, tmp_path: Path, now: datetime) -> Database:
    """Phú Vang: 412 of 2025 with a decision and a payment. Nam Đông: 412 of 2026 and 7."""
    first = a_case(412, decided_on=date(2025, 3, 3), officer="CHV-03", amount_due=1_000)
    cases = [first, a_case(412, unit="NAMDONG", decided_on=date(2026, 10, 5)), a_case(7, unit="NAMDONG", officer=None)]
    decisions = [a_decision(first, DecisionKind.NOT_ENFORCEABLE, date(2025, 6, 2))]
    path = write_cases(tmp_path / "viec.xlsx", cases, decisions, [a_payment(first, date(2025, 4, 1), 300)], now)
    CaseImporter(database, organisation, load_regimes()).take_in(WORKER, path, ImportMode.CHANGES, now)
    return database


@pytest.mark.parametrize("typed", ["412", "0412/2025", "412/2025/QĐ-THA", " số 412/2025 "])
def test_a_decision_number_is_found_however_it_is_typed(
    filled: Database, organisation: Organisation, today: date, typed: str
) -> None:
    with filled.reading() as session:
        found = find(session, WORKER, organisation, typed, today)
    assert "412/2025/QĐ-THA" in [case.name for case in found.cases]
    assert len(found.cases) == (2 if "2025" not in typed else 1)


def test_units_and_officers_are_found_by_parts_of_their_names(
    filled: Database, organisation: Organisation, today: date
) -> None:
    with filled.reading() as session:
        assert [unit.code for unit in find(session, WORKER, organisation, "phú va", today).units] == ["PHUVANG"]
        officers = find(session, WORKER, organisation, "chv 3", today).officers
        assert [(one.unit, one.officer) for one in officers] == [("PHUVANG", "CHV-03")]
        assert find(session, WORKER, organisation, "%_' OR 1=1", today).is_nothing
        assert find(session, WORKER, organisation, "", today).is_nothing


def test_a_head_finds_and_opens_nothing_of_another_unit(
    filled: Database, organisation: Organisation, today: date
) -> None:
    with filled.reading() as session:
        everything = find(session, WORKER, organisation, "412", today).cases
        found = find(session, HEAD, organisation, "412", today)
        assert {case.unit for case in found.cases} == {"NAMDONG"}
        assert find(session, HEAD, organisation, "chv", today).officers[0].unit == "NAMDONG"
        assert find(session, HEAD, organisation, "phú vang", today).is_nothing
        other = next(case for case in everything if case.unit == "PHUVANG")
        for public_id in (other.public_id, "nowhere"):
            with pytest.raises(NotFound):
                case_detail(session, HEAD, organisation, public_id, today)
        with pytest.raises(NotFound):
            officer_codes(session, HEAD, organisation, "PHUVANG", today)
        assert officer_codes(session, HEAD, organisation, "", today) == ["CHV-07"]


def test_one_case_shows_its_life_its_money_and_what_it_moved(
    filled: Database, organisation: Organisation, today: date
) -> None:
    with filled.reading() as session:
        public_id = find(session, WORKER, organisation, "412/2025", today).cases[0].public_id
        case = case_detail(session, WORKER, organisation, public_id, today)
    assert case.now.case_class is CaseClass.NOT_ENFORCEABLE
    assert [one.case_class for one in case.intervals] == [CaseClass.ENFORCEABLE, CaseClass.NOT_ENFORCEABLE]
    assert [(fact.on, fact.amount) for fact in case.money] == [(date(2025, 4, 1), 300)]
    assert case.completed_amount == 300
    assert case.decisions[0].file_name.startswith("viec")
    assert sum(entry.cases for entry in case.entries if entry.counted == "docketed") == 1


@pytest.mark.parametrize("kept", [CaseEntry, CaseClock])
def test_what_an_older_version_did_not_keep_of_cases_is_written_once(
    filled: Database, organisation: Organisation, now: datetime, kept: type[CaseEntry | CaseClock]
) -> None:
    assert not replay_is_missing(filled)
    with filled.writing() as session:
        session.query(kept).delete()
    assert replay_is_missing(filled)
    assert not recount(filled, CHIEF, organisation, now).agrees
    assert replay_cases(filled, organisation) > 0
    assert not replay_is_missing(filled)
    assert recount(filled, CHIEF, organisation, now).agrees


def test_a_recount_finds_and_mends_a_ledger_that_was_tampered_with(
    filled: Database, organisation: Organisation, now: datetime
) -> None:
    with filled.writing() as session:
        session.query(CaseEntry).filter(CaseEntry.counted == "docketed").update({"cases": 0})
    found = recount(filled, CHIEF, organisation, now, repair=True)
    assert (found.entry_differences > 0, found.repaired) == (True, True)
    assert recount(filled, CHIEF, organisation, now).agrees


def test_views_are_kept_by_name_and_are_their_owners_alone(database: Database, now: datetime) -> None:
    keep_view(database, HEAD, "  Án   tín dụng ", CaseFilter(group="TD"), now)
    again = keep_view(database, HEAD, "Án tín dụng", CaseFilter(group="TN"), now)
    with database.reading() as session:
        assert [(view.name, view.address) for view in saved_views(session, HEAD)] == [("Án tín dụng", "?group=TN")]
        assert saved_views(session, CHIEF) == []
    assert not drop_view(database, CHIEF, again.public_id)
    assert drop_view(database, HEAD, again.public_id)
    with pytest.raises(ViewRefused, match="Đặt tên"):
        keep_view(database, HEAD, " ", CaseFilter(), now)
    for number in range(MOST_VIEWS):
        keep_view(database, HEAD, f"Góc {number}", CaseFilter(), now)
    with pytest.raises(ViewRefused, match="Xóa bớt"):
        keep_view(database, HEAD, "Một nữa", CaseFilter(), now)
