"""What a sceptic found: late files, refused rows, vanished cases, dissolved units; none may falsify a figure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
import xlsxwriter
from import_support import WORKER, figures
from sqlalchemy.exc import OperationalError
from workbook_support import CASE_HEADERS, write_cases

import actions.import_cases as importing
from actions.import_cases import CaseImporter, ImportMode
from actions.import_cases.outcomes import ImportOutcome
from actions.recount import recount
from data_access.import_batches import BatchState
from data_access.regimes import load_regimes
from data_access.session import Database
from domain.cases import DecisionKind
from domain.units import Organisation
from factories import a_case, a_decision, a_payment

OCT, NOV = date(2026, 10, 20), date(2026, 11, 10)


def test_a_case_that_a_full_file_names_only_in_its_facts_has_not_vanished(
    importer: CaseImporter, take_in: Callable[..., ImportOutcome], now: datetime, today: date
) -> None:
    many = [a_case(number) for number in range(1, 31)]
    take_in(many, mode=ImportMode.FULL, as_of=now - timedelta(days=1))
    outcome = take_in(many[1:], [], [a_payment(many[0], NOV, 5)], mode=ImportMode.FULL)
    assert outcome.vanished == 0
    assert figures(importer, today).amount.completed == 5
    assert recount(importer.database, WORKER, importer.organisation, now).agrees


def test_a_refused_row_of_a_full_file_does_not_make_its_case_vanish(
    importer: CaseImporter, take_in: Callable[..., ImportOutcome], now: datetime, today: date
) -> None:
    many = [a_case(number) for number in range(1, 31)]
    take_in(many, mode=ImportMode.FULL, as_of=now - timedelta(days=1))
    wrong = replace(many[0], officer="Nguyễn Thị Mẫu")
    outcome = take_in([wrong, *many[1:]], mode=ImportMode.FULL)
    assert (outcome.vanished, outcome.rows_refused) == (0, 1)
    assert "không việc nào bị coi là không còn" in outcome.message
    assert figures(importer, today).cases.enforceable == 30


def test_a_full_file_that_arrives_late_makes_nothing_vanish_that_a_newer_one_named(
    importer: CaseImporter, take_in: Callable[..., ImportOutcome], now: datetime, today: date
) -> None:
    many = [a_case(number) for number in range(1, 31)]
    take_in(many, mode=ImportMode.FULL, as_of=now - timedelta(days=3))
    take_in(many, mode=ImportMode.FULL, as_of=now - timedelta(days=1))
    late = take_in(many[1:], mode=ImportMode.FULL, as_of=now - timedelta(days=2))
    assert late.vanished == 0
    assert figures(importer, today).cases.enforceable == 30


def test_attributes_stated_again_are_as_new_as_the_file_that_states_them(
    importer: CaseImporter, take_in: Callable[..., ImportOutcome], now: datetime, today: date
) -> None:
    for amount, days in ((100, 3), (100, 1), (700, 2)):
        take_in([a_case(1, amount_due=amount)], as_of=now - timedelta(days=days))
    assert figures(importer, today).amount.newly_docketed == 100


def test_a_file_with_refused_rows_is_taken_in_again_when_what_it_lacked_has_come(
    importer: CaseImporter, tmp_path: Path, now: datetime, today: date
) -> None:
    case = a_case(1)
    early = write_cases(tmp_path / "thu.xlsx", [], [], [a_payment(case, NOV, 5)], now)
    assert importer.take_in(WORKER, early, ImportMode.CHANGES, now).rows_refused == 1
    late = write_cases(tmp_path / "viec.xlsx", [case], [], [], now)
    importer.take_in(WORKER, late, ImportMode.CHANGES, now)
    again = importer.take_in(WORKER, early, ImportMode.CHANGES, now)
    assert (again.state, again.rows_refused) == (BatchState.APPLIED, 0)
    assert figures(importer, today).amount.completed == 5


def test_a_new_fact_of_a_vanished_case_brings_it_back(
    importer: CaseImporter, take_in: Callable[..., ImportOutcome], now: datetime, today: date
) -> None:
    many = [a_case(number) for number in range(1, 31)]
    take_in(many, mode=ImportMode.FULL, as_of=now - timedelta(days=2))
    take_in(many[1:], mode=ImportMode.FULL, as_of=now - timedelta(days=1))
    take_in([], [], [a_payment(many[0], NOV, 5)])
    assert figures(importer, today).amount.completed == 5
    assert figures(importer, today).cases.enforceable == 30


def test_a_withdrawal_without_an_amount_meets_its_decision_in_either_order(
    importer: CaseImporter, take_in: Callable[..., ImportOutcome], today: date
) -> None:
    one, other = a_case(1), a_case(2)
    for case, facts in ((one, (False, True)), (other, (True, False))):
        take_in([case])
        for withdrawn in facts:
            amount = None if withdrawn else 10_000_000
            take_in([], [a_decision(case, DecisionKind.TERMINATED, NOV, amount, withdrawn)])
    assert figures(importer, today).cases.completed == 0


def test_a_full_file_of_a_stated_day_says_nothing_about_what_was_stated_that_day(
    importer: CaseImporter, take_in: Callable[..., ImportOutcome], tmp_path: Path, now: datetime, today: date
) -> None:
    many = [a_case(number) for number in range(1, 31)]
    take_in(many, mode=ImportMode.FULL, as_of=now - timedelta(days=1))
    take_in([a_case(99)], as_of=now - timedelta(hours=1))
    path = write_cases(tmp_path / "viec.xlsx", many, [], [], now)
    path = path.rename(tmp_path / "viec_den-ngay-2026-11-23.xlsx")
    assert importer.take_in(WORKER, path, ImportMode.FULL, now).vanished == 0
    assert figures(importer, today).cases.enforceable == 31


def test_the_database_failing_is_not_held_against_the_file(
    importer: CaseImporter, tmp_path: Path, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_cases(tmp_path / "viec.xlsx", [a_case(1)], [], [], now)

    def fail(*_arguments: object) -> None:
        raise OperationalError("INSERT", {}, Exception("disk is full"))

    with monkeypatch.context() as broken:
        broken.setattr(importing, "apply_staging", fail)
        for _ in range(4):
            with pytest.raises(OperationalError):
                importer.take_in(WORKER, path, ImportMode.CHANGES, now)
    assert importer.take_in(WORKER, path, ImportMode.CHANGES, now).state is BatchState.APPLIED


def test_a_dissolved_unit_in_a_full_file_means_its_successor(
    sqlite_database: Database, two_era_organisation: Organisation, tmp_path: Path, now: datetime
) -> None:
    importer = CaseImporter(sqlite_database, two_era_organisation, load_regimes())
    many = [a_case(number, decided_on=date(2025, 3, 3)) for number in range(1, 31)]
    for days in (2, 1):
        path = write_cases(tmp_path / "viec.xlsx", many, [], [], now - timedelta(days=days))
        outcome = importer.take_in(WORKER, path, ImportMode.FULL, now)
    assert (outcome.new, outcome.changed) == (0, 0)
    path = write_cases(tmp_path / "viec.xlsx", many[:3], [], [], now)
    assert importer.take_in(WORKER, path, ImportMode.FULL, now).state is BatchState.HELD


def test_a_column_nobody_knows_is_reported(importer: CaseImporter, tmp_path: Path, now: datetime) -> None:
    path = tmp_path / "viec.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Việc")
        headers = (*CASE_HEADERS[:3], *CASE_HEADERS[5:7], CASE_HEADERS[9], "Đơn vị thi hànhh")
        sheet.write_row(0, 0, headers)
        sheet.write_row(1, 0, ("PHUVANG", 1, "12/10/2026", "Chủ động", "Dân sự", 5, "NAMDONG"))
    assert "Đơn vị thi hànhh" in importer.take_in(WORKER, path, ImportMode.CHANGES, now).message
