"""The wall in a real browser: the agreed picture at both sizes, alive, honest about age, quiet on the network."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from desk_support import a_leader_at
from playwright.sync_api import BrowserContext, Page, expect
from scenes_support import a_unit_of, complete_more, store_figures, store_one_unit
from wall_support import (
    BANNER,
    BOTH_PACKS,
    CLOCK,
    COMPLETION,
    GLASS,
    STRIP,
    UNITS,
    crowded,
    link_became,
    open_wall,
    was_reloaded,
)

from access.audience import PROVINCE
from components import ids
from data_access.sources import save_source_configured


@pytest.fixture
def alive(served):  # type: ignore[no-untyped-def]
    """The picture's figures, stored and drawn."""
    store_figures(served.database, served.organisation, served.clock() - timedelta(minutes=4))
    served.publish()
    return served


@BOTH_PACKS
@pytest.mark.parametrize("width", [1920, 3840])
def test_the_wall_shows_the_agreed_figures_and_cuts_nothing_off(
    alive, new_context: Callable[..., BrowserContext], watched, width: int, tmp_path: Path
) -> None:
    page = new_context(width).new_page()
    open_wall(page, alive.wall_url())
    tile = page.locator(COMPLETION)
    for words in ("22,3%", "vượt tiến độ", "9,9 điểm", "chỉ tiêu năm 83,5%", "0–40%", "Quản lý án · 4 phút"):
        expect(tile).to_contain_text(re.compile(r"\s*".join(map(re.escape, words.split(" ")))))
    expect(page.locator(f"{UNITS} tbody tr")).to_have_count(len(alive.organisation.case_units_on(alive.clock().date())))
    expect(page.locator(CLOCK)).to_contain_text("Thứ Hai, 23/11/2026")
    expect(page.locator(STRIP)).to_contain_text("Dữ liệu mẫu")
    page.screenshot(path=tmp_path / f"wall_{width}.png")
    assert crowded(page) == []
    assert page.evaluate("typeof window.Plotly") == "undefined"
    assert not [url for url in watched.requests if "plotly" in url]


def test_panels_are_drawn_without_dash_and_cannot_act(alive, browser_page: Page) -> None:
    open_wall(browser_page, alive.wall_url())
    shape = browser_page.locator(f"{COMPLETION} .bullet-measure").first
    assert shape.evaluate("shape => shape.namespaceURI") == "http://www.w3.org/2000/svg"
    assert shape.evaluate("shape => Object.keys(shape).some(key => key.startsWith('__react'))") is False
    drawn = browser_page.evaluate(
        """tree => { const box = document.createElement("div");
                     box.append(...window.thadsDraw(tree));
                     return box.innerHTML; }""",
        [
            {"namespace": "dash_svg", "type": "Svg", "props": {"viewBox": "0 0 4 4", "children": None}},
            {
                "namespace": "dash_html_components",
                "type": "B",
                "props": {
                    "children": ["<i onload=x()>", 0, None, False],
                    "className": "cell",
                    "onclick": "x()",
                    "style": "color: red",
                    "data-at": 0,
                    "hidden": True,
                    "title": None,
                },
            },
        ],
    )
    assert drawn == ('<svg viewBox="0 0 4 4"></svg><b class="cell" data-at="0" hidden="">&lt;i onload=x()&gt;0</b>')


def test_an_empty_database_says_so_on_every_panel(served, browser_page: Page) -> None:
    with served.database.writing() as session:
        save_source_configured(session, "cases", True, served.clock())
    served.publish()
    open_wall(browser_page, served.wall_url())
    for panel in (COMPLETION, "#cases-money-panel", UNITS):
        expect(browser_page.locator(panel)).to_contain_text("chưa có số liệu")
    for panel in ("#field_reports-open-panel", "#attendance-present-panel", "#cameras-online-panel"):
        expect(browser_page.locator(panel)).to_contain_text("chưa kết nối")
    assert not re.search(r"\d", browser_page.locator(GLASS).inner_text().replace("12 tháng", ""))
    assert crowded(browser_page) == []


def test_while_units_have_not_sent_anything_the_whole_says_of_how_many_it_is(served, browser_page: Page) -> None:
    store_one_unit(served.database, a_unit_of(served.organisation), served.clock() - timedelta(minutes=4))
    served.publish()
    open_wall(browser_page, served.wall_url())
    units = len(served.organisation.case_units_on(served.clock().date()))
    expect(browser_page.locator(COMPLETION)).to_contain_text(re.compile(rf"1/{units} đơn vị ·\s*4 phút"))
    assert browser_page.locator(f"{UNITS} .is-silent").count() == units - 1
    assert crowded(browser_page) == []


