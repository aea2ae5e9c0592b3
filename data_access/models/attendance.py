"""Terminals, punches, staff as codes, absences and corrections. No column can hold a name, a face or a finger.

A day's status is in no table: domain/attendance derives it each time from these rows.
"""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from data_access.models.base import Base
from data_access.types import Code, Day, Instant, Key, Name, Prose


class TerminalRow(Base):
    """Máy chấm công as the newest sheet stated it; `last_seen_at` is when it last spoke."""

    __tablename__ = "attendance_terminal"

    serial: Mapped[Code] = mapped_column(primary_key=True)
    unit: Mapped[Code]
    name: Mapped[Name]
    allowed_network: Mapped[Name]
    is_allowed: Mapped[bool]
    last_seen_at: Mapped[Instant | None]
    stated_at: Mapped[Instant]
    row_hash: Mapped[Code]
    recorded_at: Mapped[Instant]


class TerminalContact(Base):
    """A stretch of time in which a terminal spoke again and again, never silent for longer than SILENT_AFTER."""

    __tablename__ = "attendance_contact"
    __table_args__ = (Index(None, "serial", "to_at"),)

    id: Mapped[Key]
    serial: Mapped[Code] = mapped_column(ForeignKey("attendance_terminal.serial"))
    from_at: Mapped[Instant]
    to_at: Mapped[Instant]


class PunchRow(Base):
    """Lượt chấm, never changed: the user number as the terminal sent it; whose it is, the roster of that day says."""

    __tablename__ = "attendance_punch"
    __table_args__ = (UniqueConstraint("serial", "pin", "punched_at", "kind"), Index(None, "punched_at"))

    id: Mapped[Key]
    serial: Mapped[Code] = mapped_column(ForeignKey("attendance_terminal.serial"))
    pin: Mapped[Code]
    punched_at: Mapped[Instant]
    kind: Mapped[Code]
    method: Mapped[Code]
    received_at: Mapped[Instant]


class StaffRow(Base):
    """Cán bộ under one user number of the unit's terminals; a new number is a new row, so that old days stay right."""

    __tablename__ = "attendance_staff"
    __table_args__ = (UniqueConstraint("unit", "code", "pin"),)

    id: Mapped[Key]
    unit: Mapped[Code]
    code: Mapped[Code]
    pin: Mapped[Code]
    role: Mapped[Code]
    valid_from: Mapped[Day | None]
    valid_from_stated_at: Mapped[Instant | None]
    valid_to: Mapped[Day | None]
    stated_at: Mapped[Instant]
    row_hash: Mapped[Code]
    recorded_at: Mapped[Instant]


class AbsenceRow(Base):
    """A row of a leave or mission sheet; one that was withdrawn stays, so that an old sheet cannot bring it back."""

    __tablename__ = "attendance_absence"
    __table_args__ = (
        UniqueConstraint("unit", "code", "kind", "from_on", "to_on", "reference"),
        Index(None, "to_on"),
    )

    id: Mapped[Key]
    unit: Mapped[Code]
    code: Mapped[Code]
    kind: Mapped[Code]
    leave: Mapped[Code]
    from_on: Mapped[Day]
    to_on: Mapped[Day]
    reference: Mapped[Name]
    is_withdrawn: Mapped[bool]
    stated_at: Mapped[Instant]
    row_hash: Mapped[Code]
    recorded_at: Mapped[Instant]


class CorrectionRow(Base):
    """What a person said a day was; the newest of a day holds, none is ever changed."""

    __tablename__ = "attendance_correction"
    __table_args__ = (Index(None, "day", "unit", "code"),)

    id: Mapped[Key]
    unit: Mapped[Code]
    code: Mapped[Code]
    day: Mapped[Day]
    status: Mapped[Code]
    reason: Mapped[Prose]
    corrected_by: Mapped[Name]
    corrected_at: Mapped[Instant]
