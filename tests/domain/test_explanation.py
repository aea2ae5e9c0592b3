"""A number explains itself: its formula with the actual values gives the value."""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal

import pytest
from case_lives_support import DAYS, FIRST, lives
from hypothesis import given
from hypothesis import strategies as st
from statistics_support import CURRENT, figures_of_lives

from domain.cases import CaseLife
from domain.explanation import counted_fields, explain
from domain.indicators import CATALOGUE, LETTERS, indicator
from domain.statistics import Figures, Measure, coefficients

PICTURE = Figures(
    Measure(completed=40, enforceable_in_progress=331, not_enforceable=121, other=16, newly_docketed=93, entrusted=13)
)
days = st.integers(60, DAYS).map(lambda offset: FIRST + timedelta(days=offset))


def plain(value: object) -> str:
    return f"({value})"


def test_the_picture_explains_itself() -> None:
    found = explain(indicator("completion_rate_cases"), PICTURE, None)
    assert found.with_values(str) == "40 / 371"
    assert found.value == Decimal("10.78")
    assert found.change is None
    assert explain(indicator("total_docketed_cases"), PICTURE, None).with_values(str) == "428 + 93"


@given(population=st.lists(lives(), max_size=8), on=days, name=st.sampled_from(sorted(CATALOGUE)))
def test_the_formula_with_its_values_is_the_value(population: list[CaseLife], on: object, name: str) -> None:
    figures = figures_of_lives(population, on)  # type: ignore[arg-type]
    found = explain(CATALOGUE[name], figures, figures)
    told = found.with_values(plain).replace("−", "-")
    if found.value is None:
        assert told.endswith("(0)")
        return
    if found.indicator.unit == "%":
        part, whole = (Decimal(one.strip("() ")) for one in told.split("/"))
        assert (part * 100 / whole).quantize(Decimal("0.01"), ROUND_HALF_UP) == found.value
    else:
        assert sum(_terms(told)) == found.value
    assert found.change == 0


def _terms(told: str) -> list[int]:
    """'(5) - (2) + (1)' as [5, -2, 1]."""
    found = re.findall(r"([+-]?)\((-?\d+)\)", told.replace(" ", ""))
    return [-int(value) if sign == "-" else int(value) for sign, value in found]


def test_every_letter_stands_for_a_count_of_the_form() -> None:
    for field in LETTERS.values():
        assert coefficients(field, CURRENT)
        assert f"{field}_cases" in CATALOGUE


def test_the_cases_of_a_rate_are_those_of_its_numerator_and_denominator() -> None:
    assert counted_fields(indicator("completion_rate_amount")) == ("completed", "enforceable")
    assert counted_fields(indicator("to_enforce_cases")) == ("to_enforce",)


def test_a_rate_has_no_coefficients() -> None:
    with pytest.raises(TypeError):
        coefficients("completion_rate", CURRENT)
