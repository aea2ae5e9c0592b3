"""Every scene in every state of its source, for the province and for one unit, under both organisation packs."""

from __future__ import annotations

import json
import re
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from scenes_support import a_question, hold_a_file, store_figures, store_whole_year
from wall_support import decide_alarms

from access.principal import Principal
from components import ids, wall_frame
from data_access.boundary_shapes import load_maps, stored_file
from data_access.session import Database
from data_access.snapshots import DrawnPanel
from data_access.sources import save_source_configured, save_source_success
from data_access.undecided import save_undecided
from domain.alarms import Priority
from domain.permissions import Role
from domain.screens import EMBEDDABLE_SCENES
from domain.units import Organisation
from scenes.answers import WallAnswers, wall_answers
from scenes.drawing import Question, draw_scene
from scenes.registry import SCENES

PACKS = ["organisation", "two_era_organisation"]
REPORTS = {
    ids.FIELD_REPORTS_OPEN,
    ids.FIELD_REPORTS_FAR,
    ids.FIELD_REPORTS_MAP,
    *(place.id for place in wall_frame.REPORT_TILES),
    ids.FIELD_REPORTS_AXIS,
    ids.FIELD_REPORTS_INTAKE,
    ids.FIELD_REPORTS_LIST,
}
STAFF = {
    ids.ATTENDANCE_PRESENT,
    ids.ATTENDANCE_FAR,
    ids.ATTENDANCE_MAP,
    ids.ATTENDANCE_UNITS,
    *(place.id for place in (*wall_frame.STAFF_TILES, *wall_frame.RECEPTION)),
}
WATCHED = {
    ids.CAMERAS_ONLINE,
    ids.CAMERAS_FAR,
    ids.CAMERAS_MAP,
    ids.CAMERAS_GRID,
    ids.SECURITY_EVENTS,
    *(place.id for place in wall_frame.CAMERA_TILES),
}
# Panels that say the same whatever the case system says: the title, and the other feeds.
WITHOUT_CASES = REPORTS | STAFF | WATCHED | {ids.WALL_TITLE, ids.JUDGMENTS_OPEN, ids.PROGRAMME_BOARD, ids.SOFTWARE_WALL}
STRIPS = {ids.SOURCES_FRESHNESS, ids.SOURCES_FAR_FRESHNESS}
ALARMS = {ids.ALARMS_STRIP, ids.ALARMS_FAR_STRIP, ids.ALARMS_URGENT, ids.ALARMS_FAR}


@pytest.fixture(params=PACKS)
def pack(request: pytest.FixtureRequest) -> Organisation:
    """Both organisation packs."""
    organisation: Organisation = request.getfixturevalue(request.param)
    return organisation


def no_failure(panel: str, error: Exception) -> str:
    raise AssertionError(f"{panel} failed") from error


def drawn(question: Question) -> dict[str, str]:
    """Panel id -> its words, of every scene."""
    panels: list[DrawnPanel] = []
    for scene in SCENES:
        panels += draw_scene(scene, question, no_failure)
    return {panel.panel: said(json.loads(panel.body)) for panel in panels}


def said(tree: Any) -> str:
    """The text of component JSON."""
    if isinstance(tree, dict):
        return said(tree["props"].get("children"))
    if isinstance(tree, list):
        return " ".join(filter(None, map(said, tree)))
    return "" if tree is None else str(tree)


def ask(database: Database, pack: Organisation, now: datetime, unit: str | None = None) -> dict[str, str]:
    screen = Principal(Role.SCREEN, "s1", "s1", unit) if unit else None
    decide_alarms(database, pack, now)
    with database.reading() as session:
        question = a_question(session, pack, now, screen)
        return drawn(Question(**{**fields_of(question), "maps": load_maps(stored_file(pack.name))}))


def fields_of(question: Question) -> dict[str, Any]:
    return {name: getattr(question, name) for name in ("session", "principal", "organisation", "now", "is_sample")}


def without_names(words: str) -> str:
    """What a panel says without the numbers of its own title."""
    return words.replace("12 tháng", "").replace("30 ngày", "")


