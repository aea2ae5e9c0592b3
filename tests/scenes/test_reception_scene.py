"""Reception on the wall: what is unknown is never zero, what burns is an alarm, and nobody who came is told of."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from camera_support import a_pass
from component_words import words
from reception_support import a_morning_of_visits
from reports_support import a_morning, store_reports
from scenes_support import AskWall

from data_access.session import Database
from data_access.sources import save_source_configured
from domain.alarms import RECEPTION, Priority
from domain.freshness import Freshness
from domain.units import Organisation
from scenes import reception

MORNING = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
DRAWERS = (
    reception.draw_visits,
    reception.draw_wait,
    reception.draw_monitored,
    reception.draw_queue,
    reception.draw_crowds,
    reception.draw_petitions,
)


@pytest.fixture
def units(organisation: Organisation) -> list[str]:
    return [unit.code for unit in organisation.case_units_on(MORNING.date())]


def test_without_a_source_and_before_its_first_word_there_is_no_number(database: Database, ask_wall: AskWall) -> None:
    for draw in DRAWERS:
        assert "chưa kết nối" in words(draw(ask_wall(MORNING)))
    with database.writing() as session:
        save_source_configured(session, "reception", True, MORNING)
    for draw in DRAWERS:
        said = words(draw(ask_wall(MORNING)))
        assert "chưa có" in said and not any(letter.isdigit() for letter in said)


def test_a_morning_is_counted_and_a_silent_unit_is_unknown(
    database: Database, units: list[str], ask_wall: AskWall
) -> None:
    a_morning_of_visits(database, units, MORNING)
    answers = ask_wall(MORNING)
    received = 3 * (len(units) - 1) + 1
    assert f"{received}" in words(reception.draw_visits(answers))
    assert f"mới {len(units) - 1}/{len(units)} đơn vị" in words(reception.draw_visits(answers))
    assert "ngưỡng 20 phút" in words(reception.draw_wait(answers)) and "1 lượt chờ quá ngưỡng" in words(
        reception.draw_wait(answers)
    )
    table = words(reception.draw_queue(answers))
    assert "chưa có dữ liệu" in table and "vạch 20 phút" in table and "0–30" in table
    # Whoever waits too long stands first, whatever the medians.
    first = table.index(answers.unit_names[units[1]])
    assert all(first < table.index(answers.unit_names[unit]) for unit in units if unit != units[1])
    assert f"{received} lượt chưa rõ" in words(reception.draw_monitored(answers))
    a_pass(database, dict.fromkeys(units, 2), MORNING - timedelta(hours=6), lost=[f"{units[0]}-02"])
    watched = words(reception.draw_monitored(ask_wall(MORNING)))
    assert f"{received - 3} trong {received} lượt" in watched and "%" in watched


def test_no_share_is_told_while_most_visits_are_unknown(
    database: Database, units: list[str], ask_wall: AskWall
) -> None:
    a_morning_of_visits(database, units, MORNING)
    # Cameras are known since eighty minutes: only the last visit of each unit began after that.
    a_pass(database, dict.fromkeys(units, 2), MORNING - timedelta(minutes=80))
    said = words(reception.draw_monitored(ask_wall(MORNING)))
    assert "chưa rõ" in said and "%" not in said and "trong" in said


def test_a_delegation_a_long_wait_and_an_overdue_petition_are_alarms(
    database: Database, units: list[str], ask_wall: AskWall
) -> None:
    a_morning_of_visits(database, units, MORNING)
    answers = ask_wall(MORNING)
    found = {alarm.rule: alarm for alarm in answers.conditions if alarm.source == RECEPTION}
    assert set(found) == {"delegation", "reception_queue", "petitions_overdue"}
    assert found["delegation"].priority is Priority.URGENT and found["delegation"].unit == units[1]
    assert answers.conditions[0] is found["delegation"]
    crowds = words(reception.draw_crowds(answers))
    assert "1đoàn hôm nay" in crowds.replace(" đoàn", "đoàn") and "khoảng 15 người" in crowds
    petitions = words(reception.draw_petitions(answers))
    assert "4đang giải quyết" in petitions.replace(" đang", "đang")
    for row in ("Quá hạn luật định 1", "Đã giải quyết trong năm 1", "thời hạn mẫu", "sổ đến 24/11"):
        assert row.replace(" ", "") in petitions.replace(" ", "")
    assert "Tố cáo" not in petitions
    # One unit sent its register and all but one their visits: parts do not pass for the whole.
    assert f"Đơn vị đã gửi sổ1/{len(units)}" in petitions.replace("sổ 1", "sổ1")
    assert f"mới {len(units) - 1}/{len(units)} đơn vị" in crowds


def test_a_quiet_day_lights_nothing_and_an_old_one_neither(
    database: Database, units: list[str], ask_wall: AskWall
) -> None:
    a_morning_of_visits(database, units, MORNING, crowd=False)
    assert not [alarm for alarm in ask_wall(MORNING).conditions if alarm.source == RECEPTION]
    a_morning_of_visits(database, units, MORNING, crowd=True)
    later = MORNING + timedelta(hours=3)
    answers = ask_wall(later)
    assert answers.source(RECEPTION).freshness(later) is Freshness.LOST
    assert not [alarm for alarm in answers.lit_alarms if alarm.source == RECEPTION]


def test_a_wait_over_the_limit_is_drawn_when_it_happens(
    database: Database, units: list[str], ask_wall: AskWall
) -> None:
    a_morning_of_visits(database, units, MORNING, crowd=False)
    assert ask_wall(MORNING).reception.redraw_at == MORNING + timedelta(minutes=15)


def test_a_crowd_that_others_told_of_stands_beside_the_delegations(
    database: Database, organisation: Organisation, units: list[str], ask_wall: AskWall
) -> None:
    a_morning_of_visits(database, units, MORNING, crowd=False)
    assert "Tụ tập" not in words(reception.draw_crowds(ask_wall(MORNING)))
    store_reports(database, organisation, a_morning(units, MORNING), MORNING)
    said = words(reception.draw_crowds(ask_wall(MORNING)))
    assert "Tụ tập ngoài trụ sở" in said and "1 vụ" in said and "0" in said
