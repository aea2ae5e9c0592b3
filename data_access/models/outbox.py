"""What is told to other systems: who is told, what happened, and how far each telling is."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from data_access.models.base import Base
from data_access.types import BigKey, Code, Instant, Key, Name, Prose


class WebhookReceiverRow(Base):
    """A system that is told of events, with its sealed key. `groups` are codes of domain.outbox.EVENT_GROUPS, by
    commas; `failures` counts those in a row."""

    __tablename__ = "webhook_receiver"

    id: Mapped[Key]
    public_id: Mapped[Code] = mapped_column(unique=True)
    name: Mapped[Name]
    address: Mapped[Prose]
    secret: Mapped[Prose]
    groups: Mapped[Name]
    is_enabled: Mapped[bool]
    created_by: Mapped[Name]
    created_at: Mapped[Instant]
    retired_at: Mapped[Instant | None]
    last_success_at: Mapped[Instant | None]
    last_failure_at: Mapped[Instant | None]
    failures: Mapped[int]
    message: Mapped[Prose]


class OutboxEventRow(Base):
    """Something that happened, written in the transaction in which it happened; `facts` is JSON without a person."""

    __tablename__ = "outbox_event"
    __table_args__ = (Index(None, "happened_at"),)

    id: Mapped[Key]
    webhook_id: Mapped[Code] = mapped_column(unique=True)
    kind: Mapped[Code]
    subject: Mapped[Name]
    happened_at: Mapped[Instant]
    facts: Mapped[Prose]


class OutboxDeliveryRow(Base):
    """One event on its way to one receiver (its public id); `status` is the last HTTP status, empty without one."""

    __tablename__ = "outbox_delivery"
    __table_args__ = (
        Index(None, "receiver", "state", "subject", "id"),
        Index(None, "event_id"),
    )

    id: Mapped[Key]
    event_id: Mapped[int] = mapped_column(BigKey, ForeignKey("outbox_event.id"))
    receiver: Mapped[Code]
    subject: Mapped[Name]
    state: Mapped[Code]
    attempts: Mapped[int]
    next_attempt_at: Mapped[Instant]
    delivered_at: Mapped[Instant | None]
    status: Mapped[int | None]
    message: Mapped[Prose]
