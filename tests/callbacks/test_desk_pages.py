"""Field reports, attendance, reception, cameras, security at a desk: unknown is in words, the scope the person's."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from attendance_support import a_staffed_morning
from camera_support import a_pass
from gate_support import Site, build, drawn
from reception_support import a_morning_of_visits
from reports_support import a_record, store_reports
from security_support import a_record as an_event
from security_support import heard, store

from components import ids
from domain.units import Organisation

NOW = datetime(2026, 11, 24, 2, 45, tzinfo=UTC)
PAGES = [
    ids.REPORTS_FIGURES,
    ids.CAMERAS_FIGURES,
    ids.ATTENDANCE_DAY,
    ids.RECEPTION_FIGURES,
    ids.RECEPTION_DAY,
    ids.SECURITY_FIGURES,
]


@pytest.fixture
def site(tmp_path: Path, sqlite_template: Path, organisation: Organisation) -> Site:
    return build(tmp_path, sqlite_template, organisation, NOW)


@pytest.mark.parametrize("output", PAGES)
def test_what_is_not_connected_is_said_and_is_no_zero(site: Site, output: str) -> None:
    answer = drawn(site, "truc", output)
    assert "chưa kết nối" in answer and '"0"' not in answer


def test_a_head_who_asks_for_another_unit_gets_nothing_of_it(site: Site, organisation: Organisation) -> None:
    units = [unit.code for unit in organisation.case_units_on(NOW.date())]
    records = [a_record(unit, agency=unit, requested_at=NOW - timedelta(hours=1), updated_at=NOW) for unit in units]
    store_reports(site.database, organisation, records, NOW)
    a_pass(site.database, dict.fromkeys(units, 2), NOW)
    store(site.database, *(an_event(unit, camera=f"{unit}-01", at=NOW) for unit in units))
    a_staffed_morning(site.database, units, NOW)
    reports = drawn(site, "truong.phuvang", ids.REPORTS_LIST, query="?showing=all&unit=PHULOC")
    assert "Không có phản ánh nào" in reports
    cameras = drawn(site, "truong.phuvang", ids.CAMERAS_LIST, unit="PHULOC", camera="PHULOC-01")
    assert "PHULOC-0" not in cameras and "Chưa có camera nào" in cameras
    assert "Chưa rõ" in drawn(site, "truong.phuvang", ids.SECURITY_LIST, unit="PHULOC")
    assert "PHUVANG-01" in drawn(site, "truong.phuvang", ids.SECURITY_LIST)
    people = drawn(site, "truong.phuvang", ids.ATTENDANCE_PEOPLE, unit="PHULOC", month="2026-11")
    own = drawn(site, "truong.phuvang", ids.ATTENDANCE_PEOPLE, unit="PHUVANG", month="2026-11")
    assert people == own
    for path in (
        "/attendance/export.xlsx?unit=PHULOC",
        "/cameras/export.xlsx?unit=PHULOC",
        "/security/export.xlsx?unit=PHULOC",
    ):
        sheet = openpyxl.load_workbook(BytesIO(site.as_("truong.phuvang").get(path).data)).active
        cells = [str(cell) for row in sheet.iter_rows(min_row=5, values_only=True) for cell in row if cell]
        assert not any(cell.startswith(("PHULOC", "CHV-")) for cell in cells), path


def test_every_figure_of_a_desk_carries_its_age(site: Site, organisation: Organisation) -> None:
    units = [unit.code for unit in organisation.case_units_on(NOW.date())]
    store_reports(site.database, organisation, [a_record(agency=units[0])], NOW)
    a_pass(site.database, {units[0]: 2}, NOW)
    heard(site.database, "security", now=NOW)
    a_staffed_morning(site.database, units, NOW)
    a_morning_of_visits(site.database, units, NOW)
    for output in PAGES:
        answer = drawn(site, "truc", output)
        assert '"data-at"' in answer and '"data-age"' in answer, output


def test_reception_of_a_head_is_that_of_the_own_unit(site: Site, organisation: Organisation) -> None:
    units = [unit.code for unit in organisation.case_units_on(NOW.date())]
    own = units.index("PHUVANG")
    a_morning_of_visits(site.database, [units[own], *units[:own], *units[own + 1 :]], NOW)
    asked = {"unit": units[0], "month": "2026-11"}
    assert drawn(site, "truong.phuvang", ids.RECEPTION_VISITS, **asked) == drawn(
        site, "truong.phuvang", ids.RECEPTION_VISITS, unit="PHUVANG", month="2026-11"
    )
    register = drawn(site, "truong.phuvang", ids.RECEPTION_REGISTER, unit="PHUVANG")
    assert "quá hạn" in register and "(thời hạn mẫu)" in register and "04/2026" in register
    sheet = openpyxl.load_workbook(
        BytesIO(site.as_("truong.phuvang").get("/reception/export.xlsx?month=2026-11").data)
    ).active
    rows = [row for row in sheet.iter_rows(values_only=True) if row[0] and "Chi cục" in str(row[0])]
    assert len(rows) == 1 and rows[0][1] == 3 and rows[0][10:] == (4, 1, 1)


def test_a_unit_that_sent_nothing_is_an_empty_cell_in_the_workbook(site: Site, organisation: Organisation) -> None:
    units = [unit.code for unit in organisation.case_units_on(NOW.date())]
    a_morning_of_visits(site.database, units, NOW)
    sheet = openpyxl.load_workbook(BytesIO(site.as_("truc").get("/reception/export.xlsx").data)).active
    rows = [
        row for row in sheet.iter_rows(min_row=7, values_only=True) if row[0] and not str(row[0]).startswith("Ô trống")
    ]
    assert rows[-1][1:] == (None,) * 12 and rows[-2][1] == 3


def test_who_takes_part_is_told_by_unit_and_by_code_within_the_own(site: Site, organisation: Organisation) -> None:
    units = [unit.code for unit in organisation.case_units_on(NOW.date())]
    a_staffed_morning(site.database, units, NOW)
    store_reports(site.database, organisation, [a_record("1", agency="PHUVANG")], NOW)
    assert "không cho biết ai xử lý" in drawn(site, "truong.phuvang", ids.ATTENDANCE_REPORTS)
    handled = [
        a_record("2", agency="PHUVANG", handled_by="CHV-01", requested_at=NOW - timedelta(days=3)),
        a_record("3", agency="PHULOC", handled_by="CHV-02", requested_at=NOW - timedelta(days=3)),
    ]
    store_reports(site.database, organisation, handled, NOW)
    own = drawn(site, "truong.phuvang", ids.ATTENDANCE_REPORTS)
    assert "8,3%" in own and "CHV" not in own and "Phú Lộc" not in own
    everybody = drawn(site, "truc", ids.ATTENDANCE_REPORTS)
    assert everybody.count("8,3%") == 3 and "không cho biết ai xử lý" in everybody
