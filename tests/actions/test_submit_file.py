"""A person hands in a file, or decides about one that is held."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from workbook_support import write_cases

from access.principal import NotAllowed, Principal
from actions.case_inbox import CaseInbox, poll_case_inbox
from actions.import_cases import CaseImporter
from actions.report_refused_rows import NoSuchFile, save_error_report
from actions.sheet_feeds import SHEET_FEEDS
from actions.submit_file import (
    DESTINATIONS,
    SubmissionRefused,
    accept_held_file,
    discard_held_file,
    original_name,
    safe_file_name,
    submit_file,
)
from connectors.case_workbook.error_report import ERROR_HEADER
from data_access.counters import figures_of
from data_access.import_batches import BatchState, recent_batches
from data_access.regimes import load_regimes
from data_access.session import Database
from domain.cases import DecisionKind, regime_on
from domain.permissions import Role
from domain.statistics import StatisticalYear
from domain.units import Organisation
from factories import a_case, a_decision

WORKER = Principal.worker()
OPERATOR = Principal(Role.OPERATOR, "p-1", "truc")
HEAD = Principal(Role.DEPARTMENT_HEAD, "p-2", "truongdonvi", unit="PHUVANG")
LEADER = Principal(Role.LEADER, "p-3", "lanhdao")


@pytest.fixture
def inbox(tmp_path: Path) -> CaseInbox:
    return CaseInbox(tmp_path / "inbox")


@pytest.fixture
def importer(sqlite_database: Database, organisation: Organisation) -> CaseImporter:
    return CaseImporter(sqlite_database, organisation, load_regimes())


def hand_in(importer: CaseImporter, inbox: CaseInbox, path: Path, mode: str, now: datetime) -> BatchState:
    """The whole way of one file: submitted, polled, decided."""
    submit_file(importer.database, OPERATOR, inbox, path.name, BytesIO(path.read_bytes()), mode, now)
    (outcome,) = poll_case_inbox(importer.database, importer, inbox, WORKER, now)
    return outcome.state


def enforceable(importer: CaseImporter, today: date) -> int:
    with importer.database.reading() as session:
        period, regime = StatisticalYear.of(today).to_date(today), regime_on(importer.regimes, today)
        return figures_of(session, WORKER, importer.organisation, period, regime).cases.enforceable


def test_a_file_handed_in_is_imported_by_the_worker(
    importer: CaseImporter, inbox: CaseInbox, tmp_path: Path, now: datetime, today: date
) -> None:
    path = write_cases(tmp_path / "viec.xlsx", [a_case(1)], [], [], now)
    assert hand_in(importer, inbox, path, "changes", now) is BatchState.APPLIED
    assert enforceable(importer, today) == 1


@pytest.mark.parametrize("principal", [LEADER, HEAD])
def test_who_may_not_speak_for_every_unit_may_not_hand_a_file_in(
    principal: Principal, importer: CaseImporter, inbox: CaseInbox, now: datetime
) -> None:
    with pytest.raises(NotAllowed):
        submit_file(importer.database, principal, inbox, "a.xlsx", BytesIO(b""), "full", now)
    assert not inbox.folder.exists()


def test_only_workbooks_are_taken(importer: CaseImporter, inbox: CaseInbox, now: datetime) -> None:
    with pytest.raises(SubmissionRefused) as refused:
        submit_file(importer.database, OPERATOR, inbox, "a.exe", BytesIO(b""), "full", now)
    assert refused.value.code == "kind"


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../etc/viec.xlsx", "viec.xlsx"),
        ("C:\\Users\\thư ký\\việc quý I.xlsx", "việc quý I.xlsx"),
        (".ẩn.xlsx", "ẩn.xlsx"),
        ("a\x00b\n<c>.xlsx", "a_b_c_.xlsx"),
        ("x" * 400 + ".xlsx", "x" * 120 + ".xlsx"),
        ("viec_den-ngay-2026-11-23.xlsx", "viec_den-ngay-2026-11-23.xlsx"),
    ],
)
def test_a_file_name_can_neither_leave_the_folder_nor_hide(sent: str, kept: str) -> None:
    assert safe_file_name(sent) == kept


def test_two_files_of_one_name_are_both_kept(importer: CaseImporter, inbox: CaseInbox, now: datetime) -> None:
    for _ in range(2):
        submit_file(importer.database, OPERATOR, inbox, "a.xlsx", BytesIO(b"x"), "full", now)
    assert sorted(path.name for path, _ in inbox.waiting()) == ["a (2).xlsx", "a.xlsx"]


def test_an_accepted_loss_is_imported_and_a_discarded_one_is_not(
    importer: CaseImporter, inbox: CaseInbox, tmp_path: Path, now: datetime, today: date
) -> None:
    many = [a_case(number) for number in range(1, 21)]
    before = write_cases(tmp_path / "a.xlsx", many, [], [], now - timedelta(days=1))
    assert hand_in(importer, inbox, before, "full", now) is BatchState.APPLIED
    after = write_cases(tmp_path / "b.xlsx", many[:10], [], [], now)
    assert hand_in(importer, inbox, after, "full", now) is BatchState.HELD
    with importer.database.reading() as session:
        held = recent_batches(session, WORKER)[0].public_id
    with pytest.raises(NotAllowed):
        accept_held_file(importer.database, HEAD, inbox, held, now)
    accept_held_file(importer.database, OPERATOR, inbox, held, now)
    (outcome,) = poll_case_inbox(importer.database, importer, inbox, WORKER, now)
    assert (outcome.state, outcome.vanished) == (BatchState.APPLIED, 10)
    assert enforceable(importer, today) == 10
    with pytest.raises(SubmissionRefused) as refused:
        discard_held_file(importer.database, OPERATOR, held, now)
    assert refused.value.code == "decided"


def test_a_discarded_file_changes_nothing_and_stays_on_the_disk(
    importer: CaseImporter, inbox: CaseInbox, tmp_path: Path, now: datetime, today: date
) -> None:
    many = [a_case(number) for number in range(1, 21)]
    before = write_cases(tmp_path / "a.xlsx", many, [], [], now - timedelta(days=1))
    hand_in(importer, inbox, before, "full", now)
    after = write_cases(tmp_path / "b.xlsx", many[:10], [], [], now)
    hand_in(importer, inbox, after, "full", now)
    with importer.database.reading() as session:
        held = recent_batches(session, WORKER)[0]
    discard_held_file(importer.database, OPERATOR, held.public_id, now)
    assert Path(held.stored_path).is_file()
    assert enforceable(importer, today) == 20
    with importer.database.reading() as session:
        assert recent_batches(session, WORKER)[0].state == BatchState.REFUSED.value


def test_a_filed_name_gives_back_the_name_the_file_came_under() -> None:
    assert original_name("20261123T094000_ab_d-f_hijkl_viec_den-ngay.xlsx") == "viec_den-ngay.xlsx"


def test_the_error_report_repeats_the_row_and_says_what_is_wrong(
    importer: CaseImporter, inbox: CaseInbox, tmp_path: Path, now: datetime
) -> None:
    wrong = a_decision(a_case(99), DecisionKind.COMPLETED, date(2026, 11, 2))
    path = write_cases(tmp_path / "viec.xlsx", [a_case(1)], [wrong], [], now)
    assert hand_in(importer, inbox, path, "changes", now) is BatchState.APPLIED
    with importer.database.reading() as session:
        public_id = recent_batches(session, WORKER)[0].public_id
    report = tmp_path / "loi.xlsx"
    save_error_report(importer.database, OPERATOR, public_id, report)
    rows = list(load_workbook(report)["Quyết định"].iter_rows(values_only=True))
    assert ERROR_HEADER in rows[0]
    assert rows[1][:2] == ("PHUVANG", "99")
    assert "chưa có việc này" in str(rows[1][rows[0].index(ERROR_HEADER)])


def test_an_error_report_is_the_same_missing_thing_to_whom_it_is_not_for(
    importer: CaseImporter, inbox: CaseInbox, tmp_path: Path, now: datetime
) -> None:
    path = write_cases(tmp_path / "viec.xlsx", [a_case(1)], [], [], now)
    hand_in(importer, inbox, path, "changes", now)
    with importer.database.reading() as session:
        public_id = recent_batches(session, WORKER)[0].public_id
    for principal, asked in ((HEAD, public_id), (OPERATOR, "nothing")):
        with pytest.raises(NoSuchFile):
            save_error_report(importer.database, principal, asked, tmp_path / "loi.xlsx")


def test_every_folder_a_file_may_go_to_is_read_by_somebody() -> None:
    assert set(DESTINATIONS) == {"full", "changes", *SHEET_FEEDS}
