"""What an agency enters into its agenda, and who subscribed to it with a calendar programme."""

from __future__ import annotations

from sqlalchemy.orm import Mapped, mapped_column

from data_access.models.base import Base
from data_access.types import Code, Day, Instant, Key, Name, Prose


class AgendaEntryRow(Base):
    """One day entered by a person; withdrawn ones stay on record. '' for every role and for every unit."""

    __tablename__ = "agenda_entry"

    id: Mapped[Key]
    public_id: Mapped[Code] = mapped_column(unique=True)
    due_on: Mapped[Day] = mapped_column(index=True)
    title: Mapped[Name]
    role: Mapped[Code]
    unit: Mapped[Code]
    basis: Mapped[Prose]
    entered_by: Mapped[Name]
    entered_at: Mapped[Instant]
    withdrawn_at: Mapped[Instant | None]
    withdrawn_by: Mapped[Name]


class AgendaFeedRow(Base):
    """A secret address of the agenda; only the hash of its token is kept. The newest of an account is the one in
    force."""

    __tablename__ = "agenda_feed"

    id: Mapped[Key]
    owner: Mapped[Code] = mapped_column(index=True)
    token_hash: Mapped[Code] = mapped_column(unique=True)
    created_at: Mapped[Instant]
    revoked_at: Mapped[Instant | None]
    fetched_at: Mapped[Instant | None]
