"""The desk for every eye, hand and sheet: axe-core on every page, themes, skip link, widths, paper."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdfium2
from desk_day_support import a_day_at_work, access_problems
from desk_support import a_leader_at, an_administrator_at
from playwright.sync_api import BrowserContext, Page, expect
from wall_support import BOTH_PACKS

PAGES = (
    "/integrations",
    "/agenda",
    "/observations",
    "/programme",
    *(
        "/units",
        "/cases",
        "/indicators",
        "/indicators/completion_rate_cases",
        "/deadlines",
        "/forecast",
        "/forms",
        "/briefing",
    ),
    *(
        "/field-reports",
        "/attendance",
        "/reception",
        "/cameras",
        "/security",
        "/public-services",
        "/training",
        "/directives",
        "/city-alerts",
        "/administrative-judgments",
        "/duty",
        "/console",
    ),
    *("/software-systems", "/software-systems/email"),
    *("/alarm-quality", "/alarm-rules", "/sources", "/administration"),
)
DARK = frozenset({"/cases", "/deadlines", "/forecast", "/forms", "/field-reports", "/console", "/administration"})
# Nothing of the page itself still waits for its callback.
DRAWN = """() => {
  const main = document.querySelector(".desk-main");
  return main && !main.innerText.includes("Đang tải") && document.querySelector(".desk-side .chip");
}"""
SIDEWAYS = """() => {
  const body = document.querySelector(".desk-body"), page = document.documentElement;
  return [page.scrollWidth - innerWidth, body.scrollWidth - body.clientWidth].filter((over) => over > 0);
}"""
# What is pressed and no link in running words: WCAG 2.2 asks for 24 px.
SMALL = """() => [...document.querySelectorAll(
    ".desk :is(button, summary, select, .desk-button, .desk-link, .switch-part)")]
  .map((part) => [part.textContent.trim().slice(0, 30), part.getBoundingClientRect()])
  .filter(([words, box]) => box.width > 1 && box.height > 1 && (box.width < 24 || box.height < 24))
  .map(([words, box]) => [words, box.width, box.height])"""
CHOICE, THEME = "data-theme-choice", "data-theme"


def go(page: Page, served: Any, path: str) -> None:
    """A page with everything on it drawn; by the navigation where it leads there: quicker than loading anew."""
    link = page.locator(f'.desk-link[href="{path}"]:not([aria-current])')
    if link.count():
        link.click()
        expect(page.locator(".desk-link[aria-current=page]")).to_have_attribute("href", path)
    else:
        page.goto(f"{served.url}{path}")
    page.wait_for_function(DRAWN)


def test_no_page_keeps_anybody_out(served: Any, new_context: Callable[..., BrowserContext], tmp_path: Path) -> None:
    a_day_at_work(served, tmp_path)
    unit = served.organisation.case_units_on(served.clock().date())[1].code
    page = an_administrator_at(served, new_context, "/indicators")
    go(page, served, f"/units/{unit}?open=CHV-01")
    case = page.locator(".handler-case a").first.get_attribute("href") or ""
    wrong = {}
    for path in (f"/units/{unit}?open=CHV-01", case, *PAGES):
        go(page, served, path)
        # The tokens of the dark theme are the same on every page: contrast is looked at where most of them stand.
        for theme in ("light", "dark") if path.partition("?")[0] in DARK or path == case else ("light",):
            page.evaluate("theme => { document.documentElement.dataset.theme = theme }", theme)
            if found := access_problems(page, only_contrast=theme == "dark"):
                wrong[path, theme] = found
    assert wrong == {}


def test_the_first_key_skips_the_navigation_which_says_where_one_is(
    served: Any, new_context: Callable[..., BrowserContext]
) -> None:
    page = a_leader_at(served, new_context, "/units")
    page.wait_for_function(DRAWN)
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Đến nội dung")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    assert page.url == f"{served.url}/units"
    expect(page.locator("nav [aria-current=page]")).to_have_text("Đơn vị")
    expect(page.locator("main")).to_have_count(1)


def test_a_theme_is_light_dark_or_the_systems_and_is_kept(
    served: Any, new_context: Callable[..., BrowserContext]
) -> None:
    page = a_leader_at(served, new_context, "/indicators")
    root, button = page.locator("html"), page.locator("[data-theme-toggle]")
    page.emulate_media(color_scheme="light")
    for choice, theme, words in (
        ("auto", "light", "Nền: Tự động"),
        ("dark", "dark", "Nền: Tối"),
        ("light", "light", "Nền: Sáng"),
    ):
        expect(root).to_have_attribute(CHOICE, choice)
        expect(root).to_have_attribute(THEME, theme)
        expect(page.get_by_role("button", name=words)).to_be_visible()
        page.reload()
        expect(root).to_have_attribute(CHOICE, choice)
        expect(root).to_have_attribute(THEME, theme)
        button.click()
    expect(root).to_have_attribute(CHOICE, "auto")
    page.emulate_media(color_scheme="dark")
    expect(root).to_have_attribute(THEME, "dark")
    button.click()
    expect(root).to_have_attribute(CHOICE, "light")


def test_no_width_scrolls_sideways_and_fingers_find_their_targets(
    served: Any, new_context: Callable[..., BrowserContext], tmp_path: Path
) -> None:
    a_day_at_work(served, tmp_path)
    unit = served.organisation.case_units_on(served.clock().date())[1]
    page = a_leader_at(served, new_context, "/cases")
    for path in ("/cases", f"/units/{unit.code}"):
        page.set_viewport_size({"width": 1440, "height": 900})
        page.goto(f"{served.url}{path}")
        page.wait_for_function(DRAWN)
        for width in (2560, 1280, 768):
            page.set_viewport_size({"width": width, "height": 1024})
            page.screenshot(path=tmp_path / f"{path.replace('/', '_')}_{width}.png")
            assert page.evaluate(SIDEWAYS) == [], (path, width)
            assert page.evaluate(SMALL) == [], (path, width)
    opener = page.get_by_role("button", name="Danh mục")
    opener.click()
    expect(opener).to_have_attribute("aria-expanded", "true")
    link = page.locator(".desk-link", has_text="Thời hạn")
    expect(link.locator(".desk-word")).to_be_in_viewport()
    link.click()
    page.wait_for_url(re.compile("/deadlines"))
    expect(page.locator("html")).not_to_have_attribute("data-menu", "open")


@BOTH_PACKS
def test_a_unit_is_two_sheets_that_say_of_what_and_when_and_the_form_lies_on_its_side(
    served: Any, new_context: Callable[..., BrowserContext], tmp_path: Path
) -> None:
    a_day_at_work(served, tmp_path)
    unit = served.organisation.case_units_on(served.clock().date())[1]
    page = a_leader_at(served, new_context, "/indicators")
    go(page, served, f"/units/{unit.code}?kind=ex_officio")
    page.evaluate("() => { document.documentElement.dataset.theme = 'dark' }")
    sheets = on_paper(page, tmp_path / "unit.pdf")
    assert 1 <= len(sheets) <= 2
    (width, height), words = sheets[0]
    assert height > width
    for said in (unit.name, "Hình thức: Chủ động", "Quản lý án", "Dữ liệu mẫu", "In lúc", "Việc"):
        assert said in words, said
    for hidden in ("Xuất Excel", "Toàn cảnh", "Tìm đơn vị"):
        assert hidden not in " ".join(words for _, words in sheets), hidden

    page.emulate_media(media="screen")
    go(page, served, "/forms")
    (width, height), words = on_paper(page, tmp_path / "form.pdf")[0]
    assert width > height
    assert "Kỳ báo cáo" in words and "In lúc" in words


def on_paper(page: Page, path: Path) -> list[tuple[tuple[float, float], str]]:
    """The page printed as its stylesheet asks: size and words of every sheet."""
    page.emulate_media(media="print")
    page.pdf(path=path, prefer_css_page_size=True)
    if __import__("os").environ.get("KEEP"):
        __import__("shutil").copy(path, "/tmp/access-png/")
    document = pypdfium2.PdfDocument(path)
    sheets = [(sheet.get_size(), " ".join(sheet.get_textpage().get_text_range().split())) for sheet in document]
    document.close()
    return sheets


def test_without_data_a_page_of_cases_says_so_once(served: Any, new_context: Callable[..., BrowserContext]) -> None:
    page = a_leader_at(served, new_context, "/cases")
    for path in ("/cases", "/deadlines", "/forecast"):
        go(page, served, path)
        expect(page.locator(".desk-face h2")).to_have_text("Quản lý án chưa kết nối")
        expect(page.locator(".desk-face").get_by_role("link", name="Xem nguồn dữ liệu")).to_be_visible()
        cards = "() => [...document.querySelectorAll('.desk-main .desk-card')].every(card => !card.offsetHeight)"
        assert page.evaluate(cards), path
