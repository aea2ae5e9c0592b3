"""A shift in a browser: taken over, handed over with a note, its sheet opened and taken away as Word and PDF."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from alarm_support import CAMERA, CROWD, store_alarms
from desk_support import an_operator_at
from people_support import CHIEF
from playwright.sync_api import BrowserContext, expect

from actions.hand_over import take_over

ON, SAID, SHEET = "#duty-on-list", "#duty-said-list", "#duty-sheet-list"


def test_a_shift_is_taken_over_and_handed_over(
    served: Any, new_context: Callable[..., BrowserContext], tmp_path: Path
) -> None:
    now = served.clock()
    unit = served.organisation.case_units_on(now.date())[1].code
    store_alarms(served.database, now, replace(CAMERA, unit=unit), CROWD)
    # A colleague of yesterday evening who went home without a hand-over.
    take_over(served.database, CHIEF, served.organisation, now - timedelta(hours=14))
    page = an_operator_at(served, new_context, "/duty")
    expect(page.locator(ON)).to_contain_text("chưa bàn giao, quá 12 giờ")
    expect(page.locator("#duty-hand_over-form")).to_be_hidden()
    page.get_by_role("button", name="Nhận ca").click()
    expect(page.locator(SAID)).to_contain_text("Đã nhận ca")
    expect(page.locator("#duty-draft-list")).to_contain_text(CAMERA.title)
    expect(page.get_by_role("button", name="Nhận ca")).to_be_hidden()

    page.select_option("#duty-close-select", index=1)
    page.fill("#duty-close_note-input", "Ca đêm về không bàn giao")
    page.get_by_role("button", name="Lập biên bản thay").click()
    expect(page.locator(SAID)).to_contain_text("Đã lập biên bản thay")
    expect(page.locator("#duty-close-form")).to_be_hidden(timeout=10_000)
    page.fill("#duty-note-input", "Theo dõi camera đến trưa")
    page.get_by_role("button", name="Bàn giao ca", exact=True).click()
    expect(page.locator(SAID)).to_contain_text("Đã bàn giao ca")
    rows = page.locator("#duty-sheets-list tbody tr")
    expect(rows).to_have_count(2)
    expect(rows.nth(1)).to_contain_text("lập thay")
    rows.first.locator("a").click()
    expect(page.locator(SHEET)).to_contain_text("Theo dõi camera đến trưa")
    expect(page.locator(SHEET)).to_contain_text(CROWD.title)
    page.screenshot(path=tmp_path / "duty_desk.png")
    assert not page.evaluate("() => document.documentElement.scrollWidth > innerWidth")
    for words, begins in (("Tải Word", b"PK"), ("Tải PDF", b"%PDF")):
        address = page.get_by_role("link", name=words).get_attribute("href")
        assert page.request.get(f"{served.url}{address}").body().startswith(begins)
