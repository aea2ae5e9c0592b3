"""The outbox of signed webhooks: events are written in the transaction of what happened, deliveries go through states.

Nothing here opens a network; a question about receivers takes the principal, what only the worker asks does not.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, delete, exists, func, select, update
from sqlalchemy.orm import Session

from access.principal import Principal
from data_access.models.outbox import OutboxDeliveryRow, OutboxEventRow, WebhookReceiverRow
from data_access.scope import NotFound
from data_access.versions import bump_version
from data_access.webhook_receivers import TOPIC, Receiver
from domain.outbox import EVENT_GROUPS, Answer, Delivery, DeliveryState, EventKind, OutboxEvent, begun, replayed
from domain.permissions import Permission

PENDING = DeliveryState.PENDING.value


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A delivery with what is to be said; `webhook_id` is the same at every attempt and at every receiver."""

    delivery: Delivery
    webhook_id: str
    event: OutboxEvent


@dataclass(frozen=True, slots=True)
class Queue:
    """How a receiver's queue stands: what waits and since when, what is dead, what was delivered since a moment."""

    waiting: int = 0
    oldest_at: datetime | None = None
    dead: int = 0
    delivered: int = 0


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """An event that a receiver did not take."""

    receiver: str
    webhook_id: str
    kind: EventKind
    subject: str
    happened_at: datetime
    attempts: int
    message: str


def save_events(session: Session, events: Iterable[OutboxEvent], now: datetime) -> None:
    """Queue what happened for whoever is told of it, inside the caller's writing transaction; for nobody, nothing."""
    told = list(events)
    if not told:
        return
    row = WebhookReceiverRow
    living = session.execute(select(row.public_id, row.groups).where(row.is_enabled, row.retired_at.is_(None)))
    wanted = {public_id: _kinds_of(groups) for public_id, groups in living}
    is_any = False
    for event in told:
        receivers = sorted(public_id for public_id, kinds in wanted.items() if event.kind in kinds)
        if receivers:
            _save_event(session, event, receivers, now)
            is_any = True
    if is_any:
        session.flush()
        bump_version(session, TOPIC, now)


def next_outgoing(session: Session, receiver: str, now: datetime) -> Outgoing | None:
    """What a receiver is sent next, by the rule of domain.outbox.next_to_send asked of the database."""
    return _first(session, _due(receiver, now))


def claim_outgoing(session: Session, receiver: str, now: datetime) -> Outgoing | None:
    """The same, written down as begun, inside the caller's writing transaction."""
    found = next_outgoing(session, receiver, now)
    if found is None:
        return None
    delivery = begun(found.delivery)
    row = OutboxDeliveryRow
    session.execute(update(row).where(row.id == delivery.number).values(attempts=delivery.attempts))
    return Outgoing(delivery, found.webhook_id, found.event)


def save_answered(session: Session, receiver: Receiver, delivery: Delivery, answer: Answer, now: datetime) -> None:
    """Store what became of an attempt, and what it says of the receiver; one that is gone is stopped.

    The first success after failures makes everything that waits for this receiver due: it is back.
    """
    row = OutboxDeliveryRow
    session.execute(
        update(row)
        .where(row.id == delivery.number, row.state == PENDING)
        .values(
            state=delivery.state.value,
            attempts=delivery.attempts,
            next_attempt_at=delivery.next_attempt_at,
            delivered_at=delivery.delivered_at,
            status=delivery.status,
            message=delivery.message,
        )
    )
    save_receiver_answer(session, receiver.public_id, answer, now)


def save_receiver_answer(session: Session, receiver: str, answer: Answer, now: datetime) -> None:
    """What an answer, also to a test, says of a receiver."""
    row = WebhookReceiverRow
    known = session.scalar(select(row).where(row.public_id == receiver).with_for_update())
    if known is None:
        return
    if answer.is_taken:
        if known.failures:
            _wake(session, receiver, now)
        known.last_success_at, known.failures, known.message = now, 0, ""
    else:
        known.last_failure_at, known.message = now, answer.message
        known.failures += 1
        if answer.is_gone:
            known.is_enabled = False
    session.flush()
    bump_version(session, TOPIC, now)


def queues(session: Session, principal: Principal, since: datetime) -> Mapping[str, Queue]:
    """By receiver: its queue, and what it took since then; receivers without any delivery are absent. SEE_SOURCES."""
    principal.require(Permission.SEE_SOURCES)
    row, event = OutboxDeliveryRow, OutboxEventRow
    counted = select(row.receiver, row.state, func.count(), func.min(event.happened_at)).join(
        event, event.id == row.event_id
    )
    counted = counted.where((row.state != DeliveryState.DELIVERED.value) | (row.delivered_at >= since))
    found: dict[str, dict[str, tuple[int, datetime]]] = {}
    for receiver, state, count, oldest_at in session.execute(counted.group_by(row.receiver, row.state)):
        found.setdefault(receiver, {})[state] = (count, oldest_at)
    return {receiver: _queue(states) for receiver, states in found.items()}


