"""Software of the sector: what the agency decided about it, how it is asked, and in which intervals it stood how."""

from __future__ import annotations

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from data_access.models.base import Base
from data_access.types import Code, Day, Instant, Key, Name, Prose


class SoftwareSystemChangeRow(Base):
    """A whole system from a day on; triggers keep it as it was written."""

    __tablename__ = "software_system_change"
    __table_args__ = (Index(None, "code", "valid_from"),)

    id: Mapped[Key]
    code: Mapped[Code]
    valid_from: Mapped[Day]
    name: Mapped[Name]
    purpose: Mapped[Name]
    owner: Mapped[Name]
    is_retired: Mapped[bool]
    reason: Mapped[Name]
    by: Mapped[Name]
    at: Mapped[Instant]


class ServiceProbeRow(Base):
    """A probe as it was asked from `added_at` until `retired_at`; a changed one is a new row of the same `code`.

    `secret` is sealed (access/vault.py). `asked_at`, `latency_ms` and `certificate_until` are of the last look;
    `login_refused_at` says when its password was sent last and not taken, None when the last one was.
    """

    __tablename__ = "service_probe"
    __table_args__ = (Index(None, "code"), Index(None, "system"))

    id: Mapped[Key]
    code: Mapped[Code]
    system: Mapped[Code]
    kind: Mapped[Code]
    address: Mapped[Prose]
    expects: Mapped[Name]
    user_name: Mapped[Name]
    secret: Mapped[Prose]
    limit_value: Mapped[int]
    added_at: Mapped[Instant]
    added_by: Mapped[Name]
    reason: Mapped[Name]
    retired_at: Mapped[Instant | None]
    retired_by: Mapped[Name] = mapped_column(default="")
    retired_reason: Mapped[Name] = mapped_column(default="")
    asked_at: Mapped[Instant | None]
    latency_ms: Mapped[int | None]
    certificate_until: Mapped[Instant | None]
    login_refused_at: Mapped[Instant | None]


class ServiceHealthRow(Base):
    """From `from_at` until `until_at`, when it was last seen so, a probe found its system in `state`."""

    __tablename__ = "service_health"
    __table_args__ = (Index(None, "probe", "until_at"),)

    id: Mapped[Key]
    probe: Mapped[Code]
    state: Mapped[Code]
    reason: Mapped[Prose]
    from_at: Mapped[Instant]
    until_at: Mapped[Instant]
