"""/public-services at a desk: unknown is in words, shares say of how many, the scope is the person's."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from gate_support import Site, build, drawn
from services_support import DAY, a_request, some_months_of_requests

from components import ids
from data_access.public_services import save_requests
from domain.units import Organisation

NOW = datetime(2026, 11, 24, 2, 45, tzinfo=UTC)
PANELS = (ids.SERVICES_FIGURES, ids.SERVICES_BY_SERVICE, ids.SERVICES_BY_CHANNEL, ids.SERVICES_BY_UNIT)


@pytest.fixture
def site(tmp_path: Path, sqlite_template: Path, organisation: Organisation) -> Site:
    return build(tmp_path, sqlite_template, organisation, NOW)


@pytest.fixture
def units(site: Site, organisation: Organisation) -> list[str]:
    codes = [unit.code for unit in organisation.case_units_on(NOW.date())]
    some_months_of_requests(site.database, codes, NOW)
    return codes


@pytest.mark.parametrize("output", [*PANELS, ids.SERVICES_TREND, ids.SERVICES_LIST])
def test_what_is_not_connected_is_said_and_is_no_zero(site: Site, output: str) -> None:
    answer = drawn(site, "truc", output)
    assert "Dịch vụ công: chưa kết nối" in answer and '"0"' not in answer


def test_every_share_says_of_how_many_it_is_and_every_figure_how_old(site: Site, units: list[str]) -> None:
    number = len(units) - 1
    figures = drawn(site, "truc", ids.SERVICES_FIGURES)
    assert f"{number}/{2 * number} đã trả có hạn" in figures and "50,0%" in figures
    assert f"{2 * number}/{4 * number} hồ sơ rõ kênh" in figures
    assert f"{number}/{number} lượt đánh giá" in figures
    for output in PANELS:
        answer = drawn(site, "truc", output)
        assert '"data-at"' in answer and '"data-age"' in answer, output
    assert "chưa có số liệu" in drawn(site, "truc", ids.SERVICES_BY_UNIT), "the last unit sent nothing"
    assert "Chưa rõ kênh" in drawn(site, "truc", ids.SERVICES_BY_CHANNEL)


def test_the_way_down_from_the_province_to_the_requests_of_one_service(site: Site, units: list[str]) -> None:
    assert f"unit={units[0]}" in drawn(site, "truc", ids.SERVICES_BY_UNIT)
    asked = {"unit": "PHUVANG", "service": "THADS-02", "state": "returned", "months": "12"}
    trail = drawn(site, "truc", ids.SERVICES_TRAIL, **asked)
    assert "Toàn tỉnh" in trail and "Phú Vang" in trail and "Xác nhận kết quả" in trail
    listed = drawn(site, "truc", ids.SERVICES_LIST, **asked)
    assert listed.count("HS-") == 1 and "Trả lại hồ sơ" in listed
    overdue = drawn(site, "truc", ids.SERVICES_LIST, unit="PHUVANG")
    assert overdue.count("HS-") == 1 and "quá hạn 3 ngày" in overdue and "Ngoài tỉnh" in overdue


def test_a_head_who_asks_for_another_unit_gets_nothing_of_it(site: Site, units: list[str]) -> None:
    assert "Không có hồ sơ" in drawn(site, "truong.phuvang", ids.SERVICES_LIST, unit="PHULOC", state="all")
    own = drawn(site, "truong.phuvang", ids.SERVICES_LIST, state="all")
    assert own.count("HS-") == 5
    assert "PHULOC" not in drawn(site, "truong.phuvang", ids.SERVICES_BY_UNIT)
    for unit in ("", "PHUVANG"):
        answer = json.loads(drawn(site, "truong.phuvang", ids.SERVICES_TRAIL, unit=unit))
        trail = json.dumps(answer["response"][ids.SERVICES_TRAIL], ensure_ascii=False)
        assert trail.count("Phú Vang") == 1 and "Toàn tỉnh" not in trail, "nobody calls one unit the province"


def test_a_code_outside_the_catalogue_says_so(site: Site, units: list[str]) -> None:
    with site.database.writing() as session:
        save_requests(session, [a_request(NOW - DAY, 900, unit=units[0], service="LA-1")], NOW)
    assert "LA-1, chưa có trong danh mục" in drawn(site, "truc", ids.SERVICES_BY_SERVICE)
    assert "LA-1" in drawn(site, "truc", ids.SERVICES_SERVICE, service="LA-1")


def test_a_month_without_figures_says_so_and_is_no_empty_column(site: Site, units: list[str]) -> None:
    chart = drawn(site, "truc", ids.SERVICES_TREND)
    assert chart.count("trend-unknown") == 10 and chart.count('"trend-bar"') == 2
    assert "trễ hoặc quá hạn" in chart
