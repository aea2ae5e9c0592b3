"""Briefings as they were made and the schedules that were decided; triggers refuse to change or to delete any."""

from __future__ import annotations

from sqlalchemy import Index, true
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
    """A decision about the schedule of the whole province; the newest counts. Times are 'HH:MM' in Huế. `is_on` is what
    a version before 0029 reads: whether anything is made at all."""

    __tablename__ = "briefing_schedule"

    id: Mapped[Key]
    morning_at: Mapped[Code]
    weekly_at: Mapped[Code]
    is_on: Mapped[bool]
    makes_morning: Mapped[bool] = mapped_column(server_default=true())
    makes_weekly: Mapped[bool] = mapped_column(server_default=true())
    by: Mapped[Name]
    at: Mapped[Instant]


class UnitBriefingScheduleRow(Base):
    """A decision about the schedule of one unit; the newest of the unit counts. Apart from the province's, of which
    a version before 0029 takes the newest row whatever it is about."""

    __tablename__ = "unit_briefing_schedule"

    id: Mapped[Key]
    unit: Mapped[Code]
    morning_at: Mapped[Code]
    weekly_at: Mapped[Code]
    makes_morning: Mapped[bool]
    makes_weekly: Mapped[bool]
    by: Mapped[Name]
    at: Mapped[Instant]
