"""What a wall does by itself: turns its scenes, obeys a remote, sleeps at night, reloads, shifts, reports, obeys."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from scenes_support import store_figures
from security_support import a_record, heard, store
from wall_support import BANNER, expect_live, open_wall, set_up_screen, was_reloaded

from access.principal import Principal
from actions.answer_alarm import AnswerAlarms
from actions.manage_screens import order_identify, order_reload, order_scene
from actions.pair_screen import DEMO_SCREEN
from data_access.alarms import alarms_listed
from data_access.screens import last_reports, screen_by_name
from domain.alarms import Priority
from domain.local_time import local_day
from domain.permissions import Role
from domain.screens import NightHours, SceneTurn
from domain.security import SecurityKind

ADMINISTRATOR = Principal(Role.ADMINISTRATOR, "a1", "quantri")
CASES_FIRST = (SceneTurn("cases", 30), SceneTurn("overview", 60))
LARGEST_FIRST_LOAD = 500_000


@pytest.fixture
def alive(served):  # type: ignore[no-untyped-def]
    """The picture's figures, stored and drawn."""
    store_figures(served.database, served.organisation, served.clock() - timedelta(minutes=4))
    served.publish()
    return served


def on_glass(page: Page, scene: str) -> None:
    expect(page.locator(f".wall:not([hidden]) [data-scene={scene}].is-on")).to_be_visible()
    expect(page.locator(".wall:not([hidden]) nav .is-current")).to_have_attribute("data-goto", scene)
    expect(page.locator(".wall:not([hidden]) [data-scene].is-on")).to_have_count(1)


def open_screen(alive, page: Page, **settings) -> None:  # type: ignore[no-untyped-def]
    """The demo's screen set up so, its wall open, its browser's clock in the test's hand."""
    url = alive.wall_url()
    set_up_screen(alive.database, alive.clock(), **settings)
    page.clock.install(time=alive.clock())
    open_wall(page, url)


def test_scenes_turn_in_the_order_and_for_as_long_as_the_screen_was_set_up(alive, browser_page: Page) -> None:
    open_screen(alive, browser_page, turns=CASES_FIRST)
    on_glass(browser_page, "cases")
    browser_page.clock.fast_forward(25_000)
    on_glass(browser_page, "cases")
    browser_page.clock.fast_forward(6_000)
    on_glass(browser_page, "overview")
    browser_page.clock.fast_forward(50_000)
    on_glass(browser_page, "overview")
    browser_page.clock.fast_forward(11_000)
    on_glass(browser_page, "cases")
    expect_live(browser_page)
    assert not was_reloaded(browser_page)


def test_a_screen_with_one_scene_stands_still(alive, browser_page: Page) -> None:
    open_screen(alive, browser_page, turns=(SceneTurn("cases", 30),))
    browser_page.clock.fast_forward(100_000)
    on_glass(browser_page, "cases")
    expect(browser_page.locator(".wall--dense [data-goto=overview]")).to_be_hidden()


def test_a_remote_jumps_holds_five_minutes_and_lets_go(alive, browser_page: Page) -> None:
    open_screen(alive, browser_page)
    on_glass(browser_page, "overview")
    browser_page.keyboard.press("ArrowRight")
    on_glass(browser_page, "cases")
    expect(browser_page.locator(".wall--dense [data-rotation]")).to_have_text("giữ 5 phút")
    browser_page.clock.fast_forward(200_000)
    on_glass(browser_page, "cases")
    browser_page.clock.fast_forward(101_000)
    expect(browser_page.locator(".wall--dense [data-rotation]")).to_have_text("")
    browser_page.clock.fast_forward(31_000)
    on_glass(browser_page, "overview")
    browser_page.keyboard.press("MediaPlayPause")
    browser_page.clock.fast_forward(100_000)
    on_glass(browser_page, "overview")
    browser_page.keyboard.press(" ")
    browser_page.clock.fast_forward(61_000)
    on_glass(browser_page, "cases")
    browser_page.keyboard.press("1")
    on_glass(browser_page, "overview")


def test_the_layers_of_the_map_alternate_and_skip_what_has_nothing_to_show(alive, browser_page: Page) -> None:
    open_screen(alive, browser_page)
    layer = browser_page.locator(".map-layers > .is-on")
    expect(layer).to_contain_text("Tỷ lệ xong về việc")
    browser_page.clock.fast_forward(21_000)
    expect(layer).to_contain_text("Thời hạn luật định quá hạn")
    browser_page.clock.fast_forward(21_000)
    expect(layer).to_contain_text("Cảnh báo đang mở")


