"""Dated rules on terms that the agency entered after the shipped ones; triggers keep them as written."""

from __future__ import annotations

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from data_access.models.base import Base
from data_access.types import Code, Day, Instant, Key, Name


class DeadlineChangeRow(Base):
    """A term of a code from a day on, until another one begins."""

    __tablename__ = "deadline_change"
    __table_args__ = (Index(None, "code", "valid_from"),)

    id: Mapped[Key]
    code: Mapped[Code]
    valid_from: Mapped[Day]
    quantity: Mapped[int]
    unit: Mapped[Code]
    legal_basis: Mapped[Name]
    status: Mapped[Code]
    reason: Mapped[Name]
    by: Mapped[Name]
    at: Mapped[Instant]
