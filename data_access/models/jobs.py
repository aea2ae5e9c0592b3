"""Long work asked for at a desk, worked off by the worker."""

from __future__ import annotations

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, mapped_column

from data_access.models.base import Base
from data_access.types import Code, Instant, Key, Name, Prose

KEEPS_AN_APPOINTMENT = text("slot != ''")


class DeskJobRow(Base):
    """One piece of work; `holder` is the process that works on it, `slot` the appointment it keeps, '' for none."""

    __tablename__ = "desk_job"
    __table_args__ = (
        Index(
            "uq_desk_job_slot",
            "kind",
            "slot",
            unique=True,
            sqlite_where=KEEPS_AN_APPOINTMENT,
            postgresql_where=KEEPS_AN_APPOINTMENT,
        ),
        Index(None, "state", "id"),
    )

    id: Mapped[Key]
    public_id: Mapped[Code] = mapped_column(unique=True)
    kind: Mapped[Code]
    state: Mapped[Code]
    progress: Mapped[int]
    words: Mapped[Name]
    asked_by: Mapped[Name]
    asked_by_id: Mapped[Code]
    role: Mapped[Code]
    unit: Mapped[Code]
    wanted: Mapped[Prose]
    slot: Mapped[Code]
    asked_at: Mapped[Instant]
    started_at: Mapped[Instant | None]
    ended_at: Mapped[Instant | None]
    result: Mapped[Code]
    attempts: Mapped[int]
    is_cancel_asked: Mapped[bool]
    holder: Mapped[Name]
