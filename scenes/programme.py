"""Đề án: every pledge with its target, where it stands and who is behind, each as old as its own source."""

from __future__ import annotations

from dash.development.base_component import Component

from components import wall_frame
from components.programme import pledge_board
from data_access.pledge_evidence import EvidenceQuestions
from data_access.programme import standings
from data_access.working_days import load_working_calendar
from scenes.answers import TOPICS, WallAnswers, redraw_at, wall_answers
from scenes.drawing import Panel, Scene


def draw_pledges(answers: WallAnswers) -> Component:
    """The scoreboard."""
    question, place = answers.question, wall_frame.PLEDGES
    calendar = load_working_calendar()
    asked = EvidenceQuestions(question.session, question.principal, question.organisation, calendar, question.now)
    return pledge_board(standings(asked), answers.unit_names, place.title)


SCENE = Scene(
    name="programme",
    title="Đề án",
    topics=TOPICS | {"programme", "observations"},
    ask=wall_answers,
    panels=(Panel(wall_frame.PLEDGES.id, wall_frame.PLEDGES.title, draw_pledges, wall_frame.PLEDGES.modifier),),
    redraw_at=redraw_at,
)
