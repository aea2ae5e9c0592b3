"""The filter of a desk is its address; figures over what it lists are counted, never guessed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.field_reports import FieldReport, ReportState, Urgency
from domain.report_filters import (
    DeskReport,
    ReportFilter,
    Showing,
    cell_of,
    repeated_places,
    summary_of,
)

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)


def a_desk_report(number: int, taken: int | None = None, due: int = 8, **changes: object) -> DeskReport:
    """Received a day ago, due after `due` hours, closed after `taken` hours or open."""
    at = NOW - timedelta(hours=24)
    report = FieldReport(
        public_id=str(number),
        subject="payout_question",
        title="Thắc mắc chi trả tiền",
        urgency=Urgency.ORDINARY,
        state=ReportState.IN_PROGRESS if taken is None else ReportState.CLOSED,
        unit="TPHUE",
        requested_at=at,
        due_at=at + timedelta(hours=due),
        closed_at=None if taken is None else at + timedelta(hours=taken),
    )
    values = {"point": (16.4631, 107.5911), "area": None, "unit_by": "map", "due_by": "source", "satisfaction": None}
    return DeskReport(report, f"R{number}", **{**values, **changes})  # type: ignore[arg-type]


@given(
    st.builds(
        ReportFilter,
        showing=st.sampled_from(Showing),
        unit=st.text(max_size=40),
        subject=st.text(max_size=80),
        days=st.sampled_from((7, 30, 90)),
        place=st.text(max_size=40),
    )
)
def test_an_address_says_the_filter_and_nothing_else(wanted: ReportFilter) -> None:
    said = dict(parse_qsl(wanted.address().removeprefix("?"), keep_blank_values=True))
    assert ReportFilter.from_address(said) == wanted


@given(st.dictionaries(st.sampled_from(("showing", "unit", "subject", "days", "place", "x")), st.text(max_size=200)))
def test_any_address_is_some_filter(values: dict[str, str]) -> None:
    assert ReportFilter.from_address(values).days in (7, 30, 90)


def test_the_default_has_no_query() -> None:
    assert ReportFilter().address() == ""
    assert ReportFilter().address(report="x") == "?report=x"


def test_figures_have_their_denominators() -> None:
    reports = [
        a_desk_report(1, taken=4, satisfaction=5),
        a_desk_report(2, taken=10, satisfaction=3),
        a_desk_report(3),
        a_desk_report(4, due=48),
    ]
    found = summary_of(reports, NOW)
    assert (found.number, found.open, found.overdue) == (4, 2, 1)
    assert (found.in_time, found.fell_due) == (1, 3)
    assert (found.satisfied, found.rated) == (1, 2)
    assert found.handling == timedelta(hours=7)


def test_of_nothing_nothing_is_said() -> None:
    found = summary_of([], NOW)
    assert found.handling is None and found.fell_due == found.rated == 0


def test_places_that_repeat_are_counted_by_cell_and_points_without_a_place_are_not() -> None:
    near = [a_desk_report(number) for number in range(3)]
    far = [a_desk_report(9, point=(16.30, 107.90))]
    none = [a_desk_report(10, point=None)]
    (found,) = repeated_places([*near, *far, *none])
    assert (found.place, found.number, found.unit) == (cell_of(16.4631, 107.5911), 3, "TPHUE")


@pytest.mark.parametrize("point", [(16.4600, 107.5850), (16.4649, 107.5899)])
def test_a_cell_is_named_by_its_middle(point: tuple[float, float]) -> None:
    assert cell_of(*point) == "16.4625,107.5875"
