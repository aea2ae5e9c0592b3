"""The city's sheets of training and equipment are taken in once, by whoever may; the workbooks say what they are."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest
from training_support import a_year_of_training

from access.principal import NotAllowed, Principal
from actions.import_equipment import import_equipment_sheet
from actions.import_training import import_training_sheet
from actions.report_training import save_equipment, save_training
from data_access.audit import audit_events
from data_access.equipment import offices
from data_access.import_batches import BatchState
from data_access.session import Database
from data_access.sources import source_by_name
from data_access.training import newest_tests, training_by_unit
from demo_city.schooling import deliver_schooling
from demo_city.units import Pack
from domain.permissions import Role
from domain.units import Organisation

NOW = datetime(2026, 11, 24, 3, 5, tzinfo=UTC)
TODAY = date(2026, 11, 24)
WORKER = Principal.worker()
HEAD = Principal(Role.DEPARTMENT_HEAD, "head", "truong", unit="PHUVANG")


@pytest.mark.parametrize("pack", ["organisation", "two_era_organisation"])
def test_the_citys_sheets_become_the_year_and_the_registers(
    database: Database, pack: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    organisation: Organisation = request.getfixturevalue(pack)
    units = Pack(Path("data/organisations") / organisation.name).units_on(TODAY)
    deliver_schooling(tmp_path, units, 2027, NOW)
    for source, take_in in (("training", import_training_sheet), ("equipment", import_equipment_sheet)):
        for path in sorted((tmp_path / source).iterdir()):
            first = take_in(database, WORKER, organisation, path, NOW)
            again = take_in(database, WORKER, organisation, path, NOW)
            assert (first.state, first.rows_refused, again.state) == (BatchState.APPLIED, 0, BatchState.DUPLICATE)
            with pytest.raises(NotAllowed):
                take_in(database, HEAD, organisation, path, NOW)
        with database.reading() as session:
            assert source_by_name(session, source).as_of_at == datetime(2026, 11, 23, 16, 59, 59, tzinfo=UTC)
    with database.reading() as session:
        by_unit = training_by_unit(session, WORKER, organisation, 2026, NOW)
        tests = newest_tests(session, WORKER, organisation, NOW)
        found = offices(session, WORKER, organisation, NOW)
    assert all(
        counts is not None and counts.sessions is not None and counts.sessions.held >= 5 for counts in by_unit.values()
    )
    assert [unit for unit, test in tests.items() if test is None] == [units[-1].code]
    assert [unit for unit, office in found.items() if office is None] == [units[-1].code]


def test_a_sheet_without_its_head_is_refused_in_words(
    database: Database, organisation: Organisation, tmp_path: Path
) -> None:
    path = tmp_path / "la.csv"
    path.write_text("Cột lạ\n1\n", encoding="utf-8")
    for take_in, words in ((import_training_sheet, "Buổi đào tạo"), (import_equipment_sheet, "Sổ trang thiết bị")):
        outcome = take_in(database, WORKER, organisation, path, NOW)
        assert outcome.state is BatchState.REFUSED and words in outcome.message
        # Another name, or the second would be the first again.
        path = path.rename(tmp_path / "khac.csv")


def test_the_workbooks_stay_within_the_own_unit_and_leave_unknown_cells_empty(
    database: Database, organisation: Organisation, tmp_path: Path
) -> None:
    units = [unit.code for unit in organisation.case_units_on(TODAY)]
    a_year_of_training(database, units, NOW)
    training, equipment = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    save_training(database, HEAD, organisation, "2026", True, NOW, training)
    save_equipment(database, HEAD, organisation, True, NOW, equipment)
    for path, number, words in (
        (training, 3, "Cán bộ đạt kiểm tra: 9/12; 0 đơn vị chưa báo cáo"),
        (equipment, 1, "danh mục minh họa"),
    ):
        rows = list(openpyxl.load_workbook(path).active.iter_rows(values_only=True))
        said = " ".join(str(row[0]) for row in rows if row[0])
        assert words in said and "Dữ liệu mẫu" in said and "Ô trống" in said
        listed = [row for row in rows if row[0] and str(row[0]).endswith("Phú Vang")]
        assert len(listed) == number and all(None in row for row in listed)
    with database.reading() as session:
        actions = [event.action for event in audit_events(session, WORKER)]
    assert actions[:2] == ["equipment_exported", "training_exported"]
