"""Security on the wall: who tells, what is open, what is quiet and what is merely not known; no name and no note."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from camera_support import a_pass
from component_words import words
from scenes_support import AskWall
from security_support import NOW, a_record, heard, store

from data_access.session import Database
from domain.alarms import Priority
from domain.security import EventOrigin, EventOutcome, SecurityKind
from scenes import cameras

LOG = EventOrigin.GUARD_LOG


def test_without_a_source_there_is_none_and_with_one_that_never_told_no_figures(
    database: Database, ask_wall: AskWall
) -> None:
    assert "chưa có nguồn" in words(cameras.draw_security(ask_wall(NOW)))
    heard(database, "security", now=NOW - timedelta(days=3))
    lost = words(cameras.draw_security(ask_wall(NOW)))
    assert "Chưa rõ" in lost and "Không có sự kiện" not in lost


def test_none_is_said_only_while_somebody_tells_and_who_does_not_is_named(
    database: Database, ask_wall: AskWall
) -> None:
    heard(database, "security")
    said = words(cameras.draw_security(ask_wall(NOW)))
    assert "Không có sự kiện" in said and "mới có camera, thiếu sổ trực" in said
    heard(database, "guard_log")
    assert "mới có" not in words(cameras.draw_security(ask_wall(NOW)))
    after = NOW + timedelta(minutes=10)
    later = words(cameras.draw_security(ask_wall(after)))
    assert "mới có sổ trực, thiếu camera" in later


def test_events_stand_newest_first_with_how_they_ended(database: Database, ask_wall: AskWall) -> None:
    heard(database, "security", "guard_log")
    store(
        database,
        replace(a_record(kind=SecurityKind.TAMPER), note="Nguyễn Văn A", guard="BV-01"),
        a_record("HUONGTRA", SecurityKind.MOTION, NOW - timedelta(hours=7), "", LOG, EventOutcome.HANDLED),
        a_record("HUONGTRA", SecurityKind.MOTION, NOW - timedelta(hours=12), "", LOG),
    )
    drawn = words(cameras.draw_security(ask_wall(NOW)))
    assert drawn.index("09:45") < drawn.index("02:45")
    assert "Camera bị che, bị xoayPhú Vang · chưa xử lý" in drawn
    assert "Chuyển động ngoài giờHương Trà · đã xử lý" in drawn
    assert "21:45" not in drawn, "yesterday is not today"
    assert "Nguyễn" not in drawn and "BV-01" not in drawn and "PHUVANG-01" not in drawn


def test_a_wall_of_one_unit_sees_its_own_events_only(database: Database, ask_wall: AskWall) -> None:
    heard(database, "security")
    store(database, a_record("PHUVANG"), a_record("PHULOC", SecurityKind.INTRUSION, camera="PHULOC-01"))
    assert len(ask_wall(NOW).security.today) == 2
    own = ask_wall(NOW, "PHULOC")
    assert [event.unit for event in own.security.today] == ["PHULOC"]
    assert {alarm.unit for alarm in own.conditions if alarm.rule.startswith("security_")} == {"PHULOC"}


def test_what_is_open_and_urgent_is_an_alarm_until_it_is_settled(database: Database, ask_wall: AskWall) -> None:
    heard(database, "security")
    store(database, a_record(kind=SecurityKind.GATHERING), a_record(kind=SecurityKind.STORAGE))
    (alarm,) = [alarm for alarm in ask_wall(NOW).conditions if alarm.rule.startswith("security_")]
    assert (alarm.priority, alarm.unit, alarm.title) == (Priority.URGENT, "PHUVANG", "Tụ tập trước trụ sở")


def test_what_the_cameras_lost_today_stands_in_the_list_too(database: Database, ask_wall: AskWall) -> None:
    heard(database, "security", "guard_log")
    a_pass(database, {"PHULOC": 4}, NOW, lost=["PHULOC-02"])
    assert "Camera mất tín hiệu (1)" in words(cameras.draw_security(ask_wall(NOW)))


def test_more_than_fit_are_counted(database: Database, ask_wall: AskWall) -> None:
    heard(database, "security", "guard_log")
    store(database, *(a_record(at=NOW - timedelta(minutes=20 * number)) for number in range(9)))
    drawn = words(cameras.draw_security(ask_wall(NOW)))
    assert "7 trong 9" in drawn and drawn.count("Camera bị che") == 7
