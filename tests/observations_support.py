"""Figures by period that tests state."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from domain.observations import Figures, Observation, ObservedPeriod


def an_observation(
    unit: str,
    period: str,
    as_of_at: datetime,
    part: int = 3,
    whole: int | None = 4,
    indicator: str = "signature_documents",
) -> Observation:
    """Three of four documents of a unit are signed; without `whole` it is an amount."""
    figures = Figures(Decimal(part), None if whole is None else Decimal(whole))
    return Observation(indicator, unit, ObservedPeriod.read(period), figures, as_of_at)


def texts(unit: str = "PHUVANG", **changes: str) -> dict[str, str]:
    """What a source says of one figure, under our names."""
    said = {"indicator": "signature_documents", "unit": unit, "period": "2026-10", "numerator": "3", "denominator": "4"}
    return {**said, **changes}
