"""Versions, drawn panels and the worker's lease: what makes the wall move."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from data_access.models.base import Base
from data_access.types import Code, Instant, Key


class DataVersion(Base):
    """A counter per topic, incremented in the writer's transaction (never a sequence, which would not roll back)."""

    __tablename__ = "data_version"

    topic: Mapped[Code] = mapped_column(primary_key=True)
    version: Mapped[int]
    changed_at: Mapped[Instant]


class PanelContent(Base):
    """One drawn panel, gzipped component JSON, kept once whatever number of snapshots show it."""

    __tablename__ = "panel_content"

    content_hash: Mapped[Code] = mapped_column(primary_key=True)
    body: Mapped[bytes] = mapped_column(LargeBinary)
    drawn_at: Mapped[Instant]


class Snapshot(Base):
    """Which content each panel of a scene shows to an audience from `drawn_at` on; the newest row per panel is live."""

    __tablename__ = "snapshot"
    __table_args__ = (Index(None, "audience", "scene", "panel", "drawn_at"),)

    id: Mapped[Key]
    audience: Mapped[Code]
    scene: Mapped[Code]
    panel: Mapped[Code]
    version: Mapped[int]
    drawn_at: Mapped[Instant]
    content_hash: Mapped[Code] = mapped_column(ForeignKey("panel_content.content_hash"), index=True)


class Lease(Base):
    """Who leads: the fencing token only grows, so a leader that slept cannot write after a takeover."""

    __tablename__ = "lease"

    name: Mapped[Code] = mapped_column(primary_key=True)
    holder: Mapped[Code]
    token: Mapped[int]
    expires_at: Mapped[Instant]
