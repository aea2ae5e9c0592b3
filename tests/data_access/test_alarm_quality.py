"""The quality of alarms is asked within one's units; unknown while nothing was recorded; limits are dated."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest
from alarm_support import CAMERA, CROWD, NOW, store_alarms

from access.principal import NotAllowed, Principal
from actions.answer_alarm import AnswerAlarms
from actions.hand_over import take_over
from actions.report_alarm_quality import save_alarm_quality
from data_access.alarm_quality import load_quality_limits, quality_of_alarms
from data_access.dated_limits import whole_numbers
from data_access.duty_limits import load_duty_limits
from data_access.session import Database
from domain.alarm_quality import AlarmQuality, QualityPeriod
from domain.alarms import Priority
from domain.permissions import Role
from domain.units import Organisation

OPERATOR = Principal(Role.OPERATOR, "o", "truc")
HEAD = Principal(Role.DEPARTMENT_HEAD, "h", "truong", "PHUVANG")
SCREEN = Principal(Role.SCREEN, "s", "s")
MINUTE = timedelta(minutes=1)
LATER = NOW + timedelta(hours=2)


def quality(database: Database, organisation: Organisation, who: Principal = OPERATOR) -> AlarmQuality | None:
    with database.reading() as session:
        return quality_of_alarms(session, who, organisation, QualityPeriod.DAY, LATER)


def test_nothing_recorded_is_not_known_and_is_no_quiet_day(database: Database, organisation: Organisation) -> None:
    assert quality(database, organisation) is None


def test_quality_is_of_the_own_units_and_their_own_duty(
    database: Database, organisation: Organisation, tmp_path: Path
) -> None:
    store_alarms(database, NOW - 30 * MINUTE)
    store_alarms(database, NOW - 20 * MINUTE, CAMERA)
    take_over(database, OPERATOR, organisation, NOW - 30 * MINUTE)
    later = store_alarms(database, NOW, CAMERA, CROWD)
    (crowd,) = [alarm for alarm in later.alarms if alarm.rule == CROWD.rule]
    AnswerAlarms(database, OPERATOR, organisation).acknowledge(crowd.public_id, crowd.revision, "", NOW + 6 * MINUTE)
    found = quality(database, organisation)
    assert found is not None and found.load is not None
    # The first record is that of the camera; its window is not whole, so it is not counted among the new ones.
    assert (found.alarms, found.load.peak) == (1, 1)
    urgent = found.priorities[Priority.URGENT]
    assert (urgent.acknowledged, urgent.to_acknowledge) == (1, 6 * MINUTE)
    own = quality(database, organisation, HEAD)
    assert own is not None and (own.alarms, own.load) == (1, None)
    with pytest.raises(NotAllowed):
        quality(database, organisation, SCREEN)
    path = tmp_path / "q.xlsx"
    save_alarm_quality(database, HEAD, organisation, QualityPeriod.DAY, True, LATER, path)
    cells = [row for row in openpyxl.load_workbook(path).active.iter_rows(values_only=True) if row[1]]
    assert ("Tải và dồn dập", "Trung bình mỗi người trực", None, "cảnh báo / 10 phút", "chưa có ca trực") in cells


def test_limits_that_ship_can_be_read_and_a_wrong_one_is_named(tmp_path: Path) -> None:
    on = date(2026, 11, 24)
    assert load_duty_limits(on).hand_over_within == timedelta(hours=12)
    assert sum(load_quality_limits(on).shares.values()) == 100
    path = tmp_path / "limits.csv"
    for rows in ("", "a,x,0,giờ,2020-01-01,,", "a,x,1,giờ,2020-01-01,,\na,x,2,giờ,2020-01-01,,", "a,x,1,giờ,hôm nay,,"):
        path.write_text(f"code,name,value,unit,valid_from,valid_to,status\n{rows}\n", encoding="utf-8")
        with pytest.raises(ValueError, match=r"limits\.csv.* a"):
            whole_numbers(path, ("a",), on)
    path.write_text(
        "code,name,value,unit,valid_from,valid_to,status\n"
        "a,x,1,giờ,2020-01-01,2026-11-23,\na,x,2,giờ,2026-11-24,,\n", encoding="utf-8",
    )  # fmt: skip
    assert whole_numbers(path, ("a",), on) == {"a": 2}
