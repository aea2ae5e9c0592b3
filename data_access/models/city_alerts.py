"""Warnings of the city's monitoring centre, message by message."""

from __future__ import annotations

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from data_access.models.base import Base
from data_access.types import Code, Instant, Key, Name, Prose


class CityAlertRow(Base):
    """One message. `origin` is 'feed' or the public id of the sender that pushed it: only the same origin can take its
    place. `areas` and `units` are JSON; `headline`, `description`, `instruction` are for a desk, never for a wall."""

    __tablename__ = "city_alert"
    __table_args__ = (
        UniqueConstraint("origin", "sender", "identifier"),
        Index(None, "sent_at"),
        Index(None, "is_placed"),
    )

    id: Mapped[Key]
    public_id: Mapped[Code] = mapped_column(unique=True)
    origin: Mapped[Code]
    came_by: Mapped[Name]
    sender: Mapped[Name]
    identifier: Mapped[Name]
    sent_at: Mapped[Instant]
    message: Mapped[Code]
    kind: Mapped[Code]
    severity: Mapped[Code]
    headline: Mapped[Name]
    description: Mapped[Prose]
    instruction: Mapped[Prose]
    onset_at: Mapped[Instant | None]
    expires_at: Mapped[Instant | None]
    areas: Mapped[Prose]
    is_exercise: Mapped[bool]
    is_past: Mapped[bool]
    received_at: Mapped[Instant]
    units: Mapped[Prose]
    is_placed: Mapped[bool]
    ended_at: Mapped[Instant | None]


class CityAlertReplacedRow(Base):
    """A message that another one stands in place of, whether it has arrived yet or not."""

    __tablename__ = "city_alert_replaced"
    __table_args__ = (UniqueConstraint("origin", "sender", "identifier"),)

    id: Mapped[Key]
    origin: Mapped[Code]
    sender: Mapped[Name]
    identifier: Mapped[Name]
    at: Mapped[Instant]
