"""Field reports: overdue exactly after the due second, urgent from receipt, quiet units at zero."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reports_support import RECEIVED_AT, a_record

from data_access.field_report_rules import load_report_rules
from domain.alarms import Priority, report_alarms, worst_first
from domain.field_report_rules import closed_at_of
from domain.field_reports import (
    FINAL_STATES,
    FieldReport,
    ReportState,
    Urgency,
    count_open,
    counts_by_unit,
    next_change_at,
)

SOON = timedelta(hours=4)
DUE = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)


def a_report(
    due_at: datetime | None = DUE, urgency: Urgency = Urgency.ORDINARY, unit: str | None = "PV"
) -> FieldReport:
    return FieldReport("r1", "other", "Nội dung khác", urgency, ReportState.RECEIVED, unit, RECEIVED_AT, due_at)


def test_a_report_is_overdue_only_after_its_due_time() -> None:
    assert not a_report().is_overdue(DUE)
    assert a_report().is_overdue(DUE + timedelta(microseconds=1))
    assert a_report().is_due_within(SOON, DUE)
    assert not a_report().is_due_within(SOON, DUE - SOON)


def test_a_report_without_a_due_time_is_neither_late_nor_in_time() -> None:
    counts = count_open([a_report(None)], SOON, DUE)
    assert (counts.open, counts.overdue, counts.soon, counts.without_due) == (1, 0, 0, 1)


def test_quiet_units_stay_at_zero() -> None:
    counts = counts_by_unit([a_report()], ["PV", "AL"], SOON, DUE + timedelta(hours=1))
    assert (counts["PV"].overdue, counts["AL"].open) == (1, 0)


def test_an_urgent_report_is_an_alarm_from_receipt_and_an_ordinary_one_only_near_its_time() -> None:
    names = {"PV": "Phú Vang", "HUE": "Toàn tỉnh"}

    def alarms(report: FieldReport, now: datetime) -> list[tuple[str, Priority, str]]:
        found = report_alarms([report], names, "HUE", SOON, now)
        return [(alarm.rule, alarm.priority, alarm.unit_name) for alarm in found]

    early = DUE - timedelta(days=2)
    assert alarms(a_report(urgency=Urgency.URGENT), early) == [("report_urgent", Priority.URGENT, "Phú Vang")]
    assert alarms(a_report(), early) == []
    assert alarms(a_report(), DUE - timedelta(hours=1)) == [("report_due_soon", Priority.HIGH, "Phú Vang")]
    outside = a_report(unit=None)
    assert alarms(outside, DUE + timedelta(hours=1)) == [("report_overdue", Priority.HIGH, "Toàn tỉnh")]


def test_the_longest_overdue_stands_first() -> None:
    names = {"PV": "Phú Vang"}
    later = a_report(DUE + timedelta(minutes=5))
    found = worst_first(report_alarms([later, a_report()], names, "PV", SOON, DUE + timedelta(hours=1)))
    assert [alarm.due_at for alarm in found] == [DUE, DUE + timedelta(minutes=5)]


def test_time_alone_changes_a_report_when_it_comes_near_and_when_it_is_late() -> None:
    assert next_change_at([a_report()], SOON, DUE - timedelta(hours=5)) == DUE - SOON
    assert next_change_at([a_report()], SOON, DUE - timedelta(hours=1)) == DUE
    assert next_change_at([a_report()], SOON, DUE + timedelta(hours=1)) is None


@given(st.lists(st.tuples(st.integers(0, 50), st.sampled_from(ReportState)), max_size=8))
def test_a_report_is_closed_exactly_when_its_last_state_is_final(events: list[tuple[int, ReportState]]) -> None:
    at = [(RECEIVED_AT + timedelta(hours=hours), state) for hours, state in events]
    closed_at = closed_at_of(at)
    assert closed_at == closed_at_of(list(reversed(at)))
    last = max((moment for moment, _ in at), default=None)
    if last is None or not any(state in FINAL_STATES for moment, state in at if moment == last):
        assert closed_at is None
    else:
        assert closed_at is not None and closed_at <= last


def test_the_source_s_due_time_stands_before_any_term_of_ours() -> None:
    rules = load_report_rules()
    stated = a_record(expected_at=DUE)
    assert rules.due_of(stated) == (DUE, "source")
    due_at, due_by = rules.due_of(a_record(expected_at=None))
    # 24 working hours from Monday 07:30: three days of eight hours.
    assert (due_at, due_by) == (datetime(2026, 11, 25, 10, 0, tzinfo=UTC), "term")


def test_an_urgent_subject_is_urgent_though_the_source_says_otherwise() -> None:
    rules = load_report_rules()
    record = a_record(service_code="crowd_at_gate", urgency=Urgency.ORDINARY, expected_at=None)
    assert rules.urgency_of(record) is Urgency.URGENT
    assert rules.due_of(record) == (RECEIVED_AT + timedelta(hours=2), "term")


@pytest.mark.parametrize("code", ["", "Nguyễn Văn A gọi", "unknown"])
def test_a_subject_nobody_has_listed_is_shown_as_other_and_never_in_its_own_words(code: str) -> None:
    assert load_report_rules().subject_of(code).title == "Nội dung khác"


def test_no_term_means_nobody_knows_when() -> None:
    assert load_report_rules().due_of(a_record(expected_at=None, requested_at=datetime(2017, 1, 1, tzinfo=UTC))) == (
        None,
        "",
    )
    assert load_report_rules().terms[0].is_in_force(date(2026, 1, 1))
