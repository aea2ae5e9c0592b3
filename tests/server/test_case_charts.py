"""Charts of /cases and of a unit's page as files: title, unit, time and source stand in them, and the scope is kept."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from cases_support import take_in_cases
from gate_support import Site, build, drawn
from sqlalchemy import text

from components import ids
from domain.units import Organisation

NOW = datetime(2026, 11, 24, 2, 45, tzinfo=UTC)
HEAD = "truong.phuvang"


@pytest.fixture
def site(tmp_path: Path, sqlite_template: Path, organisation: Organisation) -> Site:
    site = build(tmp_path, sqlite_template, organisation, NOW)
    take_in_cases(site.database, organisation, tmp_path, NOW)
    return site


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("chart=units", "Tỷ lệ thi hành xong về việc theo đơn vị"),
        ("chart=units&counted_in=amount", "Tỷ lệ thi hành xong về tiền theo đơn vị"),
        ("chart=curve&unit=PHUVANG", "Lũy kế tỷ lệ thi hành xong về việc, Phú Vang"),
    ],
)
def test_a_chart_says_what_it_is_of_when_and_from_where(site: Site, query: str, title: str) -> None:
    answer = site.as_("lanhdao").get(f"/cases/chart.svg?{query}")
    svg = answer.get_data(as_text=True)
    assert answer.mimetype == "image/svg+xml" and "attachment" in answer.headers["Content-Disposition"]
    for words in (title, "Đơn vị tính: % trên số có điều kiện", "số liệu đến", "01/10/2026", "tạm tính"):
        assert words in svg, words
    picture = site.as_("lanhdao").get(f"/cases/chart.png?{query}")
    assert picture.data.startswith(b"\x89PNG")
    with site.database.reading() as session:
        kept = session.execute(text("select count(*) from audit_event where action = 'case_chart_exported'")).scalar()
    assert kept == 2


def test_a_filter_is_said_and_takes_the_target_away(site: Site) -> None:
    svg = site.as_("lanhdao").get("/cases/chart.svg?chart=units&group=TD").get_data(as_text=True)
    assert "tín dụng" in svg.lower()


def test_a_head_gets_the_own_unit_only_and_a_screen_nothing(site: Site) -> None:
    own = site.as_(HEAD).get("/cases/chart.svg?chart=units").get_data(as_text=True)
    assert "Phú Vang" in own and "Nam Đông" not in own
    assert site.as_(HEAD).get("/cases/chart.svg?chart=curve&unit=NAMDONG").status_code == 404
    assert site.as_("lanhdao").get("/cases/chart.svg?chart=pie").status_code == 404
    assert site.as_("screen").get("/cases/chart.svg?chart=units").status_code == 403


def test_the_page_offers_its_charts_under_the_same_filter(site: Site) -> None:
    compared = drawn(site, "lanhdao", ids.CASES_COMPARED, query="?group=TD", path="/cases")
    assert "/cases/chart.png?group=TD&chart=units" in compared
    curve = drawn(site, "lanhdao", ids.CASES_SECOND, query="", unit="PHUVANG", path="/units/PHUVANG")
    assert "/cases/chart.svg?unit=PHUVANG&chart=curve" in curve
