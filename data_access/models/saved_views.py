"""Views of the desk that somebody keeps under a name: an address, nothing else."""

from __future__ import annotations

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped

from data_access.models.base import Base
from data_access.types import Code, Instant, Key, Name, Prose


class SavedView(Base):
    """Góc nhìn đã lưu of one account; `address` is the query of the page /cases."""

    __tablename__ = "saved_view"
    __table_args__ = (UniqueConstraint("owner", "name"), UniqueConstraint("public_id"))

    id: Mapped[Key]
    public_id: Mapped[Code]
    owner: Mapped[Code]
    name: Mapped[Name]
    address: Mapped[Prose]
    saved_at: Mapped[Instant]
