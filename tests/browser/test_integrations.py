"""/integrations as an administrator uses it: a receiver registered, tried, a dead letter sent again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from alarm_support import CROWD
from desk_support import an_administrator_at
from playwright.sync_api import BrowserContext, expect
from sqlalchemy import update
from webhook_support import Heard, an_alarm, listening

from data_access.models.outbox import OutboxDeliveryRow
from settings import Settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Some other site may embed."""
    return Settings(var_dir=tmp_path, demo=True, streams=64, build="build-1", embed_origin="https://ioc.hue.example")


RECEIVERS, DEAD = "#integrations-receivers-table", "#integrations-dead-table"


def test_a_receiver_is_registered_tried_and_sent_again_what_it_did_not_take(
    served: Any, new_context: Callable[..., BrowserContext], tmp_path: Path
) -> None:
    heard = Heard()
    page = an_administrator_at(served, new_context, "/integrations")
    expect(page.locator(RECEIVERS)).to_contain_text("không gì được gửi ra ngoài")
    with listening(heard) as address:
        page.get_by_role("link", name="Đăng ký, đổi khóa, dừng").click()
        page.fill("[name=name]", "Trung tâm IOC")
        page.fill("[name=address]", address)
        page.get_by_role("button", name="Đăng ký, cấp khóa").click()
        heard.key = page.locator("code").inner_text()
        page.get_by_role("link", name="Về trang Liên thông").click()
        row = page.locator(f"{RECEIVERS} tbody tr", has_text="Trung tâm IOC")
        expect(row).to_contain_text("Chưa gửi gì")
        row.get_by_role("button", name="Gửi thử").click()
        expect(page.locator("#integrations-tried-message")).to_contain_text("Trung tâm IOC đã nhận (HTTP 200)")
        assert heard.told() == ["webhook.test"]
        expect(row).to_contain_text("Đang nhận")
    an_alarm(served.database, served.clock(), CROWD)
    with served.database.writing() as session:
        session.execute(update(OutboxDeliveryRow).values(state="dead", attempts=14, message="Nơi nhận báo lỗi."))
    page.reload()
    letter = page.locator(f"{DEAD} tbody tr", has_text="Cảnh báo mới")
    expect(letter).to_contain_text("14 lần")
    expect(page.locator("#integrations-accounts-table")).to_contain_text("Chưa cấp tài khoản")
    expect(page.locator("#integrations-examples-list")).to_contain_text(f"{served.url}/api/observations")
    page.screenshot(path=tmp_path / "integrations_desk.png", full_page=True)
    assert not page.evaluate("() => document.documentElement.scrollWidth > innerWidth")
    letter.get_by_role("button", name="Gửi lại").click()
    expect(page.locator("#integrations-replayed-message")).to_contain_text("Đã đưa vào hàng chờ")
    expect(letter).to_have_count(0)
    expect(page.locator("#integrations-embeds-table")).to_contain_text("Không nơi nào đang nhúng")
    page.select_option("#integrations-scene-select", "cameras")
    page.get_by_role("button", name="Tạo địa chỉ nhúng").click()
    expect(page.locator("#integrations-embedded-message code")).to_contain_text("/embed/cameras?exp=")
    assert not page.evaluate("() => document.documentElement.scrollWidth > innerWidth")
    page.screenshot(path=tmp_path / "integrations_embeds.png", full_page=True)
    place = page.locator("#integrations-embeds-table tbody tr", has_text="chờ mở địa chỉ")
    place.get_by_role("button", name="Thu hồi").click()
    expect(page.locator("#integrations-ended-message")).to_contain_text("Đã thu hồi")
    expect(place).to_have_count(0)
