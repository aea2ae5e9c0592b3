"""Sessions of training and outreach by unit, and tests of proficiency: counts, never a person."""

from __future__ import annotations

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped

from data_access.models.base import Base
from data_access.types import Code, Day, Instant, Key, Name, Prose


class TrainingRow(Base):
    """One unit's part in a session, as a sheet stated it at `stated_at`."""

    __tablename__ = "training_session"
    __table_args__ = (UniqueConstraint("unit", "code"), Index(None, "held_on"))

    id: Mapped[Key]
    unit: Mapped[Code]
    code: Mapped[Code]
    title: Mapped[Name]
    kind: Mapped[Code]
    held_on: Mapped[Day]
    invited: Mapped[int | None]
    attended: Mapped[int | None]
    material: Mapped[Name]
    reference: Mapped[Prose]
    stated_at: Mapped[Instant]
    recorded_at: Mapped[Instant]


class ProficiencyRow(Base):
    """Kết quả kiểm tra of one unit in one test."""

    __tablename__ = "training_test"
    __table_args__ = (UniqueConstraint("unit", "code"),)

    id: Mapped[Key]
    unit: Mapped[Code]
    code: Mapped[Code]
    tested_on: Mapped[Day]
    staff: Mapped[int]
    tested: Mapped[int]
    passed: Mapped[int]
    stated_at: Mapped[Instant]
    recorded_at: Mapped[Instant]
