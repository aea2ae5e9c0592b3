"""Administrative judgments on the wall: unknown is never zero, overdue is marked, a wall of a unit tells of its own."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from component_words import words
from judgments_support import a_judgment, a_register
from scenes_support import AskWall

from data_access.administrative_judgments import save_judgments
from data_access.session import Database
from data_access.sources import save_source_configured
from domain.alarms import Priority
from domain.units import Organisation
from scenes.answers import TOPICS, redraw_at
from scenes.cases import draw_judgments

MORNING = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)


@pytest.fixture
def units(organisation: Organisation) -> list[str]:
    return [unit.code for unit in organisation.case_units_on(MORNING.date())]


def test_without_a_register_there_is_no_number(database: Database, ask_wall: AskWall) -> None:
    assert "chưa kết nối" in words(draw_judgments(ask_wall(MORNING)))
    with database.writing() as session:
        save_source_configured(session, "administrative_judgments", True, MORNING)
    said = words(draw_judgments(ask_wall(MORNING)))
    assert "chưa có" in said and not any(letter.isdigit() for letter in said)
    assert "administrative_judgments" in TOPICS


def test_a_year_is_told_in_four_numbers_without_a_colour_that_no_alarm_stands_behind(
    database: Database, units: list[str], ask_wall: AskWall
) -> None:
    a_register(database, units, MORNING)
    tile = draw_judgments(ask_wall(MORNING))
    number = len(units) - 1
    said = words(tile)
    assert (
        f"{3 * number + 1} · {number}/{len(units)} đơn vị" in said
        and f"xong {number}" in said
        and f"QĐ buộc {number}" in said
    )
    assert f"{number} quá hạn" in said and "1 chưa rõ" in said and "tile--warn" not in tile.className
    assert not [one for one in ask_wall(MORNING).conditions if one.rule == "judgment_notice"]
    assert tile.to_plotly_json()["props"]["data-at"]


def test_a_wall_of_one_unit_tells_of_its_own(database: Database, units: list[str], ask_wall: AskWall) -> None:
    a_register(database, units, MORNING)
    assert "3 bản án" in words(draw_judgments(ask_wall(MORNING, units[1])))


def test_the_wall_is_drawn_again_when_the_register_grows_late(
    database: Database, units: list[str], ask_wall: AskWall
) -> None:
    told_at = MORNING - timedelta(days=8) + timedelta(minutes=5)
    a_register(database, units, MORNING, told_at)
    assert redraw_at(ask_wall(MORNING)) <= MORNING + timedelta(minutes=5, seconds=1)


def test_a_late_notice_is_an_ordinary_alarm_of_its_unit(
    database: Database, units: list[str], ask_wall: AskWall
) -> None:
    a_register(database, units, MORNING)
    late = a_judgment(MORNING.date() - timedelta(days=30), 9, units[2])
    with database.writing() as session:
        save_judgments(session, [late], MORNING, MORNING)
    (alarm,) = [one for one in ask_wall(MORNING).conditions if one.rule == "judgment_notice"]
    assert (alarm.unit, alarm.measure, alarm.priority) == (units[2], 1, Priority.ORDINARY)
    assert alarm.rule in ask_wall(MORNING).rules
