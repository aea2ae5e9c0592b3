"""A panel that fails shows its failed face and takes no other down, whatever it did to the database."""

from __future__ import annotations

from datetime import UTC, datetime

from dash import html
from dash.development.base_component import Component
from scenes_support import a_question
from sqlalchemy import text

from data_access.session import Database
from domain.units import Organisation
from scenes.drawing import Panel, Question, Scene, component_json, draw_scene


def draw_well(question: Question) -> Component:
    return html.Div(str(question.session.execute(text("SELECT 41 + 1")).scalar()))


def draw_badly(question: Question) -> Component:
    question.session.execute(text("SELECT nothing FROM nowhere"))
    raise AssertionError("unreachable")


SCENE = Scene(
    name="test",
    title="Thử",
    topics=frozenset({"cases"}),
    ask=lambda question: question,
    panels=(Panel("first", "Một", draw_well), Panel("broken", "Hai", draw_badly), Panel("last", "Ba", draw_well)),
    redraw_at=lambda _answers: datetime(2026, 11, 24, tzinfo=UTC),
)


def test_one_failing_panel_takes_no_other_down(database: Database, organisation: Organisation, now: datetime) -> None:
    failures: list[str] = []

    def report(panel: str, error: Exception) -> str:
        failures.append(panel)
        return "SC-7F3AKM"

    with database.reading() as session:
        drawn = {
            panel.panel: panel.body.decode()
            for panel in draw_scene(SCENE, a_question(session, organisation, now), report)
        }
    assert failures == ["broken"]
    assert "SC-7F3AKM" in drawn["broken"] and "Hai" in drawn["broken"]
    assert "42" in drawn["first"] and "42" in drawn["last"]


def test_equal_trees_give_equal_bytes_and_keep_their_accents() -> None:
    assert component_json(html.Div("Phú Vang")) == component_json(html.Div("Phú Vang"))
    assert "Phú Vang".encode() in component_json(html.Div("Phú Vang"))
