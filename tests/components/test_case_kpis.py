"""The figures above the cases say what they are of: sample terms, clocks without a rule, a rate without denominator."""

from __future__ import annotations

from decimal import Decimal

from components_support import words

from components.case_kpis import clock_kpi, completion_kpi, old_kpi
from domain.deadlines import Clock, ClockCounts
from domain.rates import RateComparison
from domain.statistics import Measure


def test_overdue_clocks_say_that_their_terms_are_samples_and_which_have_no_rule() -> None:
    note = "Thời hạn mẫu; Chưa có quy định: chi trả tiền đã thu"
    for count in (0, 3):
        counts = ClockCounts({Clock.REVERIFICATION: {"PHUVANG": count, "HUE": 0}}, {Clock.PAY_OUT: 2})
        told = words(clock_kpi(counts, 12, note, "/deadlines"))
        assert note in told and str(count) in told
        assert ("lâu nhất 12 ngày" in told) is (count > 0)


def test_without_any_rule_nothing_is_counted() -> None:
    told = words(clock_kpi(ClockCounts({}, {Clock.PAY_OUT: 2}), 0, "", "/deadlines"))
    assert "0" not in told and "chi trả tiền đã thu" in told


def test_a_rate_without_a_denominator_is_no_zero_and_a_period_is_called_by_its_name() -> None:
    told = words(completion_kpi("Xong về việc", RateComparison(None), "kỳ trước", "/x"))
    assert "không có việc có điều kiện" in told and "0,0" not in told
    told = words(completion_kpi("Xong về việc", RateComparison(Decimal("10.78"), Decimal("12.4")), "kỳ trước", "/x"))
    assert "chậm tiến độ 1,6" in told and "kỳ trước" in told and "cùng kỳ" not in told


def test_the_share_of_old_cases_is_of_what_is_enforceable() -> None:
    now = Measure(completed=40, enforceable_in_progress=331)
    assert "12,4" in words(old_kpi(46, 39, now, Measure(), "cùng kỳ", "/x"))