def test_at_night_the_glass_is_black_but_for_a_wandering_clock_and_a_key_wakes_it(alive, browser_page: Page) -> None:
    open_screen(alive, browser_page, night=NightHours(time(9, 0), time(6, 30)))
    night = browser_page.locator(".night")
    expect(night).to_be_visible()
    expect(night).to_have_css("background-color", "rgb(0, 0, 0)")
    expect(night.locator("[data-clock=time]")).to_have_text(re.compile(r"09:4\d"))
    before = night.locator(".wall-clock").bounding_box()
    alive.clock.skip(timedelta(minutes=20))
    expect(night.locator("[data-clock=time]")).to_have_text(re.compile(r"10:0\d"))
    browser_page.wait_for_timeout(500)
    assert night.locator(".wall-clock").bounding_box() != before
    browser_page.keyboard.press("ArrowRight")
    expect(night).to_be_hidden()
    browser_page.clock.fast_forward(301_000)
    expect(night).to_be_visible()


def test_by_default_and_on_other_weekdays_there_is_no_night(alive, browser_page: Page) -> None:
    open_screen(alive, browser_page, night=NightHours(time(9, 0), time(18, 30), frozenset({5, 6})))
    browser_page.wait_for_timeout(600)
    expect(browser_page.locator(".night")).to_be_hidden()


def test_a_wall_loads_itself_again_once_a_night_and_never_while_its_server_is_away(
    alive, new_context: Callable[..., BrowserContext], watched
) -> None:
    watched.network_trouble_expected = True
    context = new_context()
    page = context.new_page()
    open_screen(alive, page)
    context.set_offline(True)
    three_at_night = datetime(2026, 11, 23, 20, 25, tzinfo=UTC)
    page.clock.fast_forward(int((three_at_night - alive.clock()).total_seconds()) * 1000)
    expect(page.locator(BANNER)).to_be_visible()
    page.wait_for_timeout(1000)
    assert not was_reloaded(page)
    alive.clock.skip(datetime(2026, 11, 23, 20, 5, tzinfo=UTC) + timedelta(minutes=1) - alive.clock())
    context.set_offline(False)
    expect_live(page)
    for _ in range(10):
        if was_reloaded(page):
            break
        alive.clock.skip(timedelta(minutes=3))
        page.wait_for_timeout(2300)
    assert was_reloaded(page)
    page.wait_for_selector(".freshness-strip")
    page.evaluate("window.neverReloaded = true")
    page.wait_for_timeout(1500)
    assert not was_reloaded(page)


def test_the_whole_glass_shifts_by_whole_pixels_a_few_at_a_time(alive, browser_page: Page) -> None:
    open_screen(alive, browser_page)
    places = []
    for _ in range(12):
        places.append(browser_page.locator(".walls").evaluate("wall => wall.style.transform"))
        browser_page.clock.fast_forward(181_000)
        browser_page.wait_for_timeout(300)
    moves = [tuple(map(int, re.findall(r"-?\d+(?=px)", place))) for place in places]
    assert len(set(moves)) >= 4
    assert all(0 <= x <= 8 * 1920 / 3840 and 0 <= y <= 8 * 1920 / 3840 for x, y in moves)


def test_a_resting_pointer_is_hidden_and_a_moved_one_is_shown(alive, browser_page: Page) -> None:
    open_wall(browser_page, alive.wall_url())
    browser_page.mouse.move(400, 400)
    expect(browser_page.locator("body")).to_have_css("cursor", "auto")
    expect(browser_page.locator("body")).to_have_css("cursor", "none")


def test_who_asks_for_less_motion_gets_none(alive, new_context: Callable[..., BrowserContext]) -> None:
    page = new_context(reduced_motion="reduce").new_page()
    open_wall(page, alive.wall_url())
    on_glass(page, "overview")
    assert page.evaluate("document.getAnimations().length") == 0
    page.keyboard.press("ArrowRight")
    on_glass(page, "cases")
    assert page.evaluate("document.getAnimations().length") == 0


def test_the_first_load_is_small_and_draws_without_the_desk_s_libraries(alive, browser_page: Page) -> None:
    wire = browser_page.context.new_cdp_session(browser_page)
    wire.send("Network.enable")
    sizes: list[float] = []
    wire.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    open_wall(browser_page, alive.wall_url())
    browser_page.wait_for_timeout(1500)
    assert 100_000 < sum(sizes) < LARGEST_FIRST_LOAD
    assert browser_page.evaluate("[typeof window.Plotly, typeof window.dash_bootstrap_components]") == ["undefined"] * 2


