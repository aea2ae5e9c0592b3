"""Every answer by the id of its figure."""

from __future__ import annotations

from collections.abc import Mapping

from data_access.other_figures.of_cases import OF_CASES, Answer
from data_access.other_figures.of_feeds import OF_FEEDS
from data_access.other_figures.of_services import OF_SERVICES
from data_access.other_figures.questions import FigureQuestions
from domain.other_figures import OtherFigure

ANSWERS: Mapping[str, Answer] = {**OF_CASES, **OF_FEEDS, **OF_SERVICES}


def other_figure(asked: FigureQuestions, indicator: str) -> OtherFigure:
    """The figure with what it is made of; KeyError for what is not in the catalogue of other indicators."""
    return ANSWERS[indicator](asked)
