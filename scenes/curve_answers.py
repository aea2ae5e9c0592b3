"""The year's curve: rates day by day beside last year's, and the pace towards the target."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from components.completion_curve import Curve, curve_between
from data_access.completion_series import completion_series
from data_access.regimes import load_regimes
from domain.cases import regime_on
from domain.statistics import StatisticalYear
from scenes.drawing import Question


def curve_of(question: Question, year: StatisticalYear, today: date, target: Decimal | None) -> Curve | None:
    """The curve of whoever asks, last year's in the units of today, with a mark where the organisation changed; None
    without a rate this year."""
    regimes = load_regimes()
    both = completion_series(
        question.session,
        question.principal,
        question.organisation,
        StatisticalYear(year.year - 1),
        today,
        lambda day: regime_on(regimes, day),
        years=2,
    )
    points = [(point.day, point.rate) for point in both if point.rate is not None]
    this_year = tuple(point for point in points if point[0] >= year.first_on)
    before = tuple(points[: len(points) - len(this_year)])
    return curve_between(this_year, before, year, today, target, question.organisation.reorganised_on())
