"""Field reports and what happened to each; no column can hold who reported."""

from __future__ import annotations

from sqlalchemy import Double, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from data_access.models.base import Base
from data_access.types import Code, Instant, Key, Prose


class FieldReportRow(Base):
    """Phản ánh as its source last stated it, with what our rules made of it.

    `unit_by` says who named the unit: the source's agency, the map, a person, or nobody ('').
    `due_by` says where the due time is from: the source, a term of ours, or nowhere ('').
    """

    __tablename__ = "field_report"
    __table_args__ = (
        UniqueConstraint("source", "external_id"),
        Index(None, "state", "due_at"),
        Index(None, "requested_at"),
    )

    id: Mapped[Key]
    public_id: Mapped[Code] = mapped_column(unique=True)
    source: Mapped[Code]
    external_id: Mapped[Code]
    service_code: Mapped[Code]
    subject: Mapped[Code]
    urgency: Mapped[Code]
    state: Mapped[Code]
    state_word: Mapped[Code]
    unit: Mapped[Code | None]
    unit_by: Mapped[Code]
    area: Mapped[Code | None]
    latitude: Mapped[float | None] = mapped_column(Double)
    longitude: Mapped[float | None] = mapped_column(Double)
    requested_at: Mapped[Instant]
    source_updated_at: Mapped[Instant]
    due_at: Mapped[Instant | None]
    due_by: Mapped[Code]
    closed_at: Mapped[Instant | None]
    satisfaction: Mapped[int | None]
    handled_by: Mapped[Code] = mapped_column(server_default="")
    description: Mapped[Prose]
    row_hash: Mapped[Code]
    first_seen_at: Mapped[Instant]
    recorded_at: Mapped[Instant]


class FieldReportEvent(Base):
    """One state a report was in, at the instant its source states: a set, so repeated deliveries add nothing."""

    __tablename__ = "field_report_event"
    __table_args__ = (UniqueConstraint("report_id", "state", "at"),)

    id: Mapped[Key]
    report_id: Mapped[int] = mapped_column(ForeignKey("field_report.id"))
    state: Mapped[Code]
    at: Mapped[Instant]
    recorded_at: Mapped[Instant]
