"""Attendance: terminals, punches, staff as codes, absences, corrections.

Revision 0004, after 0003, 2026-11-25 14:02:00.
"""
# Before you commit this, read it again:
# - The version before this one still runs while it is applied, and must be able to run after it (add first, drop in a
#   later release).
# - It may not hold a lock for long: no rewrite of a big table, no index built without CONCURRENTLY on PostgreSQL.
# - It imports nothing of ours. Models change; a migration must do in five years what it does today.
# - It is never edited once it has landed: write another.

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "attendance_terminal",
        sa.Column("serial", sa.String(length=64), nullable=False),
        sa.Column("unit", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("allowed_network", sa.String(length=200), nullable=False),
        sa.Column("is_allowed", sa.Boolean(), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_hash", sa.String(length=64), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("serial", name=op.f("pk_attendance_terminal")),
    )
    op.create_table(
        "attendance_contact",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("serial", sa.String(length=64), nullable=False),
        sa.Column("from_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("to_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["serial"], ["attendance_terminal.serial"], name=op.f("fk_attendance_contact_serial_attendance_terminal")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance_contact")),
    )
    with op.batch_alter_table("attendance_contact", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attendance_contact_serial_to_at"), ["serial", "to_at"], unique=False)

    op.create_table(
        "attendance_punch",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("serial", sa.String(length=64), nullable=False),
        sa.Column("pin", sa.String(length=64), nullable=False),
        sa.Column("punched_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("method", sa.String(length=64), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["serial"], ["attendance_terminal.serial"], name=op.f("fk_attendance_punch_serial_attendance_terminal")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance_punch")),
        sa.UniqueConstraint(
            "serial", "pin", "punched_at", "kind", name=op.f("uq_attendance_punch_serial_pin_punched_at_kind")
        ),
    )
    with op.batch_alter_table("attendance_punch", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attendance_punch_punched_at"), ["punched_at"], unique=False)

    op.create_table(
        "attendance_staff",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("unit", sa.String(length=64), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("pin", sa.String(length=64), nullable=False),
        sa.Column("role", sa.String(length=64), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_from_stated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("stated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_hash", sa.String(length=64), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance_staff")),
        sa.UniqueConstraint("unit", "code", "pin", name=op.f("uq_attendance_staff_unit_code_pin")),
    )
    op.create_table(
        "attendance_absence",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("unit", sa.String(length=64), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("leave", sa.String(length=64), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=False),
        sa.Column("reference", sa.String(length=200), nullable=False),
        sa.Column("is_withdrawn", sa.Boolean(), nullable=False),
        sa.Column("stated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_hash", sa.String(length=64), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance_absence")),
        sa.UniqueConstraint(
            "unit",
            "code",
            "kind",
            "from_on",
            "to_on",
            "reference",
            name=op.f("uq_attendance_absence_unit_code_kind_from_on_to_on_reference"),
        ),
    )
    with op.batch_alter_table("attendance_absence", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attendance_absence_to_on"), ["to_on"], unique=False)

    op.create_table(
        "attendance_correction",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("unit", sa.String(length=64), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("status", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("corrected_by", sa.String(length=200), nullable=False),
        sa.Column("corrected_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance_correction")),
    )
    with op.batch_alter_table("attendance_correction", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_attendance_correction_day_unit_code"), ["day", "unit", "code"], unique=False
        )


def downgrade() -> None:
    for table in ("correction", "absence", "staff", "punch", "contact", "terminal"):
        op.drop_table(f"attendance_{table}")
