"""/administrative-judgments as a leader reads it, and the tile of the wall as a register arrives."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from desk_support import a_leader_at
from judgments_support import a_register
from playwright.sync_api import BrowserContext, expect
from wall_support import BOTH_PACKS, crowded, open_scene, open_wall

from domain.local_time import local_day

PATH = "/administrative-judgments"
ROWS, TABLE = "#administrative_judgments-rows-list", "#administrative_judgments-units-list"


@BOTH_PACKS
def test_a_leader_reads_the_year_and_opens_what_is_overdue(
    served: Any, new_context: Callable[..., BrowserContext], tmp_path: Path
) -> None:
    now = served.clock()
    units = [unit.code for unit in served.organisation.case_units_on(local_day(now))]
    page = a_leader_at(served, new_context, PATH)
    expect(page.locator(".desk-face")).to_contain_text("Án hành chính chưa kết nối")
    a_register(served.database, units, now)
    # The register arrives while somebody looks: no reload.
    expect(page.locator(f"{TABLE} tbody tr")).to_have_count(len(units) + 1)
    page.select_option("#administrative_judgments-showing-select", "overdue")
    page.wait_for_url("**showing=overdue")
    rows = page.locator(f"{ROWS} tbody tr")
    expect(rows).to_have_count(len(units) - 1)
    rows.first.locator("a").click()
    expect(page.locator("#administrative_judgments-one-list h2")).to_contain_text("Bản án 02/2026")
    expect(page.locator(".report-steps li")).to_have_count(4)
    page.select_option("#administrative_judgments-unit-select", units[1])
    page.wait_for_url(f"**unit={units[1]}**")
    expect(rows).to_have_count(1)
    page.screenshot(path=tmp_path / "judgments_desk.png", full_page=True)
    assert not page.evaluate("() => document.documentElement.scrollWidth > innerWidth")
    for words, begin in (("Biểu PDF", b"%PDF"), ("Biểu Word", b"PK"), ("Xuất danh sách", b"PK")):
        address = page.get_by_role("link", name=words).get_attribute("href")
        assert page.request.get(f"{served.url}{address}").body().startswith(begin)


def test_the_wall_tells_of_a_register_when_it_arrives(
    served: Any, new_context: Callable[..., BrowserContext], tmp_path: Path
) -> None:
    now = served.clock()
    units = [unit.code for unit in served.organisation.case_units_on(local_day(now))]
    served.publish()
    page = new_context(1920, reduced_motion="reduce").new_page()
    open_wall(page, served.wall_url())
    open_scene(page, "cases")
    tile = page.locator("#administrative_judgments-open-panel")
    expect(tile).to_contain_text("chưa kết nối")
    a_register(served.database, units, now)
    served.publish()
    expect(tile).to_contain_text(f"{len(units) - 1} quá hạn")
    expect(tile).to_contain_text(f"· {len(units) - 1}/{len(units)} đơn vị")
    page.screenshot(path=tmp_path / "judgments_wall.png")
    assert crowded(page) == []
