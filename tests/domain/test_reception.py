"""Visits, queues, delegations, what cameras watched, the clocks of complaints: counts that add up, nothing made up."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reception_support import MINUTE, a_petition, a_visit

from domain.cameras import UP, CameraState, StateChange
from domain.deadlines import DeadlineRule, DeadlineUnit
from domain.reception import (
    Monitoring,
    PetitionKind,
    PetitionSubject,
    ReceptionLimits,
    VisitState,
    monitoring_of,
    petition_counts,
    petition_due_on,
    reception_day,
)
from domain.reception_alarms import delegation_alarms, petition_alarms, queue_alarms

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
TODAY = date(2026, 11, 24)
LIMITS = ReceptionLimits(timedelta(minutes=20), 5, timedelta(hours=2))
NAMES = {"PHUVANG": "Phú Vang", "ALUOI": "A Lưới"}


def changes(*pairs: tuple[int, CameraState]) -> list[StateChange]:
    """State changes at so many minutes from NOW."""
    return [StateChange(NOW + minutes * MINUTE, state) for minutes, state in pairs]


@pytest.mark.parametrize(
    ("cameras", "watched"),
    [
        ([], Monitoring.NO),
        ([[]], Monitoring.UNKNOWN),
        ([changes((-9, CameraState.WORKING))], Monitoring.YES),
        ([changes((-9, CameraState.IMPAIRED))], Monitoring.YES),
        ([changes((-9, CameraState.LOST))], Monitoring.NO),
        ([changes((-9, CameraState.WORKING), (5, CameraState.LOST), (6, CameraState.WORKING))], Monitoring.NO),
        ([changes((-9, CameraState.WORKING), (5, CameraState.UNKNOWN))], Monitoring.UNKNOWN),
        # Two cameras of the room take over from each other.
        (
            [
                changes((-9, CameraState.WORKING), (5, CameraState.LOST)),
                changes((-9, CameraState.LOST), (4, CameraState.WORKING)),
            ],
            Monitoring.YES,
        ),
        # Before and after the visit does not matter.
        ([changes((-9, CameraState.LOST), (-1, CameraState.WORKING), (11, CameraState.LOST))], Monitoring.YES),
    ],
)
def test_a_visit_is_watched_only_if_a_camera_worked_at_every_moment(
    cameras: list[list[StateChange]], watched: Monitoring
) -> None:
    assert monitoring_of(NOW, NOW + 10 * MINUTE, cameras) is watched


@given(
    st.lists(
        st.lists(
            st.tuples(st.integers(-3, 12), st.sampled_from(list(CameraState))), max_size=6, unique_by=lambda x: x[0]
        ),
        min_size=1,
        max_size=3,
    ),
    st.integers(0, 10),
)
def test_watching_agrees_with_looking_at_every_minute(pairs: list[list[tuple[int, CameraState]]], lasts: int) -> None:
    cameras = [changes(*own) for own in pairs]

    def state_at(own: list[tuple[int, CameraState]], minute: int) -> CameraState:
        before = [pair for pair in sorted(own, key=lambda pair: pair[0]) if pair[0] <= minute]
        return before[-1][1] if before else CameraState.UNKNOWN

    verdicts = set()
    for minute in range(max(lasts, 1)):
        states = {state_at(own, minute) for own in pairs}
        is_seen = bool(states & UP)
        verdicts.add("yes" if is_seen else "unknown" if CameraState.UNKNOWN in states else "no")
    expected = "no" if "no" in verdicts else "unknown" if "unknown" in verdicts else "yes"
    assert monitoring_of(NOW, NOW + lasts * MINUTE, cameras).value == expected


def test_a_day_adds_up_and_a_unit_that_never_sent_anything_is_unknown() -> None:
    visits = [
        (a_visit(NOW - 90 * MINUTE, 8, people=3, matters=2), Monitoring.YES),
        (a_visit(NOW - 80 * MINUTE, 16, is_leader=True), Monitoring.NO),
        (a_visit(NOW - 60 * MINUTE, 30), Monitoring.UNKNOWN),
        (a_visit(NOW - 20 * MINUTE, None), Monitoring.UNKNOWN),
        (a_visit(NOW - 3 * MINUTE, None), Monitoring.UNKNOWN),
        (a_visit(NOW - 40 * MINUTE, None, ended_at=NOW - 30 * MINUTE), Monitoring.UNKNOWN),
    ]
    day = reception_day({"PHUVANG": True, "ALUOI": False, "PHULOC": True}, visits, LIMITS, NOW)
    assert day.units["ALUOI"] is None and day.known_units == 2
    empty = day.units["PHULOC"]
    assert empty is not None and empty.received == 0 and empty.median_wait is None
    counts = day.total
    assert counts is not None and counts == day.units["PHUVANG"]
    assert (counts.tickets, counts.received, counts.waiting, counts.waiting_long) == (6, 3, 2, 1)
    assert counts.median_wait == 16 * MINUTE and counts.longest_since == NOW - 20 * MINUTE
    assert (counts.people, counts.matters, counts.by_leader) == (5, 4, 1)
    assert (counts.watched, counts.unwatched, counts.unknown) == (1, 1, 1)
    # The next to wait for too long is known before it happens.
    assert day.changes_at == NOW + 17 * MINUTE
    (alarm,) = queue_alarms(day, NAMES)
    assert (alarm.unit_name, alarm.measure, alarm.since_at) == ("Phú Vang", 1, NOW - 20 * MINUTE)


def test_nothing_known_of_any_unit_is_no_total() -> None:
    day = reception_day({"PHUVANG": False}, [], LIMITS, NOW)
    assert day.total is None and queue_alarms(day, NAMES) == delegation_alarms(day, NAMES) == []


@given(
    st.lists(
        st.tuples(st.integers(0, 400), st.none() | st.integers(0, 90), st.none() | st.integers(0, 90)), max_size=20
    )
)
def test_every_ticket_is_in_exactly_one_state(lives: list[tuple[int, int | None, int | None]]) -> None:
    visits = [(a_visit(NOW - ago * MINUTE, waited, took), Monitoring.UNKNOWN) for ago, waited, took in lives]
    counts = reception_day({"PHUVANG": True}, visits, LIMITS, NOW).total
    assert counts is not None
    left = sum(visit.state is VisitState.LEFT for visit, _ in visits)
    assert counts.received + counts.waiting + left == counts.tickets == len(lives)
    assert counts.waiting_long <= counts.waiting and counts.unknown == counts.received


def test_a_delegation_is_urgent_until_its_visit_ends() -> None:
    crowd = a_visit(NOW - 30 * MINUTE, None, people=15)
    day = reception_day({"PHUVANG": True}, [(crowd, Monitoring.UNKNOWN)], LIMITS, NOW)
    (alarm,) = delegation_alarms(day, NAMES)
    assert alarm.title == "Đoàn đông người, 15 người" and alarm.due_at == NOW + 90 * MINUTE
    served = a_visit(NOW - 30 * MINUTE, 5, 10, people=15)
    after = reception_day({"PHUVANG": True}, [(served, Monitoring.YES)], LIMITS, NOW)
    assert len(after.delegations) == 1 and delegation_alarms(after, NAMES) == []
    four = reception_day({"PHUVANG": True}, [(a_visit(NOW, None, people=4), Monitoring.YES)], LIMITS, NOW)
    assert four.delegations == ()


def a_rule(code: str, days: int, **changes: object) -> DeadlineRule:
    """A term in days, in force since July."""
    values = {
        "code": code,
        "name": code,
        "quantity": days,
        "unit": DeadlineUnit.DAYS,
        "note": "",
        "counted_from": "thụ lý",
        "legal_basis": "",
        "valid_from": date(2026, 7, 1),
        "valid_to": None,
        "status": "",
    }
    return DeadlineRule(**{**values, **changes})  # type: ignore[arg-type]


RULES = [a_rule("D48", 15), a_rule("D50", 30, is_sample=True), a_rule("D51", 60)]


def test_petitions_are_counted_by_the_time_they_have_left() -> None:
    petitions = [
        a_petition(TODAY - timedelta(days=5)),
        a_petition(TODAY - timedelta(days=22)),
        a_petition(TODAY - timedelta(days=40)),
        a_petition(TODAY - timedelta(days=20), subject=PetitionSubject.SECURING),
        a_petition(TODAY - timedelta(days=20), instance=2),
        a_petition(TODAY - timedelta(days=20), instance=2, due_on=TODAY),
        a_petition(TODAY - timedelta(days=20), kind=PetitionKind.DENUNCIATION),
        a_petition(TODAY - timedelta(days=30), resolved_on=TODAY - timedelta(days=1)),
        a_petition(date(2025, 8, 1), resolved_on=date(2025, 9, 30)),
    ]
    counts = petition_counts(petitions, RULES, date(2026, 10, 1), TODAY)
    assert (counts.later, counts.soon, counts.overdue, counts.without_rule) == (2, 2, 1, 2)
    assert counts.open == 7 and counts.resolved == 1 and counts.is_sample
    (alarm,) = petition_alarms({"PHUVANG": counts, "ALUOI": petition_counts([], RULES, TODAY, TODAY)}, NAMES)
    assert (alarm.measure, alarm.measure_words) == (1, "đơn")


def test_without_a_rule_in_force_nobody_says_a_petition_is_in_time() -> None:
    petition = a_petition(TODAY - timedelta(days=300))
    assert petition_due_on(petition, [], TODAY) is None
    counts = petition_counts([petition], [a_rule("D50", 30, valid_to=date(2026, 7, 31))], TODAY, TODAY)
    assert counts.without_rule == counts.open == 1 and counts.overdue == 0
