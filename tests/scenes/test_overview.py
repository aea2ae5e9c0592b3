"""The overview: what is compared, in which order units stand, and what is said while figures are missing."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

from components_support import words
from scenes_support import ROWS, a_question, picture_units, picture_whole

from access.principal import Principal
from components import ids
from components.unit_table import UnitRow
from data_access.session import Database
from data_access.snapshots import DrawnPanel
from data_access.sources import save_source_configured, save_source_success
from domain.permissions import Role
from domain.statistics import Figures
from domain.units import Organisation
from scenes.drawing import draw_scene
from scenes.overview import SCENE, OverviewAnswers, draw_units_comparison, overview_figures

Draw = Callable[..., dict[str, str]]


def no_failure(panel: str, error: Exception) -> str:
    raise AssertionError(f"{panel} failed") from error


def drawn_words(panels: list[DrawnPanel]) -> dict[str, str]:
    """Panel id -> its raw JSON text, enough to look for words."""
    return {panel.panel: json.dumps(json.loads(panel.body), ensure_ascii=False) for panel in panels}


def test_the_printed_numbers_are_those_of_the_picture(today: date) -> None:
    figures = overview_figures(today, picture_units(), picture_whole())
    assert figures is not None
    assert (figures.total.completed, figures.total.enforceable) == (770, 3459)
    assert figures.cases.value == Decimal("22.26")
    assert figures.cases.pace == Decimal("12.35")
    assert figures.cases.points_to_pace == Decimal("9.9")


def test_abnormal_units_stand_first_and_the_quiet_ones_by_rate(today: date) -> None:
    figures = overview_figures(today, picture_units(), picture_whole())
    assert figures is not None
    names = [row.name for row in figures.rows]
    assert figures.coverage == ""
    assert names[:2] == ["Phú Vang", "Cục THADS tỉnh"]
    rates = [row.cases.value for row in figures.rows[2:]]
    assert rates == sorted(rates, reverse=True)
    assert sorted(names) == sorted(name for name, *_ in ROWS)


def test_a_unit_that_never_sent_anything_stands_last_without_a_zero_and_the_whole_says_so(today: date) -> None:
    silent = replace(picture_units()[0], name="Mới", this_year=Figures(), last_year=Figures())
    figures = overview_figures(today, [*picture_units(), silent], picture_whole())
    assert figures is not None
    assert figures.rows[-1] == UnitRow("Mới")
    assert figures.coverage == "10/11 đơn vị"
    assert figures.total.name == "10/11 đơn vị"


def test_a_unit_without_a_target_has_no_pace(today: date) -> None:
    figures = overview_figures(today, [replace(picture_units()[0], cases_target=None)], picture_whole())
    assert figures is not None
    assert figures.rows[0].cases.pace is None


def test_when_nothing_was_ever_counted_there_are_no_figures(today: date) -> None:
    nothing = replace(picture_whole(), this_year=Figures(), last_year=Figures())
    assert overview_figures(today, [], nothing) is None


def test_before_any_source_is_connected_every_panel_says_so(
    database: Database, organisation: Organisation, now: datetime
) -> None:
    with database.reading() as session:
        panels = drawn_words(draw_scene(SCENE, a_question(session, organisation, now), no_failure))
    assert panels.keys() == {panel.id for panel in SCENE.panels}
    for name in panels.keys() - {ids.WALL_TITLE}:
        assert "chưa kết nối" in panels[name]
    assert organisation.banner in panels[ids.WALL_TITLE]


def test_a_connected_source_that_has_said_nothing_is_no_zero(
    database: Database, organisation: Organisation, now: datetime
) -> None:
    with database.writing() as session:
        save_source_configured(session, "cases", True, now)
    with database.reading() as session:
        panels = drawn_words(draw_scene(SCENE, a_question(session, organisation, now), no_failure))
    for name in (ids.CASES_COMPLETION, ids.CASES_MONEY, ids.UNITS_COMPARISON):
        assert "chưa có số liệu" in panels[name]
        assert "0,0" not in panels[name]


def test_a_screen_of_one_unit_sees_no_other_unit(database: Database, organisation: Organisation, now: datetime) -> None:
    unit = organisation.case_units_on(date(2026, 11, 23))[3]
    screen = Principal(Role.SCREEN, "s1", "s1", unit.code)
    with database.writing() as session:
        save_source_success(session, "cases", now, now)
    with database.reading() as session:
        answers = OverviewAnswers(a_question(session, organisation, now, screen))
        assert answers._scope().code == unit.code
        assert set(answers._figures(answers.today)) == {unit.code}


def test_the_table_names_every_unit_of_the_day(
    database: Database, organisation: Organisation, now: datetime, today: date
) -> None:
    with database.writing() as session:
        save_source_success(session, "cases", now, now)
    with database.reading() as session:
        answers = OverviewAnswers(a_question(session, organisation, now))
        # No case is stored: the figures of the picture stand in for them.
        answers.__dict__["figures"] = overview_figures(today, picture_units(), picture_whole())
        shown = words(draw_units_comparison(answers))
    assert all(name in shown for name, *_ in ROWS)


def test_the_scene_is_drawn_again_when_the_day_ends_in_hue(now: datetime) -> None:
    redraw_at = SCENE.redraw_at(now)
    assert redraw_at.isoformat() == "2026-11-24T00:00:00+07:00"
