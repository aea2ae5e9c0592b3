"""The value of every figure beside the form, by the questions that wall and desk ask: one definition feeds them all,
today's and what it was yesterday."""

from data_access.other_figures.answers import ANSWERS, other_figure
from data_access.other_figures.changes import CAVEATS, REORGANISED, figure_change, is_scope_reorganised
from data_access.other_figures.past import PastQuestions
from data_access.other_figures.questions import FigureQuestions

__all__ = [
    "ANSWERS",
    "CAVEATS",
    "REORGANISED",
    "FigureQuestions",
    "PastQuestions",
    "figure_change",
    "is_scope_reorganised",
    "other_figure",
]
