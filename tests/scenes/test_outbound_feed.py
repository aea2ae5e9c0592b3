"""What leaves for the centre: the wall's own numbers, nobody's words, kept for the centre's eyes."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from camera_support import a_pass
from feed_support import draw_feed
from reports_support import a_record, store_reports
from scenes_support import a_question, store_quiet_figures, store_whole_year
from sqlalchemy.orm import Session
from wall_support import decide_alarms

from access.audience import CENTRE, PROVINCE
from access.principal import NotAllowed, Principal
from actions.answer_alarm import AnswerAlarms
from data_access.alarm_feed import alarms_to_tell
from data_access.field_reports import reports_to_tell
from data_access.session import Database
from data_access.snapshots import panel_bodies, shown_panels
from data_access.units import load_organisation
from domain.alarms import AlarmState
from domain.attendance import UnitCounts
from domain.cameras import Coverage
from domain.feed import Missing
from domain.local_time import local_day
from domain.permissions import Role
from domain.units import Organisation
from outbound import rest_feed
from scenes.answers import WallAnswers
from scenes.outbound_feed import CentreAnswers, present_figure, present_figures, working_figure

ROOT = Path(__file__).resolve().parents[2]
PANELS = (rest_feed.SOURCES, rest_feed.INDICATORS, rest_feed.ALARMS, rest_feed.CAMERAS, rest_feed.REPORTS)


def drawn(database: Database) -> dict[str, Any]:
    with database.reading() as session:
        shown = shown_panels(session, CENTRE.key, "outbound", PANELS)
        bodies = panel_bodies(session, CENTRE.key, [content for content, _ in shown.values()])
        assert not shown_panels(session, PROVINCE.key, "outbound", PANELS), "no wall is handed the feed"
    return {panel: json.loads(bodies[content]) for panel, (content, _) in shown.items()}


def test_the_feed_is_drawn_for_the_centre_and_holds_nobodys_words(
    database: Database, organisation: Organisation, now: datetime
) -> None:
    store_whole_year(database, organisation, now)
    a_pass(database, {"PHUVANG": 2}, now)
    reports = [a_record(1, handled_by="CHV-07", latitude=16.46123, longitude=107.59456), a_record(2)]
    store_reports(database, organisation, reports, now)
    decide_alarms(database, organisation, now)
    draw_feed(database, organisation, now)
    panels = drawn(database)
    assert set(panels) == set(PANELS)
    words = json.dumps(panels, ensure_ascii=False)
    for secret in ("Lời của người dân", "CHV-07", "16.46", "107.59", "127.0.0.1", "Cổng trụ sở", "giamsat"):
        assert secret not in words
    assert len(panels[rest_feed.REPORTS]["items"]) == 2 and panels[rest_feed.ALARMS]["items"]


@pytest.mark.parametrize("name", ["hue-two-level", "hue"])
def test_the_units_are_those_of_the_day_and_add_up_under_either_pack(
    sqlite_database: Database, name: str, now: datetime
) -> None:
    pack = load_organisation(ROOT / "data" / "organisations" / name)
    store_whole_year(sqlite_database, pack, now)
    with sqlite_database.reading() as session:
        told = CentreAnswers(WallAnswers(a_question(session, pack, now))).indicators
    codes = {unit.code for unit in pack.case_units_on(local_day(now))}
    for one in told:
        assert set(one.by_unit) == codes, one.id
        assert (one.whole.value is None) == (one.whole.missing is not None), one.id
    for id in ("completed_cases", "to_enforce_amount", "total_docketed_cases"):
        one = next(each for each in told if each.id == id)
        assert one.whole.value == sum(figure.value or 0 for figure in one.by_unit.values())


def test_counts_of_cameras_and_reports_are_those_of_the_wall(
    database: Database, organisation: Organisation, now: datetime
) -> None:
    store_quiet_figures(database, organisation, now)
    a_pass(database, {"PHUVANG": 4, "ALUOI": 2}, now, lost=["PHUVANG-01"])
    store_reports(database, organisation, [a_record(number) for number in range(6)], now)
    with database.reading() as session:
        wall = WallAnswers(a_question(session, organisation, now))
        told = {one.id: one for one in CentreAnswers(wall).indicators}
        assert told["cameras_working"].whole.value == wall.cameras.coverage.seen == 5
        assert told["cameras_working"].by_unit["PHUVANG"].denominator == 4
        assert told["reports_open"].whole.value == wall.reports.counts.open == 6
        assert told["reports_open"].by_unit["ALUOI"].value == 0, "known and none is zero"
        assert told["attendance_present"].whole.missing is Missing.NOT_CONNECTED


def test_an_alarm_is_told_with_every_change_of_its_state(
    database: Database, organisation: Organisation, now: datetime
) -> None:
    store_whole_year(database, organisation, now)
    decide_alarms(database, organisation, now)
    asked = (organisation, now - timedelta(days=7), now)
    with database.reading() as session:
        first = alarms_to_tell(session, CENTRE.principal(), *asked)[0]
    person = Principal(Role.OPERATOR, "o1", "truc")
    AnswerAlarms(database, person, organisation).acknowledge(first.public_id, 1, "đã gọi", now + timedelta(minutes=1))
    with database.reading() as session:
        again = {one.public_id: one for one in alarms_to_tell(session, CENTRE.principal(), *asked)}[first.public_id]
    assert [state for _, state in again.steps] == [AlarmState.UNACKNOWLEDGED, AlarmState.ACKNOWLEDGED]
    told = rest_feed.stored_alarm(again)
    assert told["changed_at"] > told["opened_at"]
    words = json.dumps(told, ensure_ascii=False)
    assert "đã gọi" not in words and '"truc"' not in words


def test_only_who_holds_the_scope_is_told(database: Database, organisation: Organisation, now: datetime) -> None:
    def ask(session: Session, principal: Principal) -> None:
        with pytest.raises(NotAllowed):
            alarms_to_tell(session, principal, organisation, now, now)
        with pytest.raises(NotAllowed):
            reports_to_tell(session, principal, organisation, now, now)

    with database.reading() as session:
        ask(session, PROVINCE.principal())
        ask(session, replace(CENTRE.principal(), scopes=frozenset()))


def test_a_small_office_does_not_follow_from_the_whole_less_the_others() -> None:
    def at_work(expected: int, present: int | None) -> UnitCounts:
        return UnitCounts(expected, expected, present, 0, 0, 0, 0 if present is not None else expected, 0)

    counts = {"A": at_work(3, 2), "B": at_work(9, 9), "C": at_work(20, 18), "D": at_work(6, None), "E": None}
    told = present_figures({**counts, "": at_work(38, 29)}, Missing.NO_DATA)
    assert {code for code, one in told.items() if one.missing is Missing.SMALL_COUNT} == {"A", "B"}
    assert {code: told[code].value for code in ("", "C")} == {"": 29, "C": 18}
    assert told["D"].missing is told["E"].missing is Missing.NO_DATA
    alone = present_figures({"A": at_work(3, 2), "D": at_work(6, None), "": at_work(9, 2)}, Missing.NO_DATA)
    assert alone["A"].missing is alone[""].missing is Missing.SMALL_COUNT


def test_nobody_seen_is_not_zero_people_and_no_camera_seen_is_not_zero_cameras() -> None:
    silent = UnitCounts(5, 5, None, 0, 0, 0, 5, 0)
    assert present_figure(silent, Missing.NO_DATA).value is None
    assert present_figure(replace(silent, present=0, unknown=0), Missing.NO_DATA).value == 0
    assert working_figure(Coverage(installed=2, unknown=2), Missing.NO_DATA).missing is Missing.NO_DATA
    assert working_figure(Coverage(installed=2, failing=2), Missing.NO_DATA).value == 0
