"""Who may come in: people, their sessions, screens and their devices, service accounts, and the brakes on guessing.

No token and no password is ever stored, only its hash; a row is closed by a date, never deleted, so that the audit
keeps its subject.
"""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from data_access.models.base import Base
from data_access.types import Code, Instant, Key, Name, Prose


class UserAccount(Base):
    """Tài khoản: one person's way in. `role` is a domain.permissions.Role, `unit` the scope (NULL: whole province)."""

    __tablename__ = "user_account"

    id: Mapped[Key]
    public_id: Mapped[Code] = mapped_column(unique=True)
    sign_in_name: Mapped[Code] = mapped_column(unique=True)
    role: Mapped[Code]
    unit: Mapped[Code | None]
    password_hash: Mapped[Prose]
    created_at: Mapped[Instant]
    password_changed_at: Mapped[Instant]
    disabled_at: Mapped[Instant | None]
    is_demo: Mapped[bool] = mapped_column(default=False)
    last_sign_in_at: Mapped[Instant | None]


class UserSession(Base):
    """One sign-in on one browser; revoked by sign-out, password change, role change or disabling."""

    __tablename__ = "user_session"
    __table_args__ = (Index(None, "user_id", "address"),)

    id: Mapped[Key]
    token_hash: Mapped[Code] = mapped_column(unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    address: Mapped[Code]
    created_at: Mapped[Instant]
    last_seen_at: Mapped[Instant]
    expires_at: Mapped[Instant]
    revoked_at: Mapped[Instant | None]
    revoked_because: Mapped[Code | None]


class SignInBrake(Base):
    """How many tries a key (account at an address, address, account) made in its minute, and until when it waits."""

    __tablename__ = "sign_in_brake"

    key: Mapped[Code] = mapped_column(primary_key=True)
    tries: Mapped[int]
    strikes: Mapped[int]
    window_from_at: Mapped[Instant]
    blocked_until_at: Mapped[Instant | None]


class Screen(Base):
    """Màn hình: a wall that shows a scope's scenes read-only. `scenes` is a comma list, empty for all."""

    __tablename__ = "screen"

    id: Mapped[Key]
    public_id: Mapped[Code] = mapped_column(unique=True)
    name: Mapped[Name]
    unit: Mapped[Code | None]
    scenes: Mapped[Name] = mapped_column(default="")
    is_demo: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[Instant]
    expires_at: Mapped[Instant | None]
    revoked_at: Mapped[Instant | None]
    last_seen_at: Mapped[Instant | None]


class ScreenDevice(Base):
    """The browser paired with a screen: its long-lived cookie, hashed."""

    __tablename__ = "screen_device"

    id: Mapped[Key]
    token_hash: Mapped[Code] = mapped_column(unique=True)
    screen_id: Mapped[int] = mapped_column(ForeignKey("screen.id"), index=True)
    address: Mapped[Code]
    created_at: Mapped[Instant]
    expires_at: Mapped[Instant]
    revoked_at: Mapped[Instant | None]


class PairingCode(Base):
    """Mã ghép: swaps once for a device cookie; a `reusable` one lives in the demo, on loopback, only."""

    __tablename__ = "pairing_code"

    id: Mapped[Key]
    code_hash: Mapped[Code] = mapped_column(unique=True)
    screen_id: Mapped[int] = mapped_column(ForeignKey("screen.id"), index=True)
    reusable: Mapped[bool]
    created_at: Mapped[Instant]
    expires_at: Mapped[Instant]
    used_at: Mapped[Instant | None]


class ServiceAccount(Base):
    """A system that asks with a bearer token: today the smart-city centre (IOC)."""

    __tablename__ = "service_account"

    id: Mapped[Key]
    public_id: Mapped[Code] = mapped_column(unique=True)
    name: Mapped[Name]
    role: Mapped[Code]
    unit: Mapped[Code | None]
    token_hash: Mapped[Code] = mapped_column(unique=True)
    created_at: Mapped[Instant]
    revoked_at: Mapped[Instant | None]
