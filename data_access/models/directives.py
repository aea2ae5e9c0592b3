"""Directives and the records of their steps; triggers of the migration refuse to change or to delete a record."""

from __future__ import annotations

from sqlalchemy import Index
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
