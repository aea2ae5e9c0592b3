"""The filter of cases is its address: nothing is lost on the way, nothing foreign comes in."""

from __future__ import annotations

from datetime import date
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.case_filters import VALUE_BANDS, Against, Age, CaseFilter, periods_offered
from domain.cases import CaseClass, CaseGroup, CaseKind, CaseType
from domain.indicators import CountedIn
from domain.statistics import Period

TODAY = date(2026, 11, 24)
codes = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-", max_size=12)
days = st.one_of(st.just(""), st.dates(date(2020, 1, 1), date(2030, 1, 1)).map(date.isoformat))
filters = st.builds(
    CaseFilter,
    unit=codes,
    officer=codes,
    begins=days,
    ends=days,
    kind=st.sampled_from(["", *(one.value for one in CaseKind)]),
    case_type=st.sampled_from(["", *(one.value for one in CaseType)]),
    band=st.sampled_from(["", *VALUE_BANDS]),
    case_class=st.sampled_from(["", *(one.value for one in CaseClass)]),
    area=codes,
    age=st.sampled_from(["", *(one.value for one in Age)]),
    group=st.sampled_from(["", *(one.value for one in CaseGroup)]),
    counted_in=st.sampled_from(["", CountedIn.AMOUNT.value]),
    against=st.sampled_from(["", Against.PREVIOUS.value]),
)


def from_address(address: str) -> CaseFilter:
    return CaseFilter.from_address(dict(parse_qsl(address.lstrip("?"))))


@given(filters)
def test_an_address_says_the_whole_filter(wanted: CaseFilter) -> None:
    assert from_address(wanted.address()) == wanted


@given(filters)
def test_a_period_never_reaches_beyond_today_nor_ends_before_it_begins(wanted: CaseFilter) -> None:
    period = wanted.period(TODAY)
    assert period.from_on <= period.to_on <= TODAY
    before = wanted.compared(TODAY)
    assert before.from_on <= before.to_on < period.to_on
    if wanted.is_against_previous:
        assert before.to_on < period.from_on


def test_a_month_is_held_against_the_month_before_by_the_same_days() -> None:
    month = CaseFilter(begins="2026-11-01", against="previous")
    assert month.compared(TODAY) == Period(date(2026, 10, 1), date(2026, 10, 24))
    whole = CaseFilter(begins="2026-10-01", ends="2026-10-31", against="previous")
    assert whole.compared(TODAY) == Period(date(2026, 9, 1), date(2026, 9, 30))
    march = CaseFilter(begins="2026-03-01", ends="2026-03-30", against="previous")
    assert march.compared(TODAY) == Period(date(2026, 2, 1), date(2026, 2, 28))
    days = CaseFilter(begins="2026-11-10", ends="2026-11-12", against="previous")
    assert days.compared(TODAY) == Period(date(2026, 11, 7), date(2026, 11, 9))
    assert CaseFilter(begins="2026-11-01").compared(TODAY) == Period(date(2025, 11, 1), date(2025, 11, 24))
    assert (month.before_words, CaseFilter().before_words) == ("kỳ trước", "cùng kỳ")


@given(
    st.dictionaries(st.sampled_from(["kind", "band", "age", "begins", "group", "unit", "sql"]), st.text(max_size=60))
)
def test_what_is_not_understood_asks_for_everything(values: dict[str, str]) -> None:
    wanted = CaseFilter.from_address(values)
    assert wanted.kind in ("", *CaseKind) and wanted.band in ("", *VALUE_BANDS) and wanted.age in ("", *Age)
    assert len(wanted.unit) <= 40
    assert wanted.period(TODAY).to_on <= TODAY


def test_without_a_word_the_period_is_the_statistical_year_to_date() -> None:
    assert CaseFilter().period(TODAY) == Period(date(2026, 10, 1), TODAY)
    assert CaseFilter().is_year_to_date(TODAY)
    assert not CaseFilter(begins="2026-11-01").is_year_to_date(TODAY)
    assert CaseFilter(begins="2025-10-01", ends="2026-09-30").is_year_to_date(TODAY)


def test_value_bands_leave_no_gap_and_overlap_nowhere() -> None:
    bands = list(VALUE_BANDS.values())
    assert bands[0].from_amount == 0 and bands[-1].below_amount is None
    assert [band.below_amount for band in bands[:-1]] == [band.from_amount for band in bands[1:]]


def test_periods_offered_are_understood_as_they_are_named() -> None:
    asked = {
        each.words: CaseFilter(begins=each.begins, ends=each.ends).period(TODAY) for each in periods_offered(TODAY)
    }
    assert asked["Tháng 11/2026"] == Period(date(2026, 11, 1), TODAY)
    assert asked["Tháng 10/2026"] == Period(date(2026, 10, 1), date(2026, 10, 31))
    assert asked["Cả năm 2026"] == Period(date(2025, 10, 1), date(2026, 9, 30))
    assert asked["Cùng kỳ năm 2026"] == Period(date(2025, 10, 1), date(2025, 11, 24))


@pytest.mark.parametrize("field", ["officer", "case_type", "band", "area", "age", "group"])
def test_what_only_single_cases_know_is_asked_of_them(field: str) -> None:
    value = {"case_type": "civil", "band": "1", "age": "over12", "group": "TD"}.get(field, "X")
    assert CaseFilter(**{field: value}).is_of_cases
    assert not CaseFilter(unit="PHUVANG", kind="on_request", case_class="completed").is_of_cases


@pytest.mark.parametrize("figure", ["completion_rate", "__class__", "__doc__", "carried", "enforceable; DROP"])
def test_a_list_is_only_of_what_the_form_counts(figure: str) -> None:
    assert CaseFilter.from_address({"figure": figure}).figure == ""
    assert CaseFilter.from_address({"figure": "carried_over"}).figure == "carried_over"


@pytest.mark.parametrize("day", ["0001-01-01", "1999-12-31", "9999-12-31", "2026-02-30", "20261301"])
def test_a_day_without_a_regime_or_calendar_is_no_day(day: str) -> None:
    for wanted in (
        CaseFilter.from_address({"begins": day}),
        CaseFilter.from_address({"ends": day, "against": "previous"}),
    ):
        period = wanted.period(TODAY)
        assert date(2002, 1, 1) <= period.from_on <= period.to_on <= TODAY
        assert wanted.compared(TODAY).from_on <= wanted.compared(TODAY).to_on


def test_a_filter_is_said_in_words_wherever_its_figures_stand() -> None:
    assert CaseFilter(unit="PHUVANG", begins="2026-11-01", counted_in="amount").words() == ""
    wanted = CaseFilter(officer="CHV-03", group="TD", age="over12", band="5", case_type="commercial", kind="ex_officio")
    said = "CHV-03, Chủ động, Kinh doanh thương mại, Từ 5 tỷ, Tín dụng, ngân hàng, Trên 12 tháng"
    assert wanted.words() == said
    assert CaseFilter(area="19804").words({"19804": "Thuận An"}) == "địa bàn Thuận An"
    assert CaseFilter(area="19804").words() == "một địa bàn"
