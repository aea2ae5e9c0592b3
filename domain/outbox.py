"""Events that leave the house as signed webhooks: which there are, their order, their back-off, when one is given up.

Pure: what was answered goes in, what is to be done comes out. At least once: an event whose answer was never seen is
sent again under the same id, by which the receiver knows it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from domain.alarms import Alarm, AlarmRecord, AlarmState, AlarmStep
from domain.city_alerts import SOURCE as CITY_ALERTS

SUCCESS = range(200, 300)
GONE = 410
BUSY = frozenset({429, 503})
# Seconds, minutes, hours: short cuts are over within seconds, the last wait is a day. UNVERIFIED for any one receiver.
BACK_OFF = tuple(
    timedelta(seconds=seconds)
    for seconds in (5, 15, 30, 60, 120, 300, 600, 1800, 3600, 3 * 3600, 6 * 3600, 12 * 3600, 24 * 3600)
)
# A little chance, so that many do not come back at one moment; the share of a wait that it may add.
JITTER_SHARE = 0.1
LONGEST_ASKED_WAIT = timedelta(hours=1)
MOST_RECEIVERS = 10


class EventKind(StrEnum):
    """Loại sự kiện gửi ra ngoài; the values are the `type` of the payload."""

    ALARM_OPENED = "alarm.opened"
    ALARM_CHANGED = "alarm.changed"
    ALARM_CLOSED = "alarm.closed"
    SOURCE_LOST = "source.lost"
    SOURCE_BACK = "source.back"
    PERIOD_CLOSED = "period.closed"
    PERIOD_CORRECTED = "period.corrected"


EVENT_NAMES: Mapping[EventKind, str] = {
    EventKind.ALARM_OPENED: "Cảnh báo mới",
    EventKind.ALARM_CHANGED: "Cảnh báo thay đổi",
    EventKind.ALARM_CLOSED: "Cảnh báo đã đóng",
    EventKind.SOURCE_LOST: "Mất nguồn dữ liệu",
    EventKind.SOURCE_BACK: "Nguồn dữ liệu trở lại",
    EventKind.PERIOD_CLOSED: "Chốt kỳ báo cáo",
    EventKind.PERIOD_CORRECTED: "Đính chính kỳ đã chốt",
}
# What a person subscribes to; a correction belongs to the periods.
EVENT_GROUPS: Mapping[str, tuple[str, frozenset[EventKind]]] = {
    "alarm": ("Cảnh báo", frozenset({EventKind.ALARM_OPENED, EventKind.ALARM_CHANGED, EventKind.ALARM_CLOSED})),
    "source": ("Nguồn dữ liệu", frozenset({EventKind.SOURCE_LOST, EventKind.SOURCE_BACK})),
    "period": ("Kỳ báo cáo", frozenset({EventKind.PERIOD_CLOSED, EventKind.PERIOD_CORRECTED})),
}


class DeliveryState(StrEnum):
    """Trạng thái của một lần gửi tới một nơi nhận."""

    PENDING = "pending"
    DELIVERED = "delivered"
    DEAD = "dead"


DELIVERY_NAMES: Mapping[DeliveryState, str] = {
    DeliveryState.PENDING: "đang chờ gửi",
    DeliveryState.DELIVERED: "đã gửi",
    DeliveryState.DEAD: "không gửi được",
}


@dataclass(frozen=True, slots=True)
class OutboxEvent:
    """Sự kiện: something that happened, to be told outside. `subject` is what order is kept for ('alarm/ID'); `facts`
    are codes, numbers and instants as text, never a note and never a name of a person."""

    kind: EventKind
    subject: str
    happened_at: datetime
    facts: Mapping[str, str | int | None]


@dataclass(frozen=True, slots=True)
class Delivery:
    """Lượt gửi: one event on its way to one receiver. `number` grows in the order in which things happened; `attempts`
    counts those begun; `status` is the last HTTP status, None where there was no answer."""

    number: int
    subject: str
    state: DeliveryState
    attempts: int
    next_attempt_at: datetime
    delivered_at: datetime | None = None
    status: int | None = None
    message: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """Trả lời: what became of one attempt. `status` None: no answer; `retry_after` what the receiver asks for;
    `message` Vietnamese words for the page."""

    status: int | None
    message: str = ""
    retry_after: timedelta | None = None

    @property
    def is_taken(self) -> bool:
        """Whether the receiver said that it has the event."""
        return self.status in SUCCESS

    @property
    def is_gone(self) -> bool:
        """Whether the receiver wants nothing more (410): it is stopped, and what waits for it stays."""
        return self.status == GONE


def next_to_send(pending: Iterable[Delivery], now: datetime) -> Delivery | None:
    """What one receiver is sent next: of each subject only the earliest that is pending, of those that are due the
    one that happened first; None when nothing is due."""
    heads: dict[str, Delivery] = {}
    for one in pending:
        if one.state is DeliveryState.PENDING and (one.subject not in heads or one.number < heads[one.subject].number):
            heads[one.subject] = one
    due = [one for one in heads.values() if one.next_attempt_at <= now]
    return min(due, key=lambda one: one.number, default=None)


def begun(delivery: Delivery) -> Delivery:
    """The delivery as it is stored before the network is asked: were the process to die, it is still due."""
    return replace(delivery, attempts=delivery.attempts + 1)


def answered(delivery: Delivery, answer: Answer, now: datetime, chance: float) -> Delivery:
    """What becomes of a delivery after an attempt; `chance` from 0 to 1.

    Taken: delivered. Anything else waits by the table, longer where the receiver asks for it, and is dead once the last
    wait of the table was in vain. A receiver that is gone costs no attempt: it is stopped, and this stays pending.
    """
    after = replace(delivery, status=answer.status, message=answer.message)
    if answer.is_taken:
        return replace(after, state=DeliveryState.DELIVERED, delivered_at=now)
    if answer.is_gone:
        return replace(after, attempts=max(0, delivery.attempts - 1), next_attempt_at=now)
    if delivery.attempts > len(BACK_OFF):
        return replace(after, state=DeliveryState.DEAD)
    wait = BACK_OFF[max(0, delivery.attempts - 1)] * (1 + JITTER_SHARE * chance)
    asked = min(answer.retry_after or timedelta(0), LONGEST_ASKED_WAIT)
    return replace(after, next_attempt_at=now + max(wait, asked))


def replayed(delivery: Delivery, now: datetime) -> Delivery:
    """A dead delivery that a person sends again: due now, with all its attempts before it."""
    return replace(delivery, state=DeliveryState.PENDING, attempts=0, next_attempt_at=now)


def events_of_alarms(alarms: Sequence[Alarm], records: Sequence[AlarmRecord]) -> list[OutboxEvent]:
    """What is told of one decision or one answer: opened, changed, closed, in this order, of each alarm.

    Changed is what moved the state or what stands behind it; a note, a call and who it was given to are told to nobody.
    Nor is what the city itself warned of: it would come back as a new warning.
    """
    told: list[OutboxEvent] = []
    by_id = {alarm.public_id: alarm for alarm in alarms if alarm.source != CITY_ALERTS}
    for public_id in dict.fromkeys(record.alarm for record in records if record.alarm in by_id):
        own = [record for record in records if record.alarm == public_id]
        alarm = by_id[public_id]
        is_new = any(one.step is AlarmStep.RAISED and one.from_state is AlarmState.NORMAL for one in own)
        is_over = any(one.to_state is AlarmState.NORMAL and one.from_state is not AlarmState.NORMAL for one in own)
        if is_new:
            told.append(_of_alarm(EventKind.ALARM_OPENED, alarm, own[0].at))
        if is_over:
            told.append(_of_alarm(EventKind.ALARM_CLOSED, alarm, own[-1].at))
        if not is_new and not is_over and any(_is_change(one) for one in own):
            told.append(_of_alarm(EventKind.ALARM_CHANGED, alarm, own[-1].at))
    return told


def _is_change(record: AlarmRecord) -> bool:
    return record.from_state is not record.to_state or record.step is AlarmStep.CHANGED


def _of_alarm(kind: EventKind, alarm: Alarm, at: datetime) -> OutboxEvent:
    facts: dict[str, str | int | None] = {
        "id": alarm.public_id,
        "kind": alarm.rule,
        "priority": int(alarm.priority),
        "state": alarm.state.value,
        "unit": alarm.unit,
        "source": alarm.source,
        "revision": alarm.revision,
        "raised_at": _instant(alarm.raised_at),
        "acknowledged_at": _instant(alarm.acknowledged_at),
        "closed_at": _instant(alarm.closed_at),
    }
    return OutboxEvent(kind, f"alarm/{alarm.public_id}", at, facts)


def event_of_source(kind: EventKind, name: str, lost_at: datetime | None, now: datetime) -> OutboxEvent:
    """A source was lost or is back; why is not told, because a reason may name a machine."""
    return OutboxEvent(kind, f"source/{name}", now, {"id": name, "lost_at": _instant(lost_at)})


def event_of_period(code: str, version: int, sha256: str, closed_at: datetime) -> OutboxEvent:
    """A period was closed (version 1) or corrected; who did it is not told."""
    kind = EventKind.PERIOD_CLOSED if version == 1 else EventKind.PERIOD_CORRECTED
    facts: dict[str, str | int | None] = {
        "id": code,
        "version": version,
        "sha256": sha256,
        "closed_at": _instant(closed_at),
    }
    return OutboxEvent(kind, f"period/{code}", closed_at, facts)


def _instant(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat(timespec="seconds")
