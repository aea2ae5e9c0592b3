"""Cameras as the inventory states them, how each rung stood when it was last tried, and when a camera changed state.

No picture and no open password is in any column.
"""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from data_access.models.base import Base
from data_access.types import Code, Instant, Key, Name, Prose


class CameraRow(Base):
    """Camera of the newest inventory; one that is no longer in it stays, not listed, with its history.

    `frame_at` is when a usable frame was last verified, `state` what the last pass said, since `state_since`.
    """

    __tablename__ = "camera"

    code: Mapped[Code] = mapped_column(primary_key=True)
    unit: Mapped[Code]
    site: Mapped[Code]
    place: Mapped[Name]
    kind: Mapped[Code]
    purpose: Mapped[Code]
    recorder: Mapped[Code]
    privacy: Mapped[Code]
    is_compliant: Mapped[bool | None]
    host: Mapped[Name]
    port: Mapped[int]
    path: Mapped[Prose]
    user_name: Mapped[Name]
    onvif_port: Mapped[int]
    recorder_host: Mapped[Name]
    recorder_port: Mapped[int]
    channel: Mapped[int]
    is_listed: Mapped[bool]
    frame_at: Mapped[Instant | None]
    still_samples: Mapped[int]
    state: Mapped[Code]
    state_since: Mapped[Instant | None]
    recorded_at: Mapped[Instant]


class CameraRungRow(Base):
    """One rung of one camera as it was last tried."""

    __tablename__ = "camera_rung"

    camera: Mapped[Code] = mapped_column(ForeignKey("camera.code"), primary_key=True)
    rung: Mapped[Code] = mapped_column(primary_key=True)
    state: Mapped[Code]
    at: Mapped[Instant]
    reason: Mapped[Prose]
    fault: Mapped[Code]
    warns: Mapped[bool]
    is_blocked: Mapped[bool]


class CameraChangeRow(Base):
    """From `at` on a camera is in `state`: what interruptions and availability are counted from."""

    __tablename__ = "camera_change"
    __table_args__ = (Index(None, "camera", "at"),)

    id: Mapped[Key]
    camera: Mapped[Code] = mapped_column(ForeignKey("camera.code"))
    at: Mapped[Instant]
    state: Mapped[Code]
