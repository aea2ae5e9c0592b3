"""Closed periods, the form's number, reconciliations; triggers refuse to change or to delete what was written."""

from __future__ import annotations

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from data_access.models.base import Base
from data_access.types import Code, Day, Instant, Key, Name, Prose


class PeriodVersionRow(Base):
    """One version of a closed period; `content` is the canonical text that `sha256` is the hash of. The other columns
    repeat what it says, to be asked by."""

    __tablename__ = "period_version"
    __table_args__ = (UniqueConstraint("period", "version"), Index(None, "recorded_on"))

    id: Mapped[Key]
    period: Mapped[Code]
    version: Mapped[int]
    closed_at: Mapped[Instant]
    closed_by: Mapped[Name]
    recorded_on: Mapped[Day]
    sha256: Mapped[Code]
    content: Mapped[Prose]


class FormNumberRow(Base):
    """The number of the statistical form from a day on, '' for none; the newest that has begun counts."""

    __tablename__ = "form_number"

    id: Mapped[Key]
    number: Mapped[Code]
    from_on: Mapped[Day]
    entered_by: Mapped[Name]
    entered_at: Mapped[Instant]


class ReconciliationRow(Base):
    """One comparison of another system's export with our figures of a period; `content` is JSON of what differed."""

    __tablename__ = "reconciliation"
    __table_args__ = (Index(None, "period"),)

    id: Mapped[Key]
    public_id: Mapped[Code] = mapped_column(unique=True)
    period: Mapped[Code]
    made_at: Mapped[Instant]
    made_by: Mapped[Name]
    file_name: Mapped[Name]
    sha256: Mapped[Code]
    content: Mapped[Prose]
