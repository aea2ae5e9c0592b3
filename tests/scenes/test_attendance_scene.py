"""Staff on the wall: counts that add up, one total of who is missing, a silent terminal is not absence, no person."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from attendance_support import a_staffed_morning
from component_words import words
from scenes_support import AskWall, store_quiet_figures

from components import ids, wall_frame
from data_access.session import Database
from domain.alarms import ATTENDANCE, absence_alarm
from domain.freshness import Freshness
from domain.screens import EMBEDDABLE_SCENES
from domain.units import Organisation
from scenes import attendance, overview

MORNING = datetime(2026, 11, 24, 2, 45, tzinfo=UTC)
SUNDAY = datetime(2026, 11, 22, 2, 45, tzinfo=UTC)


@pytest.fixture
def units(organisation: Organisation) -> list[str]:
    return [unit.code for unit in organisation.case_units_on(MORNING.date())]


def test_present_expected_and_the_reasons_add_up(database: Database, units: list[str], ask_wall: AskWall) -> None:
    a_staffed_morning(database, units, MORNING, silent=units[-1])
    answers = ask_wall(MORNING)
    total = answers.presence.total
    assert total is not None and total.present is not None
    assert total.staff == 12 * len(units)
    assert total.expected + total.leave + total.trip == total.staff
    missing = answers.presence.day.unexplained if answers.presence.day else None
    assert missing == total.expected - total.present - total.unknown > 0
    text = words(attendance.draw_present(answers))
    assert f"{total.present}/{total.expected}" in text and f"danh sách {total.staff}" in text
    table = words(attendance.draw_units(answers))
    assert "mất dữ liệu: 1 đơn vị" in table and "CHV" not in table


def test_who_is_missing_is_one_alarm_of_the_whole_and_of_no_unit(
    database: Database, units: list[str], ask_wall: AskWall
) -> None:
    a_staffed_morning(database, units, MORNING)
    answers = ask_wall(MORNING)
    (alarm,) = [alarm for alarm in answers.conditions if alarm.source == ATTENDANCE]
    assert alarm.unit == answers.scope.code
    assert alarm.measure == (answers.presence.day.unexplained if answers.presence.day else 0)
    assert "chưa rõ" in words(overview.draw_attendance_present(answers))


def test_pages_of_other_systems_are_not_shown_who_is_at_work_in_which_office(
    database: Database, organisation: Organisation, units: list[str], ask_wall: AskWall
) -> None:
    store_quiet_figures(database, organisation, MORNING)
    a_staffed_morning(database, units, MORNING)
    answers = ask_wall(MORNING)
    whole, embedded = (words(draw(answers)) for draw in (overview.draw_units_comparison, overview.draw_units_embedded))
    assert "Có mặt" in whole and "Có mặt" not in embedded and "Luật định" in embedded
    by_unit = {ids.ATTENDANCE_MAP, ids.ATTENDANCE_UNITS, ids.UNITS_COMPARISON}
    for entry in EMBEDDABLE_SCENES:
        assert not by_unit & wall_frame.panels_of_frame(entry.name), entry.name


def test_nothing_is_said_before_a_terminal_spoke_and_nobody_is_absent_on_a_sunday(
    database: Database, units: list[str], ask_wall: AskWall
) -> None:
    answers = ask_wall(MORNING)
    assert "chưa kết nối" in words(attendance.draw_present(answers))
    a_staffed_morning(database, units, MORNING)
    sunday = ask_wall(SUNDAY)
    assert sunday.presence.is_off
    for draw in (attendance.draw_present, attendance.draw_unexplained, overview.draw_attendance_present):
        assert "ngoài giờ làm việc" in words(draw(sunday))
    assert not [alarm for alarm in sunday.conditions if alarm.source == ATTENDANCE]


def test_all_terminals_silent_is_unknown_and_only_they_are_an_alarm(
    database: Database, units: list[str], ask_wall: AskWall
) -> None:
    a_staffed_morning(database, units[:1], MORNING, silent=units[0])
    answers = ask_wall(MORNING)
    assert "mất dữ liệu" in words(attendance.draw_present(answers))
    found = [alarm.rule for alarm in answers.conditions if alarm.source == ATTENDANCE]
    assert found == ["terminal_link"], "nobody is missing where no terminal could tell"


def test_an_old_feed_lights_nothing_up(database: Database, units: list[str], ask_wall: AskWall) -> None:
    a_staffed_morning(database, units, MORNING, heard_at=MORNING - timedelta(hours=3))
    answers = ask_wall(MORNING)
    assert answers.source(ATTENDANCE).freshness(MORNING) is Freshness.LOST
    assert not [alarm for alarm in answers.lit_alarms if alarm.source == ATTENDANCE]


def test_the_limit_is_the_agencys(ask_wall: AskWall) -> None:
    limits = ask_wall(MORNING).limits
    assert absence_alarm(limits.unexplained_absences - 1, "HUE", "Toàn tỉnh", limits) == []
    assert absence_alarm(None, "HUE", "Toàn tỉnh", limits) == []
    assert len(absence_alarm(limits.unexplained_absences, "HUE", "Toàn tỉnh", limits)) == 1


def test_a_wall_of_one_unit_never_says_how_many_are_missing_there(
    database: Database, units: list[str], ask_wall: AskWall
) -> None:
    a_staffed_morning(database, units, MORNING, missing=3)
    answers = ask_wall(MORNING, units[0])
    assert answers.presence.day is not None and answers.presence.day.unexplained == 3
    assert "chỉ báo của toàn tỉnh" in words(attendance.draw_unexplained(answers))
    assert "chưa rõ" not in words(overview.draw_attendance_present(answers))
    assert not [alarm for alarm in answers.conditions if alarm.source == ATTENDANCE]
