"""Bộ lọc việc: which cases a desk looks at, in which period, in việc or tiền; the same words stand in the address.

An address is all there is to a view: it survives a reload, can be sent, and the back button works.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple
from urllib.parse import urlencode

from domain.cases import (
    CASE_CLASS_NAMES,
    CASE_GROUP_NAMES,
    CASE_KIND_NAMES,
    CASE_TYPE_NAMES,
    CaseClass,
    CaseGroup,
    CaseKind,
    CaseType,
)
from domain.indicators import CATALOGUE, CountedIn
from domain.statistics import Period, StatisticalYear, same_day_last_year

MILLION = 1_000_000
# Before it no statistical regime is on record to compare a year with.
EARLIEST = date(2002, 1, 1)


class Against(StrEnum):
    """What a period is compared with: the same days of the year before unless the period before it is asked for."""

    PREVIOUS = "previous"


class ValueBand(NamedTuple):
    """Khoảng giá trị phải thi hành, whole đồng: from the first up to, not including, the second (None: without end)."""

    code: str
    name: str
    from_amount: int
    below_amount: int | None


# A choice of the screen, not a rule: where a department head draws the line differs from place to place.
VALUE_BANDS: dict[str, ValueBand] = {
    band.code: band
    for band in (
        ValueBand("0", "Không phải tiền", 0, 1),
        ValueBand("1", "Dưới 100 triệu", 1, 100 * MILLION),
        ValueBand("2", "100 – 500 triệu", 100 * MILLION, 500 * MILLION),
        ValueBand("3", "500 triệu – 1 tỷ", 500 * MILLION, 1000 * MILLION),
        ValueBand("4", "1 – 5 tỷ", 1000 * MILLION, 5000 * MILLION),
        ValueBand("5", "Từ 5 tỷ", 5000 * MILLION, None),
    )
}


class Age(StrEnum):
    """How long ago a case was docketed, at the end of the period."""

    OVER_TWELVE_MONTHS = "over12"
    WITHIN_TWELVE_MONTHS = "under12"


AGE_NAMES = {Age.OVER_TWELVE_MONTHS: "Trên 12 tháng", Age.WITHIN_TWELVE_MONTHS: "Trong 12 tháng"}
# What stands in an address for somebody without a code.
NOBODY = "none"
NOBODY_NAME = "chưa phân công"


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """Every field is the text of the address, '' for everything; what is not understood is everything.

    `begins` and `ends` are ISO days, '' for the statistical year to date; `officer` NOBODY asks for cases that no
    officer handles; `figure` is a field of Measure: only the cases that make it up. `counted_in` is a CountedIn.
    """

    unit: str = ""
    officer: str = ""
    begins: str = ""
    ends: str = ""
    kind: str = ""
    case_type: str = ""
    band: str = ""
    case_class: str = ""
    area: str = ""
    age: str = ""
    group: str = ""
    figure: str = ""
    counted_in: str = ""
    against: str = ""

    @classmethod
    def from_address(cls, values: Mapping[str, str]) -> CaseFilter:
        """What an address asks for."""
        said = {item.name: str(values.get(item.name, ""))[:40] for item in fields(cls)}
        for name, allowed in _ALLOWED.items():
            if said[name] not in allowed:
                said[name] = ""
        for name in ("begins", "ends"):
            said[name] = said[name] if _day(said[name]) else ""
        return cls(**said)

    def address(self, **changes: str) -> str:
        """The query of an address that asks for this with `changes`; '' for everything."""
        said = {item.name: getattr(self, item.name) for item in fields(self)} | changes
        said = {name: value for name, value in said.items() if value}
        return f"?{urlencode(said)}" if said else ""

    def period(self, today: date) -> Period:
        """The period asked for, never beyond today: the statistical year to date without a word about it."""
        to_on = min(_day(self.ends) or today, today)
        from_on = _day(self.begins) or StatisticalYear.of(to_on).first_on
        return Period(min(from_on, to_on), to_on)

    def compared(self, today: date) -> Period:
        """The period it is compared with: the same days of the year before, or those right before it (of a month the
        same days of the month before)."""
        period = self.period(today)
        if not self.is_against_previous:
            return Period(same_day_last_year(period.from_on), same_day_last_year(period.to_on))
        ends_on = period.from_on - timedelta(days=1)
        if period.from_on.day == 1 and (period.from_on.year, period.from_on.month) == (
            period.to_on.year,
            period.to_on.month,
        ):
            is_whole = (period.to_on + timedelta(days=1)).day == 1
            return Period(
                ends_on.replace(day=1), ends_on if is_whole else ends_on.replace(day=min(ends_on.day, period.to_on.day))
            )
        return Period(ends_on - (period.to_on - period.from_on), ends_on)

    @property
    def is_against_previous(self) -> bool:
        """Whether the period right before is asked for, not the year before."""
        return self.against == Against.PREVIOUS

    @property
    def before_words(self) -> str:
        """What the compared period is called."""
        return "kỳ trước" if self.is_against_previous else "cùng kỳ"

    def is_year_to_date(self, today: date) -> bool:
        """Whether the period begins with its statistical year, as pace and target need it."""
        period = self.period(today)
        return period.from_on == StatisticalYear.of(period.to_on).first_on

    def has_target(self, today: date) -> bool:
        """Whether the year's target speaks of what is asked for: the year to date, and not of a part of the cases."""
        return self.is_year_to_date(today) and not self.is_of_cases and not self.kind

    @property
    def measure(self) -> CountedIn:
        """Việc unless tiền is asked for."""
        return CountedIn.AMOUNT if self.counted_in == CountedIn.AMOUNT else CountedIn.CASES

    @property
    def value_band(self) -> ValueBand | None:
        """The value band asked for."""
        return VALUE_BANDS.get(self.band)

    @property
    def is_of_cases(self) -> bool:
        """Whether anything is asked that only the ledger of single cases knows: the counters know unit and kind."""
        return any((self.officer, self.case_type, self.band, self.area, self.age, self.group))

    def words(self, areas: Mapping[str, str] | None = None) -> str:
        """What is asked for beside unit and period, as a reader says it; '' for all cases. `areas` are names by code;
        an area that they do not name is said to be one, its code says nothing to a reader."""
        return ", ".join(self.parts(areas).values())

    def parts(self, areas: Mapping[str, str] | None = None) -> dict[str, str]:
        """What `words` is made of, by the field that asks for it, in reading order."""
        band, names = self.value_band, areas or {}
        named = {
            "officer": NOBODY_NAME if self.officer == NOBODY else self.officer,
            "kind": CASE_KIND_NAMES.get(CaseKind(self.kind)) if self.kind else "",
            "case_type": CASE_TYPE_NAMES.get(CaseType(self.case_type)) if self.case_type else "",
            "band": band.name if band else "",
            "group": CASE_GROUP_NAMES.get(CaseGroup(self.group)) if self.group else "",
            "age": AGE_NAMES.get(Age(self.age)) if self.age else "",
            "area": f"địa bàn {names[self.area]}" if self.area in names else "một địa bàn",
            "case_class": CASE_CLASS_NAMES.get(CaseClass(self.case_class)) if self.case_class else "",
        }
        return {field: name for field, name in named.items() if getattr(self, field) and name}

    def without(self, *names: str) -> CaseFilter:
        """The same without these wishes."""
        return replace(self, **dict.fromkeys(names, ""))


