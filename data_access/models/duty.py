"""Duty shifts of the monitoring operators and their hand-overs; triggers refuse to change or to delete a hand-over."""

from __future__ import annotations

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, mapped_column

from data_access.models.base import Base
from data_access.types import Code, Instant, Key, Name, Prose

STILL_ON = text("ended_at IS NULL")


class DutyShiftRow(Base):
    """One person on duty until the hand-over; `unit` is '' for the whole province. Nobody is on twice."""

    __tablename__ = "duty_shift"
    __table_args__ = (
        Index("uq_duty_shift_on", "person_id", unique=True, sqlite_where=STILL_ON, postgresql_where=STILL_ON),
        Index(None, "started_at"),
    )

    id: Mapped[Key]
    public_id: Mapped[Code] = mapped_column(unique=True)
    person: Mapped[Name]
    person_id: Mapped[Code]
    unit: Mapped[Code]
    started_at: Mapped[Instant]
    received: Mapped[Code]
    ended_at: Mapped[Instant | None]
    ended_by: Mapped[Name]


class HandOverRow(Base):
    """One sheet as it was handed over; `facts` is JSON of what stood then."""

    __tablename__ = "duty_hand_over"
    __table_args__ = (Index(None, "unit", "ended_at"),)

    id: Mapped[Key]
    public_id: Mapped[Code] = mapped_column(unique=True)
    shift: Mapped[Code] = mapped_column(unique=True)
    person: Mapped[Name]
    unit: Mapped[Code]
    started_at: Mapped[Instant]
    ended_at: Mapped[Instant]
    written_by: Mapped[Name]
    note: Mapped[Prose]
    facts: Mapped[Prose]
