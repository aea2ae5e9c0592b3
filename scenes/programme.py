"""Đề án: every pledge with its target, where it stands and who is behind, each as old as its own source."""

from __future__ import annotations

from dash.development.base_component import Component

from components import wall_frame
from components.programme import pledge_board
from components.software_panel import empty_software, software_panel
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


def draw_software(answers: WallAnswers) -> Component:
    """Whether each software of the sector answers."""
    place, software = wall_frame.SOFTWARE, answers.software
    if not software.is_known:
        return empty_software(place.title, place.modifier, software.source)
    return software_panel(place.title, place.modifier, software.standings, software.source, answers.question.now)


_DRAWERS = ((wall_frame.PLEDGES, draw_pledges), (wall_frame.SOFTWARE, draw_software))

SCENE = Scene(
    name="programme",
    title="Đề án",
    topics=TOPICS | {"programme", "observations", "software"},
    ask=wall_answers,
    panels=tuple(Panel(place.id, place.title, draw, place.modifier) for place, draw in _DRAWERS),
    redraw_at=redraw_at,
)
