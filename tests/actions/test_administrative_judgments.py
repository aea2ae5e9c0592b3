"""Registers that arrive, the list and the form that leave: once each, in words, within the own units."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import openpyxl
import pytest
from judgments_support import HEAD, a_register, a_row

from access.principal import NotAllowed, Principal
from actions.import_administrative_judgments import import_judgment_register
from actions.report_administrative_judgments import save_judgment_form, save_judgments_list
from actions.sheets import SheetOutcome
from data_access.administrative_judgments import JudgmentYear, judgment_year
from data_access.audit import audit_events
from data_access.import_batches import BatchState
from data_access.scope import NotFound
from data_access.session import Database
from data_access.sources import source_by_name
from demo_city.judgments import deliver_judgment_register
from demo_city.units import Pack
from domain.administrative_judgments import JudgmentFilter
from domain.freshness import Freshness
from domain.permissions import Role
from domain.statistics import StatisticalYear
from domain.units import Organisation

NOW = datetime(2026, 11, 24, 3, 5, tzinfo=UTC)
TODAY = date(2026, 11, 24)
WORKER = Principal.worker()
OPERATOR = Principal(Role.OPERATOR, "op", "truc")
UNIT_HEAD = Principal(Role.DEPARTMENT_HEAD, "head", "truong", unit="PHUVANG")
SCREEN = Principal(Role.SCREEN, "s1", "s1")


def hand_in(
    database: Database, organisation: Organisation, folder: Path, *rows: list[str], on: date = TODAY
) -> SheetOutcome:
    path = folder / f"so_den-ngay-{on:%Y-%m-%d}T0900.csv"
    path.write_text("\n".join(";".join(f'"{cell}"' for cell in row) for row in (HEAD, *rows)), encoding="utf-8")
    return import_judgment_register(database, OPERATOR, organisation, path, NOW)


def year_of(database: Database, organisation: Organisation) -> JudgmentYear:
    with database.reading() as session:
        return judgment_year(session, WORKER, organisation, StatisticalYear(2027), TODAY, is_sample=True)


def test_the_citys_register_arrives_once_and_its_bad_row_stays_out(
    database: Database, organisation: Organisation, tmp_path: Path
) -> None:
    units = Pack(Path("data/organisations") / organisation.name).units_on(TODAY)
    path = deliver_judgment_register(tmp_path, units, 2027, NOW)
    outcome = import_judgment_register(database, WORKER, organisation, path, NOW)
    assert (outcome.state, outcome.rows_refused) == (BatchState.APPLIED, 1) and outcome.rows_in > 50
    again = import_judgment_register(database, WORKER, organisation, path, NOW)
    # A file with refused rows may be taken in again, and says nothing new.
    assert again.state is BatchState.APPLIED and "0 mới hoặc thay đổi" in again.message
    found = year_of(database, organisation)
    assert found.total.to_enforce > 25 and found.overdue.total and None not in found.units.values()
    with database.reading() as session:
        source = source_by_name(session, "administrative_judgments")
        done = [event.action for event in audit_events(session, WORKER)]
    assert source.freshness(NOW) is Freshness.LIVE and source.freshness(NOW + timedelta(days=9)) is Freshness.LATE
    assert done.count("administrative_judgments_sheet_imported") == 2
    with pytest.raises(NotAllowed):
        import_judgment_register(database, UNIT_HEAD, organisation, path, NOW)


def test_a_newer_sheet_wins_by_row_an_older_one_changes_nothing_and_none_takes_a_row_away(
    database: Database, organisation: Organisation, tmp_path: Path
) -> None:
    hand_in(database, organisation, tmp_path, a_row(), a_row(number="16/2026/HC-ST"), on=date(2026, 11, 20))
    hand_in(database, organisation, tmp_path, a_row(completed="15/11/2026"), on=date(2026, 11, 22))
    assert (year_of(database, organisation).total.to_enforce, year_of(database, organisation).total.completed) == (2, 1)
    repeated = hand_in(database, organisation, tmp_path, a_row(completed="15/11/2026"), on=date(2026, 11, 22))
    assert repeated.state is BatchState.DUPLICATE
    older = hand_in(database, organisation, tmp_path, a_row(compelled="14/11/2026"), on=date(2026, 11, 21))
    assert "0 mới hoặc thay đổi" in older.message
    total = year_of(database, organisation).total
    assert (total.to_enforce, total.completed, total.compelled) == (2, 1, 0)
    with database.reading() as session:
        source = source_by_name(session, "administrative_judgments")
    assert source.as_of_at == datetime(2026, 11, 22, 2, 0, tzinfo=UTC), "an older sheet makes nothing older"


def test_a_number_with_another_day_is_another_judgment_and_waits_for_a_person(
    database: Database, organisation: Organisation, tmp_path: Path
) -> None:
    hand_in(database, organisation, tmp_path, a_row(), on=date(2026, 11, 20))
    rows = (a_row(judged_on="06/10/2026", completed="15/11/2026"), a_row(number="17/2026/HC-ST"))
    outcome = hand_in(database, organisation, tmp_path, *rows)
    assert (outcome.state, outcome.rows_in, outcome.rows_refused) == (BatchState.APPLIED, 2, 1)
    total = year_of(database, organisation).total
    assert (total.to_enforce, total.completed) == (2, 0)


def test_a_sheet_of_another_kind_and_one_without_a_row_are_refused_in_words(
    database: Database, organisation: Organisation, tmp_path: Path
) -> None:
    empty = hand_in(database, organisation, tmp_path)
    assert empty.state is BatchState.REFUSED and "không có dòng nào" in empty.message
    path = tmp_path / "la.csv"
    path.write_text("Cột lạ\n1\n", encoding="utf-8")
    strange = import_judgment_register(database, OPERATOR, organisation, path, NOW)
    assert strange.state is BatchState.REFUSED and "Sổ theo dõi thi hành án hành chính" in strange.message
    with database.reading() as session:
        assert source_by_name(session, "administrative_judgments").as_of_at is None


def test_a_sheet_of_refused_rows_only_makes_nothing_look_fresh(
    database: Database, organisation: Organisation, tmp_path: Path
) -> None:
    outcome = hand_in(database, organisation, tmp_path, a_row(unit="Không có"))
    assert (outcome.state, outcome.rows_refused) == (BatchState.APPLIED, 1)
    with database.reading() as session:
        source = source_by_name(session, "administrative_judgments")
    assert source.configured and source.as_of_at is None


def test_the_list_goes_back_in_as_it_came_out_and_says_what_it_is(
    database: Database, organisation: Organisation, tmp_path: Path
) -> None:
    units = [unit.code for unit in organisation.case_units_on(TODAY)]
    a_register(database, units, NOW)
    path = tmp_path / "danh-sach.xlsx"
    save_judgments_list(database, OPERATOR, organisation, JudgmentFilter(), True, NOW, path)
    rows = list(openpyxl.load_workbook(path).active.iter_rows(values_only=True))
    text = str(rows)
    assert "Dữ liệu mẫu" in text and "Năm 2027, từ 01/10/2026 đến 24/11/2026" in text
    listed = [row for row in rows if row[1] and str(row[1]).endswith("/HC-ST")]
    # What is done is not in the list of what remains; what is overdue longest stands first.
    assert len(listed) == 2 * (len(units) - 1) + 1 and listed[0][-1] == 20
    own = tmp_path / "cua-don-vi.xlsx"
    save_judgments_list(database, UNIT_HEAD, organisation, JudgmentFilter(), True, NOW, own)
    names = {row[0] for row in openpyxl.load_workbook(own).active.iter_rows(min_row=6, values_only=True) if row[1]}
    assert names == {next(u.name for u in organisation.case_units_on(TODAY) if u.code == "PHUVANG")}
    with pytest.raises(NotAllowed):
        save_judgments_list(database, SCREEN, organisation, JudgmentFilter(), True, NOW, path)


def test_the_form_is_the_same_in_all_three_files_and_carries_no_number(
    database: Database, organisation: Organisation, tmp_path: Path
) -> None:
    units = [unit.code for unit in organisation.case_units_on(TODAY)]
    a_register(database, units, NOW)
    asked = (database, OPERATOR, organisation, JudgmentFilter(), True, NOW)
    for ending in ("xlsx", "docx", "pdf"):
        save_judgment_form(*asked, tmp_path / f"bieu.{ending}")
    rows = list(openpyxl.load_workbook(tmp_path / "bieu.xlsx").active.iter_rows(values_only=True))
    assert rows[0][0] == "Biểu theo dõi thi hành án hành chính"
    number = len(units) - 1
    whole = next(row for row in rows if row[0] == "Toàn tỉnh")
    assert whole[1:] == (
        *(2 * number, number + 1, 3 * number + 1, 2 * number, number),
        *(number, 0, number, number + 1, 2 * number + 1),
    )
    assert rows[-1] and any("đúng" in str(row[0]) for row in rows)
    last = next(row for row in rows if row[0] == organisation.case_units_on(TODAY)[-1].name)
    assert last[1:] == (None,) * 10, "a unit without a register is unknown"
    assert (tmp_path / "bieu.pdf").read_bytes()[:5] == b"%PDF-" and os.path.getsize(tmp_path / "bieu.docx") > 2000
    with database.reading() as session:
        done = [event.action for event in audit_events(session, WORKER)]
    assert done.count("administrative_judgment_form_exported") == 3


def test_the_form_of_one_unit_is_its_own_and_of_another_not_there(
    database: Database, organisation: Organisation, tmp_path: Path
) -> None:
    units = [unit.code for unit in organisation.case_units_on(TODAY)]
    a_register(database, units, NOW)
    path = tmp_path / "bieu.xlsx"
    save_judgment_form(database, UNIT_HEAD, organisation, JudgmentFilter(), True, NOW, path)
    text = str(list(openpyxl.load_workbook(path).active.iter_rows(values_only=True)))
    assert "Toàn tỉnh" not in text and "Phú Vang" in text
    with pytest.raises(NotFound):
        save_judgment_form(database, UNIT_HEAD, organisation, JudgmentFilter("ALUOI"), True, NOW, path)
