"""/deadlines: a head sees the own unit, what is missing is said, the workbook says the same as the page."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from case_lives_support import store_lives
from gate_support import Site, build, call, valid_bodies
from security_support import heard

from components import ids
from domain.cases import CaseLife, DecisionKind, Handling
from domain.units import Organisation
from factories import a_life

NOW = datetime(2026, 11, 26, 2, 45, tzinfo=UTC)
NOT_YET = DecisionKind.NOT_ENFORCEABLE


@pytest.fixture
def site(tmp_path: Path, sqlite_template: Path, organisation: Organisation) -> Site:
    return build(tmp_path, sqlite_template, organisation, NOW)


def an_owing_life(unit: str, since: date) -> CaseLife:
    docketed_on = date(2024, 3, 4)
    return a_life(docketed_on, 100, ((since, NOT_YET),), handling=(Handling(docketed_on, unit, "CHV-07"),))


def drawn(site: Site, who: str, query: str = "") -> str:
    for body in valid_bodies(site.app).values():
        sent = body["outputs"] if isinstance(body["outputs"], list) else [body["outputs"]]
        if ids.RADAR_LIST in [each["id"] for each in sent]:
            for item in body["inputs"]:
                if item["id"] == ids.RADAR_FILTER:
                    item["value"] = {"query": query}
            return json.dumps(call(site.as_(who), body).get_json(), ensure_ascii=False)
    raise AssertionError(ids.RADAR_LIST)


def test_without_figures_the_page_says_so(site: Site) -> None:
    answer = drawn(site, "truc")
    assert answer.count("chưa kết nối") == 1 and '"0"' not in answer


def test_the_page_says_what_runs_and_what_is_missing(site: Site) -> None:
    store_lives(site.database, [an_owing_life("PHUVANG", date(2026, 1, 5)), an_owing_life("PHULOC", date(2026, 6, 1))])
    heard(site.database, "cases", now=NOW)
    answer = drawn(site, "truc")
    assert "Thời hạn mẫu: xác minh lại" in answer
    assert "Chưa có danh sách ngày nghỉ năm 2028" in answer and "năm 2026" not in answer
    assert "/cases/c-1" in answer and "/units/PHULOC" in answer and "quá 143 ngày" in answer
    assert "trong 3 ngày làm việc, đến 01/12" in answer
    only = drawn(site, "truc", "?window=soon&clock=reverification")
    assert "/cases/c-2" in only and "/cases/c-1" not in only
    assert "Không có thời hạn nào theo bộ lọc này" in drawn(site, "truc", "?day=2026-12-24")


def test_a_head_sees_the_own_unit_whatever_the_address_asks_for(site: Site) -> None:
    store_lives(site.database, [an_owing_life("PHUVANG", date(2026, 1, 5)), an_owing_life("PHULOC", date(2026, 6, 1))])
    heard(site.database, "cases", now=NOW)
    own = drawn(site, "truong.phuvang")
    assert "/cases/c-1" in own and "c-2" not in own and "PHULOC" not in own
    assert "c-2" not in drawn(site, "truong.phuvang", "?unit=PHULOC")
    other = site.as_("truong.phuvang").get("/deadlines/export.xlsx?unit=PHULOC").data
    assert "2/2024/QĐ-THA" not in cells_of(other)


def test_the_workbook_has_the_rows_of_the_filter_and_says_where_they_come_from(site: Site) -> None:
    store_lives(site.database, [an_owing_life("PHUVANG", date(2026, 1, 5)), an_owing_life("PHULOC", date(2026, 6, 1))])
    heard(site.database, "cases", now=NOW)
    cells = cells_of(site.as_("truc").get("/deadlines/export.xlsx?window=overdue").data)
    assert "1/2024/QĐ-THA" in cells and "2/2024/QĐ-THA" not in cells
    assert datetime(2026, 7, 6) in cells and -143 in cells
    words = " ".join(cell for cell in cells if isinstance(cell, str))
    assert "1 thời hạn, bộ lọc ?window=overdue" in words and "Thời hạn mẫu" in words and "số liệu đến" in words


def cells_of(book: bytes) -> list[object]:
    sheet = openpyxl.load_workbook(BytesIO(book)).active
    return [cell for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None]
