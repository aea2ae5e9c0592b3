"""Figures beside the statistical form: the catalogue, by id."""

from __future__ import annotations

from domain.other_indicators.of_cases import OF_CASES
from domain.other_indicators.of_feeds import OF_FEEDS
from domain.other_indicators.of_judgments import OF_JUDGMENTS
from domain.other_indicators.of_services import OF_SERVICES
from domain.other_indicators.records import COMPARED_NAMES, Compared, OtherIndicator

OTHER_INDICATORS: dict[str, OtherIndicator] = {
    one.id: one for one in (*OF_CASES, *OF_FEEDS, *OF_SERVICES, *OF_JUDGMENTS)
}

__all__ = ["COMPARED_NAMES", "OTHER_INDICATORS", "Compared", "OtherIndicator"]
