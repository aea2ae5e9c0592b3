"""A page of cases that looks across the reorganisation of 1/7/2025: what is added up, and what is not invented."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from case_lives_support import store_lives
from gate_support import Site, build, drawn

from components import ids
from data_access.sources import save_source_success
from domain.cases import CaseLife, DecisionKind, Handling
from domain.units import Organisation
from factories import a_life

NOW = datetime(2026, 3, 31, 2, 45, tzinfo=UTC)
REFORM = date(2025, 7, 1)


def _moved(old: str, new: str, months: tuple[int, ...]) -> list[CaseLife]:
    """Cases docketed in December 2023, completed in these months of 2025."""
    began_on = date(2023, 12, 4)
    handling = (Handling(began_on, old, "CHV-01"), Handling(REFORM, new, "CHV-01", by_succession=True))
    return [
        a_life(began_on, 100, ((date(2025, month, 5), DecisionKind.COMPLETED),), handling=handling) for month in months
    ]


@pytest.fixture
def site(tmp_path: Path, sqlite_template: Path, two_era_organisation: Organisation) -> Site:
    site = build(tmp_path, sqlite_template, two_era_organisation, NOW)
    parts = (("PHULOC", "KV4", (1, 2, 11)), ("NAMDONG", "KV4", (2,)), ("TPHUE", "KV1", (3, 12)), ("TPHUE", "KV3", (8,)))
    store_lives(site.database, [life for part in parts for life in _moved(*part)])
    with site.database.writing() as session:
        save_source_success(session, "cases", NOW, NOW)
    return site


def test_a_whole_unit_has_last_years_figures_of_its_predecessors(site: Site) -> None:
    answer = drawn(site, "lanhdao", ids.CASES_KPIS, query="", unit="KV4", path="/units/KV4")
    # Of the four cases of Phú Lộc and Nam Đông three were completed by 31/3/2025.
    assert '"cùng kỳ ", {"props": {"children": "75,0"}' in answer
    compared = drawn(site, "lanhdao", ids.CASES_COMPARED, query="", path="/cases")
    assert "Khu vực 4 = Phú Lộc + Nam Đông" in compared
    assert "trước đó 75,0%" in compared


def test_a_divided_unit_has_none_and_the_page_says_why(site: Site) -> None:
    answer = drawn(site, "lanhdao", ids.CASES_KPIS, query="", unit="KV1", path="/units/KV1")
    assert '"cùng kỳ ", {"props": {"children": "—"}' in answer
    compared = drawn(site, "lanhdao", ids.CASES_COMPARED, query="", path="/cases")
    assert "Khu vực 1, Khu vực 2, Khu vực 3: không quy đổi được" in compared


def test_predecessors_stand_beside_their_successors(site: Site) -> None:
    card = drawn(site, "lanhdao", ids.CASES_RESTATED, query="", unit="KV4", path="/units/KV4")
    assert "Trước và sau đổi cơ cấu 01/07/2025" in card
    assert "Phú Lộc" in card and "Nam Đông" in card and "Cộng 2 đơn vị" in card
    assert "TP Huế" not in card


def test_a_unit_that_has_ended_shows_who_took_over(site: Site) -> None:
    card = drawn(site, "lanhdao", ids.CASES_RESTATED, query="", unit="NAMDONG", path="/units/NAMDONG")
    assert "Khu vực 4" in card and "Phú Lộc" in card
    face = drawn(site, "lanhdao", ids.CASES_KPIS, query="", unit="NAMDONG", path="/units/NAMDONG")
    assert "đã kết thúc ngày 30/06/2025" in face and "kpi-card" not in face
    assert "Nam Đông" in drawn(site, "lanhdao", ids.UNIT_NAME, unit="NAMDONG")
    then = drawn(site, "lanhdao", ids.CASES_KPIS, query="?ends=2025-03-31", unit="NAMDONG", path="/units/NAMDONG")
    assert "kpi-card" in then


def test_the_line_says_what_it_was_added_up_from(site: Site) -> None:
    curve = drawn(site, "lanhdao", ids.CASES_SECOND, query="", unit="KV4", path="/units/KV4")
    assert "Khu vực 4 = Phú Lộc + Nam Đông" in curve


def test_a_page_that_looks_across_nothing_has_no_such_card(site: Site) -> None:
    card = drawn(site, "lanhdao", ids.CASES_RESTATED, query="?ends=2025-03-31", path="/cases")
    assert "đổi cơ cấu" not in card
