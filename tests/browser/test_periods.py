"""The statistical form in a browser: closed, opened to officers, corrected after a late fact, taken away."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from desk_support import a_leader_at
from playwright.sync_api import BrowserContext, expect
from workbook_support import write_cases

from access.principal import Principal
from actions.import_cases import CaseImporter, ImportMode
from data_access.regimes import load_regimes
from domain.cases import DecisionKind
from domain.local_time import local_day
from domain.periods import month_of_day
from factories import a_case, a_decision

FORM, LOG, SAID = "#periods-form-list", "#periods-log-list", "#periods-said-list"


def test_a_period_is_closed_and_corrected_after_a_late_fact(
    served: Any, new_context: Callable[..., BrowserContext], tmp_path: Path
) -> None:
    now = served.clock()
    last_month = month_of_day(local_day(now).replace(day=1) - timedelta(days=1))
    unit = served.organisation.case_units_on(last_month.last_on)[1]
    importer = CaseImporter(served.database, served.organisation, load_regimes())
    cases = [a_case(number, unit=unit.code) for number in (1, 2)]

    def take_in(name: str, decisions: list[Any]) -> None:
        path = write_cases(tmp_path / name, cases, decisions, [], served.clock())
        importer.take_in(Principal.worker(), path, ImportMode.CHANGES, served.clock())

    take_in("viec.xlsx", [])
    page = a_leader_at(served, new_context, "/forms")
    expect(page.locator(FORM)).to_contain_text("Số liệu tạm tính: kỳ đang chạy")
    row = page.locator("#periods-waiting-list li", has_text=last_month.name)
    row.get_by_role("button", name="Chốt số liệu").click()
    expect(page.locator(SAID)).to_contain_text("Đã chốt")
    page.get_by_role("link", name="Xem bản đã chốt").click()
    expect(page.locator(FORM)).to_contain_text("Đã chốt, phiên bản 1")
    expect(page.locator(FORM)).to_contain_text("Mã kiểm:")
    expect(page.locator(FORM)).not_to_contain_text("KHÔNG KHỚP")
    page.locator(f"{FORM} tbody a", has_text=unit.name).click()
    expect(page.locator(FORM)).to_contain_text("CHV-07")

    take_in("cham.xlsx", [a_decision(cases[0], DecisionKind.COMPLETED, last_month.last_on)])
    offer = page.locator("#periods-offer-list")
    expect(offer).to_contain_text("khác bản đã chốt")
    page.fill("#periods-reason-input", "Sổ thụ lý ghi chậm")
    page.get_by_role("button", name="Ghi đính chính").click()
    expect(page.locator(SAID)).to_contain_text("phiên bản 2")
    expect(page.locator(LOG)).to_contain_text("Sổ thụ lý ghi chậm")
    expect(page.locator(f"{LOG} > div > div tbody tr")).to_have_count(2)
    expect(page.locator(FORM)).to_contain_text("Đã chốt, phiên bản 2")
    page.get_by_role("link", name="Tiền", exact=True).click()
    expect(page.locator(FORM)).to_contain_text("triệu đồng")
    page.screenshot(path=tmp_path / "periods_desk.png")
    assert not page.evaluate("() => document.documentElement.scrollWidth > innerWidth")
    for words, begins in (("Tải Excel", b"PK"), ("Word", b"PK"), ("PDF", b"%PDF")):
        address = page.get_by_role("link", name=words, exact=True).get_attribute("href")
        assert page.request.get(f"{served.url}{address}").body().startswith(begins)
    page.goto(f"{served.url}/forms/reconcile")
    expect(page.get_by_role("heading", name="Đối chiếu biểu thống kê")).to_be_visible()
