"""The outbox: under any sequence of answers, silences and crashes nothing is lost, nothing of a subject overtakes."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from alarm_support import CAMERA, NOW, Engine
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from domain.alarms import AlarmStep, acknowledge, note
from domain.outbox import (
    BACK_OFF,
    JITTER_SHARE,
    LONGEST_ASKED_WAIT,
    Answer,
    Delivery,
    DeliveryState,
    EventKind,
    answered,
    begun,
    events_of_alarms,
    next_to_send,
    replayed,
)

REFUSING = [None, 400, 404, 408, 429, 500, 503, 302]


def a_delivery(number: int = 1, subject: str = "alarm/A", **changes: object) -> Delivery:
    return replace(Delivery(number, subject, DeliveryState.PENDING, 0, NOW), **changes)  # type: ignore[arg-type]


class OutboxLife(RuleBasedStateMachine):
    """One receiver, three subjects; the process dies before or after the receiver has taken what it was sent."""

    def __init__(self) -> None:
        super().__init__()
        self.now = NOW
        self.store: dict[int, Delivery] = {}
        self.taken: list[int] = []
        self.replays: set[int] = set()
        self.is_stopped = False

    @rule(subject=st.sampled_from(["alarm/A", "alarm/B", "source/cases"]))
    def something_happens(self, subject: str) -> None:
        number = len(self.store) + 1
        self.store[number] = Delivery(number, subject, DeliveryState.PENDING, 0, self.now)

    @rule(minutes=st.sampled_from([0, 1, 10, 200, 1500]))
    def time_passes(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    def begin(self) -> Delivery | None:
        chosen = None if self.is_stopped else next_to_send(self.store.values(), self.now)
        if chosen is not None:
            earlier = [
                one for one in self.store.values() if one.subject == chosen.subject and one.number < chosen.number
            ]
            assert all(one.state is not DeliveryState.PENDING for one in earlier)
            self.store[chosen.number] = begun(chosen)
        return chosen and self.store[chosen.number]

    def store_answer(self, sent: Delivery, answer: Answer, chance: float = 0.5) -> None:
        self.store[sent.number] = answered(sent, answer, self.now, chance)
        self.is_stopped = self.is_stopped or answer.is_gone

    @rule(status=st.sampled_from([200, 204]))
    def it_is_taken(self, status: int) -> None:
        if (sent := self.begin()) is not None:
            self.taken.append(sent.number)
            self.store_answer(sent, Answer(status))

    @rule(status=st.sampled_from(REFUSING), times=st.integers(1, 16), chance=st.floats(0, 1))
    def it_is_refused(self, status: int | None, times: int, chance: float) -> None:
        for _ in range(times):
            if (sent := self.begin()) is not None:
                self.store_answer(sent, Answer(status), chance)
            self.now += BACK_OFF[-1] * (1 + JITTER_SHARE)

    @rule()
    def the_process_dies_before_it_arrives(self) -> None:
        self.begin()

    @rule()
    def the_process_dies_after_it_was_taken(self) -> None:
        if (sent := self.begin()) is not None:
            self.taken.append(sent.number)

    @rule()
    def it_is_gone(self) -> None:
        if (sent := self.begin()) is not None:
            self.store_answer(sent, Answer(410))

    @rule()
    def a_person_lets_it_be_told_again(self) -> None:
        self.is_stopped = False

    @precondition(lambda self: any(one.state is DeliveryState.DEAD for one in self.store.values()))
    @rule()
    def a_person_replays_a_dead_letter(self) -> None:
        dead = next(one for one in self.store.values() if one.state is DeliveryState.DEAD)
        self.store[dead.number] = replayed(dead, self.now)
        self.replays.add(dead.number)

    @invariant()
    def nothing_of_a_subject_overtakes(self) -> None:
        first = [number for number in dict.fromkeys(self.taken) if number not in self.replays]
        for subject in {one.subject for one in self.store.values()}:
            own = [number for number in first if self.store[number].subject == subject]
            assert own == sorted(own)

    @invariant()
    def what_counts_as_delivered_was_taken(self) -> None:
        delivered = {one.number for one in self.store.values() if one.state is DeliveryState.DELIVERED}
        assert delivered <= set(self.taken)

    def teardown(self) -> None:
        """Whatever happened: once the receiver takes everything, all of it arrives, but what is dead."""
        self.is_stopped = False
        for _ in range(len(self.store) + 1):
            self.now += BACK_OFF[-1] * 2
            self.it_is_taken(200)
        left = {one.state for one in self.store.values()}
        assert DeliveryState.PENDING not in left
        dead = {one.number for one in self.store.values() if one.state is DeliveryState.DEAD}
        assert set(self.taken) | dead == set(self.store)


TestOutboxLife = OutboxLife.TestCase


def test_waits_grow_to_a_day_and_then_it_is_given_up() -> None:
    delivery, now, waits = a_delivery(), NOW, []
    while delivery.state is DeliveryState.PENDING:
        delivery = answered(begun(delivery), Answer(500, "lỗi"), now, 0.0)
        waits.append(delivery.next_attempt_at - now)
        now = delivery.next_attempt_at
    assert tuple(waits[:-1]) == BACK_OFF and BACK_OFF[-1] == timedelta(hours=24)
    assert (delivery.state, delivery.attempts, delivery.status) == (DeliveryState.DEAD, len(BACK_OFF) + 1, 500)
    assert list(BACK_OFF) == sorted(BACK_OFF)


@given(attempts=st.integers(1, len(BACK_OFF)), chance=st.floats(0, 1), asked=st.integers(0, 10**6))
def test_a_wait_is_that_of_the_table_with_a_little_chance_or_what_the_receiver_asks_for(
    attempts: int, chance: float, asked: int
) -> None:
    after = answered(a_delivery(attempts=attempts), Answer(503, "", timedelta(seconds=asked)), NOW, chance)
    table = BACK_OFF[attempts - 1]
    assert max(table, min(timedelta(seconds=asked), LONGEST_ASKED_WAIT)) <= after.next_attempt_at - NOW
    assert after.next_attempt_at - NOW <= max(table * (1 + JITTER_SHARE), LONGEST_ASKED_WAIT)


def test_the_earliest_of_a_subject_holds_up_only_its_own_subject() -> None:
    waiting = a_delivery(1, next_attempt_at=NOW + timedelta(hours=1))
    later, other = a_delivery(2), a_delivery(3, "alarm/B")
    assert next_to_send([waiting, later, other], NOW) == other
    assert next_to_send([replace(waiting, state=DeliveryState.DEAD), later, other], NOW) == later
    assert next_to_send([waiting, later], NOW) is None


def test_a_gone_receiver_costs_no_attempt() -> None:
    after = answered(begun(a_delivery(attempts=4)), Answer(410), NOW, 0.5)
    assert (after.state, after.attempts) == (DeliveryState.PENDING, 4)


def kinds(engine: Engine, now: datetime, *conditions: object) -> list[EventKind]:
    decision = engine.at(now, *conditions)  # type: ignore[arg-type]
    return [event.kind for event in events_of_alarms(decision.alarms, decision.records)]


def test_an_alarm_is_told_when_it_opens_changes_and_closes() -> None:
    engine = Engine(on_delay=timedelta(0))
    assert kinds(engine, NOW, CAMERA) == [EventKind.ALARM_OPENED]
    assert kinds(engine, NOW + timedelta(minutes=1), CAMERA) == []
    more = replace(CAMERA, members=("5", "6"))
    assert kinds(engine, NOW + timedelta(minutes=2), more) == [EventKind.ALARM_CHANGED]
    alarm = engine.standing[0]
    after, record = acknowledge(alarm, "truc", "Đã gọi ông Nguyễn Văn A", NOW + timedelta(minutes=3))
    told = events_of_alarms([after], [record])
    assert [event.kind for event in told] == [EventKind.ALARM_CHANGED]
    engine.keep(after, record)
    assert kinds(engine, NOW + timedelta(hours=3)) == []
    assert kinds(engine, NOW + timedelta(hours=5)) == [EventKind.ALARM_CLOSED]


def test_neither_a_note_nor_a_person_is_told() -> None:
    engine = Engine(on_delay=timedelta(0))
    engine.at(NOW, CAMERA)
    alarm = engine.standing[0]
    after, record = note(alarm, "truc", "Gọi bà B ở số 5", NOW)
    assert record.step is AlarmStep.NOTED
    assert events_of_alarms([after], [record]) == []
    after, record = acknowledge(alarm, "nguyen.van.a", "bà B", NOW)
    said = str(events_of_alarms([after], [record])[0])
    assert "bà B" not in said and "nguyen.van.a" not in said
