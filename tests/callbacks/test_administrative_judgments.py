"""/administrative-judgments answers: words before the first register, the own unit only, one judgment by address."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from gate_support import Site, build, drawn
from judgments_support import a_register

from access.principal import Principal
from components import ids
from data_access.administrative_judgments import judgment_year
from domain.statistics import StatisticalYear
from domain.units import Organisation

NOW = datetime(2026, 11, 24, 2, 45, tzinfo=UTC)
FORM = "/administrative-judgments/form"


@pytest.fixture
def site(tmp_path: Path, sqlite_template: Path, organisation: Organisation) -> Site:
    return build(tmp_path, sqlite_template, organisation, NOW)


@pytest.fixture
def units(site: Site, organisation: Organisation) -> list[str]:
    """Every unit, the one of the head first; the last has no register."""
    others = [unit.code for unit in organisation.case_units_on(NOW.date()) if unit.code != "PHUVANG"]
    a_register(site.database, ["PHUVANG", *others], NOW)
    return ["PHUVANG", *others]


def public_id(site: Site, organisation: Organisation, unit: str) -> str:
    with site.database.reading() as session:
        found = judgment_year(
            session, Principal.worker(), organisation, StatisticalYear(2027), NOW.date(), is_sample=True
        )
    return next(one.public_id for one in found.listed if one.standing.judgment.unit == unit)


def test_before_the_first_register_the_page_says_so_and_no_zero(site: Site) -> None:
    answer = drawn(site, "truc", ids.JUDGMENTS_FIGURES)
    assert "chưa kết nối" in answer and '"0"' not in answer


def test_figures_carry_their_age_the_identity_and_last_year(site: Site, units: list[str]) -> None:
    answer = drawn(site, "lanhdao", ids.JUDGMENTS_FIGURES)
    number = len(units) - 1
    for said in ('"data-at"', "✓", f"{3 * number + 1} = {number} + {number} + {number + 1}", f"cùng kỳ {number}"):
        assert said in answer, said
    assert "chưa có sổ" in answer and "1 chưa tính được hạn" in answer and "Cộng" in answer
    assert "chưa rõ ngày nhận bản án" in answer and "quá hạn 20 ngày" in answer


def test_a_head_sees_the_own_unit_whatever_the_address_says(
    site: Site, organisation: Organisation, units: list[str]
) -> None:
    own = drawn(site, "truong.phuvang", ids.JUDGMENTS_FIGURES)
    assert "Phú Vang" in own and "Phú Lộc" not in own and "Cộng" not in own
    other = drawn(site, "truong.phuvang", ids.JUDGMENTS_FIGURES, query="?unit=PHULOC")
    assert "Không có bản án nào" in other and "Phú Lộc" not in other
    theirs = public_id(site, organisation, "PHULOC")
    assert "Không có bản án này" in drawn(site, "truong.phuvang", ids.JUDGMENTS_FIGURES, judgment=theirs)
    client = site.as_("truong.phuvang")
    assert client.get(f"{FORM}.pdf?unit=PHULOC").status_code == 404
    listed = openpyxl.load_workbook(BytesIO(client.get("/administrative-judgments/export.xlsx?unit=PHULOC").data))
    assert "HC-ST" not in str(list(listed.active.iter_rows(values_only=True)))


def test_one_judgment_is_told_as_a_time_line(site: Site, organisation: Organisation, units: list[str]) -> None:
    chosen = public_id(site, organisation, "PHULOC")
    answer = drawn(site, "truc", ids.JUDGMENTS_FIGURES, judgment=chosen)
    assert "Bản án 02/2026/HC-ST" in answer and "Làm việc với các bên" in answer and "is-chosen" in answer


def test_a_year_that_is_over_is_told_as_of_its_last_day(site: Site, units: list[str]) -> None:
    answer = drawn(site, "truc", ids.JUDGMENTS_FIGURES, query="?year=2026&showing=all")
    number = len(units) - 1
    assert f"{3 * number} = {number} + 0 + {2 * number}" in answer


def test_filters_offer_the_own_units_and_four_years(site: Site, units: list[str]) -> None:
    answer = drawn(site, "truong.phuvang", ids.JUDGMENTS_YEAR)
    assert "PHULOC" not in answer and "Đơn vị của tôi" in answer and "Năm 2024" in answer and "form.docx" in answer


@pytest.mark.parametrize("ending", ["xlsx", "docx", "pdf"])
def test_the_form_is_a_file_for_every_person(site: Site, units: list[str], ending: str) -> None:
    answer = site.as_("truong.phuvang").get(f"{FORM}.{ending}")
    assert answer.status_code == 200 and len(answer.data) > 2000
