"""An export of another system is compared cell by cell; what cannot be compared is said, and no figure changes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
import xlsxwriter
from sqlalchemy import delete
from sqlalchemy.exc import DatabaseError

from access.principal import NotAllowed, Principal
from actions.close_period import close_period
from actions.import_cases import CaseImporter
from actions.import_cases.outcomes import ImportOutcome
from actions.reconcile_form import reconcile_form, save_reconciliation_template
from connectors.base import WorkbookRefused
from connectors.stated_form import parse_stated_form, template_heads
from data_access.audit import audit_events
from data_access.counters import counter_rows
from data_access.models.periods import ReconciliationRow
from data_access.reconciliations import reconciliations
from data_access.regimes import load_regimes
from data_access.session import Database
from domain.periods import PeriodRefused, month_of_day
from domain.permissions import Role
from domain.units import Organisation
from factories import a_case

LEADER = Principal(Role.LEADER, "l", "lanhdao")
HEAD = Principal(Role.DEPARTMENT_HEAD, "h", "truong", "PHUVANG")
ADMINISTRATOR = Principal(Role.ADMINISTRATOR, "a", "quantri")
REGIMES = load_regimes()
OCTOBER = month_of_day(date(2026, 10, 1))
HEADS = ["Đơn vị", "Thụ lý mới về việc", "Tổng số phải thi hành (tiền)", "Thi hành xong", "Tỷ lệ thi hành xong", "Họ"]


@pytest.fixture
def filled(importer: CaseImporter, take_in: Callable[..., ImportOutcome]) -> Database:
    take_in([a_case(1), a_case(2), a_case(1, unit="NAMDONG", decided_on=date(2026, 10, 15))])
    return importer.database


def a_file(folder: Path, rows: list[list[object]], name: str = "nganh.xlsx") -> Path:
    path = folder / name
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Kết quả thi hành án dân sự tháng 10/2026"])
        for line, row in enumerate(rows, 2):
            sheet.write_row(line, 0, row)
    return path


def test_every_difference_is_told_and_nothing_else_changes(
    filled: Database, organisation: Organisation, now: datetime, tmp_path: Path
) -> None:
    rows: list[list[object]] = [
        HEADS,
        ["Chi cục THADS huyện Phú Vang", 2, "20.000.000", 1],
        ["Nam Đông", 3, 10_000_000, None],
        ["Chi cục THADS huyện Mường Lay", 1, 1, 1],
        ["Phú Vang", 9, 9, 9],
        ["Cục THADS tỉnh Thừa Thiên Huế", "abc", None, None],
        ["Cộng", 3, 30_000_000, None],
    ]
    with filled.reading() as session:
        before = counter_rows(session)
    path = a_file(tmp_path, rows)
    kept = reconcile_form(filled, LEADER, organisation, REGIMES, OCTOBER.code, "nganh.xlsx", path, now)
    found = kept.found
    assert [(each.unit, each.indicator, each.ours, each.theirs) for each in found.differences] == [
        ("NAMDONG", "newly_docketed_cases", 1, 3)
    ]
    assert (found.difference_count, found.compared) == (1, 6)
    told = {(each.where, each.value, each.reason) for each in found.not_compared}
    assert ("cột", "Thi hành xong", "ghi rõ về việc hay về tiền") in told
    assert ("cột", "Tỷ lệ thi hành xong", "tỷ lệ được tính từ các cột khác, không đối chiếu") in told
    assert ("cột", "Họ", "không có cột này trong biểu") in told
    assert ("dòng 6", "Chi cục THADS huyện Mường Lay", "không biết đơn vị này") in told
    assert ("dòng 7", "Chi cục THADS huyện Phú Vang", "đơn vị lặp lại trong tệp") in told
    assert "dòng 8, Thụ lý mới về việc" in {where for where, _, _ in told}
    assert ("đơn vị", "Chi cục THADS huyện A Lưới", "tệp không có dòng của đơn vị này") in told
    with filled.reading() as session:
        assert counter_rows(session) == before
        assert reconciliations(session, LEADER, organisation, OCTOBER) == [kept]
        (own,) = reconciliations(session, HEAD, organisation, OCTOBER)
        assert "form_reconciled" in {row.action for row in audit_events(session, ADMINISTRATOR)}
    assert (own.found.differences, own.found.not_compared) == ((), ())
    with pytest.raises(DatabaseError, match="append-only"), filled.writing() as session:
        session.execute(delete(ReconciliationRow))


def test_a_closed_period_is_compared_as_it_was_closed(
    filled: Database, organisation: Organisation, now: datetime, tmp_path: Path
) -> None:
    path = a_file(tmp_path, [HEADS, ["Phú Vang", 2]])
    asked = (filled, LEADER, organisation, REGIMES, OCTOBER.code)
    assert "tạm tính" in reconcile_form(*asked, "a.xlsx", path, now).found.basis
    close_period(*asked, now)
    assert reconcile_form(*asked, "a.xlsx", path, now).found.basis == "Đã chốt, phiên bản 1"


def test_whoever_may_not_and_what_cannot_be_read_is_refused(
    filled: Database, organisation: Organisation, now: datetime, tmp_path: Path
) -> None:
    path = a_file(tmp_path, [HEADS, ["Phú Vang", 2]])
    with pytest.raises(NotAllowed):
        reconcile_form(filled, HEAD, organisation, REGIMES, OCTOBER.code, "a.xlsx", path, now)
    asked = (filled, LEADER, organisation, REGIMES)
    with pytest.raises(PeriodRefused, match="Chọn kỳ"):
        reconcile_form(*asked, "2027-t09", "a.xlsx", path, now)
    with pytest.raises(PeriodRefused, match="Chỉ nhận"):
        reconcile_form(*asked, OCTOBER.code, "a.exe", path, now)
    broken = tmp_path / "b.xlsx"
    broken.write_bytes(b"not a workbook")
    with pytest.raises(PeriodRefused):
        reconcile_form(*asked, OCTOBER.code, "b.xlsx", broken, now)
    with pytest.raises(PeriodRefused, match="dòng tiêu đề"):
        reconcile_form(*asked, OCTOBER.code, "c.xlsx", a_file(tmp_path, [["Họ tên"], ["x"]], "c.xlsx"), now)
    with pytest.raises(PeriodRefused, match="không có dòng nào"):
        reconcile_form(*asked, OCTOBER.code, "d.xlsx", a_file(tmp_path, [HEADS, ["Khác", 1]], "d.xlsx"), now)


@pytest.mark.parametrize("pack", ["organisation", "two_era_organisation"])
def test_the_template_has_the_header_that_the_reader_knows(
    request: pytest.FixtureRequest, pack: str, sqlite_database: Database, now: datetime, tmp_path: Path
) -> None:
    organisation = request.getfixturevalue(pack)
    path = tmp_path / "mau.xlsx"
    save_reconciliation_template(organisation, OCTOBER.code, now, path)
    with pytest.raises(PeriodRefused, match="không có dòng nào"):
        reconcile_form(sqlite_database, LEADER, organisation, REGIMES, OCTOBER.code, "mau.xlsx", path, now)
    heads = template_heads()
    row = ["Toàn tỉnh", *("1" for _ in heads[1:])]
    stated = parse_stated_form([(1, heads), (2, row)], {})
    assert stated.not_compared == ()
    assert len(stated.rows[0].values) == len(heads) - 1
    with pytest.raises(WorkbookRefused):
        parse_stated_form([(1, ["Đơn vị"])], {})