class PeriodChoice(NamedTuple):
    """A period that is offered by name."""

    words: str
    begins: str
    ends: str


def periods_offered(today: date) -> tuple[PeriodChoice, ...]:
    """The year to date, this month, the month before, the year before to the same day, the whole year before."""
    year = StatisticalYear.of(today)
    month = today.replace(day=1)
    last_of_month = month - timedelta(days=1)
    before = StatisticalYear(year.year - 1)
    same_day = same_day_last_year(today)
    return (
        PeriodChoice(f"Năm {year.year} đến nay", "", ""),
        PeriodChoice(f"Tháng {month:%m/%Y}", month.isoformat(), ""),
        PeriodChoice(
            f"Tháng {last_of_month:%m/%Y}", last_of_month.replace(day=1).isoformat(), last_of_month.isoformat()
        ),
        PeriodChoice(f"Cùng kỳ năm {before.year}", before.first_on.isoformat(), same_day.isoformat()),
        PeriodChoice(f"Cả năm {before.year}", before.first_on.isoformat(), before.last_on.isoformat()),
    )


def _day(words: str) -> date | None:
    try:
        day = date.fromisoformat(words) if words else None
    except ValueError:
        return None
    return day if day is not None and day >= EARLIEST else None


_ALLOWED: dict[str, frozenset[str]] = {
    # Counts of the form: behind a rate there is no list, and nothing else is looked up by a name from an address.
    "figure": frozenset(one.field for one in CATALOGUE.values() if one.unit == "việc"),
    "kind": frozenset(CaseKind),
    "case_type": frozenset(CaseType),
    "band": frozenset(VALUE_BANDS),
    "case_class": frozenset(CaseClass),
    "age": frozenset(Age),
    "group": frozenset(CaseGroup),
    "counted_in": frozenset({CountedIn.AMOUNT}),
    "against": frozenset(Against),
}
