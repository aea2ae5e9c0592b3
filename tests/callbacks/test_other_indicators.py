"""Figures beside the form explained on /indicators/ID: actual values, what was left out, rows under the same scope."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from attendance_support import a_staffed_morning
from camera_support import a_pass
from cases_support import take_in_cases
from gate_support import Site, build, drawn
from reports_support import a_morning, a_record, store_reports

from components import ids
from data_access.programme import save_pledge_days
from data_access.sources import source_by_name
from domain.other_indicators import OTHER_INDICATORS
from domain.programme import PledgeEvidence, Reached
from domain.units import Organisation

NOW = datetime(2026, 11, 24, 2, 45, tzinfo=UTC)
HEAD = "truong.phuvang"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def site(tmp_path: Path, sqlite_template: Path, organisation: Organisation) -> Site:
    site = build(tmp_path, sqlite_template, organisation, NOW)
    units = [unit.code for unit in organisation.case_units_on(NOW.date())]
    store_reports(site.database, organisation, a_morning(units, NOW), NOW)
    a_staffed_morning(site.database, units, NOW, silent=units[-1])
    return site


def explained(site: Site, who: str, indicator: str, query: str = "") -> str:
    return drawn(site, who, ids.INDICATOR_ONE, indicator=indicator, query=query)


def test_a_figure_has_its_value_its_parts_and_how_many_it_leaves_out(site: Site) -> None:
    answer = explained(site, "lanhdao", "reports_overdue")
    assert "explained-value" in answer and " phản ánh" in answer
    assert "trong số phản ánh mở" in answer and "hiện: không có hạn" in answer
    assert "số liệu đến" in answer and "/field-reports?showing=overdue" in answer


def test_a_head_gets_the_figure_of_the_own_unit_and_no_other(site: Site) -> None:
    assert "Phú Vang" in explained(site, HEAD, "attendance_present")
    assert "Không có đơn vị này" in explained(site, HEAD, "attendance_present", "?unit=NAMDONG")
    assert "unit=PHUVANG" in explained(site, "lanhdao", "reports_open", "?unit=PHUVANG")


def test_a_silent_source_has_words_and_no_number(site: Site) -> None:
    for name, one in OTHER_INDICATORS.items():
        if one.source in {"cases", "cameras", "reception", "training", "equipment"}:
            answer = explained(site, "lanhdao", name)
            assert "chưa có số liệu" in answer and '"children": "0' not in answer, name


def test_a_pledge_is_explained_by_its_evidence(site: Site) -> None:
    a_pass(site.database, {"ALUOI": 2, "PHULOC": 1}, NOW, lost=["PHULOC-01"])
    answer = explained(site, "lanhdao", "pledge_offices_watched")
    assert "1 (đạt) / 10 (trụ sở) = 10,00%" in answer and "mức cam kết 100%" in answer
    assert "Không có cam kết này" in explained(site, "lanhdao", "pledge_khong_co")


def test_a_figure_says_how_it_changed_since_yesterday_and_why(
    tmp_path: Path, sqlite_template: Path, organisation: Organisation
) -> None:
    site = build(tmp_path, sqlite_template, organisation, NOW)
    units = [unit.code for unit in organisation.case_units_on(NOW.date())]
    store_reports(site.database, organisation, a_morning(units, NOW - DAY), NOW - DAY)
    closed = a_record("late", agency=units[0], updated_at=NOW - HOUR, state_word="closed")
    came = [a_record(f"new{at}", requested_at=NOW - HOUR, updated_at=NOW - HOUR) for at in range(3)]
    store_reports(site.database, organisation, [closed, *came], NOW)
    answer = explained(site, "lanhdao", "reports_open")
    assert "Hôm qua lúc 09:45 (23/11/2026): 36 phản ánh; nay 38 phản ánh: " in answer
    assert "tăng 2 phản ánh (+2)" in answer
    assert "mới tiếp nhận" in answer and '"+3"' in answer and "đã xử lý" in answer and '"\u22121"' in answer
    assert "/field-reports?showing=closed" in answer
    own = explained(site, HEAD, "reports_open")
    assert "tăng 3 phản ánh (+3)" in own


def test_every_figure_of_a_source_that_spoke_is_held_against_yesterday(site: Site) -> None:
    for name, one in OTHER_INDICATORS.items():
        if one.source in {"field_reports", "attendance", "alarms"}:
            for who in ("lanhdao", HEAD):
                assert "Đổi gì từ hôm qua" in explained(site, who, name), name


def test_a_past_that_is_not_kept_is_said_in_words(site: Site) -> None:
    a_pass(site.database, {"ALUOI": 2}, NOW)
    assert "quá khứ không được lưu, không so được" in explained(site, "lanhdao", "units_with_cameras")


def test_old_cases_are_compared_under_the_filter_of_the_address(
    site: Site, organisation: Organisation, tmp_path: Path
) -> None:
    take_in_cases(site.database, organisation, tmp_path, NOW)
    answer = explained(site, "lanhdao", "over_twelve_months", "?unit=PHUVANG")
    assert "Hết ngày 23/11/2026: 4 việc; nay 4 việc: " in answer and "không đổi" in answer
    earlier = explained(site, "lanhdao", "over_twelve_months", "?unit=PHUVANG&ends=2026-08-05")
    assert "Hết ngày 04/08/2026: 0 việc; nay 4 việc: " in earlier and "vừa quá 12 tháng" in earlier


def test_a_pledge_is_held_against_what_was_written_down_yesterday(site: Site) -> None:
    a_pass(site.database, {"ALUOI": 2, "PHULOC": 1}, NOW)
    assert "hôm qua chưa ghi lại" in explained(site, "lanhdao", "pledge_offices_watched")
    with site.database.writing() as session:
        kept = PledgeEvidence({}, Reached(Decimal(1), Decimal(10)), 0, source_by_name(session, "cameras"))
        save_pledge_days(session, {"offices_watched": kept}, (NOW - DAY).date(), NOW - DAY)
    answer = explained(site, "lanhdao", "pledge_offices_watched")
    assert "10,00%; nay 20,00%" in answer and "tăng 10,00 điểm (+10,00)" in answer
