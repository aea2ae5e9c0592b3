"""Requests to the public services and the catalogue an agency sent; no column can hold who made a request."""

from __future__ import annotations

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from data_access.models.base import Base
from data_access.types import Code, Day, Instant, Key, Name


class ServiceRequestRow(Base):
    """Hồ sơ dịch vụ công as its source last stated it; `received_on` is the day in Huế, by which it is counted.

    `channel` and `satisfaction` are '' where the source does not say.
    """

    __tablename__ = "public_service_request"
    __table_args__ = (UniqueConstraint("unit", "code"), Index(None, "received_on", "unit"), Index(None, "done_at"))

    id: Mapped[Key]
    unit: Mapped[Code]
    code: Mapped[Code]
    service: Mapped[Code]
    channel: Mapped[Code]
    is_outside: Mapped[bool | None]
    received_at: Mapped[Instant]
    received_on: Mapped[Day]
    due_at: Mapped[Instant | None]
    done_at: Mapped[Instant | None]
    returned_at: Mapped[Instant | None]
    satisfaction: Mapped[Code]
    source_updated_at: Mapped[Instant]
    row_hash: Mapped[Code]
    recorded_at: Mapped[Instant]


class PublicServiceRow(Base):
    """Dịch vụ công of the catalogue as a sheet of the agency stated it at `stated_at`."""

    __tablename__ = "public_service"
    __table_args__ = (UniqueConstraint("code"),)

    id: Mapped[Key]
    code: Mapped[Code]
    title: Mapped[Name]
    is_used: Mapped[bool] = mapped_column()
    stated_at: Mapped[Instant]
    recorded_at: Mapped[Instant]
