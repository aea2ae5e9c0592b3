"""Alarms and the records of their lives; triggers of the migration refuse to change or to delete a record."""

from __future__ import annotations

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from data_access.models.base import Base
from data_access.types import Code, Instant, Key, Name, Prose


class AlarmRow(Base):
    """One occurrence of a condition. `members`, `hides` and `activations` are lists as JSON; `measure` is a decimal as
    text, '' without one; `closed_at` is empty while it stands."""

    __tablename__ = "alarm"
    __table_args__ = (Index(None, "closed_at"), Index(None, "unit", "closed_at"), Index(None, "raised_at"))

    id: Mapped[Key]
    public_id: Mapped[Code] = mapped_column(unique=True)
    rule: Mapped[Code]
    priority: Mapped[int]
    unit: Mapped[Code]
    title: Mapped[Name]
    measure: Mapped[Code]
    measure_words: Mapped[Code]
    since_at: Mapped[Instant | None]
    due_at: Mapped[Instant | None]
    source: Mapped[Code]
    subject: Mapped[Name]
    members: Mapped[Prose]
    hides: Mapped[Prose]
    state: Mapped[Code]
    is_active: Mapped[bool]
    raised_at: Mapped[Instant]
    ended_since_at: Mapped[Instant | None]
    activations: Mapped[Prose]
    acknowledged_at: Mapped[Instant | None]
    acknowledged_by: Mapped[Name]
    assigned_to: Mapped[Name]
    shelved_until: Mapped[Instant | None]
    shelved_by: Mapped[Name]
    shelved_reason: Mapped[Prose]
    cause: Mapped[Name]
    outcome: Mapped[Code]
    closed_at: Mapped[Instant | None]
    revision: Mapped[int]


class AlarmRecordRow(Base):
    """One step of an alarm; `alarm` is its public id, `words` the reason, the note or what changed."""

    __tablename__ = "alarm_record"
    __table_args__ = (Index(None, "alarm", "id"), Index(None, "at"))

    id: Mapped[Key]
    alarm: Mapped[Code]
    at: Mapped[Instant]
    step: Mapped[Code]
    from_state: Mapped[Code]
    to_state: Mapped[Code]
    actor: Mapped[Name]
    words: Mapped[Prose]
