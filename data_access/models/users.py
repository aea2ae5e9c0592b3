"""Who may come in: people, their sessions, screens and their devices, service accounts, and the brakes on guessing.

No token and no password is ever stored, only its hash; a row is closed by a date, never deleted, so that the audit
keeps its subject.
"""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from data_access.models.base import Base
from data_access.types import Code, Instant, Key, Large, Name, Prose


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
    """Màn hình: a wall that shows a scope's scenes read-only, and how it was set up.

    `turns` and `night` are texts of data_access/screens.py; the `..._order` numbers only grow. `scenes` is no
    longer read and goes with a later release.
    """

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
    place: Mapped[Name] = mapped_column(default="")
    diagonal_inches: Mapped[float | None]
    panels_across: Mapped[int] = mapped_column(default=1)
    distance_m: Mapped[float | None]
    turns: Mapped[Prose] = mapped_column(default="")
    night: Mapped[Code] = mapped_column(default="")
    reload_order: Mapped[int] = mapped_column(default=0)
    identify_order: Mapped[int] = mapped_column(default=0)
    goto_order: Mapped[int] = mapped_column(default=0)
    goto_scene: Mapped[Code] = mapped_column(default="")


class LastReport(Base):
    """What a screen last said of itself; a row of its own, so that a heartbeat never touches the settings."""

    __tablename__ = "screen_report"

    screen_id: Mapped[int] = mapped_column(ForeignKey("screen.id"), primary_key=True, autoincrement=False)
    at: Mapped[Instant]
    build: Mapped[Code]
    scene: Mapped[Code]
    layout: Mapped[Code]
    data_at: Mapped[Instant | None]
    heap_bytes: Mapped[Large | None]
    missed: Mapped[Large]
    width: Mapped[int]
    height: Mapped[int]
    is_awake: Mapped[bool]
    is_paused: Mapped[bool]


class PairingRequest(Base):
    """A browser that shows a code and waits until an administrator takes it for a screen (RFC 8628).

    Code and secret are stored hashed; `screen_id` is empty until the code was taken, `collected_at` until the browser
    fetched its device.
    """

    __tablename__ = "pairing_request"

    id: Mapped[Key]
    code_hash: Mapped[Code] = mapped_column(unique=True)
    secret_hash: Mapped[Code] = mapped_column(unique=True)
    address: Mapped[Code]
    created_at: Mapped[Instant]
    expires_at: Mapped[Instant]
    screen_id: Mapped[int | None] = mapped_column(ForeignKey("screen.id"), index=True)
    taken_at: Mapped[Instant | None]
    collected_at: Mapped[Instant | None]


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
    """Mã ghép of the demo: swaps for a device cookie, on loopback only, as often as its printed address is opened."""

    __tablename__ = "pairing_code"

    id: Mapped[Key]
    code_hash: Mapped[Code] = mapped_column(unique=True)
    screen_id: Mapped[int] = mapped_column(ForeignKey("screen.id"), index=True)
    reusable: Mapped[bool]
    created_at: Mapped[Instant]
    expires_at: Mapped[Instant]
    used_at: Mapped[Instant | None]


class ServiceAccount(Base):
    """A system that may ask for the feed: today the smart-city centre (IOC). `token_hash` is the hash of its secret,
    which opens nothing but /api/v1/token; `scopes` are those it may ask for, by blanks."""

    __tablename__ = "service_account"

    id: Mapped[Key]
    public_id: Mapped[Code] = mapped_column(unique=True)
    name: Mapped[Name]
    role: Mapped[Code]
    unit: Mapped[Code | None]
    token_hash: Mapped[Code] = mapped_column(unique=True)
    created_at: Mapped[Instant]
    revoked_at: Mapped[Instant | None]
    scopes: Mapped[Prose] = mapped_column(server_default="")
    last_token_at: Mapped[Instant | None]


class ServiceToken(Base):
    """A bearer token a system got for its secret: hashed, for minutes, with the scopes it asked for."""

    __tablename__ = "service_token"

    id: Mapped[Key]
    token_hash: Mapped[Code] = mapped_column(unique=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("service_account.id"), index=True)
    scopes: Mapped[Prose]
    created_at: Mapped[Instant]
    expires_at: Mapped[Instant] = mapped_column(index=True)
