"""What an observation must be to be stored; one that breaks a rule is refused with a Vietnamese reason."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from domain.local_time import local_day, moment_words
from domain.observations.periods import LENGTH_EXAMPLES, LENGTH_NAMES, ObservedPeriod
from domain.observations.records import Figures, Measure, Observation, ObservedIndicator

# The clock of another system may run ahead a little; more is a statement about the future.
SKEW = timedelta(minutes=5)
MOST_DIGITS = 18
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?", re.ASCII)


class ObservationRefused(ValueError):
    """An observation cannot be used. `field` is the one at fault, the text is Vietnamese and can be shown."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(reason)
        self.field = field


@dataclass(frozen=True, slots=True)
class ObservationRules:
    """What an observation is checked against: known indicators by code, unit codes, first and last days of closed
    periods (what ends within one of them is closed), and the time (aware UTC)."""

    indicators: Mapping[str, ObservedIndicator]
    units: Collection[str]
    closed: Collection[tuple[date, date]]
    now: datetime


def checked_observation(texts: Mapping[str, str], as_of_at: datetime, rules: ObservationRules) -> Observation:
    """The observation of texts under our names (indicator, unit, period, numerator, denominator, value).

    Raises ObservationRefused naming the field at fault.
    """
    indicator = rules.indicators.get(texts.get("indicator", "").strip())
    if indicator is None:
        raise ObservationRefused("indicator", "Chỉ tiêu không có trong danh mục.")
    unit = texts.get("unit", "").strip()
    if unit not in rules.units:
        raise ObservationRefused("unit", "Đơn vị không có trong danh sách tổ chức.")
    period = _period(texts.get("period", ""), indicator, rules)
    if as_of_at > rules.now + SKEW:
        raise ObservationRefused("as_of", f"Thời điểm số liệu {moment_words(as_of_at)} ở tương lai.")
    if local_day(as_of_at) < period.first_on:
        raise ObservationRefused("as_of", f"Số liệu nói về {period.name} nhưng lập trước khi kỳ bắt đầu.")
    numerator, denominator, value = (_number(texts, name) for name in ("numerator", "denominator", "value"))
    read = _amount if indicator.measure is Measure.AMOUNT else _parts
    return Observation(indicator.code, unit, period, read(indicator, numerator, denominator, value), as_of_at)


def _period(text: str, indicator: ObservedIndicator, rules: ObservationRules) -> ObservedPeriod:
    try:
        period = ObservedPeriod.read(text)
    except ValueError as error:
        example = LENGTH_EXAMPLES[indicator.length]
        raise ObservationRefused("period", f"Kỳ không đọc được; viết như {example}.") from error
    if period.length is not indicator.length:
        wanted, example = LENGTH_NAMES[indicator.length], LENGTH_EXAMPLES[indicator.length]
        raise ObservationRefused("period", f"Chỉ tiêu này theo {wanted}; viết kỳ như {example}.")
    if period.first_on > local_day(rules.now):
        raise ObservationRefused("period", f"Kỳ {period.name} chưa bắt đầu.")
    if any(first <= period.last_on <= last for first, last in rules.closed):
        raise ObservationRefused("period", f"Kỳ {period.name} đã khóa sổ; ghi điều chỉnh vào kỳ sau.")
    return period


def _number(texts: Mapping[str, str], field: str) -> Decimal | None:
    """A number with a decimal point, None for an empty text; negative ones and monsters are refused."""
    text = texts.get(field, "").strip()
    if not text:
        return None
    if not _NUMBER.fullmatch(text) or len(text) > MOST_DIGITS + 2:
        raise ObservationRefused(field, "Không phải là một số đọc được.")
    number = Decimal(text)
    if number < 0:
        raise ObservationRefused(field, "Số âm không được nhận.")
    return number


def _amount(
    indicator: ObservedIndicator, numerator: Decimal | None, denominator: Decimal | None, value: Decimal | None
) -> Figures:
    if numerator is not None or denominator is not None:
        raise ObservationRefused("value", "Chỉ tiêu này là một số lượng: chỉ điền giá trị, bỏ tử số và mẫu số.")
    if value is None:
        raise ObservationRefused("value", "Thiếu giá trị.")
    if indicator.is_money and value != value.to_integral_value():
        raise ObservationRefused("value", "Số tiền phải là đồng chẵn.")
    return Figures(value)


def _parts(
    indicator: ObservedIndicator, numerator: Decimal | None, denominator: Decimal | None, value: Decimal | None
) -> Figures:
    if value is not None:
        raise ObservationRefused("value", "Chỉ tiêu này là một tỷ lệ: điền tử số và mẫu số, bỏ giá trị.")
    if numerator is None:
        raise ObservationRefused("numerator", "Thiếu tử số.")
    if denominator is None:
        raise ObservationRefused("denominator", "Thiếu mẫu số.")
    if denominator == 0:
        raise ObservationRefused("denominator", "Mẫu số bằng 0: không có gì để tính tỷ lệ.")
    if indicator.measure is Measure.SHARE and numerator > denominator:
        raise ObservationRefused("numerator", "Tử số lớn hơn mẫu số.")
    return Figures(numerator, denominator)
