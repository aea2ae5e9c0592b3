"""Workbooks of long case lists, fetched by whoever asked for them and thrown away after a day."""

from __future__ import annotations

from sqlalchemy import Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from data_access.models.base import Base
from data_access.types import Code, Instant, Key


class CaseWorkbookRow(Base):
    """One workbook as bytes; `unit` is the scope it was made in, '' for the whole province."""

    __tablename__ = "case_workbook"
    __table_args__ = (Index(None, "made_at"),)

    id: Mapped[Key]
    public_id: Mapped[Code] = mapped_column(unique=True)
    job: Mapped[Code] = mapped_column(unique=True)
    asked_by_id: Mapped[Code]
    unit: Mapped[Code]
    made_at: Mapped[Instant]
    rows: Mapped[int]
    content: Mapped[bytes] = mapped_column(LargeBinary)
