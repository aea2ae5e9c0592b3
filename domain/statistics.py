"""The statistical figures of a unit and period, in việc and in đồng, and the rates, pace and comparisons on them.

Everything is exact: integers for counts and đồng, Decimal for rates, half up. Identities: domain rules I1-I9.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from domain.cases.facts import statistical_year
from domain.cases.regimes import DOCKETED, REDUCED, CaseClass, Regime, StatisticalGroup

TWO_PLACES = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Period:
    """Both days inclusive."""

    from_on: date
    to_on: date

    def __post_init__(self) -> None:
        if self.from_on > self.to_on:
            raise ValueError("a period ends on or after its first day")


@dataclass(frozen=True, slots=True)
class StatisticalYear:
    """Năm thống kê `year`: 1 October of the year before to 30 September (TTLT 12/2021 Đ6)."""

    year: int

    @classmethod
    def of(cls, day: date) -> StatisticalYear:
        """The year a day lies in."""
        return cls(statistical_year(day))

    @property
    def first_on(self) -> date:
        return date(self.year - 1, 10, 1)

    @property
    def last_on(self) -> date:
        return date(self.year, 9, 30)

    @property
    def days(self) -> int:
        return (self.last_on - self.first_on).days + 1

    def to_date(self, day: date) -> Period:
        """The cumulative period from the first day of the year."""
        return Period(self.first_on, day)


@dataclass(frozen=True, slots=True)
class Measure:
    """One column of the form, counted in việc or in đồng; fields are named as the form names them."""

    newly_docketed: int = 0
    entrusted: int = 0
    revoked: int = 0
    taken_up: int = 0
    reduced: int = 0
    enforceable_in_progress: int = 0
    not_enforceable: int = 0
    other: int = 0
    separate_register: int = 0
    completed: int = 0
    terminated: int = 0

    @property
    def enforceable(self) -> int:
        """Có điều kiện: everything completed plus what is being enforced."""
        return self.enforceable_in_progress + self.completed

    @property
    def to_enforce(self) -> int:
        """Phải thi hành (I3a, I3b)."""
        return self.enforceable + self.not_enforceable + self.other

    @property
    def total_docketed(self) -> int:
        """Tổng số thụ lý (I2 read from right to left; I10 for money)."""
        return self.to_enforce + self.entrusted + self.revoked + self.taken_up + self.reduced

    @property
    def carried_over(self) -> int:
        """Năm trước chuyển sang, less what moved to the separate register (I1)."""
        return self.total_docketed - self.newly_docketed

    @property
    def carried_forward(self) -> int:
        """Chuyển kỳ sau (I8)."""
        return self.to_enforce - self.completed

    @property
    def enforceable_carried_forward(self) -> int:
        """Có điều kiện chuyển kỳ sau (I8)."""
        return self.enforceable - self.completed

    @property
    def completion_rate(self) -> Decimal | None:
        """Tỷ lệ thi hành xong in percent, two places: completed over có điều kiện (I7); None without a denominator."""
        return percentage(self.completed, self.enforceable)

    @property
    def enforceable_rate(self) -> Decimal | None:
        """Tỷ lệ có điều kiện in percent, two places (I7)."""
        return percentage(self.enforceable, self.to_enforce)

    @property
    def not_enforceable_rate(self) -> Decimal | None:
        """Tỷ lệ chưa có điều kiện in percent, two places."""
        return percentage(self.not_enforceable, self.to_enforce)

    def __add__(self, other: Measure) -> Measure:
        return Measure(*(getattr(self, item.name) + getattr(other, item.name) for item in fields(self)))


MEASURE_KEYS = (
    "total_docketed",
    "carried_over",
    "newly_docketed",
    "entrusted",
    "revoked",
    "taken_up",
    "reduced",
    "to_enforce",
    "enforceable",
    "not_enforceable",
    "other",
    "separate_register",
    "completed",
    "terminated",
    "enforceable_in_progress",
    "carried_forward",
    "enforceable_carried_forward",
    "completion_rate",
    "enforceable_rate",
    "not_enforceable_rate",
)


@dataclass(frozen=True, slots=True)
class Figures:
    """The form's figures in việc and in đồng."""

    cases: Measure = Measure()
    amount: Measure = Measure()

    def __add__(self, other: Figures) -> Figures:
        return Figures(self.cases + other.cases, self.amount + other.amount)

    def as_dict(self) -> dict[str, dict[str, int | str | None]]:
        """Plain numbers for JSON: rates as decimal text ('63.75'), None where there is no denominator."""
        return {"cases": _plain(self.cases), "amount": _plain(self.amount)}