def test_a_number_changes_by_itself_and_nothing_else_is_sent_again(alive, browser_page: Page, watched) -> None:
    open_wall(browser_page, alive.wall_url())
    expect(browser_page.locator(COMPLETION)).to_contain_text("22,3%")
    # The server takes addresses of 4,094 letters, and a wall has more panels than fit into one.
    first = [url for url in watched.requests if "/live/content" in url]
    assert first and max(url.count("h=") for url in first) <= 40
    before = len(watched.requests)
    complete_more(alive.database, a_unit_of(alive.organisation), 50, alive.clock())
    alive.publish()
    expect(browser_page.locator(COMPLETION)).to_contain_text("23,7%")
    assert not was_reloaded(browser_page)
    contents = [url for url in watched.requests[before:] if "/live/content" in url]
    assert len(contents) == 1
    shown = alive.live.hub.frame().panels_of(PROVINCE.key)
    # What did not move is not asked for again, nor what stands in the layout that is not on this glass.
    still = (ids.WALL_TITLE, ids.FIELD_REPORTS_OPEN, ids.ATTENDANCE_PRESENT, ids.CAMERAS_ONLINE, ids.JUDGMENTS_OPEN)
    assert not [panel for panel in (*still, ids.CASES_FAR_COMPLETION, ids.UNITS_FAR_MAP) if shown[panel] in contents[0]]
    assert shown[ids.CASES_COMPLETION] in contents[0]


def test_a_source_that_falls_silent_ages_to_late_stale_and_lost_on_the_screen(alive, browser_page: Page) -> None:
    open_wall(browser_page, alive.wall_url())
    tile, chip = browser_page.locator(COMPLETION), browser_page.locator(f"{STRIP} .chip").first
    expect(chip).to_contain_text("4 phút")
    alive.clock.skip(timedelta(minutes=10))
    expect(tile).to_contain_text("chậm 14 phút")
    assert crowded(browser_page) == []
    alive.clock.skip(timedelta(minutes=25))
    expect(tile).to_contain_text("số liệu lúc 09:36")
    expect(chip).to_contain_text("cũ 39 phút")
    expect(tile).to_contain_text("22,3")
    assert crowded(browser_page) == []
    alive.clock.skip(timedelta(hours=2))
    expect(tile).to_contain_text("mất từ 09:36")
    expect(tile.locator(".figure")).to_be_hidden()
    expect(browser_page.locator(f"{UNITS} td:nth-child(2)").first).to_have_css("font-size", "0px")
    assert crowded(browser_page) == []


@pytest.mark.parametrize("wrong_by_days", [-1, 1])
def test_a_wrong_clock_of_the_screen_changes_no_age(alive, browser_page: Page, wrong_by_days: int) -> None:
    browser_page.clock.install(time=alive.clock() + timedelta(days=wrong_by_days))
    open_wall(browser_page, alive.wall_url())
    expect(browser_page.locator(COMPLETION)).to_contain_text("4 phút")
    expect(browser_page.locator(CLOCK)).to_contain_text("23/11/2026")


def test_a_screen_that_slept_never_shows_the_old_value_as_live(alive, browser_page: Page) -> None:
    browser_page.clock.install(time=alive.clock())
    open_wall(browser_page, alive.wall_url())
    expect(browser_page.locator(COMPLETION)).to_contain_text("4 phút")
    browser_page.clock.fast_forward("08:00:00")
    expect(browser_page.locator(COMPLETION)).to_contain_text("4 phút")
    assert link_became(browser_page, "lost") < link_became(browser_page, "live")
    assert not was_reloaded(browser_page)


def test_two_tabs_of_one_browser_share_one_stream(alive, new_context: Callable[..., BrowserContext], settings) -> None:
    context = new_context()
    first, second = context.new_page(), context.new_page()
    open_wall(first, alive.wall_url())
    open_wall(second, f"{alive.url}/wall")
    complete_more(alive.database, a_unit_of(alive.organisation), 50, alive.clock())
    alive.publish()
    for page in (first, second):
        expect(page.locator(COMPLETION)).to_contain_text("23,7%")
    # On a busy machine the second may have taken over meanwhile; the one it took over from is let go then.
    for _ in range(60):
        held = settings.streams - alive.live.slots._value
        if held == 1:
            break
        first.wait_for_timeout(250)
    assert held == 1
    first.close()
    complete_more(alive.database, a_unit_of(alive.organisation), 50, alive.clock())
    alive.publish()
    expect(second.locator(COMPLETION)).to_contain_text("25,2%")


def test_without_a_free_stream_a_screen_polls_and_still_moves(alive, browser_page: Page, watched, settings) -> None:
    watched.network_trouble_expected = True
    browser_page.route("**/live/stream", lambda route: route.fulfill(status=503, headers={"Retry-After": "60"}))
    open_wall(browser_page, alive.wall_url())
    expect(browser_page.locator(COMPLETION)).to_contain_text("22,3%")
    complete_more(alive.database, a_unit_of(alive.organisation), 50, alive.clock())
    alive.publish()
    expect(browser_page.locator(COMPLETION)).to_contain_text("23,7%")
    expect(browser_page.locator(BANNER)).to_be_hidden()


def test_a_person_opens_the_explanation_of_a_figure_and_a_screen_does_not(
    alive, new_context: Callable[..., BrowserContext], browser_page: Page
) -> None:
    open_wall(browser_page, alive.wall_url())
    page = a_leader_at(alive, new_context, "/wall")
    link = page.locator(f"{COMPLETION} .explained-link")
    expect(link).to_have_attribute("href", "/indicators/completion_rate_cases")
    expect(browser_page.locator(".explained-link")).to_have_count(0)
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/indicators/completion_rate_cases")
    expect(page.locator(".explained-value")).to_contain_text("%")
