"""A warning of the city on the glass and at a desk: the zone, the alarm, the way to what was said."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from city_alert_support import a_flood
from people_support import CHIEF, PASSWORD
from playwright.sync_api import BrowserContext, Page, expect
from scenes_support import store_figures
from wall_support import open_wall

from actions.manage_users import create_user
from domain.permissions import Role


@pytest.fixture
def flood(served: Any) -> str:
    """A flood over the first two units, placed; its public id."""
    now = served.clock()
    units = [unit.code for unit in served.organisation.case_units_on(now.date())][1:3]
    return a_flood(served.database, now, units)


def test_the_desk_says_when_where_and_what(
    served: Any, flood: str, new_context: Callable[..., BrowserContext], watched: Any, tmp_path: Path
) -> None:
    create_user(served.database, CHIEF, "truc", Role.OPERATOR, None, (), served.clock(), PASSWORD)
    page: Page = new_context(1440).new_page()
    page.goto(f"{served.url}/login")
    page.fill("[name=name]", "truc")
    page.fill("[name=password]", PASSWORD)
    page.click("button[type=submit]")
    page.wait_for_url(re.compile("^(?!.*login)"))
    page.goto(f"{served.url}/city-alerts")
    expect(page.locator("#city_alerts-one-words")).to_contain_text("Nước lên nhanh")
    expect(page.locator("#city_alerts-map-list .map-zone")).to_have_count(1)
    expect(page.locator("#city_alerts-axis-list .alert-bar--2")).to_have_count(1)
    page.get_by_role("link", name="Ngập trên 50 cm").click()
    expect(page).to_have_url(f"{served.url}/city-alerts?alert={flood}")
    expect(page.locator("#city_alerts-one-words")).to_contain_text("Đơn vị trong vùng")
    page.screenshot(path=tmp_path / "city_alerts_1440.png", full_page=True)


def test_the_wall_shows_where_and_never_what(
    served: Any, flood: str, new_context: Callable[..., BrowserContext], watched: Any, tmp_path: Path
) -> None:
    store_figures(served.database, served.organisation, served.clock())
    served.publish()
    page: Page = new_context(1920).new_page()
    open_wall(page, served.wall_url())
    shown = page.locator("#units-map-panel")
    expect(shown.locator(".map-zone")).to_have_count(1)
    expect(shown.locator(".map-source")).to_contain_text("Vùng cảnh báo của thành phố")
    expect(page.locator("#alarms-urgent-panel")).to_contain_text("Cảnh báo lũ, ngập")
    expect(page.locator("body")).not_to_contain_text("50 cm")
    page.screenshot(path=tmp_path / "city_alerts_wall.png")
