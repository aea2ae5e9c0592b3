"""Security events as cameras, guard logs and people state them; no column can hold a picture or a person's name."""

from __future__ import annotations

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from data_access.models.base import Base
from data_access.types import Code, Instant, Key, Name, Prose


class SecurityEventRow(Base):
    """One report of an event. `key` is the same whenever it is told again.

    `stated_at` is when its origin last spoke of it, `outcome_by` the account that said how it ended ('' when the origin
    did): what a person said is never overruled by a sheet. `note` is for a desk, never for a wall.
    """

    __tablename__ = "security_event"
    __table_args__ = (Index(None, "happened_at"), Index(None, "unit", "happened_at"))

    id: Mapped[Key]
    public_id: Mapped[Code] = mapped_column(unique=True)
    key: Mapped[Code] = mapped_column(unique=True)
    kind: Mapped[Code]
    origin: Mapped[Code]
    unit: Mapped[Code]
    camera: Mapped[Code]
    shift: Mapped[Code]
    guard: Mapped[Code]
    happened_at: Mapped[Instant]
    is_time_ours: Mapped[bool]
    received_at: Mapped[Instant]
    stated_at: Mapped[Instant]
    outcome: Mapped[Code]
    outcome_at: Mapped[Instant | None]
    outcome_by: Mapped[Name]
    note: Mapped[Prose]
