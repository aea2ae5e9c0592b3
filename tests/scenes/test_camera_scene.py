"""Cameras on the wall: installed, working, lost and unknown apart; a cut line is one alarm; our own stall is none."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta

import pytest
from camera_support import a_pass
from component_words import words
from scenes_support import AskWall

from components import camera_grid
from data_access.session import Database
from domain.alarms import CAMERAS, Condition
from domain.cameras import Coverage
from scenes import cameras, overview
from scenes.answers import WallAnswers

NOW = datetime(2026, 11, 24, 2, 45, tzinfo=UTC)
SIZES = {"CUC": 3, "TPHUE": 4, "PHULOC": 3, "ALUOI": 5}


def of_cameras(answers: WallAnswers) -> list[Condition]:
    return [alarm for alarm in answers.conditions if alarm.source == CAMERAS]


def test_what_is_lost_and_what_is_unknown_are_two_things(database: Database, ask_wall: AskWall) -> None:
    cut = [f"ALUOI-{number:02d}" for number in range(1, 6)]
    a_pass(database, SIZES, NOW, lost=[*cut, "PHULOC-03"])
    answers = ask_wall(NOW)
    found = answers.cameras.coverage
    assert (found.installed, found.working, found.failing, found.unknown) == (15, 9, 1, 5)
    assert "9/15" in words(cameras.draw_working(answers))
    assert "1 không có hình" in words(overview.draw_cameras_online(answers))
    assert "?/5" in words(cameras.draw_grid(answers))
    assert f"4/{len(answers.cameras.by_unit)}" in words(cameras.draw_coverage(answers))
    assert "mất liên kết A Lưới" in words(cameras.draw_unknown(answers))
    lost, site = sorted(of_cameras(answers), key=lambda alarm: alarm.rule)
    assert (site.unit, site.measure, lost.unit, lost.measure) == ("ALUOI", 5, "PHULOC", 1)


def test_a_pass_after_our_own_stall_finds_nothing(database: Database, ask_wall: AskWall) -> None:
    a_pass(database, SIZES, NOW, lost=["PHULOC-03"], before=NOW - timedelta(minutes=9))
    assert of_cameras(ask_wall(NOW)) == []


def test_what_was_seen_long_ago_is_not_known_now(database: Database, ask_wall: AskWall) -> None:
    a_pass(database, SIZES, NOW)
    answers = ask_wall(NOW + timedelta(minutes=20))
    assert answers.cameras.coverage.unknown == 15
    assert "mất dữ liệu" in words(cameras.draw_working(answers))


def test_a_wall_of_one_unit_sees_its_own_cameras_only(database: Database, ask_wall: AskWall) -> None:
    a_pass(database, SIZES, NOW, lost=["ALUOI-01"])
    answers = ask_wall(NOW, "PHULOC")
    assert answers.cameras.coverage.installed == 3
    assert of_cameras(answers) == []


@pytest.mark.parametrize("hours", [24, 100])
def test_interruptions_are_counted_on_their_day_and_availability_of_known_time(
    database: Database, ask_wall: AskWall, hours: int
) -> None:
    begins = NOW - timedelta(hours=hours)
    a_pass(database, SIZES, begins - timedelta(hours=hours))
    a_pass(database, SIZES, begins, lost=["PHULOC-03"])
    a_pass(database, SIZES, NOW)
    unit = ask_wall(NOW).cameras.by_unit["PHULOC"]
    known = [count for count in unit.interruptions if count is not None]
    # A day nobody knew anything of is no day without an interruption.
    assert sum(known) == 1 and len(known) == math.ceil(2 * hours / 24)
    assert unit.interruptions[: -len(known)] == (None,) * (30 - len(known))
    assert unit.interruptions[-1 - (hours - 1) // 24] == 1
    assert unit.percent == pytest.approx(100 * 5 / 6)


def test_before_the_first_pass_nothing_is_known(database: Database, ask_wall: AskWall) -> None:
    answers = ask_wall(NOW)
    for draw in (cameras.draw_working, cameras.draw_lost, cameras.draw_grid, overview.draw_cameras_online):
        assert "chưa kết nối" in words(draw(answers))
    assert "chưa có nguồn" in words(cameras.draw_security(answers))


def test_none_seen_beside_unknown_ones_is_no_zero(database: Database, ask_wall: AskWall) -> None:
    assert Coverage(installed=6, failing=2, unknown=4).seen is None
    assert Coverage(installed=6, failing=6).seen == 0 and Coverage(installed=6, working=1, unknown=5).seen == 1
    row = camera_grid.CameraRow("Phú Lộc", (), Coverage(installed=6, failing=2, unknown=4), (None,) * 30, None)
    assert "?/6" in words(camera_grid.camera_grid([row], ask_wall(NOW).source("cameras")))
