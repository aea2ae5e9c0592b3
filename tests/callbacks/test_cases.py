"""Cases at a desk: unknown is in words, the scope is the person's, what a browser sends may be anything."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from cases_support import take_in_cases
from gate_support import Site, build, call, drawn, valid_bodies

from callbacks.cases import page_asked
from components import ids
from domain.units import Organisation

NOW = datetime(2026, 11, 24, 2, 45, tzinfo=UTC)
HEAD = "truong.phuvang"


@pytest.fixture
def empty(tmp_path: Path, sqlite_template: Path, organisation: Organisation) -> Site:
    return build(tmp_path, sqlite_template, organisation, NOW)


@pytest.fixture
def site(empty: Site, organisation: Organisation, tmp_path: Path) -> Site:
    take_in_cases(empty.database, organisation, tmp_path, NOW)
    return empty


def rows_of(site: Site, who: str, request: object, **store: str) -> list[dict[str, str]]:
    """The page of the list that the grid gets."""
    for body in valid_bodies(site.app).values():
        if body["output"] == f"{ids.CASES_GRID}.getRowsResponse":
            body["inputs"][0]["value"] = request
            body["state"][0]["value"] = store
            return call(site.as_(who), body).get_json()["response"][ids.CASES_GRID]["getRowsResponse"]
    raise AssertionError("no list")


def test_what_no_file_has_told_is_said_and_is_no_zero(empty: Site) -> None:
    for output in (ids.CASES_KPIS, ids.UNITS_LIST):
        answer = drawn(empty, "truc", output)
        assert "chưa kết nối" in answer or "chưa có số liệu" in answer
        assert '"0"' not in answer


def test_a_leader_sees_every_unit_and_a_head_the_own_one(site: Site) -> None:
    everything = drawn(site, "lanhdao", ids.CASES_HANDLERS, query="", path="/cases")
    assert "Phú Vang" in everything and "Nam Đông" in everything
    own = drawn(site, HEAD, ids.CASES_HANDLERS, query="", path="/cases")
    assert "CHV-01" in own and "Nam Đông" not in own
    assert "Nam Đông" not in drawn(site, HEAD, ids.UNITS_LIST)


@pytest.mark.parametrize("output", [ids.CASES_HANDLERS, ids.UNIT_TODAY, ids.UNIT_STRIPS, ids.UNIT_NAME])
def test_another_unit_is_not_there_for_a_head(site: Site, output: str) -> None:
    answer = drawn(site, HEAD, output, query="", unit="NAMDONG", path="/units/NAMDONG")
    assert "Chi cục" not in answer and "CHV-0" not in answer and "Phải thi hành" not in answer


def test_a_unit_that_is_not_there_is_said_once(site: Site) -> None:
    said = {
        output: drawn(site, HEAD, output, query="", unit="NAMDONG", path="/units/NAMDONG")
        for output in (ids.CASES_KPIS, ids.CASES_HANDLERS, ids.UNIT_TODAY, ids.UNIT_STRIPS)
    }
    assert [output for output, words in said.items() if "Không có đơn vị này" in words] == [ids.CASES_KPIS]


def test_the_parts_of_an_explained_figure_are_of_the_same_filter(site: Site) -> None:
    asked = {"indicator": "completion_rate_cases", "query": "?unit=PHUVANG&kind=on_request"}
    answer = drawn(site, "lanhdao", ids.INDICATOR_ONE, **asked)
    for part in ("completed_cases", "enforceable_cases"):
        (address,) = re.findall(rf'"/indicators/{part}(\?[^"]*)"', answer)
        assert set(address.removeprefix("?").split("&")) == {"unit=PHUVANG", "kind=on_request"}


def test_the_list_is_scoped_sorted_and_paged_by_the_server(site: Site) -> None:
    request = {"startRow": 0, "endRow": 100, "sortModel": [{"colId": "amount_due", "sort": "desc"}]}
    found = rows_of(site, HEAD, request, query="?unit=NAMDONG")
    assert found == {"rowData": [], "rowCount": 0}
    found = rows_of(site, HEAD, request, query="")
    assert found["rowCount"] == 12
    assert {row["unit"] for row in found["rowData"]} == {"Phú Vang"}
    assert found["rowData"][0]["amount_due"] == "600.000.000"
    assert rows_of(site, "lanhdao", {"startRow": 0, "endRow": 100}, query="").keys() == {"rowData"}


@pytest.mark.parametrize(
    ("request_", "first", "sort"),
    [
        (None, 0, []),
        ({"startRow": -3}, 0, []),
        ({"startRow": "7"}, 0, []),
        ({"startRow": 10**9}, 0, []),
        ({"startRow": 200, "sortModel": "unit"}, 200, []),
        ({"startRow": 1, "sortModel": [None, {"colId": 3, "sort": "desc"}]}, 1, [("", True)]),
    ],
)
def test_a_request_of_the_grid_may_be_anything(request_: object, first: int, sort: list[tuple[str, bool]]) -> None:
    assert page_asked(request_) == (first, sort)


def test_a_case_of_another_unit_does_not_exist_for_a_head(site: Site) -> None:
    request = {"startRow": 0, "endRow": 100}
    other = rows_of(site, "lanhdao", request, query="?unit=NAMDONG")["rowData"][0]["id"]
    own = rows_of(site, HEAD, request, query="")["rowData"][0]["id"]
    assert "Không có việc này" in drawn(site, HEAD, ids.CASE_ONE, case=other)
    answer = drawn(site, HEAD, ids.CASE_ONE, case=own)
    assert "QĐ-THA" in answer and "Đã tính vào biểu" in answer


def test_the_workbook_holds_what_the_person_may_see_and_says_where_it_is_from(site: Site) -> None:
    answer = site.as_(HEAD).get("/cases/export.xlsx?figure=completed")
    book = openpyxl.load_workbook(BytesIO(answer.data))
    rows = list(book["Việc"].iter_rows(values_only=True))
    assert len(rows) == 1 + 4
    assert isinstance(rows[1][9], int) and isinstance(rows[1][1], datetime)
    assert all("Phú Vang" in row[2] for row in rows[1:])
    origin = dict(book["Nguồn gốc"].iter_rows(min_row=2, max_col=2, values_only=True))
    assert origin["Dữ liệu"] == "Dữ liệu mẫu" and "figure=completed" in origin["Địa chỉ của trang"]
    assert origin["Bộ lọc"] == "mọi việc"
    assert book["Việc"].freeze_panes == "B2" and book["Việc"].auto_filter.ref
    for elsewhere in ("NAMDONG", "HUE"):
        assert site.as_(HEAD).get(f"/cases/export.xlsx?unit={elsewhere}").status_code == 404
    assert site.as_("screen").get("/cases/export.xlsx").status_code == 403


def test_active_filters_are_chips_that_lead_to_the_address_without_them(site: Site) -> None:
    query = "?kind=on_request&group=TD&ends=2026-11-10&counted_in=amount"
    chips = drawn(site, "lanhdao", ids.CASES_CHIPS, query=query, path="/cases")
    assert "10/11/2026" in chips and "Bỏ lọc: Theo yêu cầu" in chips
    assert '"href": "/cases?ends=2026-11-10&group=TD&counted_in=amount"' in chips
    assert '"href": "/cases?counted_in=amount"' in chips and "Bỏ tất cả" in chips
    own = drawn(site, HEAD, ids.CASES_CHIPS, query="?group=TD", unit="PHUVANG", path="/units/PHUVANG")
    assert '"href": "/units/PHUVANG"' in own and "Bỏ tất cả" not in own
    assert "Bỏ lọc" not in drawn(site, "lanhdao", ids.CASES_CHIPS, query="", path="/cases")


def test_limits_of_chance_that_cannot_be_reckoned_are_said_to_be_so(site: Site) -> None:
    nobody = drawn(site, "lanhdao", ids.CASES_HANDLERS, query="?ends=2026-10-15", path="/cases")
    assert "không tính được" in nobody and "0,0 – 0,0" not in nobody
    assert "không tính được" not in drawn(site, "lanhdao", ids.CASES_HANDLERS, query="", path="/cases")


def test_the_page_of_a_case_is_named_after_its_decision(site: Site) -> None:
    row = rows_of(site, "lanhdao", {"startRow": 0, "endRow": 1}, query="", path="/cases")["rowData"][0]  # type: ignore
    name = drawn(site, "lanhdao", ids.CASE_NAME, case=row["id"])
    assert row["number"] in name
    assert "Việc thi hành án" in drawn(site, HEAD, ids.CASE_NAME, case="khong-co")
