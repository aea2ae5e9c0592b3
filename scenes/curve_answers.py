"""The year's curve: rates day by day beside last year's, and the pace towards the target."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from components.completion_curve import Curve, Points, curve_between, shown_until
from data_access.completion_series import completion_series
from data_access.regimes import load_regimes
from domain.cases import regime_on
from domain.statistics import StatisticalYear, same_day_last_year
from scenes.drawing import Question


def curve_of(question: Question, year: StatisticalYear, today: date, target: Decimal | None) -> Curve | None:
    """The curve of whoever asks; None without a rate this year."""
    ends_on = same_day_last_year(shown_until(year.first_on, today, year.last_on))
    before = _series(question, StatisticalYear.of(same_day_last_year(year.first_on)), ends_on)
    return curve_between(_series(question, year, today), before, year, today, target)


def _series(question: Question, year: StatisticalYear, until: date) -> Points:
    regimes = load_regimes()
    points = completion_series(
        question.session,
        question.principal,
        question.organisation,
        year,
        until,
        lambda day: regime_on(regimes, day),
    )
    return tuple((point.day, point.rate) for point in points if point.rate is not None)
