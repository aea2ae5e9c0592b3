"""Indicators that are stated from outside, and one statement of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from domain.freshness import FreshnessLimits
from domain.observations.periods import LONGEST_DAYS, ObservedPeriod, PeriodLength


class Measure(StrEnum):
    """What an indicator is: a part of a whole, a quotient of two sums, or an amount."""

    SHARE = "share"
    QUOTIENT = "quotient"
    AMOUNT = "amount"


MEASURE_NAMES = {
    Measure.SHARE: "tỷ lệ (tử số không quá mẫu số)",
    Measure.QUOTIENT: "thương số (ví dụ ngày trên một văn bản)",
    Measure.AMOUNT: "số lượng hoặc số tiền",
}


@dataclass(frozen=True, slots=True)
class ObservedIndicator:
    """Chỉ tiêu của số liệu theo kỳ: one line of data/observed_indicators.csv, or one that the agency added.

    `system` is the software it comes from, '' for a survey or a count by hand; `unit_word` what is counted ('đồng',
    'văn bản', 'ngày/văn bản'); `is_stock` says that it is how things stand at the period's end, else what came in it;
    `due_days` after the period's last day a figure is owed; above `warn_above` or below `warn_below` (shares from 0 to
    1) one is abnormal. `is_sample` says that the agency has neither added nor confirmed it.
    """

    code: str
    system: str
    name: str
    measure: Measure
    length: PeriodLength
    unit_word: str
    is_stock: bool
    due_days: int
    meaning: str
    warn_above: Decimal | None = None
    warn_below: Decimal | None = None
    is_sample: bool = False

    @property
    def is_money(self) -> bool:
        """Whether it counts whole đồng."""
        return self.unit_word == "đồng"

    def is_abnormal(self, figure: Decimal) -> bool:
        """Whether a figure lies beyond a limit."""
        is_high = self.warn_above is not None and figure > self.warn_above
        return is_high or (self.warn_below is not None and figure < self.warn_below)

    @property
    def limits(self) -> FreshnessLimits:
        """Until which age a figure is believed: late once the next one is owed, stale and lost later."""
        term = timedelta(days=LONGEST_DAYS[self.length] + self.due_days)
        return FreshnessLimits(term, term * 3 / 2, 2 * term)

    def owed(self, today: date) -> ObservedPeriod:
        """The newest period whose figure is owed by today."""
        period = ObservedPeriod.of(today, self.length).before()
        while period.last_on + timedelta(days=self.due_days) > today:
            period = period.before()
        return period


@dataclass(frozen=True, slots=True)
class Figures:
    """Tử số và mẫu số, or giá trị: what is stated. `numerator` stands for the amount where there is no denominator."""

    numerator: Decimal
    denominator: Decimal | None = None

    @property
    def figure(self) -> Decimal:
        """The amount, or numerator by denominator; a denominator is never zero."""
        return self.numerator if self.denominator is None else self.numerator / self.denominator

    def __add__(self, other: Figures) -> Figures:
        """Both together: amounts, numerators and denominators add up, quotients do not."""
        if self.denominator is None or other.denominator is None:
            return Figures(self.numerator + other.numerator)
        return Figures(self.numerator + other.numerator, self.denominator + other.denominator)


@dataclass(frozen=True, slots=True)
class Observation:
    """Số liệu theo kỳ: what is stated of an indicator, a unit and a period; `as_of_at` is the instant (aware UTC) that
    the source speaks of."""

    indicator: str
    unit: str
    period: ObservedPeriod
    figures: Figures
    as_of_at: datetime

    @property
    def key(self) -> tuple[str, str, str]:
        """Indicator, unit, period: of one key the newest `as_of_at` holds."""
        return (self.indicator, self.unit, self.period.code)
