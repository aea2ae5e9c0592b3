"""Scenes of the wall that another system shows inside its own pages."""

from __future__ import annotations

from sqlalchemy.orm import Mapped, mapped_column

from data_access.models.base import Base
from data_access.types import Code, Instant, Key, Name


class EmbedGrantRow(Base):
    """One place that shows one scene: an address that is exchanged once, then a cookie of which only the hash is kept
    ('' before). It lives until `expires_at`, which moves on while it is used, at the latest until `ends_at`.
    `account` is the public id of whoever made it, None for one made before that was kept."""

    __tablename__ = "embed_grant"

    id: Mapped[Key]
    public_id: Mapped[Code] = mapped_column(unique=True)
    scene: Mapped[Code]
    token_hash: Mapped[Code] = mapped_column(index=True)
    created_by: Mapped[Name]
    account: Mapped[Code | None]
    created_at: Mapped[Instant]
    exchanged_at: Mapped[Instant | None]
    seen_at: Mapped[Instant | None]
    expires_at: Mapped[Instant]
    ends_at: Mapped[Instant]
    revoked_at: Mapped[Instant | None]
