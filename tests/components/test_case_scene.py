"""The drawings of the cases scene: bars that divide each other, a curve that keeps its labels apart."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from components_support import a_source, of_class, words
from hypothesis import given
from hypothesis import strategies as st

from components.case_flow import case_flow_panel, flow_rows
from components.completion_curve import Curve, completion_curve, curve_between, curve_drawing, shown_until
from domain.case_flow import CaseFlow
from domain.statistics import StatisticalYear

PICTURE = CaseFlow(3842, 944, 109, 1064, 154, 770, 2689)
BEGINS, TODAY = date(2026, 10, 1), date(2026, 11, 23)


def a_curve(rate: str = "22.3", pace: str | None = "12.4", last_year: str = "21.5") -> Curve:
    days = (TODAY - BEGINS).days
    ends_on = shown_until(BEGINS, TODAY, date(2027, 9, 30))
    line = [(BEGINS + timedelta(days=day), Decimal(rate) * day / days) for day in range(days + 1)]
    before = [(BEGINS + timedelta(days=day), Decimal(last_year) * day / days) for day in range((ends_on - BEGINS).days)]
    ends = ((BEGINS, Decimal(0)), (ends_on, Decimal("34.5"))) if pace else ()
    today = None if pace is None else Decimal(pace)
    return Curve(BEGINS, TODAY, ends_on, tuple(line), tuple(before), ends, today, Decimal("83.5") if pace else None)


def test_the_rows_of_the_picture_divide_each_other() -> None:
    docketed, to_enforce, enforceable, within = flow_rows(PICTURE)
    assert [row.total for row in (docketed, to_enforce, enforceable, within)] == [4786, 4677, 3459, None]
    sums = [sum(part.number for part in row.parts) for row in (docketed, to_enforce, enforceable, within)]
    assert sums == [4786, 4786, 4677, 3459]


def test_every_part_is_named_with_its_number() -> None:
    shown = " ".join(words(case_flow_panel(PICTURE, "01/10 – 23/11/2026", a_source())).split())
    for said in ("Năm trước chuyển sang 3.842", "thụ lý mới 944", "109", "1.064", "154", "770", "2.689", "01/10"):
        assert said in shown


@given(st.builds(CaseFlow, *(st.integers(0, 9_999) for _ in range(7))))
def test_no_bar_is_longer_than_the_scale(flow: CaseFlow) -> None:
    # What was docketed is at least what it became: case_flow refuses any other.
    flow = replace(flow, newly_docketed=flow.newly_docketed + flow.to_enforce + flow.departed)
    for bar in of_class(case_flow_panel(flow, "", a_source()), "flow-bar"):
        assert 0 <= float(bar.x.rstrip("%")) + float(bar.width.rstrip("%")) <= 100.01


def test_an_empty_flow_is_drawn_without_bars() -> None:
    assert not of_class(case_flow_panel(CaseFlow(0, 0, 0, 0, 0, 0, 0), "", a_source()), "flow-bar")


def test_the_curve_names_its_scale_its_target_and_its_newest_value() -> None:
    shown = words(completion_curve(a_curve(), a_source()))
    for said in ("22,3", "tiến độ 12,4", "chỉ tiêu năm 83,5%", "Năm trước", "Tiến độ", "23/11", "thang 0–80%"):
        assert said in shown


def test_without_a_target_there_is_no_pace_and_the_panel_says_so() -> None:
    drawn = completion_curve(a_curve(pace=None), a_source())
    assert not of_class(drawn, "curve-pace")
    assert "chưa có chỉ tiêu" in words(drawn)


def test_a_curve_without_a_rate_is_refused() -> None:
    empty = Curve(BEGINS, TODAY, TODAY, (), (), (), None, None)
    with pytest.raises(ValueError, match="needs a rate"):
        completion_curve(empty, a_source())


@given(st.decimals(0, 100, places=2), st.decimals(0, 100, places=2))
def test_the_names_of_the_lines_never_overlap(rate: Decimal, last_year: Decimal) -> None:
    names = of_class(completion_curve(a_curve(str(rate), last_year=str(last_year)), a_source()), "curve-name")
    heights = sorted(float(name.y) for name in names)
    assert all(below - above >= 29.9 for above, below in zip(heights, heights[1:], strict=False))


@pytest.mark.parametrize(
    ("today", "until"), [("2026-10-01", "2027-02-28"), ("2027-02-28", "2027-05-14"), ("2027-09-30", "2027-09-30")]
)
def test_the_axis_shows_some_weeks_ahead_and_never_leaves_the_year(today: str, until: str) -> None:
    assert shown_until(BEGINS, date.fromisoformat(today), date(2027, 9, 30)) == date.fromisoformat(until)


def test_a_reorganisation_is_marked_on_the_curve_as_a_break() -> None:
    year = StatisticalYear(2025)
    this_year = ((date(2024, 10, 1), Decimal(1)), (date(2025, 9, 1), Decimal(40)))
    curve = curve_between(this_year, (), year, date(2025, 9, 1), None, [date(2025, 7, 1), date(2026, 7, 1)])
    assert curve is not None and curve.breaks == (date(2025, 7, 1),)
    assert "đổi cơ cấu 01/07/2025" in str(curve_drawing(curve).to_plotly_json())
