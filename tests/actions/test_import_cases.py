"""A file goes in, the figures are right, and doing it again or in another order changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from import_support import WORKER, figures
from workbook_support import write_cases

from access.principal import NotAllowed, Principal
from actions.import_cases import CaseImporter, ImportMode
from actions.import_cases.interruptions import recover_interrupted
from actions.import_cases.outcomes import ImportOutcome
from actions.recount import recount
from data_access.cases import overdue_clocks
from data_access.counters import figures_by_unit, figures_of
from data_access.import_batches import BatchState, recent_batches, refused_rows, save_batch
from data_access.models.cases import CaseClock
from data_access.scope import NotFound
from data_access.session import Database
from data_access.sources import source_by_name
from data_access.versions import versions
from domain.cases import DecisionKind, regime_on
from domain.deadlines import Clock
from domain.permissions import Role
from domain.statistics import Figures, StatisticalYear
from factories import a_case, a_decision, a_payment

OCT, NOV = date(2026, 10, 20), date(2026, 11, 10)


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


def test_a_clock_follows_what_later_files_say_and_a_case_may_have_none_left(
    importer: CaseImporter, take_in: Callable[..., ImportOutcome], now: datetime, today: date
) -> None:
    def running() -> list[tuple[Clock, date]]:
        with importer.database.reading() as session:
            clocks = overdue_clocks(session, WORKER, importer.organisation, today, [])
            found = [row for row in session.query(CaseClock) if row.to_on is None]
        assert sum(clocks.without_rule.values()) == len(found)
        return [(Clock(row.clock), row.started_on) for row in found]

    case = a_case(1)
    take_in([case])
    assert running() == [(Clock.FIRST_VERIFICATION, case.docketed_on)]
    take_in([], [a_decision(case, DecisionKind.VERIFIED, case.docketed_on)])
    with importer.database.reading() as session:
        assert session.query(CaseClock).all() == []
    take_in([], [a_decision(case, DecisionKind.VERIFIED, case.docketed_on, withdrawn=True)])
    assert running() == [(Clock.FIRST_VERIFICATION, case.docketed_on)]
    assert recount(importer.database, WORKER, importer.organisation, now).agrees


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
    with importer.database.writing() as session:
        session.connection().exec_driver_sql("UPDATE case_clock SET started_on = '2020-01-01'")
    broken = recount(importer.database, WORKER, importer.organisation, now)
    assert broken.clock_differences > 0
    repaired = recount(importer.database, WORKER, importer.organisation, now, repair=True)
    assert repaired.repaired
    assert recount(importer.database, WORKER, importer.organisation, now).agrees
    assert figures(importer, today) == before
