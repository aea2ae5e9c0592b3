"""Duty: when a shift is overdue, what a hand-over says, and that no standing alarm is left out of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.alarms import Alarm, AlarmState, Priority
from domain.directives import Directive, DirectiveOrigin
from domain.duty import DutyLimits, DutyShift, facts_handed_over, span_words
from domain.freshness import AgesBy, Freshness, FreshnessLimits, SourceFacts
from domain.local_time import since_words

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
LIMITS = DutyLimits(12 * HOUR)
SHIFT = DutyShift("S", "truc", "o", "", NOW - 8 * HOUR)
ALARM = Alarm(
    "camera_link", Priority.HIGH, "PHULOC", "Phú Lộc", "Camera mất tín hiệu", public_id="A",
    state=AlarmState.ACKNOWLEDGED, raised_at=NOW - HOUR, acknowledged_at=NOW - HOUR, acknowledged_by="truc",
)  # fmt: skip
FRESH = FreshnessLimits(timedelta(minutes=1), timedelta(minutes=10), HOUR)
STANDING = [state for state in AlarmState if state is not AlarmState.NORMAL]


def test_a_shift_is_overdue_only_after_its_limit_and_never_once_handed_over() -> None:
    assert not SHIFT.is_overdue(NOW + 4 * HOUR, LIMITS)
    assert SHIFT.is_overdue(NOW + 4 * HOUR + timedelta(seconds=1), LIMITS)
    assert not replace(SHIFT, ended_at=NOW).is_overdue(NOW + 9 * HOUR, LIMITS)


def test_a_shift_nobody_handed_over_counts_up_to_its_limit_only() -> None:
    assert SHIFT.counted_until(NOW, LIMITS) == NOW
    assert SHIFT.counted_until(NOW + 40 * HOUR, LIMITS) == NOW + 4 * HOUR
    assert replace(SHIFT, ended_at=NOW - HOUR).counted_until(NOW, LIMITS) == NOW - HOUR


def test_a_sheet_says_what_stands_with_its_owner_and_what_troubles() -> None:
    shelved = replace(
        ALARM, public_id="B", state=AlarmState.SHELVED, shelved_until=NOW + HOUR, shelved_reason="Bảo trì",
        assigned_to="PHULOC",
    )  # fmt: skip
    again = replace(ALARM, public_id="C", state=AlarmState.UNACKNOWLEDGED)
    sources = [
        SourceFacts(name, name, configured, FRESH, last_success_at=at, ages_by=AgesBy.ANSWER)
        for name, configured, at in (
            ("live", True, NOW), ("late", True, NOW - timedelta(minutes=5)), ("old", True, NOW - HOUR / 2),
            ("lost", True, NOW - 2 * HOUR), ("none", False, None),
        )
    ]  # fmt: skip
    asked = Directive("D", "PHULOC", "Rà soát", "", DirectiveOrigin.THOUGHT, "", NOW, "lanhdao", date(2026, 11, 23))
    far = replace(asked, public_id="E", due_on=date(2026, 12, 23))
    facts = facts_handed_over(
        [ALARM, shelved, again], [], 0, sources, [far, asked], ["b", "a"], {"PHULOC": "Phú Lộc"}, NOW
    )
    assert [(each.public_id, each.owner, each.acknowledged_at) for each in facts.alarms] == [
        ("A", "truc", NOW - HOUR),
        ("C", "truc", None),
    ]
    assert [(each.reason, each.until_at, each.owner) for each in facts.shelved] == [("Bảo trì", NOW + HOUR, "Phú Lộc")]
    assert [(each.title, each.freshness) for each in facts.sources] == [
        ("old", Freshness.STALE),
        ("lost", Freshness.LOST),
    ]
    assert [(each.public_id, each.is_overdue) for each in facts.directives] == [("D", True)]
    assert facts.others_on == ("a", "b")
    assert facts.priorities[Priority.HIGH] == 2


@given(st.lists(st.sampled_from(STANDING), max_size=450))
def test_every_standing_alarm_is_in_exactly_one_part_and_counts_are_never_cut(states: list[AlarmState]) -> None:
    standing = [replace(ALARM, public_id=str(number), state=state) for number, state in enumerate(states)]
    facts = facts_handed_over(standing, [], 0, [], [], [], {}, NOW)
    assert facts.alarm_count + facts.shelved_count + facts.suppressed == len(states)
    listed = [each.public_id for each in (*facts.alarms, *facts.shelved)]
    assert len(listed) == len(set(listed))
    assert len(facts.alarms) == min(facts.alarm_count, 200) and len(facts.shelved) == min(facts.shelved_count, 200)


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(-5, "dưới 1 phút"), (0.5, "dưới 1 phút"), (5, "5 phút"), (60, "1 giờ"), (125, "2 giờ 05 phút"),
     (1440, "1 ngày"), (76 * 60 + 10, "3 ngày 4 giờ")],
)  # fmt: skip
def test_a_span_is_said_in_whole_units(minutes: float, words: str) -> None:
    assert span_words(timedelta(minutes=minutes)) == words


def test_since_when_names_the_day_only_when_it_is_another() -> None:
    assert since_words(NOW - 8 * HOUR, NOW) == "07:00"
    assert since_words(NOW - 17 * HOUR, NOW) == "22:00 23/11"
