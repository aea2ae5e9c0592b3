"""Periods behind the gate: another unit's numbers reach a head by no page, no file and no address."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import docx
import openpyxl
import pytest
from gate_support import ORIGIN, SCREEN, SYSTEM, Site, build, call, valid_bodies
from openpyxl.workbook import Workbook
from workbook_support import write_cases

from access.principal import Principal
from actions.close_period import close_period
from actions.import_cases import CaseImporter, ImportMode
from components import ids
from data_access.audit import audit_events
from data_access.regimes import load_regimes
from domain.cases import CaseKind
from domain.periods import month_of_day
from domain.permissions import Role
from domain.statistical_form import KIND_NAMES
from domain.units import Organisation
from factories import a_case

NOW = datetime(2026, 11, 24, 2, 45, tzinfo=UTC)
OCTOBER = month_of_day(date(2026, 10, 1))
ADMINISTRATOR = Principal(Role.ADMINISTRATOR, "a", "quantri")
# Figures that nothing else on a page or in a file could be.
OWN_MONEY, OTHER_MONEY, OTHER_OFFICER = 7_654_321_000, 8_123_457_000, "CHV-88"


@pytest.fixture
def site(tmp_path: Path, sqlite_template: Path, organisation: Organisation) -> Site:
    built = build(tmp_path, sqlite_template, organisation, NOW)
    cases = [
        a_case(1, amount_due=OWN_MONEY),
        a_case(1, unit="PHULOC", amount_due=OTHER_MONEY, officer=OTHER_OFFICER),
    ]
    path = write_cases(tmp_path / "viec.xlsx", cases, [], [], NOW)
    CaseImporter(built.database, organisation, load_regimes()).take_in(
        Principal.worker(), path, ImportMode.CHANGES, NOW
    )
    return built


def drawn(site: Site, who: str, output: str, **known: str) -> str:
    """What the callback of an output answers with these words in the address."""
    (body,) = [each for name, each in valid_bodies(site.app).items() if f"{output}.children" in name]
    for item in body["inputs"]:
        if item["id"] == ids.PERIODS_FILTER:
            item["value"] = known
    answer = call(site.as_(who), body)
    return json.dumps(answer.get_json(), ensure_ascii=False) if answer.status_code == 200 else ""


def texts_of(book: Workbook) -> list[object]:
    return [cell for sheet in book.worksheets for row in sheet.iter_rows(values_only=True) for cell in row]


@pytest.mark.parametrize("closed", [False, True])
def test_a_head_sees_no_other_units_figures_on_the_page_and_in_no_file(
    site: Site, organisation: Organisation, closed: bool
) -> None:
    leader, head = site.as_("lanhdao"), site.as_("truong.phuvang")
    if closed:
        close_period(site.database, site.people["lanhdao"], organisation, load_regimes(), OCTOBER.code, NOW)
    known = {"period": OCTOBER.code, "in": "amount", "unit": "PHULOC"}
    assert "8.123.457.000 đồng" in drawn(site, "lanhdao", ids.PERIODS_FORM, **known)
    assert OTHER_OFFICER in drawn(site, "lanhdao", ids.PERIODS_FORM, **known)
    page = drawn(site, "truong.phuvang", ids.PERIODS_FORM, **known)
    assert "7.654.321.000 đồng" in page
    others = ("8.123", "Phú Lộc", OTHER_OFFICER, "15.777", "15.778", "Toàn tỉnh")
    assert not [word for word in others if word in page]
    address = f"/forms/export.xlsx?period={OCTOBER.code}&unit=PHULOC"
    whole, own = (texts_of(openpyxl.load_workbook(BytesIO(who.get(address).data))) for who in (leader, head))
    assert {OWN_MONEY, OTHER_MONEY, OWN_MONEY + OTHER_MONEY, OTHER_OFFICER} <= set(whole)
    sheet = openpyxl.load_workbook(BytesIO(leader.get(address).data))["Việc"]
    lines = [row for row in sheet.iter_rows(min_row=7, values_only=True) if row[1] == OTHER_OFFICER]
    assert [row[2] for row in lines] == ["Tất cả", KIND_NAMES[CaseKind.ON_REQUEST]]
    assert lines[0][3:] == lines[1][3:]
    assert OWN_MONEY in own
    assert not {OTHER_MONEY, OWN_MONEY + OTHER_MONEY, OTHER_OFFICER, "Toàn tỉnh"} & set(own)
    assert not [text for text in own if isinstance(text, str) and "Phú Lộc" in text]


def test_a_pdf_for_a_head_is_of_the_own_unit(site: Site) -> None:
    for who, is_whole in (("lanhdao", True), ("truong.phuvang", False)):
        for ending in ("pdf", "docx"):
            answer = site.as_(who).get(f"/forms/export.{ending}?period={OCTOBER.code}")
            assert answer.status_code == 200
            assert answer.data.startswith(b"%PDF" if ending == "pdf" else b"PK")
        document = docx.Document(BytesIO(answer.data))
        cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        assert ("8.123" in cells) is is_whole
        assert "7.654" in cells
    with site.database.reading() as session:
        told = [(row.actor_name, row.subject) for row in audit_events(session, ADMINISTRATOR)]
    assert told.count(("truong.phuvang", OCTOBER.code)) == 2


def test_a_workbook_has_numbers_a_frozen_header_and_its_provenance(site: Site, organisation: Organisation) -> None:
    client = site.as_("lanhdao")
    close_period(site.database, site.people["lanhdao"], organisation, load_regimes(), OCTOBER.code, NOW)
    answer = client.get(f"/forms/export.xlsx?period={OCTOBER.code}")
    book = openpyxl.load_workbook(BytesIO(answer.data))
    assert book.sheetnames == ["Việc", "Tiền", "Kiểm tra", "Nguồn gốc"]
    sheet = book["Tiền"]
    assert sheet.freeze_panes == "D7"
    numbers = [cell for row in sheet.iter_rows(min_row=7) for cell in row[3:] if cell.value is not None]
    assert numbers
    assert all(isinstance(cell.value, int | float) and "[$-42A]" in cell.number_format for cell in numbers)
    facts = dict(book["Nguồn gốc"].iter_rows(values_only=True))
    assert facts["Trạng thái"] == "Đã chốt, phiên bản 1"
    assert facts["Mã kiểm SHA-256"].endswith("(khớp)")
    assert facts["Người xuất"] == "lanhdao"
    assert facts["Nguồn"].endswith("(Dữ liệu mẫu)")
    assert {row[5] for row in book["Kiểm tra"].iter_rows(min_row=2, values_only=True)} == {"khớp"}
    assert client.get(f"/forms/export.xlsx?period={OCTOBER.code}&version=7").status_code == 404


def test_neither_a_wall_nor_a_feed_reads_forms_and_only_closers_close(site: Site) -> None:
    for who in (SCREEN, SYSTEM):
        assert site.as_(who).get("/forms/export.xlsx").status_code in (401, 403)
    bodies = valid_bodies(site.app)
    close, correct = [each for name, each in bodies.items() if ids.PERIODS_SAID in name]
    (offer,) = [each for name, each in bodies.items() if ids.PERIODS_OFFER in name]
    for who, status in (("lanhdao", 200), ("quantri", 200), ("truong.phuvang", 403), ("truc", 403)):
        assert call(site.as_(who), offer).status_code == status
        for change in (close, correct):
            assert (call(site.as_(who), change).status_code == 403) is (status == 403)
        assert site.as_(who).get("/forms/reconcile").status_code == status


def test_a_file_is_handed_in_and_found_on_the_page(site: Site) -> None:
    client = site.as_("lanhdao")
    template = client.get(f"/forms/reconcile/template.xlsx?period={OCTOBER.code}")
    book = openpyxl.load_workbook(BytesIO(template.data))
    for row in book.active.iter_rows():
        if row[0].value == "Chi cục THADS huyện Phú Vang":
            row[1].value = 5
    sent = BytesIO()
    book.save(sent)

    def post(content: bytes, name: str) -> tuple[int, str]:
        form = {"file": (BytesIO(content), name), "period": OCTOBER.code}
        answer = client.post("/forms/reconcile", data=form, headers=ORIGIN, content_type="multipart/form-data")
        return answer.status_code, answer.text

    assert post(sent.getvalue(), "nganh.xlsx")[0] == 303
    status, page = post(b"x", "nganh.exe")
    assert (status, "Chỉ nhận tệp" in page) == (400, True)
    assert post(b"", "")[0] == 400
    found = drawn(site, "lanhdao", ids.PERIODS_RECONCILED, period=OCTOBER.code)
    assert "nganh.xlsx: 1 ô khác trong 1 ô đối chiếu" in found
    assert "tệp không có dòng của đơn vị này" in found
    assert "Phú Lộc" not in drawn(site, "truong.phuvang", ids.PERIODS_RECONCILED, period=OCTOBER.code)
