"""What the agency decided about rules and limits of alarms, and announced work; triggers keep decisions as written."""

from __future__ import annotations

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from data_access.models.base import Base
from data_access.types import Code, Day, Instant, Key, Name, Prose


class AlarmRuleChangeRow(Base):
    """A whole rule from a day on. `priority` is 0 where the condition's own counts, `tasks` a list as JSON,
    `hysteresis` a decimal as text."""

    __tablename__ = "alarm_rule_change"
    __table_args__ = (Index(None, "code", "valid_from"),)

    id: Mapped[Key]
    code: Mapped[Code]
    valid_from: Mapped[Day]
    on_delay_seconds: Mapped[int]
    off_delay_seconds: Mapped[int]
    latches: Mapped[bool]
    priority: Mapped[int]
    hysteresis: Mapped[Code]
    is_on: Mapped[bool]
    tasks: Mapped[Prose]
    procedure: Mapped[Name]
    owner: Mapped[Code]
    legal_basis: Mapped[Name]
    reason: Mapped[Name]
    by: Mapped[Name]
    at: Mapped[Instant]


class AlarmLimitChangeRow(Base):
    """The value of a limit, a decimal as text, from a day on."""

    __tablename__ = "alarm_limit_change"
    __table_args__ = (Index(None, "code", "valid_from"),)

    id: Mapped[Key]
    code: Mapped[Code]
    valid_from: Mapped[Day]
    value: Mapped[Code]
    reason: Mapped[Name]
    by: Mapped[Name]
    at: Mapped[Instant]


class MaintenanceWindowRow(Base):
    """Announced work; only its early end is written later."""

    __tablename__ = "maintenance_window"
    __table_args__ = (Index(None, "ends_at"),)

    id: Mapped[Key]
    public_id: Mapped[Code] = mapped_column(unique=True)
    unit: Mapped[Code]
    source: Mapped[Code]
    rules: Mapped[Code]
    begins_at: Mapped[Instant]
    ends_at: Mapped[Instant]
    reason: Mapped[Name]
    announced_by: Mapped[Name]
    announced_at: Mapped[Instant]
    ended_at: Mapped[Instant | None]
    ended_by: Mapped[Name]
