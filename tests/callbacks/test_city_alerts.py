"""/city-alerts at a desk: unknown is in words, the scope is the person's, what was said is read there only."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from city_alert_support import NOW, a_text
from gate_support import Site, build, drawn

from components import ids
from data_access.city_alerts import FEED, AlertOrigin, save_alert_units, save_city_alerts, unplaced_alerts
from data_access.sources import save_source_configured, save_source_success
from domain.city_alerts import AlertMessage, AlertSeverity
from domain.units import Organisation

PANELS = (
    *(ids.CITY_ALERTS_FIGURES, ids.CITY_ALERTS_AXIS, ids.CITY_ALERTS_MAP),
    *(ids.CITY_ALERTS_LIST, ids.CITY_ALERTS_ONE),
)


@pytest.fixture
def site(tmp_path: Path, sqlite_template: Path, organisation: Organisation) -> Site:
    return build(tmp_path, sqlite_template, organisation, NOW)


@pytest.fixture
def alerts(site: Site) -> dict[str, str]:
    """A flood at Phú Vang, a heat that comes for all, a drill, one that is over; public ids by their number."""
    with site.database.writing() as session:
        save_source_configured(session, "city_alerts", True, NOW)
        save_source_success(session, "city_alerts", NOW, NOW)
        said = (
            a_text("flood", description="Nước lên nhanh"),
            a_text("heat", onset_at=NOW + timedelta(hours=3), severity=AlertSeverity.MODERATE, headline="Nắng nóng"),
            a_text("drill", is_exercise=True, headline="Diễn tập", severity=AlertSeverity.EXTREME),
            a_text("over", expires_at=NOW - timedelta(minutes=5), headline="Đã qua"),
        )
        save_city_alerts(session, said, AlertOrigin(FEED, "danh sách CAP"), NOW)
        found = {one.text.identifier: one.public_id for one in unplaced_alerts(session)}
        for name, public_id in found.items():
            save_alert_units(session, public_id, {"PHUVANG"} if name == "flood" else None, NOW)
    return found


@pytest.mark.parametrize("output", PANELS)
def test_what_is_not_connected_is_said_and_is_no_zero(site: Site, output: str) -> None:
    answer = drawn(site, "truc", output)
    assert "Cảnh báo của thành phố: chưa kết nối" in answer and '"0"' not in answer


def test_a_drill_and_what_is_over_count_for_nothing(site: Site, alerts: dict[str, str]) -> None:
    figures = drawn(site, "truc", ids.CITY_ALERTS_FIGURES)
    assert '"children": "1"' in figures and "nặng nhất: nghiêm trọng" in figures and '"data-at"' in figures
    axis = drawn(site, "truc", ids.CITY_ALERTS_AXIS)
    assert axis.count("alert-bar--2") == 1 and "alert-bar--1" not in axis and axis.count("alert-words") == 3
    listed = drawn(site, "truc", ids.CITY_ALERTS_LIST)
    assert "(diễn tập, không tính)" in listed and "đã hết" in listed and "sắp có hiệu lực" in listed
    assert "nét đứt" in drawn(site, "truc", ids.CITY_ALERTS_MAP)


def test_the_worst_is_open_and_another_by_its_address(site: Site, alerts: dict[str, str]) -> None:
    worst = drawn(site, "truc", ids.CITY_ALERTS_ONE)
    assert "Nước lên nhanh" in worst and "Phú Vang" in worst and "qua danh sách CAP" in worst
    assert "Nắng nóng" in drawn(site, "truc", ids.CITY_ALERTS_ONE, alert=alerts["heat"])


def test_what_touches_another_unit_only_is_not_told(site: Site, alerts: dict[str, str]) -> None:
    assert "Ngập" not in drawn(site, "truong.phuloc", ids.CITY_ALERTS_LIST)
    answer = drawn(site, "truong.phuloc", ids.CITY_ALERTS_ONE, alert=alerts["flood"])
    assert "Không có bản tin này trong phạm vi của bạn" in answer and "Nước lên" not in answer


@pytest.mark.parametrize("has_alerts", [True, False])
def test_of_a_source_that_is_lost_nobody_claims_that_a_warning_holds_or_that_none_does(
    site: Site, request: pytest.FixtureRequest, has_alerts: bool
) -> None:
    with site.database.writing() as session:
        save_source_configured(session, "city_alerts", True, NOW)
        save_source_success(session, "city_alerts", NOW, NOW)
    if has_alerts:
        request.getfixturevalue("alerts")
    site.clock.skip(timedelta(hours=3))
    whole = drawn(site, "truc", ids.CITY_ALERTS_FIGURES)
    for claim in (
        "đang hiệu lực",
        "nét đứt",
        "map-zone",
        "alert-bar",
        "Không có cảnh báo nào",
        '"children": "0"',
        "is-bad",
    ):
        assert claim not in whole, claim
    assert whole.count("không biết cảnh báo nào còn hiệu lực") == 3 and whole.count('"data-at"') == 5
    assert ("chưa rõ, mất nguồn (diễn tập" in whole) == has_alerts


def test_what_was_called_off_before_it_began_is_no_bar_of_tomorrow(site: Site) -> None:
    with site.database.writing() as session:
        save_source_configured(session, "city_alerts", True, NOW)
        save_source_success(session, "city_alerts", NOW, NOW)
        off = a_text("off", sent_at=NOW - timedelta(minutes=1), message=AlertMessage.CANCEL, replaces=(a_text().key,))
        coming = a_text(onset_at=NOW + timedelta(hours=5), expires_at=NOW + timedelta(hours=9))
        save_city_alerts(session, (coming, off), AlertOrigin(FEED, "danh sách CAP"), NOW)
    assert "alert-bar" not in drawn(site, "truc", ids.CITY_ALERTS_AXIS)
