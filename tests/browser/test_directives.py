"""Directives at a desk: a leader issues from a link, the unit answers, the leader accepts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from desk_support import a_head_at, a_leader_at
from playwright.sync_api import BrowserContext, Page, expect

from domain.local_time import local_day

LIST, ONE, TAKEN = "#directives-rows-list", "#directives-one-list", "#directives-taken-list"


def take(page: Page, step: str, words: str) -> None:
    page.select_option("#directives-step-select", step)
    page.fill("#directives-words-input", words)
    page.get_by_role("button", name="Thực hiện").click()


def test_a_directive_goes_from_the_leader_to_the_unit_and_back(
    served: Any, new_context: Callable[..., BrowserContext], tmp_path: Path
) -> None:
    today = local_day(served.clock())
    unit = served.organisation.case_units_on(today)[0].code
    link = f"/directives?unit={unit}&origin=alarm&reference=CB-1&title=Rà soát phản ánh quá hạn"
    leader = a_leader_at(served, new_context, "/directives")
    leader.goto(f"{served.url}{link}")
    expect(leader.locator("#directives_issue-unit-select")).to_have_value(unit)
    leader.get_by_role("button", name="Giao chỉ đạo").click()
    expect(leader.locator("#directives_issue-issued-list")).to_contain_text("Ghi hạn trả lời")
    leader.fill("#directives_issue-due-input", f"{today + timedelta(days=2):%d/%m/%Y}")
    leader.get_by_role("button", name="Giao chỉ đạo").click()
    expect(leader.locator("#directives_issue-issued-list")).to_contain_text("Đã giao")
    row = leader.locator(f"{LIST} tbody tr")
    expect(row).to_contain_text("còn 2 ngày")

    head = a_head_at(served, new_context, "/directives", unit)
    expect(head.locator("#directives_issue-issue-button")).to_have_count(0)
    head.locator(f"{LIST} tbody a").click()
    expect(head.locator(ONE)).to_contain_text("cảnh báo: CB-1")
    take(head, "answer", "")
    expect(head.locator(TAKEN)).to_contain_text("Ghi nội dung trả lời")
    take(head, "answer", "Đã rà soát xong")
    expect(head.locator(ONE)).to_contain_text("chờ chấp nhận")

    row.locator("a").click()
    expect(leader.locator(ONE)).to_contain_text("Đã rà soát xong")
    take(leader, "accept", "Đạt yêu cầu")
    expect(leader.locator(ONE)).to_contain_text("đã kết thúc")
    leader.screenshot(path=tmp_path / "directives_desk.png", full_page=True)
    assert not leader.evaluate("() => document.documentElement.scrollWidth > innerWidth")
    export = leader.get_by_role("link", name="Xuất Excel").get_attribute("href")
    assert leader.request.get(f"{served.url}{export}").body()[:2] == b"PK"
