"""What a figure by period must be, which period is owed, and that a part never passes for the whole."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from observations_support import an_observation, texts

from data_access.observations import shipped_indicators
from domain.observations import (
    Measure,
    ObservationRefused,
    ObservationRules,
    ObservedPeriod,
    PeriodLength,
    checked_observation,
    total_of,
)

NOW = datetime(2026, 11, 23, 2, 40, tzinfo=UTC)
UNITS = ("PHUVANG", "TPHUE", "HUE")
CLOSED = ((date(2025, 10, 1), date(2026, 9, 30)),)
RULES = ObservationRules(shipped_indicators(), UNITS, CLOSED, NOW)
DAYS = st.dates(date(2002, 1, 1), date(2099, 12, 31))


@given(day=DAYS, length=st.sampled_from(PeriodLength))
def test_a_period_holds_its_day_reads_back_and_follows_the_one_before(day: date, length: PeriodLength) -> None:
    period = ObservedPeriod.of(day, length)
    assert period.first_on <= day <= period.last_on
    assert ObservedPeriod.read(period.code) == period
    assert period.before().last_on == period.first_on - timedelta(days=1)


@pytest.mark.parametrize("text", ["", "2026-13", "2026-Q5", "2026-02-30", "26-10", "2026-1", "1999", "2026-10-1x"])
def test_what_is_no_period_is_not_read(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        ObservedPeriod.read(text)


@given(today=DAYS, code=st.sampled_from(sorted(shipped_indicators())))
def test_the_owed_period_is_the_newest_whose_term_has_passed(today: date, code: str) -> None:
    indicator = shipped_indicators()[code]
    owed = indicator.owed(today)
    term = timedelta(days=indicator.due_days)
    following = ObservedPeriod.of(owed.last_on + timedelta(days=1), indicator.length)
    assert owed.last_on + term <= today < following.last_on + term


def test_a_good_figure_is_taken() -> None:
    found = checked_observation(texts(), NOW, RULES)
    assert (found.figures.numerator, found.figures.denominator) == (Decimal(3), Decimal(4))
    assert found.figures.figure == Decimal("0.75")


BAD = [
    ("indicator", texts(indicator="nothing"), NOW),
    ("unit", texts(unit="NOWHERE"), NOW),
    ("period", texts(period="2026-Q4"), NOW),
    ("period", texts(period="tháng mười"), NOW),
    ("period", texts(period="2026-12"), NOW),
    ("period", texts(period="2026-09"), NOW),
    ("as_of", texts(), NOW + timedelta(minutes=6)),
    ("as_of", texts(), datetime(2026, 9, 30, 12, tzinfo=UTC)),
    ("denominator", texts(denominator="0"), NOW),
    ("denominator", texts(denominator=""), NOW),
    ("numerator", texts(numerator="5"), NOW),
    ("numerator", texts(numerator="-1"), NOW),
    ("numerator", texts(numerator="ba"), NOW),
    ("numerator", texts(numerator="9" * 30), NOW),
    ("value", texts(value="0.75"), NOW),
    ("value", texts(indicator="documents_in", value="3"), NOW),
    ("value", texts(indicator="documents_in", numerator="", denominator="", value=""), NOW),
    ("value", texts(indicator="accounting_held", numerator="", denominator="", value="10.5"), NOW),
]


@pytest.mark.parametrize(("field", "said", "as_of_at"), BAD)
def test_a_figure_that_cannot_be_is_refused_at_its_field(field: str, said: dict[str, str], as_of_at: datetime) -> None:
    with pytest.raises(ObservationRefused, match=r"\w+") as refused:
        checked_observation(said, as_of_at, RULES)
    assert refused.value.field == field


def test_a_quotient_may_exceed_one_and_a_share_may_not() -> None:
    handling = texts(indicator="documents_handling", numerator="9", denominator="4")
    assert checked_observation(handling, NOW, RULES).figures.figure == Decimal("2.25")
    assert shipped_indicators()["documents_handling"].measure is Measure.QUOTIENT


@given(parts=st.lists(st.integers(0, 50), min_size=1, max_size=6), silent=st.integers(0, 3))
def test_a_total_adds_up_what_is_known_and_says_what_is_not(parts: list[int], silent: int) -> None:
    period = ObservedPeriod.read("2026-10")
    units = [f"U{place}" for place in range(len(parts) + silent)]
    found = [an_observation(unit, "2026-10", NOW, part, 50) for unit, part in zip(units, parts, strict=False)]
    total = total_of(period, found, units, "WHOLE")
    assert total is not None
    assert (total.figures.numerator, total.figures.denominator) == (sum(parts), 50 * len(parts))
    assert total.is_whole is (silent == 0)
    stated = total_of(period, [*found, an_observation("WHOLE", "2026-10", NOW, 1, 2)], units, "WHOLE")
    assert stated is not None and stated.is_whole and stated.figures.figure == Decimal("0.5")


def test_nothing_stated_is_no_total() -> None:
    assert total_of(ObservedPeriod.read("2026-10"), [], ["U1"], "WHOLE") is None
