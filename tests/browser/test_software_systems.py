"""/software-systems at a desk: an operator sees who answers, opens one, tries it at once; an administrator adds one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from desk_support import an_administrator_at, an_operator_at
from playwright.sync_api import BrowserContext, expect
from software_support import a_probe, looked_for, peer, saying

from domain.software_systems import HealthState

ROWS = "#software_systems-systems-list tbody tr"


def test_an_operator_sees_what_fails_opens_it_and_tries_it_at_once(
    served: Any, new_context: Callable[..., BrowserContext]
) -> None:
    now = served.clock()
    with peer(saying(b"* OK ready\r\n")) as (mail, _):
        a_probe(served.database, "email", f"imap://127.0.0.1:{mail}", now - timedelta(minutes=9), "imap")
        a_probe(served.database, "archive", "tcp://127.0.0.1:1", now - timedelta(minutes=9))
        states = {"email": HealthState.SILENT, "archive": HealthState.ANSWERING}
        looked_for(served.database, states, now - timedelta(minutes=8), now, "Cổng đóng.")
        desk = an_operator_at(served, new_context, "/software-systems")
        expect(desk.locator(ROWS)).to_have_count(7)
        expect(desk.locator(ROWS).first).to_contain_text("Không trả lời")
        expect(desk.locator("#software_systems-figures-list")).to_contain_text("1/2")
        expect(desk.locator(ROWS).nth(2)).to_contain_text("Chưa theo dõi")
        assert not desk.evaluate("() => document.documentElement.scrollWidth > innerWidth")
        desk.get_by_role("link", name="Thư điện tử công vụ").click()
        expect(desk.locator("#software_systems-outages-list")).to_contain_text("đang gián đoạn")
        assert desk.get_by_role("link", name="Thêm phép kiểm tra").count() == 0
        desk.get_by_role("button", name="Thử ngay").click()
        expect(desk.locator("#software_systems-tried-words")).to_contain_text("Đang trả lời")
        expect(desk.locator("#software_systems-one-list")).to_contain_text("Đang trả lời")


def test_an_administrator_adds_a_system_and_how_it_is_asked(
    served: Any, new_context: Callable[..., BrowserContext]
) -> None:
    desk = an_administrator_at(served, new_context, "/software-systems")
    desk.get_by_role("link", name="Thêm phần mềm").click()
    for name, words in (
        ("code", "hotline"),
        ("name", "Tổng đài"),
        ("purpose", "Trả lời điện thoại"),
        ("owner", "Văn phòng"),
        ("reason", "bổ sung hệ thống"),
    ):
        desk.fill(f"[name={name}]", words)
    desk.get_by_role("button", name="Lưu").click()
    expect(desk.locator("h1")).to_contain_text("Tổng đài")
    desk.get_by_role("link", name="Thêm phép kiểm tra").click()
    with peer(saying(b"")) as (port, _):
        desk.select_option("[name=kind]", "tcp")
        desk.fill("[name=address]", f"tcp://127.0.0.1:{port}")
        desk.get_by_role("button", name="Thử").click()
        expect(desk.get_by_role("alert")).to_contain_text("Đang trả lời")
        desk.fill("[name=reason]", "theo dõi tổng đài")
        desk.get_by_role("button", name="Lưu").click()
    expect(desk.locator("#software_systems-probes-list")).to_contain_text(f"tcp://127.0.0.1:{port}")
