"""/programme as a leader reads it, and the scene of the wall: unknown is said, a target is decided, nothing clipped."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from desk_support import a_leader_at
from observations_support import an_observation
from playwright.sync_api import BrowserContext, expect

from actions.import_observations import save_heard
from actions.keep_pledges import keep_pledges
from data_access.observations import save_observations

TABLE, DETAIL = "#programme-pledges-table", "#programme-detail-card"


@pytest.fixture
def surveyed(served: Any) -> Any:
    """A survey of two years, and two days of pledges written down."""
    now = served.clock()
    root = served.organisation.root_on(now.date())
    told = [
        an_observation(root.code, str(year), now - timedelta(days=30 + 300 * back), 412 + back, 560, "survey_awareness")
        for back, year in enumerate((now.year - 1, now.year - 2))
    ]
    told.append(an_observation(root.code, str(now.year - 1), now - timedelta(days=30), 498, 560, "survey_satisfaction"))
    with served.database.writing() as session:
        save_heard(session, told, save_observations(session, told, "form", "x", now), 0, now)
    for age in (1, 0):
        keep_pledges(served.database, served.organisation, now - timedelta(days=age))
    return served


def test_a_leader_reads_the_board_and_sets_a_target(
    surveyed: Any, new_context: Callable[..., BrowserContext], tmp_path: Path
) -> None:
    page = a_leader_at(surveyed, new_context, "/programme")
    rows = page.locator(f"{TABLE} tbody tr")
    expect(rows).to_have_count(13)
    expect(rows.filter(has_text="biết dịch vụ công")).to_contain_text("73,6%")
    expect(rows.filter(has_text="Trụ sở có camera")).to_contain_text("chưa có số liệu")
    rows.filter(has_text="hài lòng").get_by_role("link", name="Người dân").click()
    expect(page.locator(DETAIL)).to_contain_text("Đề án không nêu mức")
    page.fill("#programme-target-input", "95")
    page.fill("#programme-from-input", surveyed.clock().date().isoformat())
    page.get_by_role("button", name="Đặt mức").click()
    expect(page.locator("#programme-decided-message")).to_contain_text("Ghi căn cứ")
    page.fill("#programme-reason-input", "Kế hoạch năm")
    page.get_by_role("button", name="Đặt mức").click()
    expect(page.locator("#programme-decided-message")).to_contain_text("mức là 95%")
    expect(rows.filter(has_text="hài lòng")).to_contain_text("chưa đạt")
    page.screenshot(path=tmp_path / "programme_desk.png", full_page=True)
    assert not page.evaluate("() => document.documentElement.scrollWidth > innerWidth")


def test_the_wall_says_of_each_pledge_how_old_it_is(
    surveyed: Any, new_context: Callable[..., BrowserContext], tmp_path: Path
) -> None:
    surveyed.publish()
    page = new_context().new_page()
    page.goto(surveyed.wall_url())
    board = page.locator("#programme-board-panel")
    expect(board.locator(".pledge-row")).to_have_count(13)
    # The only scene that has anything to show, and so the first that a key leads to.
    page.keyboard.press("1")
    expect(board.locator(".pledge-row", has_text="biết dịch vụ công")).to_contain_text("30 ngày")
    expect(page.locator(".scene--programme")).to_have_css("opacity", "1")
    page.screenshot(path=tmp_path / "programme_1920.png")
    clipped = board.evaluate(
        "(el) => [...el.querySelectorAll('.pledge-name, .pledge-goal, .pledge-now, .pledge-said, .pledge-age')]"
        ".filter((part) => part.scrollWidth > part.clientWidth).map((part) => part.textContent)"
    )
    assert clipped == []