def test_orders_from_the_administration_reach_the_glass(alive, browser_page: Page) -> None:
    open_wall(browser_page, alive.wall_url())
    on_glass(browser_page, "overview")
    with alive.database.reading() as session:
        public_id = screen_by_name(session, DEMO_SCREEN).public_id
    order_identify(alive.database, ADMINISTRATOR, public_id, alive.clock())
    expect(browser_page.locator(".identity")).to_be_visible()
    expect(browser_page.locator(".identity")).to_contain_text(DEMO_SCREEN)
    order_scene(alive.database, ADMINISTRATOR, public_id, "cases", alive.clock())
    expect(browser_page.locator(".wall--dense [data-scene=cases].is-on")).to_be_attached()
    assert not was_reloaded(browser_page)
    order_reload(alive.database, ADMINISTRATOR, public_id, alive.clock())
    browser_page.wait_for_event("load")
    browser_page.wait_for_selector(".freshness-strip")
    browser_page.evaluate("window.neverReloaded = true")
    browser_page.wait_for_timeout(1500)
    assert not was_reloaded(browser_page), "an order is obeyed once"
    expect(browser_page.locator(".identity")).to_be_hidden()


def test_a_screen_keeps_its_glass_awake_and_says_what_it_shows(alive, browser_page: Page) -> None:
    browser_page.add_init_script(
        """navigator.wakeLock.request = async (kind) => {
          window.askedFor = kind;
          return {addEventListener() {}};
        };"""
    )
    open_wall(browser_page, alive.wall_url())
    on_glass(browser_page, "overview")
    expect(browser_page.locator("html")).to_have_attribute("data-scene", "overview")
    with browser_page.expect_response(lambda answer: "/live/heartbeat" in answer.url, timeout=40_000) as heard:
        pass
    assert heard.value.status == 204
    with alive.database.reading() as session:
        report = next(iter(last_reports(session).values()))
    assert (report.scene, report.layout, report.build) == ("overview", "dense", "build-1")
    assert (report.width, report.height, report.missed) == (1920, 1080, 0)
    assert report.data_at is not None and alive.clock() - report.data_at > timedelta(minutes=3)
    assert browser_page.evaluate("window.askedFor") == "screen"


def test_a_new_urgent_alarm_brings_the_overview_and_holds_it_until_acknowledged(alive, browser_page: Page) -> None:
    unit = alive.organisation.case_units_on(local_day(alive.clock()))[1].code
    open_screen(alive, browser_page, turns=CASES_FIRST)
    on_glass(browser_page, "cases")
    store(alive.database, a_record(unit, SecurityKind.GATHERING, alive.clock(), ""), now=alive.clock())
    heard(alive.database, "security", now=alive.clock())
    alive.publish()
    strip = browser_page.locator(".wall--dense .alarm-strip")
    expect(strip).to_contain_text("Tụ tập trước trụ sở")
    expect(strip.locator(".alarm-state")).to_have_text("chưa xác nhận")
    browser_page.clock.run_for(1000)
    on_glass(browser_page, "overview")
    browser_page.clock.fast_forward(200_000)
    on_glass(browser_page, "overview")
    with alive.database.reading() as session:
        listed = alarms_listed(session, ADMINISTRATOR, alive.organisation, alive.clock())
    urgent = next(alarm for alarm in listed if alarm.priority is Priority.URGENT)
    answers = AnswerAlarms(alive.database, ADMINISTRATOR, alive.organisation)
    answers.acknowledge(urgent.public_id, urgent.revision, "", alive.clock())
    alive.publish()
    expect(strip.locator(".alarm-state")).to_have_text("đã xác nhận")
    browser_page.clock.run_for(62_000)
    on_glass(browser_page, "cases")


def test_an_urgent_alarm_that_nobody_acknowledges_lets_go_after_ten_minutes(alive, browser_page: Page) -> None:
    unit = alive.organisation.case_units_on(local_day(alive.clock()))[1].code
    store(alive.database, a_record(unit, SecurityKind.GATHERING, alive.clock(), ""), now=alive.clock())
    heard(alive.database, "security", now=alive.clock())
    alive.publish()
    open_screen(alive, browser_page, turns=CASES_FIRST)
    on_glass(browser_page, "overview")
    browser_page.clock.fast_forward(590_000)
    on_glass(browser_page, "overview")
    browser_page.clock.fast_forward(11_000)
    browser_page.clock.run_for(62_000)
    on_glass(browser_page, "cases")
