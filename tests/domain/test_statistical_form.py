"""The statistical form: units sum to the whole, what is frozen comes back, any changed figure changes the hash."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from case_lives_support import UNITS, lives
from hypothesis import given
from hypothesis import strategies as st
from statistics_support import CURRENT, figures_of_lives

from domain.cases import CaseLife
from domain.indicators import CATALOGUE, CountedIn
from domain.periods import ReportingPeriod, month_of_day, months_of_year, periods_of_year
from domain.shown_forms import LIVE, FormFilter
from domain.statistical_form import (
    COLUMN_FIELDS,
    FormRow,
    FrozenForm,
    broken_rules,
    canonical,
    column_name,
    columns,
    content_hash,
    differences,
    frozen_form,
    identity_checks,
    is_untouched,
    remarks,
    whole,
)
from domain.statistics import MEASURE_KEYS, Figures, Measure

AT = datetime(2026, 11, 2, 1, 0, tzinfo=UTC)
counts = st.integers(-50, 10**13)
measures = st.builds(Measure, **dict.fromkeys(Measure.__slots__, counts))
figures = st.builds(Figures, measures, measures)
rows = st.lists(
    st.builds(
        FormRow,
        st.sampled_from(["PHUVANG", "PHULOC", "X"]),
        st.just("Chi cục"),
        figures,
        st.sampled_from(["", "CHV-01"]),
        st.sampled_from(["", "ex_officio", "on_request"]),
    ),
    max_size=6,
    unique_by=lambda row: row.key,
)
periods = st.sampled_from([*periods_of_year(2025), *periods_of_year(2026)])


def a_form(rows: list[FormRow], **changes: object) -> FrozenForm:
    values = {
        "period": "2027-t01",
        "version": 1,
        "regime": CURRENT.code,
        "regime_name": CURRENT.name,
        "organisation": "hue",
        "as_of_at": AT,
        "closed_at": AT,
        "closed_by": "lanhdao",
        "recorded_in": "2027-t01",
        "reason": "",
        "previous": "",
        "rows": tuple(rows),
    }
    return FrozenForm(**{**values, **changes})


@given(st.lists(lives(), max_size=5), periods)
def test_units_sum_to_the_province_and_identities_hold(population: list[CaseLife], period: ReportingPeriod) -> None:
    found = [
        FormRow(unit, unit, figures_of_lives(population, period.last_on, unit, from_on=period.first_on))
        for unit in UNITS
    ]
    assert whole(found) == figures_of_lives(population, period.last_on, from_on=period.first_on)
    assert broken_rules([*found, FormRow("", "Cộng", whole(found))]) == []


@given(st.lists(lives(), max_size=5))
def test_flows_of_the_months_sum_to_the_year(population: list[CaseLife]) -> None:
    months = months_of_year(2025)
    parts = [figures_of_lives(population, each.last_on, from_on=each.first_on) for each in months]
    year = figures_of_lives(population, months[-1].last_on, from_on=months[0].first_on)
    for field in ("newly_docketed", "completed", "terminated", "entrusted", "revoked", "taken_up", "reduced"):
        assert sum(getattr(part.cases, field) for part in parts) == getattr(year.cases, field)
        assert sum(getattr(part.amount, field) for part in parts) == getattr(year.amount, field)


@given(rows)
def test_a_frozen_form_comes_back_as_it_was(found: list[FormRow]) -> None:
    form = a_form(found)
    text = canonical(form)
    assert frozen_form(text) == form
    assert canonical(frozen_form(text)) == text
    assert is_untouched(text, content_hash(text))


@given(figures, st.sampled_from(sorted(Measure.__slots__)), st.sampled_from(list(CountedIn)), st.integers(1, 9))
def test_any_changed_figure_changes_the_hash(before: Figures, field: str, counted_in: CountedIn, by: int) -> None:
    name = counted_in.value
    measure = getattr(before, name)
    after = replace(before, **{name: replace(measure, **{field: getattr(measure, field) + by})})
    one, other = (canonical(a_form([FormRow("PHUVANG", "Phú Vang", each)])) for each in (before, after))
    assert content_hash(one) != content_hash(other)
    assert not is_untouched(other, content_hash(one))
    told = differences([FormRow("PHUVANG", "x", before)], [FormRow("PHUVANG", "x", after)])
    assert (counted_in, field, getattr(measure, field), getattr(measure, field) + by) in [
        (each.counted_in, each.field, each.before, each.after) for each in told
    ]


def test_officers_by_kind_are_no_change_where_the_version_before_did_not_part_them() -> None:
    def row(completed: int, kind: str = "") -> FormRow:
        return FormRow("PHUVANG", "x", Figures(Measure(completed=completed)), "CHV-07", kind)

    parted = [row(3), row(1, "ex_officio"), row(2, "on_request")]
    assert differences([row(3)], parted) == []
    assert {each.kind for each in differences([row(2)], parted)} == {""}
    moved = [row(3), row(2, "ex_officio"), row(1, "on_request")]
    assert {each.kind for each in differences(parted, moved)} == {"ex_officio", "on_request"}


def test_a_published_column_changed_with_its_hash_is_still_found() -> None:
    text = canonical(a_form([FormRow("PHUVANG", "Phú Vang", Figures(Measure(enforceable_in_progress=7)))]))
    forged = text.replace('"to_enforce":7', '"to_enforce":8')
    assert forged != text
    assert not is_untouched(forged, content_hash(forged))
    assert not is_untouched("{}", content_hash("{}"))


@given(figures)
def test_identities_hold_on_what_is_published_and_fail_when_a_column_is_changed(found: Figures) -> None:
    published = found.as_dict()["cases"]
    assert all(check.holds for check in identity_checks(published))
    for column, rule in (("newly_docketed", "I1"), ("entrusted", "I2"), ("other", "I3"), ("carried_forward", "I8")):
        wrong = {**published, column: int(published[column] or 0) + 1}
        assert rule in [check.rule for check in identity_checks(wrong) if not check.holds]
    wrong = {**published, "completion_rate": "100.01"}
    assert [check.rule for check in identity_checks(wrong) if not check.holds] == ["I7"]


def test_kinds_that_do_not_add_up_are_named_and_counts_below_zero_are_remarked() -> None:
    both, one = Figures(Measure(enforceable_in_progress=5)), Figures(Measure(enforceable_in_progress=4))
    found = broken_rules([FormRow("A", "Phú Vang", both), FormRow("A", "Phú Vang", one, kind="on_request")])
    assert found == ["Phú Vang: chủ động và theo yêu cầu không cộng thành tổng"]
    assert "Phú Vang, newly_docketed" in remarks([FormRow("A", "Phú Vang", Figures(Measure(newly_docketed=-1)))])[0]


def test_columns_are_indicators_of_the_catalogue_in_the_order_of_the_form() -> None:
    assert set(COLUMN_FIELDS) <= set(MEASURE_KEYS)
    for counted_in in CountedIn:
        assert [each.id for each in columns(counted_in)] == [f"{name}_{counted_in}" for name in COLUMN_FIELDS]
    assert column_name(CATALOGUE["completed_amount"]) == "Thi hành xong"


@pytest.mark.parametrize("version", ["", LIVE, "2"])
def test_a_filter_says_in_the_address_what_it_read_there(version: str) -> None:
    wanted = FormFilter("2027-t01", version, CountedIn.AMOUNT, "ex_officio", "PHUVANG")
    values = dict(pair.split("=") for pair in wanted.address().removeprefix("?").split("&"))
    assert FormFilter.from_address(values) == wanted
    odd = {"period": "x", "version": "-1", "in": "y", "kind": "z"}
    assert FormFilter.from_address(odd) == FormFilter()
    assert FormFilter().address() == "?"
    today = AT.date()
    assert FormFilter("2099-t01").period_on(today) == FormFilter().period_on(today)
    assert FormFilter("2027-t02").period_on(today) == month_of_day(today)
