"""The limits for cameras are the agency's dated data; a file that cannot be meant so is refused in words."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from data_access.camera_limits import CODES, LIMITS_FILE, load_camera_limits

DAY = date(2026, 11, 23)
HEAD = "code,name,value,unit,valid_from,valid_to,status\n"
VALUES = dict.fromkeys(CODES, "4") | {"clock_warning": "30", "clock_fault": "300"}


def a_file(folder: Path, values: dict[str, str], *more: str) -> Path:
    path = folder / "camera_limits.csv"
    rows = [f"{code},,{value},,2020-01-01,,mẫu" for code, value in values.items()]
    path.write_text(HEAD + "".join(f"{row}\n" for row in [*rows, *more]), encoding="utf-8")
    return path


def test_what_ships_can_be_read_and_says_that_it_is_a_sample() -> None:
    limits = load_camera_limits(DAY)
    assert (limits.clock_warning, limits.clock_fault) == (timedelta(seconds=30), timedelta(minutes=5))
    assert limits.site_cameras == 3
    assert all("Dữ liệu mẫu" in line for line in LIMITS_FILE.read_text(encoding="utf-8").splitlines()[1:])


def test_a_limit_changes_on_its_day(tmp_path: Path) -> None:
    values = {code: value for code, value in VALUES.items() if code != "site_cameras"}
    path = a_file(
        tmp_path, values, "site_cameras,,3,,2020-01-01,2026-11-22,mẫu", "site_cameras,,5,,2026-11-23,,đã xác nhận"
    )
    assert load_camera_limits(DAY - timedelta(days=1), path).site_cameras == 3
    assert load_camera_limits(DAY, path).site_cameras == 5


@pytest.mark.parametrize("value", ["", "nhiều", "NaN", "0", "-2", "1e9", "Infinity"])
def test_a_limit_that_is_no_number_above_zero_is_refused_by_name(tmp_path: Path, value: str) -> None:
    with pytest.raises(ValueError, match="black_mean"):
        load_camera_limits(DAY, a_file(tmp_path, VALUES | {"black_mean": value}))


@pytest.mark.parametrize(
    ("values", "more", "said"),
    [
        ({"site_cameras": "2.5"}, (), "whole number"),
        ({"clock_warning": "300"}, (), "below clock_fault"),
        ({}, ("black_std,,5,,2024-01-01,,mẫu",), "2 rows in force for black_std"),
        ({}, ("x,,5,,hôm qua,,mẫu",), "days of x"),
    ],
)
def test_what_cannot_be_meant_is_refused(
    tmp_path: Path, values: dict[str, str], more: tuple[str, ...], said: str
) -> None:
    with pytest.raises(ValueError, match=said):
        load_camera_limits(DAY, a_file(tmp_path, VALUES | values, *more))


def test_a_limit_not_in_force_is_missing(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="0 rows in force"):
        load_camera_limits(date(2019, 12, 31), a_file(tmp_path, VALUES))
