"""/training at a desk: counts with what they are of, nobody by name, silence in words, the scope the person's."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from gate_support import Site, build, drawn
from training_support import a_part, a_test, a_year_of_training

from components import ids
from data_access.sources import save_source_success
from data_access.training import save_sessions, save_tests
from domain.units import Organisation

NOW = datetime(2026, 11, 24, 2, 45, tzinfo=UTC)
TRAINING = (ids.TRAINING_FIGURES, ids.TRAINING_UNITS, ids.TRAINING_SESSIONS)
EQUIPMENT = (ids.EQUIPMENT_FIGURES, ids.EQUIPMENT_UNITS, ids.EQUIPMENT_LINES)


@pytest.fixture
def site(tmp_path: Path, sqlite_template: Path, organisation: Organisation) -> Site:
    return build(tmp_path, sqlite_template, organisation, NOW)


@pytest.fixture
def units(site: Site, organisation: Organisation) -> list[str]:
    codes = [unit.code for unit in organisation.case_units_on(NOW.date())]
    a_year_of_training(site.database, codes, NOW)
    return codes


@pytest.mark.parametrize("output", [*TRAINING, *EQUIPMENT])
def test_what_nobody_sent_is_said_and_is_no_zero(site: Site, output: str) -> None:
    answer = drawn(site, "truc", output)
    assert "chưa kết nối" in answer and '"0"' not in answer


def test_figures_say_of_how_many_and_how_old_they_are(site: Site, units: list[str]) -> None:
    number = len(units) - 1
    figures = drawn(site, "truc", ids.TRAINING_FIGURES)
    assert "75,0%" in figures and f"{9 * number}/{12 * number} cán bộ; 1 đơn vị chưa báo cáo" in figures
    equipment = drawn(site, "truc", ids.EQUIPMENT_FIGURES)
    assert f"1/{len(units) - 2} trụ sở biết được" in equipment and "không tính là thiếu" in equipment
    for output in (*TRAINING, *EQUIPMENT):
        answer = drawn(site, "truc", output)
        assert '"data-at"' in answer and '"data-age"' in answer, output


def test_each_office_is_held_against_each_need_and_the_list_says_whose_it_is(site: Site, units: list[str]) -> None:
    answer = drawn(site, "truc", ids.EQUIPMENT_UNITS)
    assert "0/5 (+5?)" in answer and "Chưa rõ" in answer and "Thiếu" in answer and "Đủ" in answer
    assert "danh mục minh họa, chờ cơ quan xác nhận" in answer and "không quá 6 năm, nối mạng" in answer
    assert answer.count("chưa có số liệu") == 1, "the unit without a register"
    assert '"—"' in drawn(site, "truc", ids.EQUIPMENT_LINES, unit=units[2]), "computers whose age nobody said"


def test_a_session_that_nobody_told_of_stands_out_and_a_link_is_only_a_link(site: Site, units: list[str]) -> None:
    day = NOW.date()
    parts = [
        a_part(day, unit=units[0], code="L-1", material="Sổ tay", reference="https://hue.gov.vn/a"),
        a_part(day, unit=units[0], code="L-2", material="Hướng dẫn", reference="12/HD-THADS"),
    ]
    with site.database.writing() as session:
        save_sessions(session, parts, NOW, NOW)
    answer = drawn(site, "truc", ids.TRAINING_SESSIONS)
    assert "Qua ngày, chưa báo cáo" in answer and "Kế hoạch" in answer and "Đã tổ chức" in answer
    assert '"href": "https://hue.gov.vn/a"' in answer and "noopener" in answer
    assert "Hướng dẫn, 12/HD-THADS" in answer
    assert "Chưa có buổi nào" in drawn(site, "truc", ids.TRAINING_SESSIONS, year="2025")


def test_a_head_sees_the_own_unit_alone(site: Site, units: list[str]) -> None:
    for output in (ids.TRAINING_UNITS, ids.EQUIPMENT_UNITS):
        answer = drawn(site, "truong.phuvang", output)
        assert "Phú Vang" in answer and "Phú Lộc" not in answer
    asked = drawn(site, "truong.phuvang", ids.EQUIPMENT_LINES, unit="PHULOC")
    assert asked == drawn(site, "truong.phuvang", ids.EQUIPMENT_LINES, unit="PHUVANG")
    assert "9/12 cán bộ" in drawn(site, "truong.phuvang", ids.TRAINING_FIGURES)


def test_a_unit_known_by_a_test_alone_has_unknown_sessions_and_not_none(site: Site, organisation: Organisation) -> None:
    with site.database.writing() as session:
        save_tests(session, [a_test(NOW.date(), unit="PHUVANG")], NOW, NOW)
        save_source_success(session, "training", NOW, NOW)
    answer = json.loads(drawn(site, "truong.phuvang", ids.TRAINING_UNITS))["response"]
    table, figures = (str(answer[place]) for place in (ids.TRAINING_UNITS, ids.TRAINING_FIGURES))
    assert "75,0%" in table and table.count("chưa có số liệu") == 1 and "'children': '0'" not in table
    assert figures.count("chưa có số liệu") == 3 and "'children': '0'" not in figures
