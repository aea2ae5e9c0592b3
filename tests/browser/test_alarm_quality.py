"""The quality of alarms in a browser: unknown in words, figures with their meaning, a link to what stands long."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from alarm_support import CAMERA, CROWD, PACE, store_alarms
from desk_support import an_operator_at
from playwright.sync_api import BrowserContext, expect

from access.principal import Principal
from actions.answer_alarm import AnswerAlarms
from actions.hand_over import hand_over, take_over
from domain.permissions import Role

FIGURES, SPLIT = "#alarm_quality-figures-list", "#alarm_quality-split-list"
OPERATOR = Principal(Role.OPERATOR, "o", "truc.dem")


def test_quality_of_a_day_and_of_a_week(
    served: Any, new_context: Callable[..., BrowserContext], tmp_path: Path
) -> None:
    now = served.clock()
    page = an_operator_at(served, new_context, "/alarm-quality")
    expect(page.locator(FIGURES)).to_contain_text("Chưa ghi nhận cảnh báo nào")
    store_alarms(served.database, now - timedelta(days=2), PACE)
    take_over(served.database, OPERATOR, served.organisation, now - timedelta(hours=9))
    lost = [replace(CAMERA, subject=str(number)) for number in range(12)]
    raised = store_alarms(served.database, now - timedelta(hours=3), PACE, CROWD, *lost).alarms
    answers = AnswerAlarms(served.database, OPERATOR, served.organisation)
    for minutes, alarm in enumerate([alarm for alarm in raised if alarm.rule != PACE.rule][:5], start=1):
        at = now - timedelta(hours=3) + timedelta(minutes=minutes)
        answers.acknowledge(alarm.public_id, alarm.revision, "", at)
    hand_over(served.database, OPERATOR, served.organisation, "", now - timedelta(hours=1))
    page.get_by_role("button", name="Tính lại").click()
    expect(page.locator(FIGURES)).to_contain_text("13")
    expect(page.locator(FIGURES)).to_contain_text("cao nhất 13,0")
    expect(page.locator(SPLIT)).to_contain_text("cao hơn")
    expect(page.locator("#alarm_quality-standing-list a")).to_have_text(PACE.title)
    page.get_by_role("link", name="7 ngày").click()
    page.wait_for_url("**/alarm-quality?period=7d")
    expect(page.locator("#alarm_quality-rules-list")).to_contain_text("Camera mất tín hiệu")
    page.screenshot(path=tmp_path / "alarm_quality_desk.png")
    page.locator("[data-theme-toggle]").click()
    page.screenshot(path=tmp_path / "alarm_quality_desk_dark.png")
    assert not page.evaluate("() => document.documentElement.scrollWidth > innerWidth")
    export = page.get_by_role("link", name="Xuất Excel").get_attribute("href")
    assert page.request.get(f"{served.url}{export}").body()[:2] == b"PK"
    page.locator("#alarm_quality-standing-list a").click()
    page.wait_for_url("**/console?alarm=*")
