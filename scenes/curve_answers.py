"""The year's curve: rates day by day beside last year's, and the pace towards the target."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from components.completion_curve import Curve, shown_until
from data_access.completion_series import completion_series
from data_access.regimes import load_regimes
from domain.cases import regime_on
from domain.statistics import StatisticalYear, pace, same_day_last_year
from scenes.drawing import Question

Series = tuple[tuple[date, Decimal], ...]


def curve_of(question: Question, year: StatisticalYear, today: date, target: Decimal | None) -> Curve | None:
    """The curve of whoever asks; None without a rate this year."""
    this_year = _series(question, year, today)
    if not this_year:
        return None
    last_year_on = same_day_last_year(year.first_on)
    ends_on = shown_until(year.first_on, today, year.last_on)
    before = _series(question, StatisticalYear.of(last_year_on), same_day_last_year(ends_on))
    shift = year.first_on - last_year_on
    return Curve(
        begins_on=year.first_on,
        today=today,
        ends_on=ends_on,
        this_year=this_year,
        last_year=tuple((day + shift, rate) for day, rate in before if day + shift <= ends_on),
        pace=((year.first_on, Decimal(0)), (ends_on, pace(target, ends_on))) if target is not None else (),
        pace_today=None if target is None else pace(target, today),
        target=target,
    )


def _series(question: Question, year: StatisticalYear, until: date) -> Series:
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
