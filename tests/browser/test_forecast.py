"""The year's end at a desk: a leader picks a unit, moves the slider, and the path is drawn anew."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from case_lives_support import count_lives
from desk_support import a_head_at, a_leader_at
from playwright.sync_api import BrowserContext, expect
from security_support import heard

from domain.cases import CaseLife, DecisionKind, Handling
from factories import a_life

CHART, WHAT_IF, UNITS = "#forecast-chart-list", "#forecast-what_if-list", "#forecast-units-list"


def lives_of(unit: str, until: date, every: int) -> list[CaseLife]:
    found = []
    first = date(2025, 10, 1)
    for step in range(0, (until - first).days, every):
        day = first + timedelta(days=step)
        ended = day + timedelta(days=20)
        decisions = ((ended, DecisionKind.TERMINATED),) if step % (2 * every) and ended <= until else ()
        found.append(a_life(day, 100, decisions, handling=(Handling(day, unit, "CHV-01"),)))
    return found


def test_a_leader_sees_where_the_year_ends_and_what_more_a_week_would_change(
    served: Any, new_context: Callable[..., BrowserContext], tmp_path: Path
) -> None:
    now = served.clock()
    first, second = [unit.code for unit in served.organisation.case_units_on(now.date())][:2]
    count_lives(served.database, [*lives_of(first, now.date(), 1), *lives_of(second, now.date(), 2)])
    heard(served.database, "cases", now=now)
    page = a_leader_at(served, new_context, "/forecast")
    expect(page.locator(f"{CHART} svg")).to_contain_text("Dự báo")
    expect(page.locator("#forecast-back_test-list")).to_contain_text("Đang dùng: Đường năm trước")
    expect(page.locator(f"{UNITS} tbody tr").nth(2)).to_contain_text("chưa đủ số liệu để dự báo")
    page.locator(f"{UNITS} tbody tr a").first.click()
    page.wait_for_url(f"**/forecast?unit={first}")
    # The address moves before the page does: what stood there before has a slider too.
    expect(page.locator("#forecast-unit-select")).to_have_value(first)
    expect(page.locator(WHAT_IF)).to_contain_text("Giữ nhịp 8 tuần qua")
    thumb = page.locator(".dash-slider-thumb")
    thumb.focus()
    for _ in range(3):
        page.keyboard.press("PageUp")
    expect(page.locator(WHAT_IF)).to_contain_text("Thêm 30 việc mỗi tuần")
    expect(page.locator(f"{CHART} svg")).to_contain_text("Thêm 30")
    page.screenshot(path=tmp_path / "forecast_desk.png", full_page=True)
    assert not page.evaluate("() => document.documentElement.scrollWidth > innerWidth")
    page.select_option("#forecast-measure-select", "amount")
    # Thirty việc a week are no thirty steps of money: the slider begins anew.
    page.wait_for_url(f"**/forecast?unit={first}&in=amount")
    expect(page.locator("#forecast-figures-list")).to_contain_text("đồng")
    thumb.focus()
    page.keyboard.press("PageUp")
    expect(page.locator(WHAT_IF)).to_contain_text("Thêm 1,0 tỷ đồng mỗi tuần")

    head = a_head_at(served, new_context, "/forecast", second)
    expect(head.locator(f"{UNITS} tbody tr")).to_have_count(1)
