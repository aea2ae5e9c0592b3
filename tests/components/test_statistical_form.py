"""The form on a desk: one definition of every value, officers below their unit, checks with their numbers."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from component_words import words as words_of

from components.period_log import difference_list
from components.statistical_form import form_card, form_table, value_words
from domain.indicators import CATALOGUE, CountedIn
from domain.periods import PeriodKind, PeriodState, ReportingPeriod, month_of_day
from domain.shown_forms import FormFilter, ShownForm
from domain.statistical_form import FormRow, columns, differences
from domain.statistics import Figures, Measure

AT = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
PHUVANG = Figures(
    Measure(newly_docketed=1, enforceable_in_progress=4, completed=3, terminated=1, not_enforceable=2, entrusted=1),
    Measure(newly_docketed=10_000_000, enforceable_in_progress=400_000, completed=1_234_567_890),
)
ROWS = (
    FormRow("PHUVANG", "Phú Vang", PHUVANG),
    FormRow("PHUVANG", "Phú Vang", PHUVANG, kind="on_request"),
    FormRow("PHUVANG", "Phú Vang", Figures(Measure(completed=3)), "CHV-07"),
    FormRow("NAMDONG", "Nam Đông", Figures()),
)
FORM = ShownForm(
    ReportingPeriod(2027, PeriodKind.CUMULATIVE, 3), PeriodState.RUNNING, date(2026, 11, 23), ROWS, "TT 05/2024", AT
)


def test_every_column_shows_the_indicator_of_the_catalogue() -> None:
    for counted_in in CountedIn:
        drawn = words_of(form_table(FORM, FormFilter(counted_in=counted_in), is_whole=True))
        for indicator in columns(counted_in):
            assert value_words(indicator, indicator.value(PHUVANG)) in drawn


def test_officers_stand_below_the_unit_that_is_opened_in_all_and_by_kind() -> None:
    assert "CHV-07" not in words_of(form_table(FORM, FormFilter(), True))
    assert "CHV-07" in words_of(form_table(FORM, FormFilter(unit="PHUVANG"), True))
    by_kind = FormFilter(unit="PHUVANG", kind="on_request")
    old = words_of(form_table(FORM, by_kind, True))
    assert "CHV-07" not in old
    assert "giữ số liệu chấp hành viên không tách theo hình thức" in old
    asked = FormRow("PHUVANG", "Phú Vang", Figures(Measure(completed=2)), "CHV-07", "on_request")
    assert "CHV-07" in words_of(form_table(replace(FORM, rows=(*ROWS, asked)), by_kind, True))
    other = replace(FORM, rows=(*ROWS, replace(asked, kind="ex_officio")))
    assert "Không chấp hành viên nào có việc" in words_of(form_table(other, by_kind, True))
    assert "Chưa có số liệu theo" in words_of(form_table(replace(FORM, rows=ROWS[:2]), by_kind, True))
    assert "Không có số liệu" in words_of(form_table(FORM, FormFilter(kind="ex_officio"), True))


def test_a_form_says_what_it_is() -> None:
    running = words_of(form_card(FORM, FormFilter(), is_sample=True, is_whole=True))
    for words in ("Số liệu tạm tính: kỳ đang chạy, tính đến 23/11/2026", "Dữ liệu mẫu", "Toàn tỉnh", "10 = 9 + 1"):
        assert words in running
    assert "Biểu số" not in running
    closed = replace(FORM, number="01/TK", version=2, sha256="ab", closed_at=AT, closed_by="lanhdao")
    told = words_of(form_card(closed, FormFilter(), is_sample=False, is_whole=False))
    for words in ("Biểu số 01/TK", "Đã chốt, phiên bản 2", "Mã kiểm: ab khớp"):
        assert words in told
    assert "tạm tính" not in told
    assert "KHÔNG KHỚP" in words_of(form_card(replace(closed, is_untouched=False), FormFilter(), False, False))
    month = replace(FORM, period=month_of_day(date(2026, 11, 1)))
    assert "Kỳ trước chuyển sang" in words_of(form_table(month, FormFilter(), True))


@pytest.mark.parametrize(
    ("dong", "words"),
    [(0, "0"), (30_000, "<0,1"), (400_000, "0,4"), (1_234_567_890, "1.235"), (-30_000, ">−0,1"), (1_500_000, "2")],
)
def test_little_money_is_little_and_never_nothing(dong: int, words: str) -> None:
    assert value_words(CATALOGUE["completed_amount"], dong) == words
    assert value_words(CATALOGUE["completion_rate_cases"], None) == "—"


def test_differences_say_what_was_and_what_is() -> None:
    after = replace(ROWS[0], figures=replace(PHUVANG, cases=replace(PHUVANG.cases, completed=5)))
    drawn = words_of(difference_list("Khác", differences(ROWS[:1], [after])))
    for words in ("Thi hành xong (việc)", "+2", "Phú Vang"):
        assert words in drawn
