"""Field reports on the glass: clocks that run, one plug pulled ages one feed only, an empty scene is passed over."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

from glass_support import alarm_pixels
from playwright.sync_api import Page, expect
from reports_support import a_morning, store_reports
from scenes_support import store_quiet_figures, store_whole_year
from wall_support import COMPLETION, crowded, open_scene, open_wall

URGENT = "#alarms-urgent-panel .alarm-row"
REPORT_CELLS = "#units-comparison-panel tbody td:last-child"


def store_morning(served, minutes_old: int = 0) -> None:  # type: ignore[no-untyped-def]
    units = [unit.code for unit in served.organisation.case_units_on(served.clock().date())]
    known_at = served.clock() - timedelta(minutes=minutes_old)
    store_reports(served.database, served.organisation, a_morning(units, served.clock()), known_at)


def test_an_urgent_report_stands_first_with_a_clock_that_runs(served, browser_page: Page, tmp_path: Path) -> None:
    store_quiet_figures(served.database, served.organisation, served.clock())
    store_morning(served)
    served.publish()
    open_wall(browser_page, served.wall_url())
    first = browser_page.locator(URGENT).first
    expect(first).to_contain_text("Tụ tập trước trụ sở")
    expect(first.locator("b")).to_have_text(re.compile("^\u221200:1[56]$"))
    expect(first.locator("small")).to_have_text("quá hạn")
    expect(browser_page.locator("#field_reports-open-panel")).to_contain_text("1 khẩn cấp")
    open_scene(browser_page, "field_reports")
    browser_page.screenshot(path=tmp_path / "field_reports.png")
    assert crowded(browser_page) == []
    red, amber = alarm_pixels(browser_page)
    assert red > 100 and amber > 100
    text = browser_page.locator(".scene--field_reports").inner_text()
    assert "Lời của người dân" not in text and "của 36 phản ánh" in text


def test_pulling_the_plug_of_reports_ages_reports_only(served, browser_page: Page) -> None:
    store_quiet_figures(served.database, served.organisation, served.clock())
    store_morning(served, minutes_old=40)
    served.publish()
    open_wall(browser_page, served.wall_url())
    expect(browser_page.locator("#field_reports-open-panel .panel")).to_have_attribute("data-face", "stale")
    expect(browser_page.locator(REPORT_CELLS).first).to_have_attribute("data-face", "stale")
    expect(browser_page.locator(f"{COMPLETION} .panel")).to_have_attribute("data-face", "live")
    # The matter may be closed by now: no clock runs on what is old, and nothing lights up from it.
    expect(browser_page.locator(f"{URGENT} b").first).to_have_text("––:––")
    expect(browser_page.locator(f"{URGENT} small").first).to_have_text("chưa rõ")
    expect(browser_page.locator(".alarm-strip:visible")).to_contain_text("5 theo số liệu cũ")
    assert browser_page.locator("#units-map-panel .map-sign").count() == 0


def test_a_scene_whose_feed_is_not_connected_is_passed_over_until_it_is(served, browser_page: Page) -> None:
    store_whole_year(served.database, served.organisation, served.clock())
    served.publish()
    open_wall(browser_page, served.wall_url())
    names = browser_page.locator(".wall--dense [data-goto]:visible")
    expect(names).to_have_text(["Toàn cảnh", "Thi hành án"])
    browser_page.keyboard.press("End")
    for _ in range(2):
        browser_page.keyboard.press("ArrowRight")
    expect(browser_page.locator(".wall--dense [data-goto].is-current")).to_have_text("Toàn cảnh")
    store_morning(served)
    served.publish()
    # A pledge stands on the reports too.
    expect(names).to_have_text(["Toàn cảnh", "Thi hành án", "Phản ánh", "Đề án"])
    browser_page.keyboard.press("3")
    expect(browser_page.locator(".scene--field_reports.is-on")).to_be_visible()
