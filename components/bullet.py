"""The bullet of a rate: which scale it needs and how the scale is said."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from dash.development.base_component import Component

from components import svg
from domain.rates import RateComparison

SCALES = (40, 50, 60, 80, 100)


def shared_scale(rates: Iterable[RateComparison]) -> int:
    """The smallest scale, in percent, on which every value and tick of these rates lies; bars in one panel share it."""
    marks = [mark for rate in rates for mark in (rate.value, rate.pace, rate.last_year) if mark is not None]
    highest = max(marks, default=Decimal(0))
    return next((scale for scale in SCALES if highest <= scale), SCALES[-1])


def scale_name(scale: int) -> str:
    """A bar that does not end at 100 must say where it ends: '0–40%'."""
    return f"0\u2013{scale}%"


def rate_bullet(rate: RateComparison, scale: int) -> Component | None:
    """The bullet of a rate, or None where there is no rate to draw."""
    if rate.value is None:
        return None
    return svg.bullet(rate.value, rate.pace, rate.last_year, scale)
