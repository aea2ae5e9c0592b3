"""What a forecast page says: unknown is no number, a target that will be missed is amber, the test is printed."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from component_words import words
from components_support import a_source, of_class

from components.forecast_chart import ForecastLines, forecast_chart
from components.forecast_desk import back_test_table, forecast_figures, unit_outlooks, verdict_words, what_if_words
from domain.forecast import Forecast, ForecastMethod, HorizonErrors, Verdict, VerdictReason
from domain.indicators import CountedIn
from domain.year_path import ForecastFilter, Outlook, WhatIf, YearPath

ENDS_ON = date(2027, 9, 30)
PATH = YearPath(Decimal("83.5"), 47, 1007, False, Decimal(42), Decimal("5.9"))
BOUNDS = (Decimal("50.1"), Decimal("61.2"))
PHUVANG = Outlook("PHUVANG", Decimal("11.75"), Forecast(Decimal("56.57"), BOUNDS), Decimal("83.5"), PATH)
UNKNOWN = Outlook("NAMDONG", None, None, None, None)
NAMES = {"PHUVANG": "Phú Vang", "NAMDONG": "Nam Đông"}


def test_a_unit_that_will_miss_its_target_is_amber_and_one_of_which_nothing_is_known_says_so() -> None:
    table = unit_outlooks([PHUVANG, UNKNOWN], NAMES, ForecastFilter())
    said = words(table)
    assert "56,6%" in said and "50,1–61,2%" in said and "794 việc" in said and "19,0 việc" in said
    assert "chưa đủ số liệu để dự báo" in said and "chưa có chỉ tiêu" in said
    assert len(of_class(table, "is-bad")) == 2


def test_figures_without_a_forecast_show_no_number() -> None:
    said = words(forecast_figures(UNKNOWN, CountedIn.CASES, ENDS_ON, a_source(), False))
    assert "chưa đủ số liệu để dự báo" in said and "0,0%" not in said
    money = words(forecast_figures(PHUVANG, CountedIn.AMOUNT, ENDS_ON, a_source(), True))
    assert "khoảng 50,1–61,2%" in money and "19 đồng" in money and "chỉ tiêu mẫu" in money


def test_the_scenario_says_the_day_or_that_there_is_none() -> None:
    reached = WhatIf(Decimal("25.9"), Decimal("90"), date(2027, 8, 3))
    assert "Đạt chỉ tiêu ngày 03/08/2027" in words(what_if_words(PHUVANG, reached, ForecastFilter(more=20), ENDS_ON))
    missed = WhatIf(Decimal("5.9"), Decimal("29.27"), None)
    assert "Chưa đạt chỉ tiêu trước 30/09/2027" in words(what_if_words(PHUVANG, missed, ForecastFilter(), ENDS_ON))
    assert "Chưa có chỉ tiêu" in words(what_if_words(UNKNOWN, None, ForecastFilter(), ENDS_ON))


def test_the_scenario_of_money_speaks_of_money() -> None:
    found = WhatIf(Decimal(2_500_000_000), Decimal("90"), None)
    wanted = ForecastFilter(counted_in=CountedIn.AMOUNT, more=15)
    said = words(what_if_words(PHUVANG, found, wanted, ENDS_ON))
    assert "Thêm 1,5 tỷ đồng mỗi tuần" in said and "2,5 tỷ đồng" in said
    assert " việc" not in said


def test_the_back_test_is_printed_with_what_it_led_to() -> None:
    errors = {ForecastMethod.LAST_YEAR: Decimal("4.126"), ForecastMethod.DRAWN_IN: Decimal("2.5")}
    table = back_test_table([HorizonErrors(10, 22, 2, errors)])
    assert "4,13" in words(table) and "2,50" in words(table)
    better = Verdict(ForecastMethod.DRAWN_IN, VerdictReason.BETTER, None)
    assert "thu về sai ít hơn phương pháp nền" in words(verdict_words(better, 10, 2))
    assert "mới có 0 năm để đối chiếu" in words(verdict_words(Verdict(), 10, 0))
    assert "Chưa có năm nào trước đó" in words(back_test_table([]))


def test_the_chart_names_its_lines_and_draws_bounds_only_where_they_are_known() -> None:
    begins_on = date(2026, 10, 1)
    days = [(begins_on + timedelta(days=step), Decimal(step) / 3) for step in range(40)]
    lines = ForecastLines(begins_on, ENDS_ON, days, [], PHUVANG.forecast, PHUVANG.target, Decimal(70), "20 việc")
    drawn = forecast_chart(lines)
    said = words(drawn)
    assert "Dự báo 56,6%" in said and "Chỉ tiêu 83,5%" in said and "Thêm 20 việc: 70,0%" in said
    assert "Năm trước" not in said and len(of_class(drawn, "forecast-band")) == 1
    plain = ForecastLines(begins_on, ENDS_ON, days, days, Forecast(Decimal(50)), None, None, "")
    assert not of_class(forecast_chart(plain), "forecast-band") and "Năm trước" in words(forecast_chart(plain))
    with pytest.raises(ValueError, match="needs a rate"):
        forecast_chart(ForecastLines(begins_on, ENDS_ON, [], days, None, None, None, ""))