def dead_letters(session: Session, principal: Principal, limit: int) -> list[DeadLetter]:
    """What was given up, of receivers that still are, newest first. Needs SEE_SOURCES."""
    principal.require(Permission.SEE_SOURCES)
    row, event, receiver = OutboxDeliveryRow, OutboxEventRow, WebhookReceiverRow
    question = (
        select(row, event)
        .join(event, event.id == row.event_id)
        .join(receiver, receiver.public_id == row.receiver)
        .where(row.state == DeliveryState.DEAD.value, receiver.retired_at.is_(None))
        .order_by(row.id.desc())
        .limit(limit)
    )
    return [
        DeadLetter(
            sent.receiver,
            told.webhook_id,
            EventKind(told.kind),
            told.subject,
            told.happened_at,
            sent.attempts,
            sent.message,
        )
        for sent, told in session.execute(question)
    ]


def save_replayed(session: Session, principal: Principal, receiver: str, webhook_id: str, now: datetime) -> None:
    """Put a dead letter back into its queue; needs ADMINISTER, raises NotFound where it is not dead (any more)."""
    principal.require(Permission.ADMINISTER)
    row, event = OutboxDeliveryRow, OutboxEventRow
    found = session.scalar(
        select(row)
        .join(event, event.id == row.event_id)
        .where(row.receiver == receiver, event.webhook_id == webhook_id, row.state == DeliveryState.DEAD.value)
    )
    if found is None:
        raise NotFound(webhook_id)
    again = replayed(_delivery(found), now)
    found.state, found.attempts, found.next_attempt_at = again.state.value, again.attempts, again.next_attempt_at
    session.flush()
    bump_version(session, TOPIC, now)


def thin_outbox(session: Session, delivered_before: datetime, dead_before: datetime) -> None:
    """Forget what was delivered, or given up, long ago; what waits stays however old it is."""
    row, event = OutboxDeliveryRow, OutboxEventRow
    old = select(event.id).where(event.happened_at < dead_before)
    session.execute(delete(row).where(row.state == DeliveryState.DELIVERED.value, row.delivered_at < delivered_before))
    session.execute(delete(row).where(row.state == DeliveryState.DEAD.value, row.event_id.in_(old)))
    session.execute(delete(event).where(~exists().where(row.event_id == event.id)))


def _save_event(session: Session, event: OutboxEvent, receivers: list[str], now: datetime) -> None:
    told = OutboxEventRow(
        webhook_id="msg_" + secrets.token_urlsafe(18),
        kind=event.kind.value,
        subject=event.subject,
        happened_at=event.happened_at,
        facts=json.dumps(dict(event.facts), ensure_ascii=False, sort_keys=True),
    )
    session.add(told)
    session.flush()
    session.add_all(
        OutboxDeliveryRow(
            event_id=told.id,
            receiver=receiver,
            subject=event.subject,
            state=PENDING,
            attempts=0,
            next_attempt_at=now,
            message="",
        )
        for receiver in receivers
    )


def _due(receiver: str, now: datetime) -> Select[OutboxDeliveryRow, OutboxEventRow]:
    row, event = OutboxDeliveryRow, OutboxEventRow
    heads = select(func.min(row.id)).where(row.receiver == receiver, row.state == PENDING).group_by(row.subject)
    question = select(row, event).join(event, event.id == row.event_id)
    return question.where(row.id.in_(heads), row.next_attempt_at <= now).order_by(row.id).limit(1)


def _first(session: Session, question: Select[OutboxDeliveryRow, OutboxEventRow]) -> Outgoing | None:
    found = session.execute(question).first()
    if found is None:
        return None
    sent, told = found
    event = OutboxEvent(EventKind(told.kind), told.subject, told.happened_at, json.loads(told.facts))
    return Outgoing(_delivery(sent), told.webhook_id, event)


def _delivery(row: OutboxDeliveryRow) -> Delivery:
    return Delivery(
        number=row.id,
        subject=row.subject,
        state=DeliveryState(row.state),
        attempts=row.attempts,
        next_attempt_at=row.next_attempt_at,
        delivered_at=row.delivered_at,
        status=row.status,
        message=row.message,
    )


def _wake(session: Session, receiver: str, now: datetime) -> None:
    row = OutboxDeliveryRow
    waits = (row.receiver == receiver, row.state == PENDING, row.next_attempt_at > now)
    session.execute(update(row).where(*waits).values(next_attempt_at=now))


def _queue(states: Mapping[str, tuple[int, datetime]]) -> Queue:
    waiting = states.get(PENDING)
    return Queue(
        waiting=waiting[0] if waiting else 0,
        oldest_at=waiting[1] if waiting else None,
        dead=states.get(DeliveryState.DEAD.value, (0, None))[0],
        delivered=states.get(DeliveryState.DELIVERED.value, (0, None))[0],
    )


def _kinds_of(groups: str) -> frozenset[EventKind]:
    return frozenset(kind for group in groups.split(",") if group in EVENT_GROUPS for kind in EVENT_GROUPS[group][1])
