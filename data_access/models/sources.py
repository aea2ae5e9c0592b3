"""Sources, their files, and what was wrong in them."""

from __future__ import annotations

from sqlalchemy import BigInteger, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from data_access.models.base import Base
from data_access.types import Code, Instant, Key, Name, Prose


class Source(Base):
    """The life of one source: when it last answered, how far its records reach, how often it failed in a row."""

    __tablename__ = "source"

    name: Mapped[Code] = mapped_column(primary_key=True)
    configured: Mapped[bool]
    last_success_at: Mapped[Instant | None]
    newest_record_at: Mapped[Instant | None]
    lost_at: Mapped[Instant | None]
    failures: Mapped[int] = mapped_column(default=0)
    next_attempt_at: Mapped[Instant | None]
    rows_in: Mapped[int] = mapped_column(BigInteger, default=0)
    rows_refused: Mapped[int] = mapped_column(BigInteger, default=0)
    message: Mapped[Prose] = mapped_column(default="")
    watermark: Mapped[Prose] = mapped_column(default="", server_default="")


class SourceConnection(Base):
    """How a source that is asked is reached, as a person set it up; its secret is encrypted (access/vault.py)."""

    __tablename__ = "source_connection"

    source: Mapped[Code] = mapped_column(primary_key=True)
    kind: Mapped[Code]
    address: Mapped[Prose]
    secret: Mapped[Prose] = mapped_column(default="")
    field_map: Mapped[Prose] = mapped_column(default="")
    is_enabled: Mapped[bool]
    changed_at: Mapped[Instant]
    changed_by: Mapped[Name]
    certificate_until: Mapped[Instant | None]


class ImportBatch(Base):
    """One file that arrived: staged, then applied, held for a person, refused, or recognised as a duplicate."""

    __tablename__ = "import_batch"
    __table_args__ = (Index(None, "sha256"), Index(None, "received_at"))

    id: Mapped[Key]
    public_id: Mapped[Code] = mapped_column(unique=True)
    source: Mapped[Code]
    file_name: Mapped[Name]
    sha256: Mapped[Code]
    mode: Mapped[Code]
    state: Mapped[Code]
    as_of_at: Mapped[Instant]
    received_at: Mapped[Instant]
    applied_at: Mapped[Instant | None]
    received_by: Mapped[Name]
    stored_path: Mapped[Prose] = mapped_column(default="")
    rows_in: Mapped[int] = mapped_column(default=0)
    rows_refused: Mapped[int] = mapped_column(default=0)
    cases_new: Mapped[int] = mapped_column(default=0)
    cases_changed: Mapped[int] = mapped_column(default=0)
    cases_vanished: Mapped[int] = mapped_column(default=0)
    message: Mapped[Prose] = mapped_column(default="")


class QuarantinedRow(Base):
    """A row that was not applied, with the cell and the Vietnamese reason; never deleted by a later import."""

    __tablename__ = "quarantined_row"
    __table_args__ = (Index(None, "batch_id", "row_number"),)

    id: Mapped[Key]
    batch_id: Mapped[int] = mapped_column(ForeignKey("import_batch.id"))
    kind: Mapped[Code]
    sheet: Mapped[Name]
    row_number: Mapped[int]
    column: Mapped[Name]
    value: Mapped[Prose]
    reason: Mapped[Prose]
    cells: Mapped[Prose]


class Finding(Base):
    """A data-quality finding: an identity that does not hold, a rate that contradicts its own figures."""

    __tablename__ = "finding"
    __table_args__ = (Index(None, "rule", "subject", unique=True),)

    id: Mapped[Key]
    rule: Mapped[Code]
    subject: Mapped[Name]
    detail: Mapped[Prose]
    found_at: Mapped[Instant]
    cleared_at: Mapped[Instant | None]
    batch_id: Mapped[int | None] = mapped_column(ForeignKey("import_batch.id"))
