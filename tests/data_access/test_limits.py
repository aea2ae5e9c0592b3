"""The limits from which a figure is abnormal are the agency's data; a file that lacks one is refused in words."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from data_access.limits import load_wall_limits
from domain.limits import WallLimits
from domain.reception import ReceptionLimits

SOON, ABSENT = "report_soon,,2,giờ,", "unexplained_absences,,2,người,"
SOON_ENDS = (
    *("certificate_soon,,20,ngày,", "deadline_soon,,4,ngày làm việc,"),
    *("software_silent,,7,phút,", "software_together,,4,phần mềm,", "city_alert_hold,,6,giờ,"),
)
QUEUE = ("waiting,,15,phút,", "delegation_people,,8,người,", "delegation_term,,1.5,giờ,")
HEAD = "code,name,value,unit,status\n"


def a_file(folder: Path, *rows: str) -> Path:
    path = folder / "wall_limits.csv"
    path.write_text(HEAD + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return path


def test_what_an_agency_writes_is_what_the_wall_uses(tmp_path: Path) -> None:
    first = ("fall_points,,3.5,điểm,", "band_points,,8,điểm,", "overdue_clocks,,5,việc,")
    path = a_file(tmp_path, *first, SOON, ABSENT, *QUEUE, "screen_dark,,9,phút,", *SOON_ENDS)
    queue = ReceptionLimits(timedelta(minutes=15), 8, timedelta(minutes=90))
    first_four, rest = (
        (Decimal("3.5"), Decimal(8), 5, timedelta(hours=2)),
        (timedelta(minutes=9), timedelta(days=20), 4, timedelta(minutes=7), 4, timedelta(hours=6)),
    )
    assert load_wall_limits(path) == WallLimits(*first_four, 2, queue, *rest)


@pytest.mark.parametrize("value", ["", "nhiều", "NaN", "0", "-2"])
def test_a_limit_that_is_no_number_above_zero_is_refused_by_name(tmp_path: Path, value: str) -> None:
    path = a_file(tmp_path, f"fall_points,,{value},điểm,", "band_points,,8,điểm,", "overdue_clocks,,5,việc,", SOON)
    with pytest.raises(ValueError, match="fall_points"):
        load_wall_limits(path)


def test_a_missing_limit_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="overdue_clocks"):
        load_wall_limits(a_file(tmp_path, "fall_points,,3.5,điểm,", "band_points,,8,điểm,", SOON))
