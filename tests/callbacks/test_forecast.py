"""/forecast: unknown is in words, the scope is the person's, the newest figures are the form's."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from case_lives_support import count_lives
from gate_support import Site, build, call, valid_bodies
from security_support import heard

from components import ids
from domain.cases import CaseLife, DecisionKind, Handling
from domain.units import Organisation
from factories import a_life

NOW = datetime(2026, 11, 26, 2, 45, tzinfo=UTC)


@pytest.fixture
def site(tmp_path: Path, sqlite_template: Path, organisation: Organisation) -> Site:
    return build(tmp_path, sqlite_template, organisation, NOW)


def a_year_of_work(unit: str, begins_on: date, until: date, each: int) -> list[CaseLife]:
    """A case every few days, half of them completed after a month."""
    found = []
    for step in range(0, (until - begins_on).days, each):
        day = begins_on + timedelta(days=step)
        ended = day + timedelta(days=30)
        decisions = ((ended, DecisionKind.TERMINATED),) if step % (2 * each) and ended <= until else ()
        found.append(a_life(day, 100, decisions, handling=(Handling(day, unit, "CHV-07"),)))
    return found


def drawn(site: Site, who: str, query: str = "", more: int = 0) -> str:
    for body in valid_bodies(site.app).values():
        sent = body["outputs"] if isinstance(body["outputs"], list) else [body["outputs"]]
        if ids.FORECAST_UNITS in [each["id"] for each in sent]:
            for item in body["inputs"]:
                if item["id"] == ids.FORECAST_FILTER:
                    item["value"] = {"query": query}
                if item["id"] == ids.FORECAST_MORE:
                    item["value"] = more
            return json.dumps(call(site.as_(who), body).get_json(), ensure_ascii=False)
    raise AssertionError(ids.FORECAST_UNITS)


def test_without_figures_the_page_says_so(site: Site) -> None:
    answer = drawn(site, "lanhdao")
    assert answer.count("chưa kết nối") == 1 and "0,0%" not in answer


def test_of_the_first_year_nothing_is_foretold(site: Site) -> None:
    count_lives(site.database, a_year_of_work("PHUVANG", date(2026, 10, 1), date(2026, 11, 25), 4))
    heard(site.database, "cases", now=NOW)
    answer = drawn(site, "lanhdao")
    assert "chưa đủ số liệu để dự báo" in answer and "Chưa có năm nào trước đó" in answer
    assert "giữ như hôm nay" in answer or "Chưa đủ tám tuần" in answer


def test_the_year_after_one_that_was_recorded_is_foretold_by_the_baseline(site: Site) -> None:
    for_unit = a_year_of_work("PHUVANG", date(2025, 10, 1), date(2026, 11, 25), 2)
    other = a_year_of_work("PHULOC", date(2025, 10, 1), date(2026, 11, 25), 3)
    count_lives(site.database, [*for_unit, *other])
    heard(site.database, "cases", now=NOW)
    answer = drawn(site, "lanhdao", more=20)
    assert "Đường năm trước nhân theo tỷ lệ hiện tại" in answer and "chưa đủ năm để nêu khoảng" in answer
    assert "Thêm 20" in answer and "Năm trước" in answer and "Phú Lộc" in answer
    own = drawn(site, "truong.phuvang", "?unit=PHULOC")
    assert "Phú Lộc" not in own and "PHULOC" not in own and "Phú Vang" in own
    assert drawn(site, "truong.phuvang", "?unit=PHUVANG").count("desk-figures") == 1
    money = drawn(site, "lanhdao", "?in=amount&unit=PHUVANG", more=10)
    assert "đồng" in money and "Thêm 1,0 tỷ đồng" in money


def test_the_workbook_holds_the_units_in_scope_and_says_what_it_is(site: Site) -> None:
    for_unit = a_year_of_work("PHUVANG", date(2025, 10, 1), date(2026, 11, 25), 2)
    other = a_year_of_work("PHULOC", date(2025, 10, 1), date(2026, 11, 25), 3)
    count_lives(site.database, [*for_unit, *other])
    heard(site.database, "cases", now=NOW)
    rows = rows_of(site.as_("lanhdao").get("/forecast/export.xlsx").data)
    words = " ".join(str(row[0]) for row in rows if row[0])
    assert "Dự báo tỷ lệ thi hành xong về việc đến 30/09/2027" in words and "số liệu đến" in words
    assert "Dữ liệu mẫu" in words
    by_name = {str(row[0]): row for row in rows}
    here = next(row for name, row in by_name.items() if "Phú Vang" in name)
    assert here[2] > here[1] > 0
    assert by_name["Cộng"][6] > here[6] > 0
    idle = next(row for name, row in by_name.items() if "A Lưới" in name)
    assert idle[1:5] == (None, None, None, None)
    own = rows_of(site.as_("truong.phuvang").get("/forecast/export.xlsx?unit=PHULOC&in=amount").data)
    names = [str(row[0]) for row in own if row[0]]
    assert any("Phú Vang" in name for name in names) and not any("Phú Lộc" in name for name in names)
    assert "về tiền" in names[0]
    assert site.as_("screen").get("/forecast/export.xlsx").status_code == 403


def rows_of(book: bytes) -> list[tuple[Any, ...]]:
    return list(openpyxl.load_workbook(BytesIO(book)).active.iter_rows(values_only=True))
