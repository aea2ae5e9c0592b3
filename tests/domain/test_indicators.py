"""The catalogue says every figure of the form once, and computes it from the form's own figures."""

from __future__ import annotations

from decimal import Decimal

import pytest

from domain.indicators import CATALOGUE, CountedIn, Direction, indicator
from domain.statistics import MEASURE_KEYS, Figures, Measure

SAMPLE = Figures(
    Measure(completed=770, enforceable_in_progress=2_689, not_enforceable=1_064, other=154, newly_docketed=944),
    Measure(completed=146, enforceable_in_progress=854),
)


def test_every_figure_of_the_form_is_in_the_catalogue_for_cases_and_for_money() -> None:
    assert {item.field for item in CATALOGUE.values()} == set(MEASURE_KEYS)
    assert all(f"{key}_{counted}" in CATALOGUE for key in MEASURE_KEYS for counted in CountedIn)


def test_an_indicator_is_computed_from_its_own_measure() -> None:
    assert indicator("completion_rate_cases").value(SAMPLE) == Decimal("22.26")
    assert indicator("completion_rate_amount").value(SAMPLE) == Decimal("14.60")
    assert indicator("to_enforce_cases").value(SAMPLE) == 4_677
    assert indicator("newly_docketed_amount").value(SAMPLE) == 0


def test_an_indicator_without_a_denominator_is_none() -> None:
    assert indicator("completion_rate_cases").value(Figures()) is None


def test_more_completion_is_good_and_more_backlog_is_bad() -> None:
    assert indicator("completion_rate_cases").direction is Direction.UP
    assert indicator("carried_forward_cases").direction is Direction.DOWN


def test_names_are_unique_and_say_what_is_counted() -> None:
    names = [item.name for item in CATALOGUE.values()]
    assert len(set(names)) == len(names)
    assert indicator("completion_rate_amount").name == "Tỷ lệ thi hành xong về tiền"


def test_a_count_is_no_rate_and_a_rate_no_count() -> None:
    with pytest.raises(TypeError):
        indicator("completed_cases").rate(SAMPLE)
    with pytest.raises(TypeError):
        indicator("completion_rate_cases").count(SAMPLE)
