"""The number of each unit's duty desk: of an office, never of a person."""

from __future__ import annotations

from sqlalchemy.orm import Mapped, mapped_column

from data_access.models.base import Base
from data_access.types import Code, Instant, Key, Name


class DutyPhoneRow(Base):
    """One number per unit; the audit keeps that it was changed."""

    __tablename__ = "duty_phone"

    id: Mapped[Key]
    unit: Mapped[Code] = mapped_column(unique=True)
    number: Mapped[Code]
    entered_by: Mapped[Name]
    entered_at: Mapped[Instant]