def test_the_scenes_fill_exactly_the_places_of_the_frame() -> None:
    placed = {part.id for part in wall_frame.wall_frame()._traverse_ids() if str(part.id).endswith("-panel")}
    embedded = {name for entry in EMBEDDABLE_SCENES for name in wall_frame.panels_of_frame(entry.name)}
    assert embedded - placed == {ids.UNITS_EMBEDDED}
    assert placed | embedded == {panel.id for scene in SCENES for panel in scene.panels}


def test_before_any_source_is_connected_every_panel_says_so(
    database: Database, pack: Organisation, now: datetime
) -> None:
    panels = ask(database, pack, now)
    assert panels.keys() == {panel.id for scene in SCENES for panel in scene.panels}
    for name in panels.keys() - {ids.WALL_TITLE} - ALARMS - STRIPS:
        assert "chưa kết nối" in panels[name] or "chưa có nguồn" in panels[name], name
        assert not re.search(r"\d", without_names(panels[name])), name
    assert pack.banner in panels[ids.WALL_TITLE]


def test_a_connected_source_that_has_said_nothing_is_no_zero(
    database: Database, pack: Organisation, now: datetime
) -> None:
    with database.writing() as session:
        save_source_configured(session, "cases", True, now)
    panels = ask(database, pack, now)
    for name in panels.keys() - WITHOUT_CASES - ALARMS - STRIPS:
        assert "chưa có số liệu" in panels[name], name
        assert not re.search(r"\d", without_names(panels[name])), name


def test_with_figures_every_panel_says_something_and_none_fails(
    database: Database, pack: Organisation, now: datetime
) -> None:
    store_whole_year(database, pack, now)
    panels = ask(database, pack, now)
    for name in panels.keys() - WITHOUT_CASES - ALARMS - STRIPS - {ids.DEADLINES_MAP}:
        assert re.search(r"\d", panels[name]), name
        assert "chưa có số liệu" not in panels[name], name
    for unit in pack.case_units_on(date(2026, 11, 23)):
        assert unit.short_name in panels[ids.UNITS_MAP]
        assert unit.short_name in panels[ids.UNITS_COMPARISON]
        assert unit.short_name in panels[ids.CASES_UNITS]


def test_a_screen_of_one_unit_sees_no_other_unit(database: Database, pack: Organisation, now: datetime) -> None:
    store_whole_year(database, pack, now)
    own, *others = pack.case_units_on(date(2026, 11, 23))[1:]
    panels = ask(database, pack, now, own.code)
    whole = " ".join(panels[name] for name in panels.keys() - {ids.WALL_TITLE})
    assert own.short_name in panels[ids.WALL_TITLE] and own.short_name in panels[ids.UNITS_MAP]
    assert not [unit.short_name for unit in others if re.search(rf"{unit.short_name}\b", whole)]
    assert "Chủ động" in panels[ids.UNITS_COMPARISON] and "Theo yêu cầu" in panels[ids.CASES_UNITS]


def test_the_questions_of_one_unit_reach_its_own_figures_only(
    database: Database, pack: Organisation, now: datetime
) -> None:
    store_whole_year(database, pack, now)
    unit = pack.case_units_on(date(2026, 11, 23))[3]
    screen = Principal(Role.SCREEN, "s1", "s1", unit.code)
    decide_alarms(database, pack, now)
    with database.reading() as session:
        answers = WallAnswers(a_question(session, pack, now, screen))
        assert answers.scope.code == unit.code
        assert set(answers._figures(answers.today)) == {unit.code}
        assert answers.figures is not None
        assert {alarm.unit for alarm in answers.alarms} <= {unit.code}
        parts = sum(part.docketed or 0 for part in answers.parts)
        assert parts == answers.figures.total.docketed


