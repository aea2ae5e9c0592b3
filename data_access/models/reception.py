"""Visits to the reception desks and the register of complaints and denunciations; no column can hold who came."""

from __future__ import annotations

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from data_access.models.base import Base
from data_access.types import Code, Day, Instant, Key


class VisitRow(Base):
    """Lượt tiếp công dân as its source last stated it; `origin` is the source's system or the form of this product."""

    __tablename__ = "reception_visit"
    __table_args__ = (UniqueConstraint("unit", "reference"), Index(None, "ticketed_at"))

    id: Mapped[Key]
    public_id: Mapped[Code] = mapped_column(unique=True)
    unit: Mapped[Code]
    reference: Mapped[Code]
    origin: Mapped[Code]
    counter: Mapped[Code]
    ticketed_at: Mapped[Instant]
    called_at: Mapped[Instant | None]
    ended_at: Mapped[Instant | None]
    purpose: Mapped[Code]
    outcome: Mapped[Code]
    people: Mapped[int]
    matters: Mapped[int]
    is_leader: Mapped[bool]
    source_updated_at: Mapped[Instant]
    row_hash: Mapped[Code]
    recorded_at: Mapped[Instant]


class PetitionRow(Base):
    """Đơn khiếu nại, tố cáo of a unit's register, by its number there; who wrote it is not asked."""

    __tablename__ = "reception_petition"
    __table_args__ = (UniqueConstraint("unit", "kind", "reference"), Index(None, "resolved_on"))

    id: Mapped[Key]
    unit: Mapped[Code]
    kind: Mapped[Code]
    reference: Mapped[Code]
    accepted_on: Mapped[Day]
    subject: Mapped[Code]
    instance: Mapped[int]
    due_on: Mapped[Day | None]
    resolved_on: Mapped[Day | None]
    stated_at: Mapped[Instant]
    row_hash: Mapped[Code]
    recorded_at: Mapped[Instant]
