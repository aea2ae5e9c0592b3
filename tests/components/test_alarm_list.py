"""Alarms on the wall: counts, the worst first, and an empty list that says it is empty."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from components_support import AT, a_source, of_class, parts, told, words

from components.alarm_list import alarm_strip, far_alarm_rows, far_alarm_strip, urgent_list
from components.format import milliseconds
from domain.alarms import Alarm, Priority
from domain.directives import DirectiveCounts

SOURCES = {
    "cases": a_source(),
    "field_reports": a_source(name="field_reports", newest_record_at=AT + timedelta(minutes=1)),
}


def an_alarm(number: int = 1, priority: Priority = Priority.HIGH, since_at: datetime | None = None) -> Alarm:
    return Alarm("rule", priority, "PV", "Phú Vang", f"Việc {number}", Decimal("1.6"), "điểm", since_at)


def test_the_strip_counts_every_priority_and_says_the_worst() -> None:
    strip = alarm_strip([an_alarm(1, Priority.URGENT), an_alarm(2), an_alarm(3)], a_source())
    assert [words(count) for count in of_class(strip, "alarm-count")] == ["1 Khẩn cấp", "2 Cao", "0 Thường"]
    assert "Việc 1 1,6 điểm · Phú Vang" in words(strip)


def test_a_priority_without_alarms_has_no_colour() -> None:
    strip = alarm_strip([an_alarm()], a_source())
    assert len(of_class(strip, "is-none")) == 2
    assert not of_class(strip, "alarm-count--1")


def test_an_empty_list_says_so_everywhere() -> None:
    for drawn in (
        alarm_strip([], a_source()),
        urgent_list([], a_source(), SOURCES),
        far_alarm_strip([], a_source()),
        far_alarm_rows([], SOURCES),
    ):
        assert "Không có cảnh báo đang mở" in words(drawn)


def test_the_list_shows_five_and_says_of_how_many() -> None:
    drawn = urgent_list([an_alarm(number) for number in range(7)], a_source(), SOURCES)
    assert len(of_class(drawn, "alarm-row")) == 5
    assert "5 trong 7 cảnh báo đang mở" in words(drawn)


def test_an_alarm_whose_beginning_is_known_is_aged_by_the_browser() -> None:
    drawn = urgent_list([an_alarm(since_at=datetime(2026, 11, 23, 1, 0, tzinfo=UTC))], a_source(), SOURCES)
    assert [told(part, "since") for part in parts(drawn) if told(part, "since")] == [1795395600000]


def test_what_has_a_due_time_has_a_clock_that_the_browser_writes() -> None:
    due_at = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
    late = Alarm("report_overdue", Priority.HIGH, "PV", "Phú Vang", "Chờ lâu", due_at=due_at, source="field_reports")
    for drawn in (
        urgent_list([late], a_source(), SOURCES),
        far_alarm_rows([late], SOURCES),
        alarm_strip([late], a_source()),
    ):
        said = {(told(part, "say"), told(part, "due")) for part in parts(drawn) if told(part, "due")}
        assert said == {("clock", 1795395600000), ("words", 1795395600000)}


def test_each_row_is_as_old_as_what_it_is_judged_from() -> None:
    late = Alarm("report_overdue", Priority.HIGH, "PV", "Phú Vang", "Chờ lâu", source="field_reports")
    rows = of_class(urgent_list([late, an_alarm()], a_source(), SOURCES), "alarm-row")
    assert [told(row, "at") for row in rows] == [milliseconds(AT + timedelta(minutes=1)), milliseconds(AT)]


def test_the_far_list_shows_three_and_how_many_more() -> None:
    drawn = far_alarm_rows([an_alarm(number) for number in range(5)], SOURCES)
    assert len(of_class(drawn, "far-alarm")) == 3
    assert "còn 2 cảnh báo khác" in words(drawn)
    assert "khác" not in words(far_alarm_rows([an_alarm()], SOURCES))


def test_without_figures_to_judge_the_list_is_unknown_and_not_empty() -> None:
    for drawn in (
        alarm_strip(None, a_source()),
        urgent_list(None, a_source(), SOURCES),
        far_alarm_strip(None, a_source()),
        far_alarm_rows(None, SOURCES),
    ):
        shown = words(drawn)
        assert "chưa có số liệu để xét cảnh báo" in shown
        assert "0" not in shown and "Không có cảnh báo" not in shown


def test_alarms_age_with_the_figures_they_were_judged_from() -> None:
    for drawn in (
        alarm_strip([an_alarm()], a_source()),
        urgent_list([an_alarm()], a_source(), SOURCES),
        far_alarm_strip([an_alarm()], a_source()),
    ):
        assert told(drawn, "at")
    assert getattr(of_class(far_alarm_rows([an_alarm()], SOURCES), "far-alarm")[0], "data-at")


def test_directives_are_told_by_their_numbers_and_only_while_there_are_some() -> None:
    alarms = [an_alarm(number) for number in range(7)]
    assert "5 trong 7 cảnh báo · 3 chỉ đạo, 1 quá hạn" in words(
        urgent_list(alarms, a_source(), SOURCES, DirectiveCounts(open=3, due_soon=0, overdue=1, awaiting=0))
    )
    assert "chỉ đạo" not in words(urgent_list(alarms, a_source(), SOURCES, DirectiveCounts(0, 0, 0, 0)))
