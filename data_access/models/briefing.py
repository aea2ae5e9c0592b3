"""Briefings as they were made and the schedule that was decided; triggers refuse to change or to delete either."""

from __future__ import annotations

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from data_access.models.base import Base
from data_access.types import Code, Instant, Key, Name, Prose


class BriefingRow(Base):
    """One briefing; `facts` is JSON of what it says, `sha256` of that text, `unit` '' for the whole province."""

    __tablename__ = "briefing"
    __table_args__ = (Index(None, "unit", "made_at"),)

    id: Mapped[Key]
    public_id: Mapped[Code] = mapped_column(unique=True)
    job: Mapped[Code] = mapped_column(unique=True)
    kind: Mapped[Code]
    unit: Mapped[Code]
    made_at: Mapped[Instant]
    made_by: Mapped[Name]
    facts: Mapped[Prose]
    sha256: Mapped[Code]


class BriefingScheduleRow(Base):
    """A decision about the schedule; the newest counts. Times are 'HH:MM' in Huế."""

    __tablename__ = "briefing_schedule"

    id: Mapped[Key]
    morning_at: Mapped[Code]
    weekly_at: Mapped[Code]
    is_on: Mapped[bool]
    by: Mapped[Name]
    at: Mapped[Instant]
