"""A file goes in, the figures are right, and doing it again or in another order changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
import xlsxwriter
from sqlalchemy.exc import OperationalError
from workbook_support import CASE_HEADERS, write_cases

import actions.import_cases as importing
from access.principal import NotAllowed, Principal
from actions.import_cases import CaseImporter, ImportMode
from actions.import_cases.interruptions import recover_interrupted
from actions.import_cases.outcomes import ImportOutcome
from actions.recount import recount
from data_access.counters import figures_by_unit, figures_of
from data_access.import_batches import BatchState, recent_batches, refused_rows, save_batch
from data_access.regimes import load_regimes
from data_access.scope import NotFound
from data_access.session import Database
from data_access.sources import source_by_name
from data_access.versions import versions
from domain.cases import CaseRecord, DecisionKind, DecisionRecord, MoneyRecord, regime_on
from domain.permissions import Role
from domain.statistics import Figures, StatisticalYear
from domain.units import Organisation
from factories import a_case, a_decision, a_payment

WORKER = Principal.worker()
OCT, NOV = date(2026, 10, 20), date(2026, 11, 10)


@pytest.fixture
def importer(database: Database, organisation: Organisation) -> CaseImporter:
    return CaseImporter(database, organisation, load_regimes())


@pytest.fixture
def take_in(importer: CaseImporter, tmp_path: Path, now: datetime) -> Callable[..., ImportOutcome]:
    """Write a workbook of records and import it; each file gets another name."""
    made = iter(range(1_000))

    def act(
        cases: Sequence[CaseRecord] = (),
        decisions: Sequence[DecisionRecord] = (),
        money: Sequence[MoneyRecord] = (),
        mode: ImportMode = ImportMode.CHANGES,
        at: datetime = now,
        as_of: datetime | None = None,
        accept_drop: bool = False,
    ) -> ImportOutcome:
        path = write_cases(tmp_path / f"viec_{next(made)}.xlsx", cases, decisions, money, as_of or at)
        return importer.take_in(WORKER, path, mode, at, accept_drop=accept_drop)

    return act


def figures(importer: CaseImporter, on: date, unit: str | None = None) -> Figures:
    """The year to a day, from the counters."""
    period, regime = StatisticalYear.of(on).to_date(on), regime_on(importer.regimes, on)
    with importer.database.reading() as session:
        return figures_of(session, WORKER, importer.organisation, period, regime, unit)


def test_a_workbook_becomes_figures(importer: CaseImporter, take_in: Callable[..., ImportOutcome], today: date) -> None:
    one, two = a_case(1, amount_due=100), a_case(2, amount_due=300)
    outcome = take_in(
        [one, two],
        [a_decision(one, DecisionKind.COMPLETED, NOV), a_decision(two, DecisionKind.NOT_ENFORCEABLE, OCT)],
        [a_payment(one, NOV, 100)],
    )
    assert (outcome.state, outcome.new, outcome.rows_refused) == (BatchState.APPLIED, 2, 0)
    found = figures(importer, today, "PHUVANG")
    assert (found.cases.completed, found.cases.enforceable, found.cases.not_enforceable) == (1, 1, 1)
    assert (found.amount.completed, found.amount.not_enforceable, found.amount.newly_docketed) == (100, 300, 400)
    assert figures(importer, date(2026, 11, 9)).cases.completed == 0


def test_the_same_file_twice_changes_nothing(
    importer: CaseImporter, tmp_path: Path, now: datetime, today: date
) -> None:
    case = a_case(1)
    path = write_cases(tmp_path / "viec.xlsx", [case], [], [a_payment(case, NOV, 5)], now)
    first = importer.take_in(WORKER, path, ImportMode.CHANGES, now)
    before = figures(importer, today)
    second = importer.take_in(WORKER, path, ImportMode.CHANGES, now + timedelta(minutes=1))
    assert (first.state, second.state) == (BatchState.APPLIED, BatchState.DUPLICATE)
    assert figures(importer, today) == before
    with importer.database.reading() as session:
        assert versions(session)["cases"] == 1


def test_the_same_facts_in_another_file_change_nothing(
    importer: CaseImporter, take_in: Callable[..., ImportOutcome], today: date
) -> None:
    case = a_case(1)
    facts = ([a_decision(case, DecisionKind.NOT_ENFORCEABLE, OCT)], [a_payment(case, NOV, 5)])
    take_in([case], *facts)
    before = figures(importer, today)
    again = take_in([case, a_case(2)], *facts)
    assert (again.new, again.changed) == (1, 0)
    assert figures(importer, today).amount.completed == before.amount.completed


def test_two_equal_payments_in_one_file_are_two_payments(
    importer: CaseImporter, take_in: Callable[..., ImportOutcome], today: date
) -> None:
    case = a_case(1, amount_due=100)
    take_in([case], [], [a_payment(case, NOV, 5), a_payment(case, NOV, 5)])
    assert figures(importer, today).amount.completed == 10


def test_a_withdrawn_decision_no_longer_counts_and_cannot_come_back_with_an_old_file(
    importer: CaseImporter, take_in: Callable[..., ImportOutcome], today: date
) -> None:
    case = a_case(1)
    wrong = a_decision(case, DecisionKind.COMPLETED, NOV)
    take_in([case], [wrong])
    assert figures(importer, today).cases.completed == 1
    take_in([], [a_decision(case, DecisionKind.COMPLETED, NOV, withdrawn=True)])
    assert figures(importer, today).cases.completed == 0
    take_in([case, a_case(9)], [wrong])
    assert figures(importer, today).cases.completed == 0


def test_a_decision_that_is_withdrawn_in_the_very_file_that_states_it_never_counts(
    importer: CaseImporter, take_in: Callable[..., ImportOutcome], today: date
) -> None:
    case = a_case(1)
    stated = a_decision(case, DecisionKind.TERMINATED, NOV)
    take_in([case], [stated, a_decision(case, DecisionKind.TERMINATED, NOV, withdrawn=True)])
    assert figures(importer, today).cases.completed == 0


def test_an_older_file_that_arrives_late_does_not_turn_attributes_back(
    importer: CaseImporter, take_in: Callable[..., ImportOutcome], now: datetime, today: date
) -> None:
    take_in([a_case(1, amount_due=700)], as_of=now - timedelta(hours=1))
    take_in([a_case(1, amount_due=100)], as_of=now - timedelta(hours=5))
    assert figures(importer, today).amount.newly_docketed == 700


def test_a_newer_file_restates_the_amount_due(
    importer: CaseImporter, take_in: Callable[..., ImportOutcome], now: datetime, today: date
) -> None:
    take_in([a_case(1, amount_due=700)], as_of=now - timedelta(hours=5))
    outcome = take_in([a_case(1, amount_due=100)], as_of=now - timedelta(hours=1))
    assert outcome.changed == 1
    assert figures(importer, today).amount.newly_docketed == 100


def test_a_case_moves_to_the_unit_a_newer_file_names(
    importer: CaseImporter, take_in: Callable[..., ImportOutcome], now: datetime, today: date
) -> None:
    take_in([a_case(1)], as_of=now - timedelta(days=2))
    take_in([a_case(1, handling_unit="NAMDONG")])
    assert figures(importer, today, "NAMDONG").cases.enforceable == 1
    assert figures(importer, today, "PHUVANG").cases.enforceable == 0
    assert figures(importer, date(2026, 11, 22), "PHUVANG").cases.enforceable == 1


def test_only_a_full_file_makes_a_case_vanish(
    importer: CaseImporter, take_in: Callable[..., ImportOutcome], now: datetime, today: date
) -> None:
    many = [a_case(number) for number in range(1, 31)]
    take_in(many, mode=ImportMode.FULL, as_of=now - timedelta(days=1))
    take_in(many[:5], as_of=now - timedelta(hours=2))
    assert figures(importer, today).cases.enforceable == 30
    outcome = take_in(many[1:], mode=ImportMode.FULL)
    assert (outcome.state, outcome.vanished) == (BatchState.APPLIED, 1)
    assert figures(importer, today).cases.enforceable == 29
    assert figures(importer, date(2026, 11, 22)).cases.enforceable == 30


def test_a_vanished_case_that_is_named_again_had_not_vanished(
    importer: CaseImporter, take_in: Callable[..., ImportOutcome], now: datetime, today: date
) -> None:
    many = [a_case(number) for number in range(1, 31)]
    take_in(many, mode=ImportMode.FULL, as_of=now - timedelta(days=1))
    take_in(many[1:], mode=ImportMode.FULL, as_of=now - timedelta(hours=1))
    take_in(many, mode=ImportMode.FULL)
    assert figures(importer, today).cases.enforceable == 30


def test_a_full_file_that_loses_too_much_is_held_until_a_person_accepts_it(
    importer: CaseImporter, take_in: Callable[..., ImportOutcome], now: datetime, today: date
) -> None:
    many = [a_case(number) for number in range(1, 21)]
    take_in(many, mode=ImportMode.FULL, as_of=now - timedelta(days=1))
    held = take_in(many[:10], mode=ImportMode.FULL)
    assert held.state is BatchState.HELD
    assert "10 trên 20" in held.message
    assert figures(importer, today).cases.enforceable == 20
    accepted = take_in(many[:10], mode=ImportMode.FULL, accept_drop=True)
    assert (accepted.state, accepted.vanished) == (BatchState.APPLIED, 10)
    assert figures(importer, today).cases.enforceable == 10


def test_a_full_file_of_one_unit_says_nothing_about_another(
    importer: CaseImporter, take_in: Callable[..., ImportOutcome], now: datetime, today: date
) -> None:
    take_in([a_case(1, unit="NAMDONG")], mode=ImportMode.FULL, as_of=now - timedelta(days=1))
    take_in([a_case(1)], mode=ImportMode.FULL)
    assert figures(importer, today).cases.enforceable == 2


def test_a_full_file_of_one_office_says_nothing_about_cases_another_office_handles(
    importer: CaseImporter, take_in: Callable[..., ImportOutcome], now: datetime, today: date
) -> None:
    take_in([a_case(1), a_case(2, handling_unit="NAMDONG")], mode=ImportMode.FULL, as_of=now - timedelta(days=1))
    outcome = take_in([a_case(1)], mode=ImportMode.FULL)
    assert outcome.vanished == 0
    assert figures(importer, today).cases.enforceable == 2


def test_last_years_finished_cases_may_be_missing_from_a_full_file(
    importer: CaseImporter, take_in: Callable[..., ImportOutcome], now: datetime, today: date
) -> None:
    old = a_case(1, decided_on=date(2026, 3, 2))
    ended = a_decision(old, DecisionKind.COMPLETED, date(2026, 9, 1))
    take_in([old, a_case(2)], [ended], mode=ImportMode.FULL, as_of=now - timedelta(days=1))
    outcome = take_in([a_case(2)], mode=ImportMode.FULL)
    assert outcome.vanished == 0
    assert figures(importer, date(2026, 9, 30)).cases.completed == 1


def test_facts_about_an_unknown_case_are_quarantined_with_their_row(
    importer: CaseImporter, take_in: Callable[..., ImportOutcome]
) -> None:
    outcome = take_in([a_case(1)], [a_decision(a_case(99), DecisionKind.COMPLETED, NOV)])
    assert (outcome.state, outcome.rows_refused) == (BatchState.APPLIED, 1)
    with importer.database.reading() as session:
        (row,) = refused_rows(session, WORKER, outcome.batch_id)
    assert (row.sheet, row.row_number) == ("Quyết định", 2)
    assert "chưa có việc này" in row.reason
    assert row.cells[:2] == ["PHUVANG", "99"]


def test_the_same_number_with_another_decision_date_is_quarantined(
    importer: CaseImporter, take_in: Callable[..., ImportOutcome], today: date
) -> None:
    take_in([a_case(1, decided_on=date(2026, 10, 12))])
    outcome = take_in([a_case(1, decided_on=date(2026, 10, 13))])
    assert outcome.rows_refused == 1
    with importer.database.reading() as session:
        (row,) = refused_rows(session, WORKER, outcome.batch_id)
    assert (row.column, row.value) == ("Ngày quyết định", "13/10/2026")
    assert figures(importer, today).cases.newly_docketed == 1


def test_a_file_that_is_no_workbook_is_refused_and_the_old_figures_stay(
    importer: CaseImporter, take_in: Callable[..., ImportOutcome], tmp_path: Path, now: datetime, today: date
) -> None:
    take_in([a_case(1)])
    path = tmp_path / "hong.xlsx"
    path.write_bytes(b"not a workbook")
    outcome = importer.take_in(WORKER, path, ImportMode.FULL, now)
    assert outcome.state is BatchState.REFUSED
    assert outcome.message
    assert figures(importer, today).cases.enforceable == 1
    with importer.database.reading() as session:
        facts = source_by_name(session, "cases")
    assert (facts.failures, facts.message) == (0, outcome.message)


def test_the_source_is_as_old_as_its_file_says(
    importer: CaseImporter, take_in: Callable[..., ImportOutcome], now: datetime
) -> None:
    take_in([a_case(1)], as_of=now - timedelta(hours=3))
    with importer.database.reading() as session:
        facts = source_by_name(session, "cases")
    assert facts.last_success_at == now
    assert facts.newest_record_at is not None
    assert timedelta(hours=2, minutes=59) < now - facts.newest_record_at <= timedelta(hours=3, minutes=1)


def test_who_may_not_import_is_refused_before_the_file_is_opened(
    importer: CaseImporter, tmp_path: Path, now: datetime
) -> None:
    leader = Principal(Role.LEADER, "p-1", "lanhdao")
    with pytest.raises(NotAllowed):
        importer.take_in(leader, tmp_path / "missing.xlsx", ImportMode.FULL, now)


def test_a_half_prepared_batch_of_a_killed_process_is_given_up(database: Database, now: datetime) -> None:
    with database.writing() as session:
        save_batch(
            session,
            public_id="x",
            source="cases",
            file_name="a.xlsx",
            sha256="0",
            mode="full",
            state=BatchState.STAGING.value,
            as_of_at=now,
            received_at=now,
            received_by="worker",
        )
    assert recover_interrupted(database) == 1
    with database.reading() as session:
        assert recent_batches(session, WORKER)[0].state == BatchState.INTERRUPTED.value
    assert recover_interrupted(database) == 0


def test_units_without_cases_are_there_with_zero_and_sum_to_the_province(
    importer: CaseImporter, take_in: Callable[..., ImportOutcome], today: date
) -> None:
    take_in([a_case(1), a_case(1, unit="NAMDONG")])
    with importer.database.reading() as session:
        period = StatisticalYear.of(today).to_date(today)
        by_unit = figures_by_unit(session, WORKER, importer.organisation, period, regime_on(importer.regimes, today))
    assert len(by_unit) == 10
    assert sum(item.cases.newly_docketed for item in by_unit.values()) == 2
    assert by_unit["ALUOI"] == Figures()


def test_a_department_head_sees_no_other_unit(
    importer: CaseImporter, take_in: Callable[..., ImportOutcome], today: date
) -> None:
    take_in([a_case(1), a_case(1, unit="NAMDONG")])
    head = Principal(Role.DEPARTMENT_HEAD, "p-2", "truongdonvi", unit="PHUVANG")
    with importer.database.reading() as session:
        period = StatisticalYear.of(today).to_date(today)
        by_unit = figures_by_unit(session, head, importer.organisation, period, regime_on(importer.regimes, today))
    assert list(by_unit) == ["PHUVANG"]


@pytest.mark.parametrize("unit", ["NOWHERE", "NAMDONG"])
def test_figures_of_an_unknown_or_foreign_unit_are_not_zero_but_not_found(
    unit: str, importer: CaseImporter, take_in: Callable[..., ImportOutcome], today: date
) -> None:
    take_in([a_case(1), a_case(1, unit="NAMDONG")])
    head = Principal(Role.DEPARTMENT_HEAD, "p-2", "truongdonvi", unit="PHUVANG")
    period, regime = StatisticalYear.of(today).to_date(today), regime_on(importer.regimes, today)
    with importer.database.reading() as session, pytest.raises(NotFound):
        figures_of(session, head, importer.organisation, period, regime, unit)


def test_a_recount_agrees_and_repairs_what_somebody_broke(
    importer: CaseImporter, take_in: Callable[..., ImportOutcome], now: datetime, today: date
) -> None:
    case = a_case(1)
    take_in([case, a_case(2)], [a_decision(case, DecisionKind.COMPLETED, NOV)], [a_payment(case, OCT, 7)])
    before = figures(importer, today)
    assert recount(importer.database, WORKER, importer.organisation, now).agrees
    with importer.database.writing() as session:
        session.connection().exec_driver_sql("UPDATE counter SET cases = cases + 1 WHERE counted = 'completed'")
    broken = recount(importer.database, WORKER, importer.organisation, now)
    assert (len(broken.differences), broken.month_differences, broken.officer_differences) == (2, 0, 0)
    with importer.database.writing() as session:
        session.connection().exec_driver_sql(
            "UPDATE officer_counter SET amount = amount + 1 WHERE counted = 'docketed'"
        )
    broken = recount(importer.database, WORKER, importer.organisation, now)
    assert (broken.officer_differences, broken.agrees) == (1, False)
    repaired = recount(importer.database, WORKER, importer.organisation, now, repair=True)
    assert repaired.repaired
    assert recount(importer.database, WORKER, importer.organisation, now).agrees
    assert figures(importer, today) == before


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
