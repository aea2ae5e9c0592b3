"""Figures that other software, sheets and clerks state by indicator, unit and period; who may push them; what was added
to the catalogue. Statements are kept as they came: a newer one of the same key stands beside the older."""

from __future__ import annotations

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from data_access.models.base import Base
from data_access.types import Code, Day, Instant, Key, Name, Prose


class ObservationRow(Base):
    """One statement. Numbers are decimal text, because no binary number holds them exactly; `denominator` is '' for an
    amount. `origin` says which way it came: 'sheet', 'push', 'form'; `stated_by` the file, the sender or the person."""

    __tablename__ = "observation"
    __table_args__ = (UniqueConstraint("indicator", "unit", "period", "as_of_at"), Index(None, "indicator", "first_on"))

    id: Mapped[Key]
    indicator: Mapped[Code]
    unit: Mapped[Code]
    period: Mapped[Code]
    first_on: Mapped[Day]
    numerator: Mapped[Code]
    denominator: Mapped[Code]
    as_of_at: Mapped[Instant]
    origin: Mapped[Code]
    stated_by: Mapped[Name]
    recorded_at: Mapped[Instant]


class ObservedIndicatorRow(Base):
    """An indicator that the agency added to those of data/observed_indicators.csv, or one of them as it changed it; the
    newest row of a code holds."""

    __tablename__ = "observed_indicator"

    id: Mapped[Key]
    code: Mapped[Code] = mapped_column(index=True)
    system: Mapped[Code]
    name: Mapped[Name]
    measure: Mapped[Code]
    length: Mapped[Code]
    unit_word: Mapped[Code]
    is_stock: Mapped[bool]
    due_days: Mapped[int]
    warn_above: Mapped[Code]
    warn_below: Mapped[Code]
    meaning: Mapped[Prose]
    reason: Mapped[Prose]
    entered_by: Mapped[Name]
    entered_at: Mapped[Instant]


class ObservationSenderRow(Base):
    """A system that may push what its `purpose` says (figures, alerts, directives), with its sealed key; `system`
    limits figures to the indicators of one software, '' to those of none."""

    __tablename__ = "observation_sender"

    id: Mapped[Key]
    public_id: Mapped[Code] = mapped_column(unique=True)
    name: Mapped[Name]
    purpose: Mapped[Code] = mapped_column(server_default="figures")
    system: Mapped[Code]
    secret: Mapped[Prose]
    is_enabled: Mapped[bool]
    created_by: Mapped[Name]
    created_at: Mapped[Instant]
    heard_at: Mapped[Instant | None]
    message: Mapped[Prose]


class PledgeDayRow(Base):
    """How a pledge of the programme stood at the end of a day, or so far today; '' where nothing was known."""

    __tablename__ = "pledge_day"
    __table_args__ = (UniqueConstraint("pledge", "unit", "kept_on"), Index(None, "kept_on"))

    id: Mapped[Key]
    pledge: Mapped[Code]
    unit: Mapped[Code]
    kept_on: Mapped[Day]
    numerator: Mapped[Code]
    denominator: Mapped[Code]
    unknown: Mapped[int]
    recorded_at: Mapped[Instant]


class PledgeTargetRow(Base):
    """What the agency decided about a pledge's target, from a day on; the shipped one holds before."""

    __tablename__ = "pledge_target"

    id: Mapped[Key]
    pledge: Mapped[Code] = mapped_column(index=True)
    target: Mapped[Code]
    due_on: Mapped[Day | None]
    from_on: Mapped[Day]
    reason: Mapped[Prose]
    entered_by: Mapped[Name]
    entered_at: Mapped[Instant]