def test_every_amber_unit_of_the_table_is_in_the_list(
    database: Database, organisation: Organisation, now: datetime
) -> None:
    store_figures(database, organisation, now)
    decide_alarms(database, organisation, now)
    with database.reading() as session:
        answers = WallAnswers(a_question(session, organisation, now))
        assert answers.figures is not None
        abnormal = {row.code for row in answers.figures.rows if row.is_abnormal}
        marked = {alarm.unit for alarm in answers.alarms if alarm.priority is not Priority.ORDINARY}
        assert abnormal and abnormal == marked - {answers.scope.code}


def test_a_list_that_is_no_longer_decided_is_as_old_as_its_last_decision(
    database: Database, organisation: Organisation, now: datetime
) -> None:
    store_figures(database, organisation, now)
    decide_alarms(database, organisation, now)
    since, later = now - timedelta(minutes=2), now - timedelta(minutes=1)
    for failed, as_of in ((since, since), (None, now)):
        with database.writing() as session:
            save_undecided(session, failed, later)
        with database.reading() as session:
            answers = WallAnswers(a_question(session, organisation, now))
            assert answers.alarm_source.as_of_at == as_of
            assert answers.source().as_of_at == now, "the figures themselves are as new as before"


def test_every_amber_rate_of_a_wall_of_one_unit_is_in_the_list(
    database: Database, organisation: Organisation, now: datetime
) -> None:
    store_figures(database, organisation, now)
    decide_alarms(database, organisation, now)
    amber = set()
    for unit in organisation.case_units_on(date(2026, 11, 23)):
        with database.reading() as session:
            answers = WallAnswers(a_question(session, organisation, now, Principal(Role.SCREEN, "s", "s", unit.code)))
            assert answers.figures is not None
            rules = {alarm.rule for alarm in answers.alarms}
            if answers.figures.money.is_behind:
                amber.add("money")
                assert "money_behind_pace" in rules
            if answers.figures.cases.is_behind:
                amber.add("cases")
                assert "cases_behind_pace" in rules
    assert amber == {"money", "cases"}


def test_scenes_of_one_drawing_share_their_answers(
    database: Database, organisation: Organisation, now: datetime
) -> None:
    with database.reading() as session:
        question = a_question(session, organisation, now)
        assert wall_answers(question) is wall_answers(question)
        assert wall_answers(question) is not wall_answers(a_question(session, organisation, now))


def test_a_pack_without_a_map_says_so_and_everything_else_lives(
    database: Database, organisation: Organisation, now: datetime
) -> None:
    store_figures(database, organisation, now)
    with database.reading() as session:
        panels = drawn(a_question(session, organisation, now))
    assert "chưa có bản đồ đơn vị" in panels[ids.UNITS_MAP]
    assert "chưa có bản đồ đơn vị" in panels[ids.UNITS_FAR_MAP]
    assert "22,3" in panels[ids.CASES_COMPLETION]


def test_the_scenes_are_drawn_again_when_the_day_ends_in_hue(
    database: Database, organisation: Organisation, now: datetime
) -> None:
    with database.reading() as session:
        answers = wall_answers(a_question(session, organisation, now))
        assert {scene.redraw_at(answers).isoformat() for scene in SCENES} == {"2026-11-24T00:00:00+07:00"}


def test_a_source_of_which_a_file_is_held_is_doubtful_and_that_is_an_alarm(
    database: Database, organisation: Organisation, now: datetime
) -> None:
    store_figures(database, organisation, now)
    hold_a_file(database, now)
    panels = ask(database, organisation, now)
    for name in (ids.SOURCES_FRESHNESS, ids.SOURCES_FAR_FRESHNESS):
        assert "nghi ngờ" in panels[name]
    assert "chờ duyệt" in panels[ids.ALARMS_STRIP] and "chờ duyệt" in panels[ids.ALARMS_URGENT]
    assert "22,3" in panels[ids.CASES_COMPLETION]


def test_a_unit_that_is_first_heard_of_counts_as_a_part(
    database: Database, organisation: Organisation, now: datetime
) -> None:
    with database.writing() as session:
        save_source_success(session, "cases", now, now)
    panels = ask(database, organisation, now)
    assert "chưa có số liệu" in panels[ids.CASES_COMPLETION]
