"""Administrative judgments that units monitor, and their dated events; no column can hold a party."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from data_access.models.base import Base
from data_access.types import Code, Day, Instant, Key


class AdministrativeJudgmentRow(Base):
    """Bản án hành chính theo dõi as the newest sheet stated it; `ended_on` repeats its events for the index."""

    __tablename__ = "administrative_judgment"
    __table_args__ = (UniqueConstraint("unit", "reference"), Index(None, "ended_on"))

    id: Mapped[Key]
    public_id: Mapped[Code] = mapped_column(unique=True)
    unit: Mapped[Code]
    reference: Mapped[Code]
    judged_on: Mapped[Day]
    registered_on: Mapped[Day]
    debtor: Mapped[Code]
    ended_on: Mapped[Day | None]
    stated_at: Mapped[Instant]
    row_hash: Mapped[Code]
    recorded_at: Mapped[Instant]


class JudgmentEventRow(Base):
    """One dated event of a judgment."""

    __tablename__ = "administrative_judgment_event"
    __table_args__ = (UniqueConstraint("judgment_id", "kind", "happened_on"),)

    id: Mapped[Key]
    judgment_id: Mapped[int] = mapped_column(ForeignKey("administrative_judgment.id"))
    kind: Mapped[Code]
    happened_on: Mapped[Day]
