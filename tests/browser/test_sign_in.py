"""Signing in and administering in a real browser: forms, windows, themes, another site that tries to help itself."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from people_support import CHIEF, PASSWORD, a_person, a_screen
from playwright.sync_api import BrowserContext, Page, expect

from actions.manage_users import disable_user
from data_access.audit import audit_events


def sign_in(page: Page, url: str, name: str, password: str = PASSWORD) -> None:
    page.goto(url)
    page.fill("#name", name)
    page.fill("#password", password)
    page.click("button[type=submit]")


@pytest.fixture
def admin(served: Any, browser_page: Page) -> Page:
    """A browser of the administrator, on /administration."""
    a_person(served.database, "quantri", served.clock())
    sign_in(browser_page, f"{served.url}/administration", "quantri")
    expect(browser_page.locator("#users-table")).to_be_visible()
    return browser_page


def test_a_person_signs_in_by_keyboard_and_lands_where_they_wanted(served: Any, browser_page: Page) -> None:
    a_person(served.database, "quantri", served.clock())
    browser_page.goto(f"{served.url}/administration")
    expect(browser_page.locator("#name")).to_be_focused()
    browser_page.keyboard.type("quantri")
    browser_page.keyboard.press("Tab")
    browser_page.keyboard.type(PASSWORD)
    browser_page.keyboard.press("Enter")
    expect(browser_page).to_have_url(f"{served.url}/administration")
    expect(browser_page.locator("#users-table")).to_contain_text("quantri")


def test_a_wrong_password_is_said_beside_the_form(served: Any, browser_page: Page, watched: Any) -> None:
    watched.network_trouble_expected = True
    sign_in(browser_page, f"{served.url}/login", "quantri", "wrong")
    expect(browser_page.locator("[role=alert]")).to_have_text(re.compile("không đúng"))
    expect(browser_page.locator("#password")).to_be_focused()


def test_an_account_is_made_used_and_closed(
    served: Any, admin: Page, new_context: Callable[..., BrowserContext], watched: Any
) -> None:
    watched.network_trouble_expected = True
    admin.click("#users-add-button")
    admin.fill("#users-name-input", "truong.moi")
    expect(admin.locator("#users-unit-select")).to_be_hidden()
    admin.select_option("#users-role-select", "department_head")
    unit = served.organisation.case_units_on(served.clock().date())[4]
    admin.select_option("#users-unit-select", unit.code)
    admin.click("#users-confirm-button")
    password = admin.locator(".desk-secret code").inner_text()
    admin.click("#users-cancel-button")
    expect(admin.locator(".modal")).to_have_count(0)
    row = admin.locator("#users-table tr", has_text="truong.moi")
    expect(row).to_contain_text(unit.name)

    other = new_context(1440).new_page()
    sign_in(other, f"{served.url}/login", "truong.moi", password)
    expect(other).to_have_url(re.compile(f"/units/{unit.code}$"))
    expect(other.locator("h1")).to_contain_text(unit.name)

    row.get_by_role("button", name="Khóa", exact=True).click()
    admin.click("#users-confirm-button")
    expect(row).to_contain_text("Đã khóa")
    other.goto(f"{served.url}/wall")
    expect(other).to_have_url(re.compile("/login"))


def test_names_that_are_markup_are_shown_as_text(served: Any, admin: Page) -> None:
    for name in ("<img src=x onerror=window.__xss=1>", '"><svg onload=window.__xss=1>', "javascript:window.__xss=1"):
        a_screen(served.database, served.clock(), name)
    admin.get_by_role("tab", name="Màn hình").click()
    admin.reload()
    admin.goto(f"{served.url}/administration?tab=screens")
    expect(admin.locator("#screens-table")).to_contain_text("onerror")
    admin.goto(f"{served.url}/administration?tab=audit")
    expect(admin.locator("#audit-table")).to_contain_text("onload")
    assert admin.evaluate("window.__xss") is None


def test_the_theme_a_person_chose_stays(served: Any, admin: Page) -> None:
    page = admin.locator("html")
    before = page.get_attribute("data-theme")
    admin.click("[data-theme-toggle]")
    chosen = page.get_attribute("data-theme")
    assert {before, chosen} == {"dark", "light"}
    admin.reload()
    expect(page).to_have_attribute("data-theme", chosen or "")
    admin.goto(f"{served.url}/wall")
    expect(page).to_have_attribute("data-theme", "dark")


def test_signing_out_leaves_nothing_behind_the_back_button(served: Any, admin: Page, watched: Any) -> None:
    watched.network_trouble_expected = True
    admin.click(".desk-person summary")
    admin.click("text=Đăng xuất")
    expect(admin.locator("[role=alert]")).to_have_text(re.compile("Đã đăng xuất"))
    admin.go_back()
    expect(admin).to_have_url(re.compile("/login"))


def test_a_page_left_open_leads_to_the_form_once_the_account_is_closed(
    served: Any, admin: Page, new_context: Callable[..., BrowserContext], watched: Any
) -> None:
    watched.network_trouble_expected = True
    person = a_person(served.database, "truc", served.clock())
    page = new_context(1440).new_page()
    sign_in(page, f"{served.url}/login", "truc")
    expect(page).to_have_url(re.compile("/console$"))
    # Whether its scripts have arrived by now or not: it must end at the form.
    disable_user(served.database, CHIEF, person.public_id, served.clock())
    expect(page).to_have_url(re.compile("/login"), timeout=15_000)
    watched.errors.clear()


def test_a_page_whose_scripts_did_not_arrive_loads_again_by_itself(served: Any, admin: Page, watched: Any) -> None:
    watched.network_trouble_expected = True
    refused: list[str] = []

    def refuse_once(route: Any) -> None:
        if refused:
            route.continue_()
        else:
            refused.append(route.request.url)
            route.abort()

    admin.route("**/dash_renderer*", refuse_once)
    admin.goto(f"{served.url}/administration")
    expect(admin.locator("#users-table")).to_be_visible(timeout=15_000)
    assert refused
    expect(admin.locator("html")).to_have_attribute("data-boot", "done")
    # Everything a page without its renderer complains about was this test's own doing.
    watched.errors.clear()


class OtherSite(BaseHTTPRequestHandler):
    """A page of another origin: a frame of ours, forms and requests that would change something."""

    target = ""

    def do_GET(self) -> None:
        body = f"""<!doctype html><iframe id=frame src="{self.target}/administration"></iframe>
        <form id=out method=post action="{self.target}/logout" target=hole></form><iframe name=hole></iframe>
        <form id=text method=post action="{self.target}/_dash-update-component" enctype=text/plain target=hole>
        <input name='{{"output":"audit-result-panel.children","x":"' value='"}}'></form>
        <script>
        document.getElementById("out").submit();
        setTimeout(() => document.getElementById("text").submit(), 300);
        fetch("{self.target}/_dash-update-component", {{method: "POST", mode: "no-cors", credentials: "include",
          body: "{{}}"}});
        </script>""".encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


def test_another_site_can_neither_frame_us_nor_act_for_us(served: Any, admin: Page, watched: Any) -> None:
    watched.network_trouble_expected = True
    OtherSite.target = served.url
    other = HTTPServer(("127.0.0.1", 0), OtherSite)
    threading.Thread(target=other.serve_forever, daemon=True).start()
    with served.database.reading() as session:
        before = len(audit_events(session, CHIEF, limit=1000))
    page = admin.context.new_page()
    page.goto(f"http://localhost:{other.server_port}/")
    page.wait_for_timeout(1500)
    assert "Quản trị" not in page.frame_locator("#frame").locator("body").inner_text()
    with served.database.reading() as session:
        assert len(audit_events(session, CHIEF, limit=1000)) == before
    admin.goto(f"{served.url}/administration")
    expect(admin.locator("#users-table")).to_be_visible()
    # What the other site's own page complained about: its frame, its form and its request were all refused.
    refusals = ("frame-ancestors", "Framing", "Failed to fetch", "CORS")
    watched.errors = [error for error in watched.errors if not any(word in error for word in refusals)]
    other.shutdown()
    other.server_close()


@pytest.mark.parametrize("scheme", ["dark", "light"])
def test_no_words_are_cut_off(served: Any, admin: Page, scheme: Any) -> None:
    admin.emulate_media(color_scheme=scheme)
    admin.set_viewport_size({"width": 1440, "height": 900})
    last_words = {
        "/administration": "#shell-sources-list .chip",
        "/administration?tab=screens": "#screens-list-panel .desk-nothing",
        "/administration?tab=audit": "#audit-table",
        "/password": ".plain-hint",
    }
    for path, selector in last_words.items():
        admin.goto(f"{served.url}{path}")
        expect(admin.locator(selector).first).to_be_visible()
        cut = admin.evaluate(
            """() => [...document.querySelectorAll("h1,h2,p,b,span,td,th,button,a,label")]
            .filter((e) => e.offsetParent && e.scrollWidth > e.clientWidth + 1 &&
                getComputedStyle(e).display !== "inline").map((e) => e.textContent)"""
        )
        assert cut == [], path
        assert admin.evaluate("document.documentElement.scrollWidth <= innerWidth")
