"""The equipment register: what each unit has, as its newest sheet states it."""

from __future__ import annotations

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from data_access.models.base import Base
from data_access.types import Code, Instant, Key


class EquipmentRow(Base):
    """One line of a unit's register; all lines of a unit are of one statement."""

    __tablename__ = "equipment_item"
    __table_args__ = (Index(None, "unit"),)

    id: Mapped[Key]
    unit: Mapped[Code]
    kind: Mapped[Code]
    quantity: Mapped[int]
    year: Mapped[int | None]
    is_working: Mapped[bool | None]
    is_networked: Mapped[bool | None]
    asset: Mapped[Code]
    stated_at: Mapped[Instant]
    recorded_at: Mapped[Instant]
