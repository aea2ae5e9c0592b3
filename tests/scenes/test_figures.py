"""What the wall compares: in which order units stand, and what is said while figures are missing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from scenes_support import ROWS, picture_units, picture_whole

from components.unit_table import UnitRow
from data_access.limits import load_wall_limits
from domain.statistics import Figures
from scenes.figures import wall_figures


def test_the_printed_numbers_are_those_of_the_picture(today: date) -> None:
    figures = wall_figures(today, picture_units(), picture_whole(), load_wall_limits())
    assert figures is not None
    assert (figures.total.completed, figures.total.enforceable) == (770, 3459)
    assert figures.cases.value == Decimal("22.26")
    assert figures.cases.pace == Decimal("12.35")
    assert figures.cases.points_to_pace == Decimal("9.9")


def test_abnormal_units_stand_first_and_the_quiet_ones_by_rate(today: date) -> None:
    figures = wall_figures(today, picture_units(), picture_whole(), load_wall_limits())
    assert figures is not None
    names = [row.name for row in figures.rows]
    assert figures.coverage == ""
    assert names[:2] == ["Phú Vang", "Cục THADS tỉnh"]
    rates = [row.cases.value for row in figures.rows[2:]]
    assert rates == sorted(rates, reverse=True)
    assert sorted(names) == sorted(name for name, *_ in ROWS)


def test_a_unit_with_overdue_clocks_stands_among_the_abnormal_ones(today: date) -> None:
    units = picture_units()
    units[-2] = replace(units[-2], overdue_clocks=3)
    figures = wall_figures(today, units, picture_whole(), load_wall_limits())
    assert figures is not None
    assert units[-2].name in [row.name for row in figures.rows[:3]]


def test_a_unit_that_never_sent_anything_stands_last_without_a_zero_and_the_whole_says_so(today: date) -> None:
    silent = replace(picture_units()[0], name="Mới", code="MOI", this_year=Figures(), last_year=Figures())
    figures = wall_figures(today, [*picture_units(), silent], picture_whole(), load_wall_limits())
    assert figures is not None
    assert figures.rows[-1] == UnitRow("Mới", "MOI")
    assert figures.coverage == "10/11 đơn vị"
    assert figures.total.name == "10/11 đơn vị"
    assert "MOI" not in [unit.code for unit in figures.rates()]


def test_a_unit_without_a_target_has_no_pace(today: date) -> None:
    figures = wall_figures(today, [replace(picture_units()[0], cases_target=None)], picture_whole(), load_wall_limits())
    assert figures is not None
    assert figures.rows[0].cases.pace is None


def test_when_nothing_was_ever_counted_there_are_no_figures(today: date) -> None:
    nothing = replace(picture_whole(), this_year=Figures(), last_year=Figures())
    assert wall_figures(today, [], nothing, load_wall_limits()) is None
