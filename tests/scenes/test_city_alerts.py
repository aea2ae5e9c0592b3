"""Warnings of the city on the wall: an alarm each, a zone on the map, a line above the hours; never their words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from city_alert_support import LAGOON, a_text
from reports_support import a_record, store_reports
from scenes_support import AskWall
from sqlalchemy import select
from wall_support import decide_alarms
from webhook_support import registered

from access.audience import CENTRE
from access.principal import Principal
from components.intake_bars import intake_bars
from data_access.alarm_feed import alarms_to_tell
from data_access.alarms import alarms_listed
from data_access.boundary_shapes import load_maps, map_on, stored_file
from data_access.city_alerts import FEED, AlertOrigin, save_alert_units, save_city_alerts, unplaced_alerts
from data_access.models.outbox import OutboxEventRow
from data_access.session import Database
from data_access.sources import save_source_configured, save_source_success
from domain.alarms import Priority
from domain.boundaries import UnitMap
from domain.city_alerts import AlertArea, AlertSeverity, AlertText, PlacePoint
from domain.field_reports import IntakeDay, Urgency
from domain.local_time import local_day
from domain.units import Organisation
from scenes.answers import WallAnswers
from scenes.drawing import Question
from scenes.outbound_feed import CentreAnswers

NOW = datetime(2026, 11, 23, 2, 40, tzinfo=UTC)
RING = tuple(PlacePoint(*map(float, pair.split(","))) for pair in LAGOON.split())


@pytest.fixture
def unit_map() -> UnitMap:
    found = map_on(load_maps(stored_file("hue-two-level")), local_day(NOW))
    assert found is not None
    return found


def say(database: Database, *texts: AlertText, units: set[str] | None = None, at: datetime = NOW) -> None:
    with database.writing() as session:
        save_source_configured(session, "city_alerts", True, at)
        save_source_success(session, "city_alerts", at, at)
        save_city_alerts(session, texts, AlertOrigin(FEED, "CAP"), at)
        for one in unplaced_alerts(session):
            save_alert_units(session, one.public_id, units, at)


def test_a_warning_becomes_an_alarm_and_leaves_when_it_is_over(database: Database, ask_wall: AskWall) -> None:
    say(database, a_text(headline="Nhà ông A ngập"), units={"PHUVANG", "PHULOC"})
    (alarm,) = [one for one in ask_wall(NOW).alarms if one.rule == "city_flood"]
    assert (alarm.title, alarm.priority, alarm.measure) == ("Cảnh báo lũ, ngập", Priority.HIGH, 2)
    over = NOW + timedelta(hours=8)
    say(database, at=over)
    ask_wall(over)
    after = over + timedelta(minutes=2)
    say(database, at=after)
    assert [one for one in ask_wall(after).alarms if one.rule == "city_flood"] == []


def test_a_lost_source_ends_no_warning(database: Database, ask_wall: AskWall) -> None:
    say(database, a_text(), units={"PHUVANG"})
    ask_wall(NOW)
    later = NOW + timedelta(hours=9)
    assert [one.rule for one in ask_wall(later).alarms if one.rule.startswith("city_")] == ["city_flood"]


def test_a_unit_sees_its_own_and_the_citys(database: Database, ask_wall: AskWall) -> None:
    say(database, a_text(), units={"PHUVANG"})
    own, other = ask_wall(NOW, "PHUVANG"), ask_wall(NOW, "PHULOC")
    assert [one.text.identifier for one in own.city.active] == ["A-1"] and other.city.active == ()
    say(database, a_text("B"), units=None)
    assert [one.text.identifier for one in ask_wall(NOW, "PHULOC").city.active] == ["B"]


def test_zones_are_what_is_drawn_else_the_units_and_none_from_an_old_source(
    database: Database, ask_wall: AskWall, unit_map: UnitMap
) -> None:
    say(database, a_text(areas=(AlertArea("", (RING,)),)), units={"PHUVANG"})
    say(database, a_text("B"), units={"PHUVANG"})
    say(database, a_text("C", severity=AlertSeverity.MINOR), units=None)
    zones = ask_wall(NOW).city.zones(unit_map)
    phu_vang = unit_map.shape_of("PHUVANG")
    assert phu_vang is not None and zones[1:] == (phu_vang.path,) and zones[0].count("L") == 4
    assert ask_wall(NOW + timedelta(hours=1)).city.zones(unit_map) == (), "nobody knows what still holds"


def test_its_hours_of_a_day_and_when_it_is_drawn_again(database: Database, ask_wall: AskWall) -> None:
    assert ask_wall(NOW).city.hours_of_today == (), "never connected"
    coming = a_text(onset_at=NOW + timedelta(minutes=20))
    say(database, coming, a_text("drill", is_exercise=True), a_text("past", is_past=True))
    answers = ask_wall(NOW)
    assert answers.city.hours_of_today == ((NOW + timedelta(minutes=20), NOW + timedelta(hours=7, minutes=20)),)
    assert answers.city.redraw_at == NOW + timedelta(minutes=20)
    lost = ask_wall(NOW + timedelta(hours=3)).city.hours_of_today
    assert lost is None, "nobody knows, which is not none"
    shown = repr(intake_bars(IntakeDay((0,) * 24, None, 0), NOW, answers.reports.source, lost))
    assert "mất dữ liệu cảnh báo của thành phố" in shown


def test_what_the_city_warned_of_is_not_told_back_to_it(sqlite_database: Database, organisation: Organisation) -> None:
    """A centre that repeats what it reads would otherwise warn of its own warning for ever."""
    say(sqlite_database, a_text(), units={"PHUVANG"})
    store_reports(sqlite_database, organisation, [a_record(1, urgency=Urgency.URGENT)], NOW)
    registered(sqlite_database, "https://ioc.example/hook", NOW)
    decide_alarms(sqlite_database, organisation, NOW)
    with sqlite_database.reading() as session:
        listed = alarms_listed(session, Principal.worker(), organisation, NOW)
        told = alarms_to_tell(session, CENTRE.principal(), organisation, NOW - timedelta(days=7), NOW)
        events = list(session.scalars(select(OutboxEventRow.kind)))
    rules = {one.rule for one in listed if one.is_open}
    assert "city_flood" in rules and len(rules) > 1
    assert {one.rule for one in told} == rules - {"city_flood"}
    assert events.count("alarm.opened") == len(told)
    with sqlite_database.reading() as session:
        wall = WallAnswers(Question(session, Principal.worker(), organisation, NOW, True))
        opened = {one.id: one for one in CentreAnswers(wall).indicators}["alarms_open"]
    assert opened.whole.value == len(rules) and "gồm 1 cảnh báo do thành phố phát" in opened.coverage