@dataclass(frozen=True, slots=True)
class ClassTotal:
    """What the counters hold for one class: the stock at the end of the period, and the flow inside it."""

    stock_cases: int = 0
    stock_amount: int = 0
    flow_cases: int = 0
    flow_amount: int = 0


def figures(totals: Mapping[str, ClassTotal], regime: Regime) -> Figures:
    """The form's figures from class totals (keys: CaseClass values, DOCKETED, REDUCED) under a regime."""
    cases = {name: (total.stock_cases, total.flow_cases) for name, total in totals.items()}
    amount = {name: (total.stock_amount, total.flow_amount) for name, total in totals.items()}
    return Figures(_measure(cases, regime), _measure(amount, regime))


def coefficients(field: str, regime: Regime) -> dict[tuple[str, bool], int]:
    """What a count of Measure is made of: (counted, whether it is the flow of the period) -> how often it counts.

    Every count is a sum of class totals, so it is read off `figures` itself, class by class: a list of the cases behind
    a figure, and the reason why it moved, cannot be defined otherwise than the figure. Raises TypeError for a rate.
    """
    found: dict[tuple[str, bool], int] = {}
    for counted in (*(item.value for item in CaseClass), DOCKETED, REDUCED):
        for is_flow in (False, True):
            one = ClassTotal(flow_cases=1) if is_flow else ClassTotal(stock_cases=1)
            value = getattr(figures({counted: one}, regime).cases, field)
            if not isinstance(value, int):
                raise TypeError(f"{field} is not a count")
            if value:
                found[counted, is_flow] = value
    return found


def percentage(part: int, whole: int, places: Decimal = TWO_PLACES) -> Decimal | None:
    """Part of whole in percent, half up; None when the whole is zero, because unknown is not zero."""
    if whole == 0:
        return None
    return (Decimal(part) * 100 / Decimal(whole)).quantize(places, ROUND_HALF_UP)


def pace(annual_target: Decimal, on: date) -> Decimal:
    """Tiến độ to a day in percent, two places.

    At the close of a month: annual target x completed months / 12 (six months are exactly half, as the ministry
    reckons); between closes: x days elapsed / days of the year.
    """
    year = StatisticalYear.of(on)
    if (on + timedelta(days=1)).day == 1:
        months = (on.year - year.first_on.year) * 12 + on.month - year.first_on.month + 1
        share = Decimal(months) / 12
    else:
        share = Decimal((on - year.first_on).days + 1) / year.days
    return (annual_target * share).quantize(TWO_PLACES, ROUND_HALF_UP)


def same_day_last_year(day: date) -> date:
    """Cùng kỳ: the same calendar day a year before; 29 February becomes the 28th."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)


def total(parts: Iterable[Figures]) -> Figures:
    """The sum of disjoint parts, such as units."""
    result = Figures()
    for part in parts:
        result = result + part
    return result


def _measure(totals: Mapping[str, tuple[int, int]], regime: Regime) -> Measure:
    groups: dict[StatisticalGroup, int] = dict.fromkeys(StatisticalGroup, 0)
    for case_class in CaseClass:
        group = regime.group(case_class)
        if group is None:
            continue
        stock, flow = totals.get(case_class.value, (0, 0))
        groups[group] += flow if group in _FLOW_GROUPS else stock
    return Measure(
        newly_docketed=totals.get(DOCKETED, (0, 0))[1],
        entrusted=groups[StatisticalGroup.ENTRUSTED],
        revoked=groups[StatisticalGroup.REVOKED],
        taken_up=groups[StatisticalGroup.TAKEN_UP],
        reduced=totals.get(REDUCED, (0, 0))[1],
        enforceable_in_progress=groups[StatisticalGroup.ENFORCEABLE],
        not_enforceable=groups[StatisticalGroup.NOT_ENFORCEABLE],
        other=groups[StatisticalGroup.OTHER],
        separate_register=groups[StatisticalGroup.SEPARATE_REGISTER],
        completed=groups[StatisticalGroup.COMPLETED],
        terminated=totals.get(CaseClass.TERMINATED, (0, 0))[1],
    )


_FLOW_GROUPS = frozenset(
    {StatisticalGroup.COMPLETED, StatisticalGroup.ENTRUSTED, StatisticalGroup.REVOKED, StatisticalGroup.TAKEN_UP}
)


def _plain(measure: Measure) -> dict[str, int | str | None]:
    values = {key: getattr(measure, key) for key in MEASURE_KEYS}
    return {key: str(value) if isinstance(value, Decimal) else value for key, value in values.items()}
