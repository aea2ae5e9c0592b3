"""Directives, the records of their steps (triggers of the migration refuse to change or to delete one), and what
arrived by push under a sender's own number."""

from __future__ import annotations

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from data_access.models.base import Base
from data_access.types import Code, Day, Instant, Key, Name, Prose


class DirectiveRow(Base):
    """What a leader asked of a unit; `revision` grows with every step. Its texts are for a desk, never for a wall."""

    __tablename__ = "directive"
    __table_args__ = (Index(None, "unit", "state"), Index(None, "state", "due_on"))

    id: Mapped[Key]
    public_id: Mapped[Code] = mapped_column(unique=True)
    unit: Mapped[Code]
    title: Mapped[Name]
    detail: Mapped[Prose]
    origin: Mapped[Code]
    reference: Mapped[Name]
    issued_at: Mapped[Instant]
    issued_by: Mapped[Name]
    due_on: Mapped[Day]
    state: Mapped[Code]
    answer: Mapped[Prose]
    answered_at: Mapped[Instant | None]
    answered_by: Mapped[Name]
    revision: Mapped[int]


class DirectiveRecordRow(Base):
    """One step of a directive; `directive` is its public id, `words` the reason, the answer or the outcome."""

    __tablename__ = "directive_record"
    __table_args__ = (Index(None, "directive", "id"),)

    id: Mapped[Key]
    directive: Mapped[Code]
    at: Mapped[Instant]
    step: Mapped[Code]
    actor: Mapped[Name]
    role: Mapped[Code]
    words: Mapped[Prose]


class ReceivedDirectiveRow(Base):
    """A directive that arrived by push: the sender's own number for it, and the fingerprint of what it said."""

    __tablename__ = "received_directive"
    __table_args__ = (UniqueConstraint("sender", "reference"),)

    id: Mapped[Key]
    sender: Mapped[Code]
    reference: Mapped[Code]
    directive: Mapped[Code] = mapped_column(unique=True)
    fingerprint: Mapped[Code]
    received_at: Mapped[Instant]
