"""Figures beside the form explained on /indicators/ID: actual values, what was left out, rows under the same scope."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from attendance_support import a_staffed_morning
from camera_support import a_pass
from gate_support import Site, build, drawn
from reports_support import a_morning, store_reports

from components import ids
from domain.other_indicators import OTHER_INDICATORS
from domain.units import Organisation

NOW = datetime(2026, 11, 24, 2, 45, tzinfo=UTC)
HEAD = "truong.phuvang"


@pytest.fixture
def site(tmp_path: Path, sqlite_template: Path, organisation: Organisation) -> Site:
    site = build(tmp_path, sqlite_template, organisation, NOW)
    units = [unit.code for unit in organisation.case_units_on(NOW.date())]
    store_reports(site.database, organisation, a_morning(units, NOW), NOW)
    a_staffed_morning(site.database, units, NOW, silent=units[-1])
    return site


def explained(site: Site, who: str, indicator: str, query: str = "") -> str:
    return drawn(site, who, ids.INDICATOR_ONE, indicator=indicator, query=query)


def test_a_figure_has_its_value_its_parts_and_how_many_it_leaves_out(site: Site) -> None:
    answer = explained(site, "lanhdao", "reports_overdue")
    assert "explained-value" in answer and " phản ánh" in answer
    assert "trong số phản ánh mở" in answer and "hiện: không có hạn" in answer
    assert "số liệu đến" in answer and "/field-reports?showing=overdue" in answer


def test_a_head_gets_the_figure_of_the_own_unit_and_no_other(site: Site) -> None:
    assert "Phú Vang" in explained(site, HEAD, "attendance_present")
    assert "Không có đơn vị này" in explained(site, HEAD, "attendance_present", "?unit=NAMDONG")
    assert "unit=PHUVANG" in explained(site, "lanhdao", "reports_open", "?unit=PHUVANG")


def test_a_silent_source_has_words_and_no_number(site: Site) -> None:
    for name, one in OTHER_INDICATORS.items():
        if one.source in {"cases", "cameras", "reception", "training", "equipment"}:
            answer = explained(site, "lanhdao", name)
            assert "chưa có số liệu" in answer and '"children": "0' not in answer, name


def test_a_pledge_is_explained_by_its_evidence(site: Site) -> None:
    a_pass(site.database, {"ALUOI": 2, "PHULOC": 1}, NOW, lost=["PHULOC-01"])
    answer = explained(site, "lanhdao", "pledge_offices_watched")
    assert "1 (đạt) / 10 (trụ sở) = 10,00%" in answer and "mức cam kết 100%" in answer
    assert "Không có cam kết này" in explained(site, "lanhdao", "pledge_khong_co")
