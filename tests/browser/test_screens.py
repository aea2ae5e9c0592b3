"""Putting up a screen, played by two browsers: the screen on the wall and the administrator at a desk."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from people_support import CHIEF, PASSWORD, a_person
from playwright.sync_api import BrowserContext, Page, Route, expect

from actions.manage_screens import change_settings, order_scene
from data_access.screens import screen_by_name, screen_settings
from domain.local_time import local_day
from domain.screens import ScreenSettings

CODE = ".pairing-code"
# What wall.js says every half minute, said now.
SPEAK = """() => {
  const body = { build: document.documentElement.dataset.build, scene: "overview", layout: "dense", data_at: null,
    heap: 1, missed: 0, width: innerWidth, height: innerHeight, awake: false, paused: false };
  const headers = { "Content-Type": "application/json" };
  const options = { method: "POST", headers, body: JSON.stringify(body) };
  return fetch("/live/heartbeat", options).then((answer) => answer.status);
}"""


@pytest.fixture
def desk(served: Any, new_context: Callable[..., BrowserContext]) -> Page:
    """The administrator, on the list of screens."""
    a_person(served.database, "quantri", served.clock())
    page = new_context(1440).new_page()
    sign_in(page, f"{served.url}/administration")
    page.get_by_role("tab", name="Màn hình").click()
    expect(page.locator("#screens-list-panel")).to_contain_text("Chưa có màn hình nào")
    return page


@pytest.fixture
def glass(served: Any, new_context: Callable[..., BrowserContext]) -> Page:
    """A screen that was just switched on."""
    page = new_context(1920).new_page()
    page.goto(f"{served.url}/pairing")
    return page


def sign_in(page: Page, url: str) -> None:
    page.goto(url)
    page.fill("#name", "quantri")
    page.fill("#password", PASSWORD)
    page.click("button[type=submit]")


def pair(desk: Page, glass: Page, name: str, **fields: str) -> None:
    """The administrator enters the code; the screen goes to the wall by itself."""
    desk.click("#screens-add-button")
    desk.fill("#screens-code-input", glass.locator(CODE).inner_text().lower())
    desk.fill("#screens-name-input", name)
    for field, value in fields.items():
        desk.fill(f"#screens-{field}-input", value)
    desk.click("#screens-confirm-button")
    expect(desk.locator(".modal")).to_have_count(0)
    glass.wait_for_url("**/wall")


def told(glass: Page) -> Any:
    """What the snapshot tells this screen about itself."""
    return glass.evaluate("fetch('/live/snapshot').then((answer) => answer.json()).then((state) => state.screen)")


def test_a_screen_is_put_up_asked_and_taken_down_without_touching_it(
    served: Any, desk: Page, glass: Page, watched: Any
) -> None:
    watched.network_trouble_expected = True
    pair(desk, glass, "Sảnh tầng 1", place="tường tây", diagonal="75", distance="3")
    row = desk.locator("#screens-table tr", has_text="Sảnh tầng 1")
    expect(row).to_contain_text("chữ 18′ ở 3 m")
    assert glass.evaluate(SPEAK) == 204
    expect(row).to_contain_text("Đang chạy")
    expect(row).to_contain_text("bản build-1")
    expect(row.locator(".screen-state [data-age]")).to_have_text(re.compile("giây"))
    assert told(glass)["orders"] == {"reload": 0, "identify": 0, "goto": [0, ""]}

    row.get_by_role("button", name="Nhận diện").click()
    expect(glass.locator("html[data-identify]")).to_have_count(1)
    row.get_by_role("button", name="Chuyển cảnh").click()
    desk.select_option("#screens-scene-select", "cases")
    desk.click("#screens-confirm-button")
    expect(glass.locator("html[data-scene=cases]")).to_have_count(1)
    assert told(glass)["orders"] == {"reload": 0, "identify": 1, "goto": [1, "cases"]}
    with glass.expect_event("load"):
        row.get_by_role("button", name="Tải lại").click()
    assert told(glass)["orders"]["reload"] == 1

    row.get_by_role("button", name="Thu hồi").click()
    desk.click("#screens-confirm-button")
    glass.wait_for_url("**/pairing?lost=1")
    expect(glass.locator("[role=alert]")).to_contain_text("không còn quyền xem. Quản trị đã thu hồi.")
    expect(row).to_contain_text("Đã thu hồi")
    expect(glass.locator(CODE)).to_have_text(re.compile("^[0-9A-Z]{4}-[0-9A-Z]{4}$"))
    pair(desk, glass, "Sảnh tầng 2")


def test_a_press_outlives_a_list_that_is_drawn_anew_before_its_answer_came(
    served: Any, desk: Page, glass: Page, watched: Any
) -> None:
    watched.network_trouble_expected = True
    pair(desk, glass, "Sảnh")
    with served.database.reading() as session:
        screen = screen_by_name(session, "Sảnh")
        assert screen is not None
    held: list[Route] = []

    def hold_the_first(route: Route) -> None:
        is_press = route.request.post_data_json["output"].startswith("..screens-change-window")
        if is_press and not held:
            held.append(route)
        else:
            route.continue_()

    desk.route("**/_dash-update-component*", hold_the_first)
    desk.get_by_role("button", name="Chuyển cảnh").click()
    change_settings(served.database, CHIEF, screen.public_id, ScreenSettings("Sảnh lớn"), (), served.clock())
    expect(desk.locator("#screens-table")).to_contain_text("Sảnh lớn")
    assert held
    held[0].continue_()
    expect(desk.locator("#screens-scene-select")).to_be_visible()
    # The same button again is another press.
    desk.click("#screens-cancel-button")
    expect(desk.locator("#screens-scene-select")).to_have_count(0)
    desk.get_by_role("button", name="Chuyển cảnh").click()
    expect(desk.locator("#screens-scene-select")).to_be_visible()


def test_new_settings_reach_the_screen_and_another_scope_is_loaded_anew(
    served: Any, desk: Page, glass: Page, watched: Any
) -> None:
    watched.network_trouble_expected = True
    pair(desk, glass, "Sảnh")
    expect(glass.locator("[data-layout=dense]:not([hidden])")).to_have_count(1)
    with served.database.reading() as session:
        screen = screen_by_name(session, "Sảnh")
        assert screen is not None and screen_settings(screen) == ScreenSettings("Sảnh")
    far = ScreenSettings("Sảnh", diagonal_inches=55, distance_m=4)
    change_settings(served.database, CHIEF, screen.public_id, far, (), served.clock())
    expect(glass.locator("[data-layout=far]:not([hidden])")).to_have_count(1)
    order_scene(served.database, CHIEF, screen.public_id, "far_map", served.clock())
    expect(glass.locator("html[data-scene=far_map]")).to_have_count(1)

    glass.evaluate("document.documentElement.dataset.stillHere = 'yes'")
    unit = served.organisation.case_units_on(local_day(served.clock()))[0].code
    of_a_unit = ScreenSettings("Sảnh", unit=unit, diagonal_inches=55, distance_m=4)
    change_settings(served.database, CHIEF, screen.public_id, of_a_unit, (unit,), served.clock())
    # The page of another scope is loaded anew, so what this one remembered is gone.
    expect(glass.locator("html:not([data-still-here])")).to_have_count(1)
    expect(glass).to_have_url(f"{served.url}/wall")
    expect(glass.locator("html[data-link=live]")).to_have_count(1)
    expect(glass.locator("[data-layout=far]:not([hidden])")).to_have_count(1)


def test_the_picture_opens_the_form_with_the_code_after_signing_in(
    served: Any, glass: Page, new_context: Callable[..., BrowserContext]
) -> None:
    a_person(served.database, "quantri", served.clock())
    code = glass.locator(CODE).inner_text()
    phone = new_context(480).new_page()
    sign_in(phone, f"{served.url}/administration#{code}")
    expect(phone.locator("#screens-code-input")).to_have_value(code)
    phone.fill("#screens-name-input", "Phòng họp")
    phone.click("#screens-confirm-button")
    glass.wait_for_url("**/wall")
    assert code not in glass.url


@pytest.mark.parametrize("width", [1280, 1920, 3840])
def test_the_code_can_be_read_from_four_metres_and_nothing_is_cut(
    served: Any, new_context: Callable[..., BrowserContext], width: int
) -> None:
    page = new_context(width).new_page()
    page.goto(f"{served.url}/pairing")
    shown = page.evaluate(
        """() => { const code = document.querySelector(".pairing-code"), page = document.documentElement;
        return [parseFloat(getComputedStyle(code).fontSize) / innerWidth, page.scrollWidth <= innerWidth,
          page.scrollHeight <= innerHeight, code.scrollWidth <= code.clientWidth + 1]; }"""
    )
    # 8.1 % of the width: 56 mm capitals on 43 inches, 48 minutes of arc at 4 m.
    assert shown[0] > 0.08 and shown[1:] == [True, True, True]


def test_a_waiting_screen_outlives_the_network_and_its_code(served: Any, glass: Page, desk: Page, watched: Any) -> None:
    watched.network_trouble_expected = True
    before = glass.locator(CODE).inner_text()
    glass.context.set_offline(True)
    expect(glass.locator(".pairing-lost")).to_be_visible(timeout=10_000)
    glass.context.set_offline(False)
    expect(glass.locator(".pairing-lost")).to_be_hidden(timeout=10_000)
    served.clock.skip(timedelta(minutes=16))
    expect(glass.locator(CODE)).not_to_have_text(before)
    pair(desk, glass, "Sảnh")
