"""Rows, strips and words of the sector's software: the unknown has no number, nothing is rounded up to whole."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from component_words import words

from components.software_desk import (
    HEIGHT,
    availability_strip,
    certificate_words,
    latency_words,
    percent_words,
    software_marks,
    span_words,
)
from components.software_panel import software_panel
from domain.freshness import FreshnessLimits, SourceFacts
from domain.software_systems import HealthState, MonthAvailability, SoftwareSystem, SystemStanding

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NOW = datetime(2026, 11, 24, 2, 40, tzinfo=UTC)
OWN_LIMITS = FreshnessLimits(timedelta(minutes=2), timedelta(minutes=5), timedelta(minutes=30))
MONTH = date(2026, 11, 1)


def heights(month: MonthAvailability) -> dict[str, float]:
    """Class -> height of the bars of one month."""
    drawn = availability_strip([month]).children.children
    return {bar.className.rpartition("--")[2]: float(bar.height) for bar in drawn}


@pytest.mark.parametrize(
    ("month", "told"),
    [
        (MonthAvailability(MONTH, up=30 * DAY), "100%"),
        (MonthAvailability(MONTH, up=30 * DAY - timedelta(seconds=1), down=timedelta(seconds=1)), "99,99%"),
        (MonthAvailability(MONTH, up=3 * DAY, down=DAY), "75,00%"),
        (MonthAvailability(MONTH, down=DAY), "0,00%"),
        (MonthAvailability(MONTH, unknown=30 * DAY), "chưa có số liệu"),
    ],
)
def test_only_a_whole_month_is_a_hundred_percent_and_nothing_known_is_no_number(
    month: MonthAvailability, told: str
) -> None:
    assert percent_words(month) == told


def test_a_short_outage_can_be_seen_and_the_bar_stays_a_bar() -> None:
    found = heights(MonthAvailability(MONTH, up=29 * DAY, down=HOUR, unknown=23 * HOUR))
    assert found["down"] == 2.5 and sum(found.values()) == pytest.approx(HEIGHT, abs=0.2)
    assert "work" not in found


def test_a_month_nobody_knows_is_one_empty_box() -> None:
    assert list(heights(MonthAvailability(MONTH, unknown=30 * DAY))) == ["unknown"]


def test_the_strip_says_its_numbers_aloud() -> None:
    months = [MonthAvailability(date(2026, 10, 1), unknown=DAY), MonthAvailability(MONTH, up=3 * DAY, down=DAY)]
    assert getattr(availability_strip(months), "aria-label") == "Sẵn sàng: tháng 11/2026 75,00%"
    assert getattr(availability_strip(months[:1]), "aria-label") == "Sẵn sàng: chưa có số liệu"


@pytest.mark.parametrize(
    ("span", "told"),
    [
        (timedelta(seconds=59), "dưới 1 phút"),
        (timedelta(minutes=12), "12 phút"),
        (timedelta(hours=5), "5 giờ"),
        (timedelta(hours=5, minutes=3), "5 giờ 3 phút"),
        (timedelta(days=3, hours=4, minutes=59), "3 ngày 4 giờ"),
    ],
)
def test_spans_are_told_in_two_parts(span: timedelta, told: str) -> None:
    assert span_words(span) == told


def test_latencies_and_certificates_are_told() -> None:
    assert latency_words(timedelta(milliseconds=35)) == "35 ms"
    assert latency_words(timedelta(milliseconds=1250)) == "1,3 giây"
    assert latency_words(None) == ""
    assert certificate_words(None, 14 * DAY, NOW) == "—"
    soon = certificate_words(NOW + 9 * DAY, 14 * DAY, NOW)
    assert (soon.children, soon.className) == ("còn 9 ngày", "is-bad")
    assert certificate_words(NOW, 14 * DAY, NOW).children == "đã hết hạn"


@pytest.mark.parametrize(
    ("state", "kind"),
    [
        (HealthState.ANSWERING, "up"),
        (HealthState.SLOW, "up"),
        (HealthState.REFUSED, "down"),
        (HealthState.CUT, "unknown"),
        (HealthState.UNKNOWN, "unknown"),
    ],
)
def test_a_mark_on_a_wall_says_its_state_by_shape_and_words(state: HealthState, kind: str) -> None:
    system = SoftwareSystem("email", "Thư điện tử", "Thư", "Bộ")
    standing = SystemStanding(system, (None,), state, None, "", None, None, None)  # type: ignore[arg-type]
    marks = software_marks([standing])
    assert f"software-mark--{kind}" in str(marks.to_plotly_json()) and "Thư điện tử" in words(marks)


@pytest.mark.parametrize(
    ("since", "told"),
    [
        (NOW - HOUR, "Không trả lời từ 08:40"),
        (NOW - 10 * HOUR, "Không trả lời từ 23:40 23/11"),
        (NOW - 20 * DAY, "Không trả lời từ 09:40 04/11"),
    ],
)
def test_an_outage_of_another_day_says_its_day_on_the_wall(since: datetime, told: str) -> None:
    system = SoftwareSystem("email", "Thư điện tử", "Thư", "Bộ")
    standing = SystemStanding(system, (None,), HealthState.SILENT, since, "", None, None, None)  # type: ignore[arg-type]
    source = SourceFacts("software", "Phần mềm", True, OWN_LIMITS, NOW)
    cell = software_panel("Phần mềm", "", [standing], source, NOW).children[-1].children[0]
    assert words(cell).endswith(told)
